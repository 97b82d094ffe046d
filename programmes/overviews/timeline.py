"""What happened and what was expected, in words and on a scale of time. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.entry import Development, Entry, PartialDate
from programmes.domain.overview_rows import PlacedDevelopment
from programmes.presentation.entry import kind_of
from programmes.presentation.facts import Quoted
from programmes.presentation.text import in_language, when
from programmes.vocabulary import DevelopmentKind, Precision

STOPS = (DevelopmentKind.STOP, DevelopmentKind.DECOMMISSIONING)


@dataclass(frozen=True)
class TimedEvent:
    """A development, its words, and the places and entries of which they state it."""

    development: Development
    words: Quoted
    places: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def when(self) -> str:
        return when(self.development.when)

    @property
    def kind(self) -> str:
        return kind_of(self.development)

    @property
    def place(self) -> str:
        return "; ".join(self.places)

    @property
    def is_stop(self) -> bool:
        return self.development.kind in STOPS and not self.development.expected


def timed_events(rows: Iterable[PlacedDevelopment]) -> list[TimedEvent]:
    """Each development once, also where the same words state it of several entries."""
    found: dict[tuple[object, ...], TimedEvent] = {}
    for row in rows:
        each, quotation = row.development, row.quotation
        source = quotation.source.slug
        same = (each.kind, each.expected, each.when, each.summary, quotation.words, source)
        event = found.setdefault(same, TimedEvent(each, Quoted(quotation, None)))
        event.places.append(in_language(row.place) or _("No area given"))
        event.entries.extend([row.entry] if row.entry else [])
    return list(found.values())


WIDTH, LEFT = 320, 12
MONTHS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 12, Precision.FINANCIAL_YEAR: 12}
"""How many months a date leaves open, which are the width of its mark."""


def picture(events: list[TimedEvent]) -> dict[str, Any]:
    """Dated events on a scale from the first year to the end of the last; how many have no date."""
    dated = [(event.development.when, event) for event in events if event.development.when]
    sources = sorted({event.words.quotation.source.dated for _date, event in dated})
    years = [day.year for day in (*sources, *(date.day for date, _event in dated))]
    first, last = min(years, default=2023), max(years, default=2023) + 1
    month = (WIDTH - 2 * LEFT) / (12 * (last - first))

    def across(day: datetime.date) -> int:
        months = 12 * (day.year - first) + day.month - 1 + (day.day - 1) / 31
        return round(LEFT + month * months)

    def mark(date: PartialDate, event: TimedEvent) -> dict[str, Any]:
        left, width = across(date.day), round(month * MONTHS[Precision(date.precision)])
        middle = left + width // 2
        place = {"left": left, "width": width, "middle": middle}
        # Where there is no room after a mark, its date is written before it.
        return {"event": event, **place, "words_before": middle > WIDTH // 2}

    return {
        "marks": [mark(date, event) for date, event in dated],
        "years": [(across(datetime.date(year, 1, 1)), year) for year in range(first, last + 1)],
        "sources": [(across(day), day) for day in sources],
        "undated": len(events) - len(dated),
    }
