"""Figures that name programmes: values down, force areas or lengths of funding across. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from programmes.domain.entry import NOT_STATED, OTHER, Bilingual, Entry
from programmes.listing.results import Counts
from programmes.presentation.facts import in_other_words
from programmes.presentation.text import badge, word
from programmes.readings import Dimension, terms
from programmes.vocabulary import Field, Stage

MOST_NAMED = 40
"""Entries that a figure names; where there are more, its cells count them and link."""
MOST_SHOWN = 60
"""Entries that an overview shows one by one; where there are more, its numbers lead to the list."""

SHORT = {"risk": (Field.ELIGIBILITY, 20), "longevity": (Field.LONGEVITY, 40)}
"""The words of a source that stand beside a name: their field, and how long they may be."""


@dataclass(frozen=True)
class Mention:
    """A programme in a cell: short words of its source, what else is to be known, and its tag.

    `place` is its force area where another has its name.
    """

    entry: Entry
    name: Bilingual
    words: str
    tag: str
    note: str = ""
    place: str = ""


@dataclass(frozen=True)
class Column:
    """`key` is its value in addresses, `nothing` what a cell without programmes says.

    `number` is that of its community programmes, where the heading says it.
    """

    key: str
    label: str
    nothing: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Cell:
    """`label` says on a phone which column it is; `span` is wide where there is none for it."""

    label: str
    mentions: list[Mention]
    number: int
    query: str
    nothing: str
    span: int = 1


@dataclass(frozen=True)
class Row:
    """A value, and column → programmes that have it or, where they are too many, their number.

    `kind` is "silent", or "stage" for programmes that follow a caution or a conviction.
    """

    label: str
    query: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, list[Mention]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    quoted: bool = False
    cells: list[Cell] = field(default_factory=list)

    def number(self, column: str) -> int:
        return self.numbers.get(column, 0) or len(self.mentions.get(column, ()))


def area_column(slug: str, name: str, number: int) -> Column:
    """A force area, where nothing is named or, of what is named, nothing says so."""
    nothing = _("none says so") if number else _("none named")
    return Column(slug, name, nothing, number)


def totals(counts: Counts) -> Counter[str]:
    """Value → number of entries in all areas together."""
    return sum((Counter(here) for here in counts.values()), Counter())


def mention(entry: Entry, name: str) -> Mention:
    """An entry, with short words on a dimension."""
    about, longest = SHORT.get(name, ("", 0))
    words = entry.words(about) if about else ""
    return Mention(entry, entry.name, words if len(words) <= longest else "", badge(entry))


def mentioned(entries: Iterable[Entry], name: str) -> dict[str, list[Mention]]:
    """Area → the entries in it."""
    found: dict[str, list[Mention]] = {}
    for entry in entries:
        found.setdefault(entry.area_slug, []).append(mention(entry, name))
    return found


def filled(rows: Iterable[Row], columns: list[Column], parameter: str) -> Iterator[Row]:
    """Rows with their cells, and one across for entries without a force area."""
    for row in rows:
        if any(row.number(c.key) for c in columns) or not row.number(NOT_STATED):
            yield replace(row, cells=[_cell(row, column, parameter) for column in columns])
        if parameter == "area" and row.number(NOT_STATED):
            unplaced = Column(NOT_STATED, _("No area given"))
            yield replace(row, cells=[_cell(row, unplaced, parameter, len(columns))])


def _cell(row: Row, column: Column, parameter: str, span: int = 1) -> Cell:
    others = {"silent": _("none"), "stage": _("none named")}
    nothing = others.get(row.kind, column.nothing) if column.nothing else ""
    query = urlencode({**row.query, parameter: column.key})
    mentions, number = row.mentions.get(column.key, []), row.number(column.key)
    return Cell(column.label, mentions, number, query, nothing, span)


def named_rows(entries: list[Entry], dimension: Dimension) -> Iterator[Row]:
    """The values that entries have; those that the same entries have share a row.

    What no term of ours fits has a row for each wording. Silence comes last.
    """
    having: dict[str, list[Entry]] = {code: [] for code, _label in dimension.choices}
    for entry in entries:
        for code in terms(entry)[dimension.name]:
            having[code].append(entry)
    others, silent = having.pop(OTHER, []), having.pop(NOT_STATED)
    same: dict[tuple[str, ...], list[str]] = {}
    for code, found in having.items():
        if found:
            same.setdefault(tuple(entry.uuid for entry in found), []).append(code)
    for codes in same.values():
        label = ", ".join(word(dimension.terms, code) for code in codes)
        yield Row(label, mentions=mentioned(having[codes[0]], dimension.name))
    yield from _in_other_words(others, dimension)
    if silent:
        label = dict(dimension.choices)[NOT_STATED]
        yield Row(str(label), mentions=mentioned(silent, dimension.name), kind="silent")


def _in_other_words(entries: list[Entry], dimension: Dimension) -> Iterator[Row]:
    wordings: dict[str, list[Entry]] = {}
    for entry in entries:
        for quotation in in_other_words(entry, dimension.name):
            wordings.setdefault(quotation.words, []).append(entry)
    for words, saying in wordings.items():
        yield Row(f"“{words}”", mentions=mentioned(saying, dimension.name), quoted=True)


def counted_rows(counts: Counts, dimension: Dimension) -> Iterator[Row]:
    """The values that some entry has, with how many have it in each area, or of each length."""
    everywhere = totals(counts)
    for code, label in dimension.choices:
        if everywhere[code]:
            numbers = {column: here.get(code, 0) for column, here in counts.items()}
            kind = "silent" if code == NOT_STATED else ""
            query = {"stage": Stage.COMMUNITY, dimension.name: code}
            yield Row(str(label), query, numbers=numbers, kind=kind)


def stage_rows(entries: list[Entry], counts: Counts) -> Iterator[Row]:
    """Programmes that follow a caution or a conviction; `entries` are those named."""
    after = {Stage.OUT_OF_COURT: _("After a caution"), Stage.STATUTORY: _("After conviction")}
    for stage, label in after.items():
        here = mentioned((entry for entry in entries if entry.stage == stage), "stage")
        brief = {area: [replace(m, name=_brief(m.name)) for m in here[area]] for area in here}
        numbers = {area: of_area.get(stage, 0) for area, of_area in counts.items()}
        yield Row(label, {"stage": stage}, brief, numbers, kind="stage")


def _brief(name: Bilingual) -> Bilingual:
    """Without what stands in brackets."""
    return Bilingual(name.en.partition(" (")[0], name.cy.partition(" (")[0])


def said_by_none(dimension: Dimension, numbers: Mapping[str, int]) -> list[str]:
    """The labels of values that no entry has."""
    choices = dimension.terms.choices
    return [str(label) for code, label in choices if code != OTHER and not numbers[code]]
