"""What a contact may hold: teams and their lines, never a person. No database."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.domain import contact_rules as rules

DAY = datetime.date

TEAMS = [
    # role or team → part of what an editor is told, "" where it is taken
    ("Referral team", ""),
    ("Prince Charles Hospital", ""),
    ("St David’s Centre reception", ""),
    ("Drive", ""),
    ("Y Ddesg Ymholiadau", ""),
    ("Referral team 01633 838838", "telephone and e-mail have places of their own"),
    ("Referral team, x@example.org", "telephone and e-mail have places of their own"),
]


@pytest.mark.parametrize(("text", "told"), TEAMS)
def test_a_team_is_named_without_its_numbers(text, told):
    problem = rules.team_problem(text)
    assert told in problem
    assert bool(told) == bool(problem)


WARNINGS = [
    # name or address → part of what an editor is warned of, "" for nothing
    ("Prince Charles Hospital", ""),
    ("Duty inspector’s desk", ""),
    ("Office of the PCC", ""),
    ("Cyngor Sir Benfro, mae wedi dod i ben", ""),
    ("Mrs Jones, referral team", "“Mrs” is a person’s title"),
    ("PC1234 Jones, duty desk", "“PC” is a person’s title"),
    ("DI Jones, Public Protection Unit", "“DI” is a person’s title"),
    ("Y Parch. Puw, swyddfa", "“Parch” is a person’s title"),
    ("https://example.org/staff/Dr-Jones", "“Dr” is a person’s title"),
    ("referrals@example.org", ""),
    ("DAP-Referrals2@gwent.police.uk", ""),
    ("sarah.jones@example.org", "“sarah.jones@example.org” looks like a person’s own address"),
    ("j.smith2@example.org", "“j.smith2@example.org” looks like a person’s own address"),
]


@pytest.mark.parametrize(("text", "told"), WARNINGS)
def test_what_looks_like_a_person_is_worth_a_look(text, told):
    warning = rules.person_warning(text)
    assert told in warning
    assert bool(told) == bool(warning)


MAILS = [
    ("referrals@example.org", ""),
    ("gareth@live.example.org", ""),
    ("referrals@gmail.com", "Addresses at gmail.com can belong to anybody"),
    ("referrals@yahoo.co.uk", "can belong to anybody"),
    ("referrals@Outlook.com", "can belong to anybody"),
    ("referrals@live.co.uk", "can belong to anybody"),
    ("referrals@proton.me", "can belong to anybody"),
]


@pytest.mark.parametrize(("email", "told"), MAILS)
def test_an_address_is_at_the_organisation(email, told):
    problem = rules.email_problem(email)
    assert told in problem
    assert bool(told) == bool(problem)


PHONES = [
    # as written → what it leads to, or part of what an editor is told
    ("01633 838838", "tel:+441633838838"),
    ("(029) 2038 0000", "tel:+442920380000"),
    ("+44 (0)1633 838838", "tel:+441633838838"),
    ("0044 1633 838838", "tel:+441633838838"),
    ("0808 80 10 800", "tel:+448088010800"),
    ("0300-123-4567", "tel:+443001234567"),
    ("0800 111 111", "tel:+44800111111"),
    ("101", "tel:101"),
    ("07700 900123", "Mobile and personal numbers are never taken"),
    ("+447700900123", "Mobile and personal numbers are never taken"),
    ("+44 (0)7700 900123", "Mobile and personal numbers are never taken"),
    ("0909 879 0000", "premium rates"),
    ("01633 838838 ext 12", "Extensions lead to one desk"),
    ("01633 838838 est. 12", "Extensions lead to one desk"),
    ("01633 838838x12", "Extensions lead to one desk"),
    ("01633 838838#12", "Extensions lead to one desk"),
    ("01633 838838 (Sarah)", "digits and spaces only"),
    ("01633.838838", "digits and spaces only"),
    ("999", "no United Kingdom number"),
    ("01633 8388", "no United Kingdom number"),
    ("+353 1 679 9611", "no United Kingdom number"),
    ("+ ( )", "no United Kingdom number"),
]


@pytest.mark.parametrize(("phone", "expected"), PHONES)
def test_a_number_is_that_of_an_office_or_a_line(phone, expected):
    problem = rules.phone_problem(phone)
    if expected.startswith("tel:"):
        assert (problem, f"tel:{rules.as_link(phone)}") == ("", expected)
    else:
        assert expected in problem


PAGES = [
    ("https://example.org/services/drive/", ""),
    ("https://example.org/st-david/contact?lang=cy#team", ""),
    ("http://maxwell.example.org/", ""),
    ("ftp://example.org/", "begins with https://"),
    ("javascript:alert(1)", "begins with https://"),
    ("https://www.linkedin.com/in/someone", "social network"),
    ("https://uk.linkedin.com/company/drive", "social network"),
    ("https://m.facebook.com/profile.php?id=1", "social network"),
    ("https://x.com/someone", "social network"),
    ("https://referrals@x.com:443/someone", "social network"),
]


@pytest.mark.parametrize(("page", "told"), PAGES)
def test_a_page_is_that_of_a_team(page, told):
    problem = rules.page_problem(page)
    assert told in problem
    assert bool(told) == bool(problem)


AGES = [
    # checked on, the last day that is not old, the first that is
    (DAY(2026, 3, 3), DAY(2026, 9, 3), DAY(2026, 9, 4)),
    (DAY(2026, 8, 31), DAY(2027, 2, 28), DAY(2027, 3, 1)),
    (DAY(2027, 8, 31), DAY(2028, 2, 29), DAY(2028, 3, 1)),
    (DAY(2026, 2, 28), DAY(2026, 8, 28), DAY(2026, 8, 29)),
    (DAY(2026, 6, 30), DAY(2026, 12, 30), DAY(2026, 12, 31)),
    (DAY(2026, 12, 31), DAY(2027, 6, 30), DAY(2027, 7, 1)),
]


@pytest.mark.parametrize(("checked_on", "last", "first"), AGES)
def test_six_calendar_months(checked_on, last, first):
    assert not rules.is_old(checked_on, last)
    assert rules.is_old(checked_on, first)


def test_the_day_of_a_check():
    today, source = DAY(2026, 11, 24), DAY(2026, 10, 1)
    assert rules.checked_on_problem(DAY(2026, 11, 25), source, today) == (
        "This day has not come yet."
    )
    assert "The source is of 1 October 2026" in rules.checked_on_problem(
        DAY(2026, 9, 30), source, today
    )
    assert rules.checked_on_problem(source, source, today) == ""
    assert rules.checked_on_problem(today, None, today) == ""


@given(st.one_of(st.text(max_size=30), st.text("0123456789+() -x#", max_size=30)))
def test_any_number_that_is_taken_leads_somewhere_in_the_united_kingdom(phone):
    if not rules.phone_problem(phone):
        assert re.fullmatch(r"\+44[1-35-8][0-9]{8,9}|101|111", rules.as_link(phone))


@given(st.dates(max_value=DAY(9000, 1, 1)))
def test_a_contact_grows_old_within_184_days_and_not_before_181(checked_on):
    assert rules.is_old(checked_on, checked_on + datetime.timedelta(185))
    assert not rules.is_old(checked_on, checked_on + datetime.timedelta(180))


@given(st.dates(min_value=DAY(2, 1, 1), max_value=DAY(9000, 1, 1)))
def test_the_latest_day_whose_contacts_are_old(today):
    day = rules.last_old_day(today)
    assert rules.is_old(day, today)
    assert not rules.is_old(day + datetime.timedelta(1), today)
