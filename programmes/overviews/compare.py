"""Two to four entries side by side, what differs first. Pure, as `presenters` is."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from programmes.domain.entry import Bilingual, Entry
from programmes.presentation.entry import EntryPage
from programmes.presentation.facts import Fact, Quoted, Value
from programmes.presentation.text import area_name, in_language
from programmes.vocabulary import Field

MOST_COMPARED = 4

Values = list[Value]


@dataclass(frozen=True)
class Row:
    """One thing, and what each entry states of it; no values means: not stated."""

    label: str
    entries: list[Entry]
    cells: list[Values]

    @property
    def pairs(self) -> list[tuple[Entry, Values]]:
        return list(zip(self.entries, self.cells, strict=True))

    @property
    def differs(self) -> bool:
        return any(cell != self.cells[0] for cell in self.cells)

    @property
    def is_silent(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class WordsRow:
    label: str
    entries: list[Entry]
    cells: list[list[Quoted]]

    @property
    def pairs(self) -> list[tuple[Entry, list[Quoted]]]:
        return list(zip(self.entries, self.cells, strict=True))


@dataclass(frozen=True)
class Comparison:
    pages: list[EntryPage]
    differing: list[Row]
    same: list[Row]
    silent: list[str]
    """What none of them states: silence is no agreement."""
    words: list[WordsRow]


def comparison(pages: list[EntryPage]) -> Comparison:
    entries = [page.entry for page in pages]
    evaluations = [[each.kind for each in page.evaluations] for page in pages]
    rows = [
        *_rows_of_facts(pages),
        Row(_("Stage"), entries, [[page.stage] for page in pages]),
        Row(_("Evaluation"), entries, [list(kinds) for kinds in evaluations]),
    ]
    words = [
        *(WordsRow(t, entries, [_words(fact) for fact in facts]) for t, facts in _facts(pages)),
        WordsRow(_("Evaluation"), entries, [[e.words for e in p.evaluations] for p in pages]),
    ]
    return Comparison(
        pages=pages,
        differing=[row for row in rows if row.differs],
        same=[row for row in rows if not row.differs and not row.is_silent],
        silent=[row.label for row in rows if row.is_silent],
        words=[row for row in words if any(row.cells)],
    )


def _words(fact: Fact | None) -> list[Quoted]:
    """The words of a fact, without the mere name, which says no more than its column does."""
    words = fact.words if fact else []
    return [each for each in words if each.quotation.field != Field.PROGRAMME]


def _facts(pages: list[EntryPage]) -> list[tuple[str, list[Fact | None]]]:
    """Each fact that some entry has, with that of every entry; whether it runs comes first."""
    by_page = [{fact.id: fact for fact in page.facts} for page in pages]
    titles = {fact.id: fact.title for page in pages for fact in page.facts}
    titles = {Field.STATUS.value: titles[Field.STATUS], **titles}
    return [(title, [facts.get(id_) for facts in by_page]) for id_, title in titles.items()]


def _rows_of_facts(pages: list[EntryPage]) -> list[Row]:
    entries, rows = [page.entry for page in pages], []
    for title, facts in _facts(pages):
        labels = dict.fromkeys(line.label for fact in facts if fact for line in fact.lines)
        for label in labels:
            # A fact with one line has no more to say of it than its title does.
            name = title if len(labels) == 1 else label
            rows.append(Row(name, entries, [_values(fact, label) for fact in facts]))
    return rows


def _values(fact: Fact | None, label: str) -> Values:
    lines = fact.lines if fact else []
    return [value for line in lines if line.label == label for value in line.values]


@dataclass(frozen=True)
class Choice:
    """An entry of a comparison, or one that could be added, and the query after that."""

    name: Bilingual
    area: str
    query: str


def chosen(entries: list[Entry]) -> list[Choice]:
    """What is compared, and the comparison without it."""
    return [
        Choice(
            entry.name,
            area_name(entry),
            comparing(other.address for other in entries if other != entry),
        )
        for entry in entries
    ]


def offers(others: Iterable[Entry], entries: list[Entry]) -> list[Choice]:
    """What could be added to a comparison, and the comparison with it."""
    taken = [entry.address for entry in entries]
    return [
        Choice(other.name, area_name(other), comparing([*taken, other.address]))
        for other in others
        if other.address not in taken
    ]


def comparing(addresses: Iterable[str]) -> str:
    """The query that compares entries by their addresses."""
    return urlencode([("programme", address) for address in addresses], safe="/")


def named(entries: list[Entry]) -> str:
    """Entries by name and area, since two may have one name."""
    texts = [
        ", ".join(filter(None, (in_language(entry.name), in_language(entry.area_name))))
        for entry in entries
    ]
    return f"{'; '.join(texts)}."
