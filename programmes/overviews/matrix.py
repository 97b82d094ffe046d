"""Figures that name programmes: values down, force areas or lengths of funding across. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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

SHORT = {"risk": (Field.ELIGIBILITY, 20), "longevity": (Field.LONGEVITY, 40)}
"""The words of a source that stand beside a name: their field, and how long they may be."""


@dataclass(frozen=True)
class Mention:
    """A programme in a cell: short words of its source, what else is to be known, and its tag.

    `place` is its force area where another has its name.
    """

    entry: Entry
    words: str = ""
    note: str = ""
    tag: str = ""
    place: str = ""
    short: bool = False

    @property
    def name(self) -> Bilingual:
        """Without what stands in brackets, where it is to be short."""
        name = self.entry.name
        brief = Bilingual(name.en.partition(" (")[0], name.cy.partition(" (")[0])
        return brief if self.short else name


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
class Value:
    """What a row is of: column → programmes or, where they are too many, their number.

    `kind` is "silent", or "stage" for programmes that follow a caution or a conviction.
    """

    label: str
    query: Mapping[str, str]
    mentions: Mapping[str, list[Mention]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    quoted: bool = False

    def number(self, column: str) -> int:
        return self.numbers.get(column, 0) or len(self.mentions.get(column, ()))


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
    value: Value
    cells: list[Cell]


def area_column(slug: str, name: str, number: int) -> Column:
    """A force area, where nothing is named or, of what is named, nothing says so."""
    nothing = _("none says so") if number else _("none named")
    return Column(slug, name, nothing, number)


def totals(counts: Counts) -> Counter[str]:
    """Value → number of entries in all areas together."""
    return sum((Counter(here) for here in counts.values()), Counter())


def mentioned(entries: Iterable[Entry], name: str) -> dict[str, list[Mention]]:
    """Area → the entries in it, with short words on a dimension."""
    found: dict[str, list[Mention]] = {}
    for entry in entries:
        said = short_words(entry, name)
        told = Mention(entry, said, tag=badge(entry), short=name == "stage")
        found.setdefault(entry.area_slug, []).append(told)
    return found


def short_words(entry: Entry, name: str) -> str:
    about, longest = SHORT.get(name, ("", 0))
    words = entry.words(about) if about else ""
    return words if len(words) <= longest else ""


def rows(values: Iterable[Value], columns: list[Column], parameter: str) -> Iterator[Row]:
    """A row for each value, and one across for entries without a force area."""
    for value in values:
        if any(value.number(c.key) for c in columns) or not value.number(NOT_STATED):
            yield Row(value, [_cell(value, column, parameter) for column in columns])
        if parameter == "area" and value.number(NOT_STATED):
            unplaced = Column(NOT_STATED, _("No area given"))
            yield Row(value, [_cell(value, unplaced, parameter, len(columns))])


def _cell(value: Value, column: Column, parameter: str, span: int = 1) -> Cell:
    others = {"silent": _("none"), "stage": _("none named")}
    nothing = others.get(value.kind, column.nothing) if column.nothing else ""
    query = urlencode({**value.query, parameter: column.key})
    mentions, number = value.mentions.get(column.key, []), value.number(column.key)
    return Cell(column.label, mentions, number, query, nothing, span)


def named_values(entries: list[Entry], dimension: Dimension) -> list[Value]:
    """The values that entries have; those that the same entries have share a row.

    What no term of ours fits has a row for each wording. Silence comes last.
    """
    codes = {entry.uuid: terms(entry)[dimension.name] for entry in entries}
    having = {c: [e for e in entries if c in codes[e.uuid]] for c, _label in dimension.choices}
    same: dict[tuple[str, ...], list[str]] = {}
    for code in dimension.terms.values:
        if having[code] and code != OTHER:
            same.setdefault(tuple(entry.uuid for entry in having[code]), []).append(code)
    values = [_value(dimension, shared, having[shared[0]]) for shared in same.values()]
    values += _in_other_words(having.get(OTHER, []), dimension)
    silent = having[NOT_STATED]
    return [*values, _value(dimension, [NOT_STATED], silent)] if silent else values


def _value(dimension: Dimension, codes: list[str], entries: list[Entry]) -> Value:
    label = ", ".join(word(dimension.terms, code) for code in codes)
    kind = "silent" if codes == [NOT_STATED] else ""
    return Value(label, {}, mentioned(entries, dimension.name), kind=kind)


def _in_other_words(entries: list[Entry], dimension: Dimension) -> Iterator[Value]:
    wordings: dict[str, list[Entry]] = {}
    for entry in entries:
        for quotation in in_other_words(entry, dimension.name):
            wordings.setdefault(quotation.words, []).append(entry)
    for words, saying in wordings.items():
        yield Value(f"“{words}”", {}, mentioned(saying, dimension.name), quoted=True)


def counted_values(counts: Counts, dimension: Dimension) -> Iterator[Value]:
    """The values that some entry has, with how many have it in each area, or of each length."""
    everywhere = totals(counts)
    for code, label in dimension.choices:
        if everywhere[code]:
            numbers = {column: here.get(code, 0) for column, here in counts.items()}
            kind = "silent" if code == NOT_STATED else ""
            query = {"stage": Stage.COMMUNITY, dimension.name: code}
            yield Value(str(label), query, numbers=numbers, kind=kind)


def stages(entries: list[Entry], counts: Counts) -> Iterator[Value]:
    """Programmes that follow a caution or a conviction; `entries` are those named."""
    after = {Stage.OUT_OF_COURT: _("After a caution"), Stage.STATUTORY: _("After conviction")}
    for stage, label in after.items():
        here = mentioned((entry for entry in entries if entry.stage == stage), "stage")
        numbers = {area: of_area.get(stage, 0) for area, of_area in counts.items()}
        yield Value(label, {"stage": stage}, here, numbers, kind="stage")


def said_by_none(dimension: Dimension, numbers: Mapping[str, int]) -> list[str]:
    """The labels of values that no entry has."""
    choices = dimension.terms.choices
    return [str(label) for code, label in choices if code != OTHER and not numbers[code]]
