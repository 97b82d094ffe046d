"""What happened and what was expected, in words and on a scale of time. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import MONTHS, Development, Entry, PartialDate
from programmes.domain.overview_rows import WALES, PlacedDevelopment
from programmes.presentation.developments import kind_of
from programmes.presentation.facts import Quoted
from programmes.presentation.text import in_language, when
from programmes.vocabulary import DevelopmentKind

STOPS = (DevelopmentKind.STOP, DevelopmentKind.DECOMMISSIONING)


@dataclass(frozen=True)
class TimedEvent:
    """A development, its words, and the places and entries of which they state it."""

    development: Development
    words: Quoted
    today: datetime.date
    places: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def when(self) -> str:
        return when(self.development.when)

    @property
    def kind(self) -> str:
        return kind_of(self.development, self.today)

    @property
    def place(self) -> str:
        return "; ".join(self.places)

    @property
    def is_stop(self) -> bool:
        return self.development.kind in STOPS and not self.development.expected


def timed_events(rows: Iterable[PlacedDevelopment], today: datetime.date) -> list[TimedEvent]:
    """Each development once, also where the same words state it of several entries."""
    found: dict[tuple[object, ...], TimedEvent] = {}
    for row in rows:
        each, quotation = row.development, row.quotation
        source = quotation.source.slug
        same = (replace(each, id=None, rests_on=0), quotation.words, source)
        event = found.setdefault(same, TimedEvent(each, Quoted(quotation, None), today))
        event.places.append(in_language(row.place) or _("No area given"))
        event.entries.extend([row.entry] if row.entry else [])
    return list(found.values())


def background(briefings: Iterable[Briefing], today: datetime.date) -> list[TimedEvent]:
    """What sources say of all Wales that is no event."""
    events = overview_rows.events((), briefings)
    here = (e for e in events if e.place == WALES and e.development.is_background)
    return timed_events(here, today)


WIDTH, LEFT = 320, 12


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
        left, width = across(date.day), round(month * MONTHS[date.precision])
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
