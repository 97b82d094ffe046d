"""The term index: the terms of all current editions in memory.

Each value of each dimension is one integer with a bit for each edition, in the order of the list:
AND narrows, and counting bits counts editions. It is made anew for each version of what is public,
in the background; meanwhile, and for the past, the database answers (`results`).
"""

import threading
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from itertools import compress
from operator import or_

from django.conf import settings
from django.db import connection

from programmes.listing import search
from programmes.models import Edition, Term
from programmes.models.edition import EditionQuerySet
from programmes.publishing.edition_poller import poller
from programmes.vocabulary import Sort

MOST_SEARCHES = 100  # whose findings are kept
AS_FLAGS = bytes.maketrans(b"01", b"\0\1")


class TermIndex:
    def __init__(self, version: int) -> None:
        self.version = version
        editions = Edition.objects.current().filter(pk__lte=version)
        self._keys = array("q", _keys(editions.sorted_by(Sort.AREA)))
        self._places = {key: place for place, key in enumerate(self._keys)}
        self._orders = {
            order: array("i", (self._places[key] for key in _keys(editions.sorted_by(order))))
            for order in (Sort.NAME, Sort.CHECKED)
        }
        self._everything = (1 << len(self._keys)) - 1
        self._terms = self._read_terms(editions)
        self.age = editions.age()
        self.areas = [*_keys(Edition.objects.areas().filter(pk__lte=version))]
        self._searches: dict[str, tuple[int, int]] = {}

    def _read_terms(self, editions: EditionQuerySet) -> dict[str, dict[str, int]]:
        flags: dict[tuple[str, str], bytearray] = defaultdict(self._no_bits)
        terms = Term.objects.filter(edition__in=editions).order_by()
        rows = terms.values_list("edition_id", "dimension", "value").iterator()
        for key, dimension, value in rows:
            place = self._places[key]
            flags[dimension, value][place >> 3] |= 1 << (place & 7)
        by_dimension: dict[str, dict[str, int]] = defaultdict(dict)
        for (dimension, value), bits in flags.items():
            by_dimension[dimension][value] = int.from_bytes(bits, "little")
        return by_dimension

    def _no_bits(self) -> bytearray:
        return bytearray(len(self._keys) // 8 + 1)

    def __len__(self) -> int:
        return len(self._keys)

    def having(self, terms: Iterable[tuple[str, Collection[str]]]) -> int:
        """The editions with any of the values in each dimension."""
        bits = self._everything
        for dimension, values in terms:
            bits &= reduce(or_, (self._terms[dimension].get(value, 0) for value in values))
        return bits

    def with_words(self, query: str) -> tuple[int, int]:
        """The editions that contain a query in their names, and in their texts."""
        if not search.wanted(query):
            return self._everything, self._everything
        if not (found := self._searches.get(query)):
            in_name, in_text = map(self._bits, search.keys(query))
            if len(self._searches) >= MOST_SEARCHES:
                self._searches.clear()
            self._searches[query] = found = in_name, in_text
        return found

    def _bits(self, keys: Iterable[int]) -> int:
        bits = self._no_bits()
        # Some keys are of editions that have been replaced, or are newer.
        for place in (self._places[key] for key in keys if key in self._places):
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def count_terms(self, bits: int, dimensions: Iterable[str]) -> dict[str, dict[str, int]]:
        return {
            dimension: {
                value: number
                for value, having in self._terms[dimension].items()
                if (number := (having & bits).bit_count())
            }
            for dimension in dimensions
        }

    def count_by_area(self, bits: int, dimension: str) -> dict[str, dict[str, int]]:
        areas = self._terms["area"].items()
        counts = {area: self.count_terms(bits & here, [dimension]) for area, here in areas}
        return {area: found[dimension] for area, found in counts.items() if found[dimension]}

    def keys(self, bits: int, order: Sort) -> Iterator[int]:
        flags = f"{bits:0{len(self)}b}"[::-1].encode().translate(AS_FLAGS)
        if order == Sort.AREA:
            return compress(self._keys, flags)
        places = self._orders[Sort.NAME if order == Sort.RELEVANCE else order]
        return (self._keys[place] for place in places if flags[place])


def _keys(editions: EditionQuerySet) -> Iterable[int]:
    return editions.values_list("pk", flat=True).iterator()


class TermIndexBuilder:
    """Makes the index of the present version in the background."""

    def __init__(self) -> None:
        self._index: TermIndex | None = None
        self._making = threading.Lock()

    def current(self) -> TermIndex | None:
        """None while it is being made, and where nobody polls for another version."""
        if (known := poller.known) is None:
            return None
        if self._index and self._index.version == known.version:
            return self._index
        if self._making.acquire(blocking=False):
            self._begin(known.version)
        return None

    def _begin(self, version: int) -> None:
        try:
            threading.Thread(
                target=self._make, args=[version], name="term-index", daemon=True
            ).start()
        except RuntimeError:  # no thread is to be had; the next request tries again
            self._making.release()

    def _make(self, version: int) -> None:
        try:
            index = TermIndex(version)
            if poller.poll().version == version:
                self._index = index
        finally:
            connection.close()
            self._making.release()


builder = TermIndexBuilder()


def current() -> TermIndex | None:
    """The index of what is public now; None where there is none."""
    return builder.current() if settings.TERM_INDEX else None
