"""Rows of overviews and their downloads: by funder, by evaluation, by date. Plain Python.

A silence is a row of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.domain.briefing import Briefing
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
    beside = [(each, briefing) for briefing in briefings for each in briefing.developments]
    events += [
        PlacedDevelopment(each.development, each.quotation, area.area_name, None, area.area)
        for each, area in beside
        if not each.all_wales
    ]
    # A development of all Wales stands in each briefing.
    of_wales = dict.fromkeys(each for each, _area in beside if each.all_wales)
    events += [PlacedDevelopment(each.development, each.quotation, WALES) for each in of_wales]
    return sorted(events, key=_time)


def _time(event: PlacedDevelopment) -> str:
    """A sort key: "~" puts a month after its days, a year after its months, and no date last."""
    when = event.development.when
    return f"{when.code if when else ''}~"
