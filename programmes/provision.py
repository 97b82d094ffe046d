"""What some entries state, counted: by force area and value, by funder, by evaluation, by date.

Rows first: each picture and table counts the same rows that its download holds. Plain Python over
entries, no Django. A silence is a row of its own and never a nought.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from programmes.briefing import AreaDevelopment, Briefing
from programmes.entry import NOT_STATED, Development, Entry, Evaluation, Funding, Quotation


@dataclass(frozen=True)
class Stated:
    """An entry, and one value that it states in a dimension, or `not-stated`."""

    entry: Entry
    value: str


def stated(entries: Iterable[Entry], dimension: str) -> list[Stated]:
    """A row for each value of each entry: an entry that names two funders has two."""
    return [Stated(entry, value) for entry in entries for value in entry.terms()[dimension]]


@dataclass(frozen=True)
class Counts:
    """How many entries state a value in a force area, and how many entries each area has."""

    by_area: dict[tuple[str, str], int]
    entries: dict[str, int]

    def of(self, area: str, value: str) -> int:
        return self.by_area.get((area, value), 0)


def count(entries: list[Entry], dimension: str) -> Counts:
    rows = stated(entries, dimension)
    return Counts(
        by_area=Counter((row.entry.area_slug, row.value) for row in rows),
        entries=Counter(entry.area_slug for entry in entries),
    )


@dataclass(frozen=True)
class Money:
    """One funding of an entry; None where no funder and no arrangement is stated."""

    entry: Entry
    funding: Funding | None

    @property
    def funder(self) -> str:
        """`not-stated` also where only an arrangement is, such as spot purchase."""
        return self.funding.funder if self.funding else NOT_STATED

    @property
    def is_current(self) -> bool:
        return self.funding is None or self.funding.period == "current"


def money(entries: Iterable[Entry]) -> list[Money]:
    """A row for each funding, current ones first, and one for each entry that states none."""
    rows = []
    for entry in entries:
        current_first = sorted(entry.fundings, key=lambda funding: funding.period != "current")
        rows += [Money(entry, funding) for funding in current_first] or [Money(entry, None)]
    return rows


@dataclass(frozen=True)
class Evidence:
    """One evaluation of an entry; None where none is stated."""

    entry: Entry
    evaluation: Evaluation | None


def evidence(entries: Iterable[Entry]) -> list[Evidence]:
    rows = []
    for entry in entries:
        rows += [Evidence(entry, each) for each in entry.evaluations] or [Evidence(entry, None)]
    return rows


@dataclass(frozen=True)
class Event:
    """A development of an entry, of a force area (no entry) or of all Wales (no area either)."""

    development: Development
    quotation: Quotation
    area: str | None
    entry: Entry | None = None


def events(entries: Iterable[Entry], briefings: Iterable[Briefing]) -> list[Event]:
    """Everything that happened or was expected: dated first, in the order of time."""
    found = [
        Event(development, quotation, entry.area, entry)
        for entry in entries
        for development in entry.developments
        if (quotation := entry.quotation(development.rests_on))
    ]
    of_wales: dict[AreaDevelopment, None] = {}
    for briefing in briefings:
        for each in briefing.developments:
            # What concerns all of Wales stands in the briefing of each force area.
            if each.all_wales:
                of_wales[each] = None
            else:
                found.append(Event(each.development, each.quotation, briefing.area))
    found += [Event(each.development, each.quotation, None) for each in of_wales]
    return sorted(found, key=_time)


def _time(event: Event) -> tuple[bool, str]:
    when = event.development.when
    return when is None, when.day.isoformat() if when else ""
