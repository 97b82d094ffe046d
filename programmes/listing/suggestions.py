"""What else would be found: which entries are left out for their silence, and what to let go.

Every number is counted over the same filters as the list, so that its link finds just as many.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.results import Counts, Found
from programmes.vocabulary import NOT_STATED, Risk

NARROW = 3
"""So few entries that dropping a filter is worth offering."""


@dataclass(frozen=True)
class LeftOut:
    """Entries left out only because, in one dimension, they have this value: so many more."""

    dimension: str
    value: str
    number: int
    query: str


@dataclass(frozen=True)
class Without:
    """What would be found without one of the filters: so many in all."""

    name: str
    number: int
    query: str


def left_out(selection: ProgrammeFilterSet, counts: Counts) -> Iterator[LeftOut]:
    """Entries that are silent where something was chosen; an entry is silent or it is not."""
    for name, values in selection.chosen.items():
        for value in _worth_including(name, values):
            if number := counts[name].get(value):
                query = selection.query_with({name: [*values, value]})
                yield LeftOut(name, value, number, query)


def _worth_including(dimension: str, values: list[str]) -> Iterator[str]:
    # An entry that says "not high" may take the lower levels, and never the high one.
    low = {Risk.MEDIUM, Risk.STANDARD} & set(values)
    if dimension == "risk" and low and not {Risk.HIGH, Risk.NOT_HIGH} & set(values):
        yield Risk.NOT_HIGH
    if NOT_STATED not in values:
        yield NOT_STATED


def without(
    selection: ProgrammeFilterSet, found: Found, offered: list[LeftOut]
) -> Iterator[Without]:
    """Each single filter whose going brings more entries, unless one `offered` brings the same."""
    if len(found) > NARROW:
        return
    brought = {(each.dimension, each.number) for each in offered}
    for name in (*(["q"] if selection.words else []), *selection.chosen):
        number = found.number(without=name)
        if number > len(found) and (name, number - len(found)) not in brought:
            yield Without(name, number, selection.query_with({name: []}))
