"""Rows of overviews and their downloads: by funder, by evaluation, by date. Plain Python.

A silence is a row of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import NOT_STATED, Development, Entry, Quotation
from programmes.domain.values import Bilingual, PartialDate


@dataclass(frozen=True)
class Money:
    """One funder of an entry, current or former; `not-stated` where no current one is named."""

    entry: Entry
    funder: str
    period: str = NOT_STATED
    arrangement: str = NOT_STATED
    end: PartialDate | None = None


def money(entries: Iterable[Entry]) -> Iterator[Money]:
    """A row for each funder, and one for each entry that names no current funder."""
    for entry in entries:
        current = entry.current_fundings
        named = [funding for funding in current if funding.funder != NOT_STATED]
        former = [funding for funding in entry.fundings if funding.former]
        if not current:
            yield Money(entry, NOT_STATED)
        for f in (*(named or current[:1]), *former):
            yield Money(entry, f.funder, f.period, f.arrangement, f.end)


WALES = Bilingual("Wales", "Cymru")
WALES_CODE = "wales"


@dataclass(frozen=True)
class PlacedDevelopment:
    """A development of an entry, or of a force area or of all Wales, which have no entry."""

    development: Development
    quotation: Quotation
    place: Bilingual
    entry: Entry | None = None
    area: str = WALES_CODE


def events(entries: Iterable[Entry], briefings: Iterable[Briefing]) -> list[PlacedDevelopment]:
    """All developments, dated ones first, in the order of time."""
    events = [
        PlacedDevelopment(development, quotation, entry.area_name, entry, entry.area_slug)
        for entry in entries
        for development in entry.developments
        if (quotation := entry.quotation(development.rests_on))
    ]
    of_wales: dict[AreaDevelopment, None] = {}
    for briefing in briefings:
        for each in briefing.developments:
            # A development of all Wales stands in each briefing.
            if each.all_wales:
                of_wales[each] = None
            else:
                place = (briefing.area_name, None, briefing.area)
                events.append(PlacedDevelopment(each.development, each.quotation, *place))
    events += [PlacedDevelopment(each.development, each.quotation, WALES) for each in of_wales]
    return sorted(events, key=lambda event: time_of(event.development))


def time_of(development: Development) -> tuple[bool, str]:
    """A sort key: a month comes after its days, a year after its months, as "~" after "-"."""
    when = development.when
    return when is None, f"{when.code}~" if when else ""
