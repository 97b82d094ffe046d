"""Words for dates and ages."""

import datetime
from dataclasses import replace

import pytest
from django.utils import translation

from programmes.entry import PartialDate
from programmes.presenters import age, badge, when
from programmes.transcription import partial_date
from programmes.vocabulary import Status
from tests.unit.test_entry import EMPTY

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
    checked = replace(EMPTY, last_checked=DAY(2026, 9, 1), confirmed=("funding", "attendance"))
    with translation.override("en"):
        said = age(checked, DAY(2026, 11, 23))
        assert said == f"Stated on {STATED}; checked on 1 September 2026: attendance, funding."


def test_badges():
    badges = {}
    with translation.override("en"):
        for status in Status:
            entry = replace(EMPTY, status=replace(EMPTY.status, value=status.value))
            badges[status.value] = badge(entry)
    assert badges == {
        "listed": "Named Nov 2023",
        "stopped": "Stopped",
        "spot-purchase": "Bought case by case",
        "launching": "Launch not confirmed",
    }
