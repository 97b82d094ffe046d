"""Figures that name programmes: values down, force areas or lengths of funding across. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from programmes.domain.entry import NOT_STATED, OTHER, Bilingual, Entry
from programmes.listing.results import Counts
from programmes.presentation.facts import in_other_words
from programmes.presentation.text import words
from programmes.readings import Dimension, terms
from programmes.vocabulary import NOT_STATED_LABEL, Field, Stage

MOST_NAMED = 40
"""Entries that a figure names; where there are more, its cells count them and link."""
MOST_SHOWN = 60
"""Entries that an overview shows one by one; where there are more, its numbers lead to the list."""

SHORT = {"risk": (Field.ELIGIBILITY, 20), "longevity": (Field.LONGEVITY, 40)}
"""The words of a source that stand beside a name: their field, and how long they may be."""


Mention = dict[str, Any]
"""A programme in a cell: `entry`, its `name`, and what else is to be known."""


@dataclass(frozen=True)
class Column:
    """`key` is its value in addresses; `number` that of the community programmes of an area."""

    key: str
    label: Any
    number: int | None = None


@dataclass(frozen=True)
class Row:
    """A value, and column → programmes that have it or, where they are too many, their number.

    `kind` is "silent", or "stage" for programmes that follow a caution or a conviction; `quoted`
    says that the label is a source's words.
    """

    label: str
    found: Mapping[str, list[Mention]] | Mapping[str, int]
    query: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    quoted: bool = False


def figure(rows: Iterable[Row], columns: list[Column], parameter: str) -> dict[str, Any]:
    """Rows with their cells, and one across for entries without a force area."""
    filled, across = [], Column(NOT_STATED, _("No area given"))
    for row in rows:
        unplaced = parameter == "area" and row.found.get(NOT_STATED)
        if not unplaced or any(row.found.get(column.key) for column in columns):
            filled.append((row, [_cell(row, column, parameter) for column in columns]))
        if unplaced:
            filled.append((row, [_cell(row, across, parameter) | {"span": len(columns)}]))
    return {"columns": columns, "rows": filled}


def _cell(row: Row, column: Column, parameter: str) -> dict[str, Any]:
    found, query = row.found.get(column.key, 0), urlencode({**row.query, parameter: column.key})
    named = [] if isinstance(found, int) else found
    number = found if isinstance(found, int) else len(found)
    return {"column": column, "query": query, "mentions": named, "number": number}


def grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """Key → what was found with it, both in the order in which they were found."""
    found: dict[Any, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def mention(entry: Entry, dimension: str, **more: str) -> Mention:
    about, longest = SHORT.get(dimension, ("", 0))
    short = entry.words(about) if about else ""
    name = entry.name
    if entry.stage != Stage.COMMUNITY:
        # Without what stands in brackets: the row says what these are.
        name = Bilingual(name.en.partition(" (")[0], name.cy.partition(" (")[0])
    return {"entry": entry, "name": name, "words": short if len(short) <= longest else "", **more}


def by_area(entries: Iterable[Entry], dimension: str) -> dict[str, list[Mention]]:
    return grouped((entry.area_slug, mention(entry, dimension)) for entry in entries)


def named_rows(entries: list[Entry], dimension: Dimension) -> Iterator[Row]:
    """The values that entries have; those that the same entries have share a row.

    What no term of ours fits has a row for each wording. Silence comes last.
    """
    name = dimension.name
    having = grouped((code, entry) for entry in entries for code in terms(entry)[name])
    known = (c for c in dimension.terms.values if c in having and c != OTHER)
    for codes in grouped((tuple(e.uuid for e in having[c]), c) for c in known).values():
        label = ", ".join(words(dimension.terms, codes))
        yield Row(label, by_area(having[codes[0]], name))
    others = ((e, q) for e in having.get(OTHER, ()) for q in in_other_words(e, name))
    for quoted, saying in grouped((q.words, e) for e, q in others).items():
        yield Row(f"“{quoted}”", by_area(saying, name), quoted=True)
    if NOT_STATED in having:
        yield Row(str(NOT_STATED_LABEL), by_area(having[NOT_STATED], name), kind="silent")


def counted_rows(counts: Counts, dimension: Dimension) -> Iterator[Row]:
    """The values that some entry has, with how many have it in each area, or of each length."""
    for code, label in dimension.choices:
        if numbers := {column: here[code] for column, here in counts.items() if code in here}:
            kind = "silent" if code == NOT_STATED else ""
            yield Row(str(label), numbers, {"stage": Stage.COMMUNITY, dimension.name: code}, kind)


def stage_rows(entries: list[Entry], counts: Counts) -> Iterator[Row]:
    """Programmes that follow a caution or a conviction; `entries` are those named."""
    after = {Stage.OUT_OF_COURT: _("After a caution"), Stage.STATUTORY: _("After conviction")}
    for stage, label in after.items():
        named = by_area((entry for entry in entries if entry.stage == stage), "stage")
        numbers = {area: here[stage] for area, here in counts.items() if stage in here}
        yield Row(label, named or numbers, {"stage": stage}, kind="stage")
