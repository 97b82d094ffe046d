"""What publishing an entry would change, line by line, for the editor who is about to."""

from dataclasses import dataclass
from typing import Any

from programmes.models import Programme
from programmes.publishing import entry_of, standing_edition

NOT_FOR_READING = {"id", "uuid", "slug"}
"""Parts of a document that mean something to programs alone."""

POINTERS = {"rests_on", "replaces"}
"""Parts that name a quotation by its number; shown as its words."""


@dataclass(frozen=True)
class Difference:
    part: str
    removed: list[str]
    added: list[str]


def differences(programme: Programme) -> list[Difference]:
    """Nothing published counts as an empty document, so that all of the entry is new."""
    standing = standing_edition(programme)
    before = standing.document if standing and not standing.withdrawn else {}
    after = entry_of(programme).as_document()
    found = []
    for part, value in after.items():
        if before.get(part) == value:
            continue
        old, new = lines(before.get(part), words_of(before)), lines(value, words_of(after))
        removed = [line for line in old if line not in new]
        added = [line for line in new if line not in old]
        # Where no line is new or gone, it is their order that changed.
        found.append(Difference(part.replace("_", " ").capitalize(), removed, added or new))
    return found


def words_of(document: dict[str, Any]) -> dict[int, str]:
    """The quotations of a document by their number, by which its readings name them."""
    return {q["id"]: f"“{q['words']}”" for q in document.get("quotations", [])}


def lines(value: Any, words: dict[int, str]) -> list[str]:
    """A part of a document as lines of text: a line an item, a line a language."""
    if isinstance(value, list):
        return [" · ".join(lines(item, words)) for item in value]
    if isinstance(value, dict):
        named = {"en": "English", "cy": "Welsh"}
        return [
            f"{named.get(name, name.replace('_', ' '))}: "
            + (words.get(item, "") if name in POINTERS else " ".join(lines(item, words)))
            for name, item in value.items()
            if name not in NOT_FOR_READING and item not in (None, "", [], False)
        ]
    return [] if value in (None, "", False) else [str(value)]
