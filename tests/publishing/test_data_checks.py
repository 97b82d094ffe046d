"""`manage.py check_data`: what is wrong, in plain English, and a status that scripts can read."""

import io

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def said() -> str:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_data", stdout=out)
    return out.getvalue()


def test_the_transcription_is_in_order():
    out = io.StringIO()
    call_command("check_data", stdout=out)
    assert out.getvalue() == "Nothing to put right.\n"


def spoil_summary(phoenix):
    phoenix.summary_cy = ""
    phoenix.save()


def spoil_status(phoenix):
    phoenix.status_rests_on = None
    phoenix.save()


def spoil_attendance(phoenix):
    phoenix.attendance, phoenix.attendance_rests_on = "not-stated", None
    phoenix.save()


def spoil_route(phoenix):
    phoenix.referrals.create(route="police", statement=phoenix.statements.first())


def spoil_blank(phoenix):
    phoenix.criteria.create(
        answer="sex:man", statement=phoenix.statements.get(field="eligibility", text="")
    )


def spoil_stage(phoenix):
    phoenix.attendance = "required"
    phoenix.save()


def spoil_arrangement(phoenix):
    phoenix.fundings.all().delete()


def spoil_terms(phoenix):
    phoenix.editions.get().terms.filter(dimension="risk").update(value="high")


def spoil_only(phoenix):
    words = phoenix.statements.get(field="eligibility", in_table=False)
    phoenix.criteria.create(answer="risk:high", only=True, statement=words)
    phoenix.criteria.create(answer="risk:medium", statement=words)


SPOILT = [
    (spoil_summary, "the summary is missing in Welsh."),
    (spoil_status, "Say which statement “whether it runs, as stated” rests on."),
    (spoil_attendance, "Nothing is read from the words “Voluntary” (Attendance): add a reading"),
    (spoil_route, "says “police only” and lists another route."),
    (spoil_blank, "rests on a blank cell, which states nothing."),
    (spoil_stage, "is a community programme whose attendance is required."),
    (spoil_arrangement, "is said to be bought case by case, but no funding row says so."),
    (spoil_terms, "the terms of its edition are not those of its document"),
    (spoil_only, "some answers about risk are “the only ones” and some are not."),
]


@pytest.mark.parametrize(("spoil", "message"), SPOILT)
def test_each_problem_has_its_sentence(programme, spoil, message):
    spoil(programme("gwent", "phoenix-das"))
    assert message in said()
