"""What publishing an entry would change, line by line, for the editor who is about to."""

from dataclasses import dataclass
from typing import Any

from programmes.models import Programme
from programmes.publishing import entry_of, standing_edition

NOT_FOR_READING = {"id", "uuid", "slug", "rests_on", "replaces"}
"""Parts of a document that mean something to programs alone."""


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
        old, new = lines(before.get(part)), lines(value)
        removed = [line for line in old if line not in new]
        added = [line for line in new if line not in old]
        if removed or added:
            found.append(Difference(part.replace("_", " ").capitalize(), removed, added))
    return found


def lines(value: Any) -> list[str]:
    """A part of a document as lines of text: a line an item, a line a language."""
    if isinstance(value, list):
        return [" · ".join(lines(item)) for item in value]
    if isinstance(value, dict):
        named = {"en": "English", "cy": "Welsh"}
        return [
            f"{named.get(name, name.replace('_', ' '))}: {' '.join(lines(item))}"
            for name, item in value.items()
            if name not in NOT_FOR_READING and item not in (None, "", [], False)
        ]
    return [] if value in (None, "", False) else [str(value)]
