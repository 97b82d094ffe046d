"""Results of a selection, from the term index where there is one, else from the database."""

import datetime
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import chain, islice
from typing import Any

from programmes.domain.eligibility import ANOTHER_WAY_IN
from programmes.domain.entry import NOT_STATED, OTHER
from programmes.listing import term_index
from programmes.listing.filters import TERM_FILTERS, ProgrammeFilterSet, having
from programmes.listing.term_index import TermIndex
from programmes.models import Edition
from programmes.vocabulary import Sort

Counts = dict[str, dict[str, int]]
"""Dimension, or area → value → number of entries; a value that nothing has is left out."""


class QueryResults:
    """A sequence of the keys of editions, in the order of the list, by queries."""

    def __init__(self, selection: ProgrammeFilterSet) -> None:
        self._selection = selection

    @property
    def version(self) -> int:
        """Tells one state of all that is public from the next."""
        return Edition.objects.newest()

    def __len__(self) -> int:
        return self._length

    @cached_property
    def _length(self) -> int:
        return self.number("")

    def __getitem__(self, part: slice) -> list[int]:
        return list(self._selection.qs.values_list("pk", flat=True)[part])

    def total(self) -> int:
        return self._selection.everything.count()

    def number(self, without: str) -> int:
        return self._selection.narrowed(without).count()

    def count_terms(self, dimensions: Iterable[str], without: str = "") -> Counts:
        return self._selection.narrowed(without).count_terms(dimensions)

    def reached_by(self, routes: Collection[str]) -> list[int]:
        """The keys of what is left out for who is asking alone, and has one of some routes."""
        shown = self._selection.narrowed().values("pk")
        others = self._selection.narrowed("referrer").exclude(pk__in=shown)
        return list(
            having(others, "route", routes).sorted_by(Sort.AREA).values_list("pk", flat=True)
        )

    def by_area(self, dimension: str) -> Counts:
        return self._selection.narrowed().count_by_area(dimension)


class IndexedResults:
    """Same interface as QueryResults, answered from the term index in memory."""

    def __init__(self, selection: ProgrammeFilterSet, index: TermIndex) -> None:
        self._selection, self._index, self.version = selection, index, index.version
        self._in_name, self._in_text = index.with_words(selection.words)
        self._bits = self._narrowed()

    def _narrowed(self, without: str = "") -> int:
        bits = self._index.having(self._selection.terms(without))
        return bits if without == "q" else bits & self._in_text

    def __len__(self) -> int:
        return self._bits.bit_count()

    def __getitem__(self, part: slice) -> list[int]:
        keys = self._index.keys(self._bits, self._selection.order)
        if self._selection.order == Sort.RELEVANCE:
            first = self._bits & self._in_name
            by_name = (self._index.keys(bits, Sort.NAME) for bits in (first, self._bits & ~first))
            keys = chain.from_iterable(by_name)
        return list(islice(keys, part.start, part.stop))

    def total(self) -> int:
        return len(self._index)

    def number(self, without: str) -> int:
        return self._narrowed(without).bit_count()

    def count_terms(self, dimensions: Iterable[str], without: str = "") -> Counts:
        return self._index.count_terms(self._narrowed(without), dimensions)

    def reached_by(self, routes: Collection[str]) -> list[int]:
        others = self._narrowed("referrer") & ~self._bits & self._index.having([("route", routes)])
        return list(self._index.keys(others, Sort.AREA))

    def by_area(self, dimension: str) -> Counts:
        return self._index.count_by_area(self._bits, dimension)


ResultSet = QueryResults | IndexedResults


def results_of(selection: ProgrammeFilterSet) -> ResultSet:
    index = None if selection.day else term_index.current()
    return IndexedResults(selection, index) if index else QueryResults(selection)


def facets(results: ResultSet, chosen: dict[str, list[str]]) -> Counts:
    """How many entries each value of each filter would find, its own filter left aside."""
    counts = results.count_terms(set(TERM_FILTERS) - set(chosen))
    for name in chosen.keys() & set(TERM_FILTERS):
        counts |= results.count_terms([name], without=name)
    return counts


def reached_otherwise(results: ResultSet) -> tuple[list[int], ...]:
    """What is left out for who is asking: MARAC, police, court; self-referral alone; none known."""
    elsewhere, by_self = results.reached_by(ANOTHER_WAY_IN), results.reached_by(["self"])
    unknown = results.reached_by([NOT_STATED, OTHER])
    return elsewhere, [key for key in by_self if key not in elsewhere], unknown


def age(day: datetime.date | None) -> dict[str, Any]:
    index = None if day else term_index.current()
    return index.age if index else Edition.objects.as_at(day).age()


def areas(day: datetime.date | None) -> list[int]:
    """The keys of the editions of the force areas."""
    index = None if day else term_index.current()
    return index.areas if index else [*Edition.objects.areas(day).values_list("pk", flat=True)]
