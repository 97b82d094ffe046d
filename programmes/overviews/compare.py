"""Two to four entries side by side, what differs first. Pure, as `presenters` is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from programmes.domain.entry import Entry
from programmes.presentation.entry import EntryPage
from programmes.presentation.facts import Fact, Quoted, Value
from programmes.vocabulary import Field

MOST_COMPARED = 4


@dataclass(frozen=True)
class Row:
    """One thing, and what each entry states of it; no values means: not stated."""

    label: str
    cells: list[tuple[Entry, list[Any]]]

    @property
    def differs(self) -> bool:
        return any(values != self.cells[0][1] for _entry, values in self.cells)

    @property
    def is_silent(self) -> bool:
        return not any(values for _entry, values in self.cells)


def comparison(pages: list[EntryPage]) -> dict[str, Any]:
    def row(label: str, cells: Iterable[list[Any]]) -> Row:
        return Row(label, list(zip((page.entry for page in pages), cells, strict=True)))

    rows = [
        *(row(label, cells) for label, cells in _readings(pages)),
        row(_("Stage"), ([page.stage] for page in pages)),
        row(_("Evaluation"), ([each.kind for each in page.evaluations] for page in pages)),
    ]
    words = [
        *(row(title, map(_words, facts)) for title, facts in _facts(pages)),
        row(_("Evaluation"), ([each.words for each in page.evaluations] for page in pages)),
    ]
    return {
        "pages": pages,
        "differing": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs and not row.is_silent],
        # Silence is no agreement.
        "silent": [row.label for row in rows if row.is_silent],
        "words": [row for row in words if not row.is_silent],
    }


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


def _readings(pages: list[EntryPage]) -> Iterator[tuple[str, list[list[Value]]]]:
    for title, facts in _facts(pages):
        labels = dict.fromkeys(line.label for fact in facts if fact for line in fact.lines)
        for label in labels:
            # The label of a single line adds nothing to the title.
            yield title if len(labels) == 1 else label, [_values(fact, label) for fact in facts]


def _values(fact: Fact | None, label: str) -> list[Value]:
    lines = fact.lines if fact else []
    return [value for line in lines if line.label == label for value in line.values]


Choice = tuple[Entry, str]
"""An entry of a comparison, or one that could be added, and the query after that."""


def chosen(entries: list[Entry]) -> list[Choice]:
    """What is compared, and the comparison without it."""
    return [
        (entry, comparing(other.address for other in entries if other != entry))
        for entry in entries
    ]


def offers(others: Iterable[Entry], entries: list[Entry]) -> list[Choice]:
    """What could be added to a comparison, and the comparison with it."""
    taken = [entry.address for entry in entries]
    return [
        (other, comparing([*taken, other.address]))
        for other in others
        if other.address not in taken
    ]


def comparing(addresses: Iterable[str]) -> str:
    """The query that compares entries by their addresses."""
    return urlencode([("programme", address) for address in addresses], safe="/")
