"""Rows of overviews and their downloads: by funder and by date. Plain Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.domain.briefing import Briefing
from programmes.domain.entry import NOT_STATED, Development, Entry, Funding, Quotation
from programmes.domain.values import Bilingual

SILENCE = Funding(NOT_STATED, NOT_STATED, NOT_STATED, rests_on=0)


def money(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Funding]]:
    """Each entry with each of its funders, and with a silence where no current one is named."""
    for entry in entries:
        current = entry.current_fundings
        named = [funding for funding in current if funding.funder != NOT_STATED]
        former = [funding for funding in entry.fundings if funding.former]
        yield from ((entry, each) for each in (*(named or current[:1] or [SILENCE]), *former))


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
