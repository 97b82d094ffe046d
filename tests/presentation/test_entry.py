"""Words for dates and ages."""

import datetime
from dataclasses import replace

import pytest
from django.utils import translation

from programmes.domain.entry import Criterion, PartialDate, Reading
from programmes.presentation.entry import entry_page
from programmes.presentation.text import age, badge, renewal, when
from programmes.seeding.transcription import partial_date
from programmes.vocabulary import Status
from tests.domain.test_entry import EMPTY

STATED = "17 November 2023"
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


@pytest.mark.parametrize(
    ("today", "english", "welsh"),
    [
        (DAY(2024, 11, 16), f"Stated on {STATED}; not checked since.", None),
        (DAY(2024, 11, 17), f"Stated 1 year ago, on {STATED}; not checked since.", "1 flwyddyn"),
        (DAY(2025, 12, 1), f"Stated 2 years ago, on {STATED}; not checked since.", "2 flynedd"),
        (DAY(2026, 11, 16), f"Stated 2 years ago, on {STATED}; not checked since.", "2 flynedd"),
        (
            DAY(2026, 11, 23),
            f"Stated 3 years ago, on {STATED}; not checked since.",
            "3 o flynyddoedd",
        ),
        (
            DAY(2031, 11, 17),
            f"Stated 8 years ago, on {STATED}; not checked since.",
            "8 o flynyddoedd",
        ),
    ],
)
def test_age(today, english, welsh):
    with translation.override("en"):
        assert age(EMPTY, today) == english
    with translation.override("cy"):
        assert (welsh or "Nodwyd ar 17 Tachwedd 2023") in age(EMPTY, today)


def test_age_after_a_check():
    checked = replace(
        EMPTY,
        last_checked=DAY(2026, 9, 1),
        check_outcome="confirmed",
        confirmed=("funding", "attendance"),
    )
    with translation.override("en"):
        said = age(checked, DAY(2026, 11, 23))
        assert said == f"Stated on {STATED}; checked on 1 September 2026: attendance, funding."


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
    }


EXCLUSIONS = [
    (["!stalking:yes"], {"Not taken": ["Stalking: yes"]}),
    (["!sex:man", "!children:yes"], {"Not taken": ["Sex: man", "Children: yes"]}),
    (["!risk:medium"], {"Not taken": ["Risk: medium"]}),
    (["risk:medium", "!risk:high"], {"Risk level": ["Medium risk"], "Not taken": ["Risk: high"]}),
    (["!risk:high"], {"Risk level": ["Says “not high risk”, names no level"]}),
    (["!access:open"], {"Not taken": ["Open, community based"]}),
    (["sex:woman"], {"Also taken": ["Sex: woman"]}),
    (["sex:man", "sex:woman"], {"Client group": ["Men"], "Also taken": ["Sex: woman"]}),
    (["=age:adult"], {"Also required": ["Age: adult"]}),
    (["access:open"], {"Access, as worded": ["Open, community based"]}),
]


@pytest.mark.parametrize(("answers", "lines"), EXCLUSIONS)
def test_what_an_entry_takes_requires_and_excludes(answers, lines):
    """ "!" before an answer excludes it, "=" leaves no other."""
    entry = replace(
        EMPTY,
        criteria=tuple(
            Criterion(answer.lstrip("!="), 1, answer[0] != "!", answer[0] == "=")
            for answer in answers
        ),
    )
    with translation.override("en"):
        facts = {fact.id: fact for fact in entry_page(entry, DAY(2026, 11, 23)).facts}
    said = {line.label: line.values for line in facts["eligibility"].lines if line.values}
    assert said == lines


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("stopped", "it had stopped."), ("changed", "something had changed.")],
)
def test_a_check_that_confirmed_nothing_does_not_sound_as_if_it_had(outcome, words):
    checked = replace(EMPTY, last_checked=DAY(2026, 9, 1), check_outcome=outcome)
    with translation.override("en"):
        assert age(checked, DAY(2026, 11, 23)).endswith(f"checked on 1 September 2026: {words}")


@pytest.mark.parametrize(
    ("longevity", "words"),
    [
        ("annual", "may have come up for renewal, or ended, since"),
        ("annual-to-multi-year", "may have come up for renewal since"),
        ("multi-year", "may have ended since"),
        ("not-stated", "How long it is funded is not stated"),
    ],
)
def test_what_has_come_up_for_renewal_since(longevity, words):
    entry = replace(EMPTY, readings=EMPTY.readings | {"longevity": Reading(longevity, 1)})
    with translation.override("en"):
        assert words in renewal(entry, DAY(2026, 11, 23))
        assert renewal(entry, DAY(2024, 1, 1)) == ""
