"""What happened and what was expected, in words and on a scale of time. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.entry import Bilingual, Entry, PartialDate
from programmes.domain.overview_rows import Event
from programmes.presentation.entry import kind_of
from programmes.presentation.facts import Quoted
from programmes.presentation.text import in_language, when
from programmes.vocabulary import DevelopmentKind, Precision

STOPS = (DevelopmentKind.STOP, DevelopmentKind.DECOMMISSIONING)


@dataclass(frozen=True)
class TimedEvent:
    """One development: when, where, what, whether it happened or was only expected."""

    date: PartialDate | None
    places: list[str]
    entries: list[Entry]
    kind: str
    expected: bool
    is_stop: bool
    summary: Bilingual
    words: Quoted

    @property
    def when(self) -> str:
        return when(self.date)

    @property
    def place(self) -> str:
        return "; ".join(self.places)


def timed_events(rows: Iterable[Event]) -> list[TimedEvent]:
    """Each development once, also where the same words tell it of several entries."""
    found: dict[tuple[object, ...], TimedEvent] = {}
    for row in rows:
        told, words = row.development, row.quotation
        same = (told.kind, told.expected, told.when, told.summary, words.words, words.source.slug)
        event = found.setdefault(same, _timed_event(row))
        event.places.append(in_language(row.place) or _("Force area not stated"))
        event.entries.extend([row.entry] if row.entry else [])
    return list(found.values())


def _timed_event(row: Event) -> TimedEvent:
    return TimedEvent(
        date=row.development.when,
        places=[],
        entries=[],
        kind=kind_of(row.development),
        expected=row.development.expected,
        is_stop=row.development.kind in STOPS and not row.development.expected,
        summary=row.development.summary,
        words=Quoted(row.quotation, None),
    )


def stops(rows: Iterable[Event]) -> list[TimedEvent]:
    """What is stated to have stopped."""
    return [event for event in timed_events(rows) if event.is_stop]


@dataclass(frozen=True)
class Mark:
    """A dated event, and where on a scale of time 320 units wide its date may be drawn.

    `left` and `width` are the period that the source's date leaves open.
    """

    event: TimedEvent
    left: int
    width: int

    @property
    def middle(self) -> int:
        return self.left + self.width // 2

    @property
    def words_before(self) -> bool:
        """Whether the date stands before its mark, since there is no room after it."""
        return self.middle > WIDTH // 2


@dataclass(frozen=True)
class Picture:
    """Dated events on one scale of time, and how many have no date to be drawn at."""

    marks: list[Mark]
    years: list[tuple[int, int]]
    sources: list[tuple[int, datetime.date]]
    """Where the dates of their sources are drawn."""
    undated: int


WIDTH, LEFT = 320, 12
MONTHS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 12, Precision.FINANCIAL_YEAR: 12}
"""How many months a date leaves open."""


def picture(events: list[TimedEvent]) -> Picture:
    """From the first year to the end of the last."""
    dated = [(event.date, event) for event in events if event.date]
    sources = sorted({event.words.quotation.source.dated for _date, event in dated})
    years = [day.year for day in (*sources, *(date.day for date, _event in dated))]
    first, last = min(years, default=2023), max(years, default=2023) + 1
    month = (WIDTH - 2 * LEFT) / (12 * (last - first))

    def across(day: datetime.date) -> int:
        return round(LEFT + month * (12 * (day.year - first) + _months_in(day)))

    marks = [
        Mark(event, across(date.day), round(month * MONTHS[Precision(date.precision)]))
        for date, event in dated
    ]
    return Picture(
        marks=marks,
        years=[(across(datetime.date(year, 1, 1)), year) for year in range(first, last + 1)],
        sources=[(across(day), day) for day in sources],
        undated=len(events) - len(marks),
    )


def _months_in(day: datetime.date) -> float:
    return day.month - 1 + (day.day - 1) / 31
