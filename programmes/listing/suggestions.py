"""What else would be found: which entries are left out for their silence, and what to let go.

Every number is counted over the same filters as the list, so that its link finds just as many.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.results import Counts, ResultSet
from programmes.vocabulary import NOT_STATED, Risk

NARROW = 3
"""So few entries that dropping a filter is worth offering."""


@dataclass(frozen=True)
class ValueToAdd:
    """A value with which so many more entries would be found, left out only for having it."""

    dimension: str
    value: str
    number: int
    query: str


@dataclass(frozen=True)
class FilterToDrop:
    """A filter without which so many entries would be found in all."""

    name: str
    number: int
    query: str


def values_to_add(selection: ProgrammeFilterSet, counts: Counts) -> Iterator[ValueToAdd]:
    """Entries that are silent where something was chosen; an entry is silent or it is not."""
    for name, values in selection.chosen.items():
        for value in _worth_including(name, values):
            if number := counts[name].get(value):
                query = selection.query_with({name: [*values, value]})
                yield ValueToAdd(name, value, number, query)


def _worth_including(dimension: str, values: list[str]) -> Iterator[str]:
    # An entry that says "not high" may take the lower levels, and never the high one.
    low = {Risk.MEDIUM, Risk.STANDARD} & set(values)
    if dimension == "risk" and low and not {Risk.HIGH, Risk.NOT_HIGH} & set(values):
        yield Risk.NOT_HIGH
    if NOT_STATED not in values:
        yield NOT_STATED


def filters_to_drop(
    selection: ProgrammeFilterSet, results: ResultSet, offered: list[ValueToAdd]
) -> Iterator[FilterToDrop]:
    """Each single filter whose going brings more entries, unless one `offered` brings the same."""
    if len(results) > NARROW:
        return
    brought = {(each.dimension, each.number) for each in offered}
    for name in (*(["q"] if selection.words else []), *selection.chosen):
        number = results.number(without=name)
        if number > len(results) and (name, number - len(results)) not in brought:
            yield FilterToDrop(name, number, selection.query_with({name: []}))
