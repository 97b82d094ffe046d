"""What some entries state, as rows: by funder, by evaluation, by date.

Each picture and table counts what its download holds as rows. Plain Python over
entries, no Django. A silence is a row of its own and never a nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import (
    NOT_STATED,
    Bilingual,
    Development,
    Entry,
    PartialDate,
    Quotation,
)


@dataclass(frozen=True)
class Money:
    """One funder of an entry, current or former; `not-stated` where no current one is named."""

    entry: Entry
    funder: str
    period: str = NOT_STATED
    arrangement: str = NOT_STATED
    end: PartialDate | None = None

    @property
    def is_current(self) -> bool:
        return self.period != "former"


def money(entries: Iterable[Entry]) -> list[Money]:
    """A row for each funder, and one for each entry that names no current funder.

    An arrangement without a funder, such as spot purchase, is told in that row.
    """
    return [row for entry in entries for row in _money(entry)]


def _money(entry: Entry) -> list[Money]:
    current = [funding for funding in entry.fundings if funding.period == "current"]
    named = [funding for funding in current if funding.funder != NOT_STATED]
    former = [funding for funding in entry.fundings if funding.period != "current"]
    shown = [*(named or current[:1]), *former]
    rows = [Money(entry, f.funder, f.period, f.arrangement, f.end) for f in shown]
    return rows if current else [Money(entry, NOT_STATED), *rows]


WALES = Bilingual("Wales", "Cymru")


@dataclass(frozen=True)
class Event:
    """A development of an entry, or of a force area or of all Wales, which have no entry."""

    development: Development
    quotation: Quotation
    place: Bilingual
    entry: Entry | None = None


def events(entries: Iterable[Entry], briefings: Iterable[Briefing]) -> list[Event]:
    """Everything that happened or was expected: dated first, in the order of time."""
    found = [
        Event(development, quotation, entry.area_name, entry)
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
                found.append(Event(each.development, each.quotation, briefing.area_name))
    found += [Event(each.development, each.quotation, WALES) for each in of_wales]
    return sorted(found, key=lambda event: time_of(event.development))


def time_of(development: Development) -> tuple[bool, str]:
    """Sorts by time: a month after its days, a year after its months, as "~" is after "-"."""
    when = development.when
    return when is None, f"{when.code}~" if when else ""
