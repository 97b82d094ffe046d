"""What happened and what was expected, in words and on a scale of time. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Development, Entry, PartialDate
from programmes.domain.overview_rows import WALES, PlacedDevelopment
from programmes.domain.values import MONTHS
from programmes.presentation.developments import kind_of
from programmes.presentation.facts import Quoted
from programmes.presentation.text import in_language, when, word
from programmes.vocabulary import DevelopmentKind, Outcome

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
    def title(self) -> str:
        """Where, and of which programme."""
        names = dict.fromkeys(in_language(entry.name) for entry in self.entries)
        return " · ".join([self.place, *names])

    @property
    def what(self) -> str:
        """What it is about, where no programme's name says so."""
        return "" if self.entries else in_language(self.development.summary)

    @property
    def in_brief(self) -> str:
        """What, when, and whether that is confirmed, in a line."""
        each = self.development
        kind = f"{word(DevelopmentKind, each.kind)}, {self.when}"
        if not each.expected:
            return kind
        if each.came_about is None:
            return f"{kind}: {_('planned, not confirmed here')}"
        outcome = (word(Outcome, each.outcome), when(each.came_about.when))
        return f"{kind}: {', '.join(filter(None, outcome))}"

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


WIDTH, LEFT, RIGHT = 960, 420, 12
"""Of the picture: all of it, what its words take, and the margin after its axis."""
LINE, LETTERS = 18, 56
"""The height of a line of words, and how many letters it holds."""


@dataclass(frozen=True)
class Axis:
    """The years from the first day that is told of to the last, as places on the picture."""

    first: int
    last: int

    def across(self, day: datetime.date) -> int:
        months = 12 * (day.year - self.first) + day.month - 1 + (day.day - 1) / 31
        return LEFT + round(self.months(months))

    def months(self, number: float) -> float:
        return (WIDTH - LEFT - RIGHT) * number / (12 * (self.last - self.first + 1))

    def mark(self, date: PartialDate) -> dict[str, int]:
        """A day, or a span of the month or year that the source leaves open."""
        return {"x": self.across(date.day), "width": round(self.months(MONTHS[date.precision]))}


def picture(events: list[TimedEvent], today: datetime.date) -> dict[str, Any]:
    """Dated events below each other, on one axis; how many have no date."""
    dated = [(event.development.when, event) for event in events if event.development.when]
    sources = sorted({event.words.quotation.source.dated for _date, event in dated})
    days = [today, *sources, *(date.day for date, _event in dated)]
    axis = Axis(min(days).year, max(days).year)
    top, rows = 3 * LINE, []
    for date, event in dated:
        title = wrap(event.title, LETTERS)
        lines = [*title, *wrap(event.in_brief, LETTERS), *wrap(event.what, LETTERS)]
        later = event.development.came_about
        rows.append(
            {
                "event": event,
                "lines": [
                    (top + LINE * n, line, n <= len(title)) for n, line in enumerate(lines, 1)
                ],
                "y": top + LINE,
                **axis.mark(date),
                "later": axis.mark(later.when) if later and later.when else None,
            }
        )
        top += LINE * len(lines) + 10
    years = range(axis.first, axis.last + 1)
    return {
        "rows": rows,
        "width": WIDTH,
        "left": LEFT,
        "bottom": top,
        "height": top + 2 * LINE,
        "years": [(axis.across(datetime.date(year, 1, 1)), year) for year in years],
        "sources": [(axis.across(day), day) for day in sources],
        "today": (axis.across(today), today),
        "undated": len(events) - len(dated),
    }
