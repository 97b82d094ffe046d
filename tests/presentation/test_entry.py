"""Words for dates and ages."""

import datetime
from dataclasses import replace

import pytest
from django.utils import translation

from programmes.domain.entry import (
    Bilingual,
    Criterion,
    Development,
    Funding,
    PartialDate,
    Reading,
    Referral,
)
from programmes.presentation.facts import facts as facts_of
from programmes.presentation.facts import term_words
from programmes.presentation.text import age, age_of_all, badge, renewal, status, when
from programmes.readings import terms
from programmes.seeding.transcription import partial_date
from programmes.vocabulary import Status
from tests.domain.test_entry import EMPTY

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "english", "welsh"),
    [
        ("2023-11-20", "20 November 2023", "20 Tachwedd 2023"),
        ("2024-01", "January 2024", "Ionawr 2024"),
        ("2020", "2020", "2020"),
        ("2023/24", "2023/24", "2023/24"),
        ("1999/00", "1999/00", "1999/00"),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_was_given(text, english, welsh):
    day, precision = partial_date(text)
    assert day is not None
    for language, expected in (("en", english), ("cy", welsh)):
        with translation.override(language):
            assert when(PartialDate(day, precision)) == expected
    assert when(None) == ""


@pytest.mark.parametrize("text", ["2023/25", "20", "spring", "2023-13", "2023-02-30"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        partial_date(text)


FIRST = DAY(2023, 11, 17)


def since(*checks, last=FIRST, outcome="confirmed"):
    """An entry whose words are of November 2023 and `last`, its fields confirmed on some days."""
    [words] = EMPTY.quotations
    newer = replace(words, id=2, field="funding", source=replace(words.source, dated=last))
    entry = replace(EMPTY, quotations=(words, newer))
    if not checks:
        return entry
    day = max(day for _field, day in checks)
    return replace(
        entry,
        last_checked=day,
        check_outcome=outcome,
        confirmed=tuple(field for field, on in checks if on == day),
        confirmed_on=dict(checks),
    )


ONE, TWO = DAY(2026, 9, 1), DAY(2026, 11, 2)
ALL_THREE = [("referral_route", ONE), ("eligibility", TWO), ("status", TWO)]


@pytest.mark.parametrize(
    ("entry", "english", "welsh"),
    [
        (
            since(),
            "Information from 17 November 2023. Nothing has been checked since.",
            "Gwybodaeth o 17 Tachwedd 2023. Nid oes dim wedi’i wirio ers hynny.",
        ),
        (
            since(last=TWO),
            "Information from 17 November 2023 to 2 November 2026. Nothing has been checked since.",
            "Gwybodaeth o 17 Tachwedd 2023 hyd at 2 Tachwedd 2026. Nid oes dim wedi’i wirio ers "
            "hynny.",
        ),
        (
            since(("funding", ONE), ("attendance", ONE)),
            "Information from 17 November 2023. Checked in part on 1 September 2026: attendance, "
            "funding.",
            "Gwybodaeth o 17 Tachwedd 2023. Gwiriwyd yn rhannol ar 1 Medi 2026: presenoldeb, "
            "cyllid.",
        ),
        (
            since(*ALL_THREE),
            "Information from 17 November 2023. Checked on 2 November 2026: who it is for, whether "
            "it runs.",
            "Gwybodaeth o 17 Tachwedd 2023. Gwiriwyd ar 2 Tachwedd 2026: ar gyfer pwy y mae, a "
            "yw’n cael ei chynnal.",
        ),
    ],
)
def test_how_old_an_entry_is(entry, english, welsh):
    for language, expected in (("en", english), ("cy", welsh)):
        with translation.override(language):
            assert age(entry) == expected


def test_words_that_newer_ones_replace_make_an_entry_no_older():
    [words] = EMPTY.quotations
    newer = replace(words, id=2, replaces=words.id, source=replace(words.source, dated=TWO))
    entry = replace(EMPTY, quotations=(words, newer))
    assert (entry.first_stated, entry.last_stated) == (TWO, TWO)


def test_an_entry_is_checked_when_route_for_whom_and_whether_it_runs_are_each_confirmed():
    assert since().checked_on is None
    assert since(*ALL_THREE[:2], ("funding", TWO)).checked_on is None
    assert since(*ALL_THREE).checked_on == ONE
    assert since(("funding", ONE), outcome="stopped").checked_on == ONE


def test_newer_words_put_a_confirmation_aside():
    checked = since(*ALL_THREE)
    [words] = EMPTY.quotations
    route = replace(words, id=3, field="referral_route")
    source = replace(words.source, dated=DAY(2026, 9, 2))
    newer = replace(checked, quotations=(words, replace(route, source=source)))
    assert replace(checked, quotations=(words, route)).checked_on == ONE
    assert newer.checked_on is None


def test_many_entries_say_how_old_they_are_and_how_many_were_checked():
    first, last = DAY(2023, 11, 17), TWO
    with translation.override("en"):
        assert age_of_all(0, None, None, 0, 0) == ""
        assert age_of_all(18, first, first, 0, 0) == (
            "Information from 17 November 2023. Nothing has been checked since."
        )
        assert age_of_all(18, first, last, 3, 2) == (
            "Information from 17 November 2023 to 2 November 2026. Checked since: 3 of 18. "
            "Checked in part: 2 of 18."
        )
        assert age_of_all(18, first, last, 0, 0, newer=1) == (
            "Information from 17 November 2023, newer about 1 of 18 (up to 2 November 2026). "
            "Nothing has been checked since."
        )


def test_badges():
    badges = {}
    with translation.override("en"):
        for status in Status:
            entry = replace(EMPTY, readings={"status": Reading(status.value, 1)})
            badges[status.value] = badge(entry)
    assert badges == {
        "listed": "",
        "stopped": "Stopped",
        "spot-purchase": "Bought case by case",
        "launching": "Launch not confirmed",
        "said-to-run": "",
    }


def test_a_launch_without_a_date_that_came_about_is_confirmed():
    launch = Development("launch", True, Bilingual("A launch."), 1, outcome="met")
    entry = replace(EMPTY, readings={"status": Reading("launching", 1)}, developments=(launch,))
    with translation.override("en"):
        assert status(entry) == "Launch planned. It happened"
        assert status(replace(entry, developments=())) == "No launch date; not confirmed"


FULL = "Accepts full responsibility for their actions"
FORMER_AND_NOT_HIGH = {
    "Risk level": ["“Not high risk” (no level given)"],
    "Formerly required": ["Risk: high", "Sex: man"],
}
EXCLUSIONS = [
    (["!stalking:yes"], {"Not taken": ["Stalking: yes"]}),
    (["!sex:man", "!children:yes"], {"Not taken": ["Sex: man", "Children: yes"]}),
    (["!risk:medium"], {"Not taken": ["Risk: medium"]}),
    (["risk:medium", "!risk:high"], {"Risk level": ["Medium risk"], "Not taken": ["Risk: high"]}),
    (["!risk:high"], {"Risk level": ["“Not high risk” (no level given)"]}),
    (["!access:open"], {"Not taken": ["Open, community based"]}),
    (["sex:woman"], {"Also taken": ["Sex: woman"]}),
    (["sex:man", "sex:woman"], {"Client group": ["Men or males"], "Also taken": ["Sex: woman"]}),
    (["=age:adult"], {"Also required": ["Age: adult"]}),
    (["access:open"], {"Client group": ["Described as open"]}),
    (["access:multi-agency"], {"How people are chosen": ["Selected by several agencies"]}),
    (["?responsibility:full"], {"Formerly required": [FULL]}),
    (["?sex:man", "?risk:high", "!risk:high"], FORMER_AND_NOT_HIGH),
]


@pytest.mark.parametrize(("answers", "lines"), EXCLUSIONS)
def test_what_an_entry_takes_requires_and_excludes(answers, lines):
    """ "!" before an answer excludes it, "=" leaves no other, and "?" held in the past only."""
    entry = replace(
        EMPTY,
        criteria=tuple(
            Criterion(answer.lstrip("!=?"), 1, answer[0] != "!", answer[0] == "=", answer[0] == "?")
            for answer in answers
        ),
    )
    with translation.override("en"):
        facts = {fact.id: fact for fact in facts_of(entry, DAY(2026, 11, 23))}
    said = {line.label: line.values for line in facts["eligibility"].lines if line.values}
    assert said == lines


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("stopped", "it had stopped."), ("changed", "something had changed.")],
)
def test_a_check_that_confirmed_nothing_does_not_sound_as_if_it_had(outcome, words):
    checked = replace(EMPTY, last_checked=DAY(2026, 9, 1), check_outcome=outcome)
    with translation.override("en"):
        assert age(checked).endswith(f" on 1 September 2026: {words}")


@pytest.mark.parametrize(
    ("longevity", "words"),
    [
        ("annual", "It was annual, so it may have been renewed or ended since."),
        ("annual-to-multi-year", "moving towards multi-year, so it may have been renewed since."),
        ("multi-year", "No end date is given, so it may have ended since."),
        ("not-stated", "The length is not given, so it may have ended since."),
    ],
)
def test_what_has_come_up_for_renewal_since(longevity, words):
    entry = replace(EMPTY, readings=EMPTY.readings | {"longevity": Reading(longevity, 1)})
    with translation.override("en"):
        assert words in renewal(entry, DAY(2026, 11, 23))
        assert renewal(entry, DAY(2024, 1, 1)) == ""


def test_a_renewal_is_counted_from_the_words_on_how_long():
    longevity = {"longevity": Reading("annual", 2)}
    entry = since(last=TWO)
    with translation.override("en"):
        assert renewal(replace(entry, readings=longevity), DAY(2026, 11, 23)) == ""


def test_what_is_said_to_run_is_said_with_its_day():
    entry = replace(since(last=TWO), readings={"status": Reading("said-to-run", 2)})
    for language, said in (
        ("en", "Said to be running on 2 November 2026"),
        ("cy", "Dywedwyd ei bod yn cael ei chynnal ar 2 Tachwedd 2026"),
    ):
        with translation.override(language):
            assert status(entry) == said


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("attendance", {"readings": {"attendance": Reading("other", 1)}}),
        ("longevity", {"readings": {"longevity": Reading("other", 1)}}),
        ("route", {"referrals": (Referral("other", 1),)}),
        ("risk", {"criteria": (Criterion("risk:other", 1),)}),
        ("group", {"criteria": (Criterion("group:other", 1),)}),
        ("funder", {"fundings": (Funding("other", "current", "joint", 1),)}),
    ],
)
def test_what_no_term_fits_is_shown_in_its_own_words(name, read):
    entry = replace(EMPTY, **read)
    assert terms(entry)[name] == ("other",)
    assert term_words(entry, name) == [Bilingual(en=f"“{EMPTY.quotations[0].words}”")]
    others = {"attendance", "longevity", "route", "risk", "group", "funder"} - {name}
    assert {terms(entry)[other] for other in others} == {("not-stated",)}
