"""Which English a Welsh text was written for, so that an edit of one asks about the other.

A row whose texts come in pairs of columns (`summary_en` and `summary_cy`) has one column more,
`welsh_of`. It says, for each pair, which English its Welsh was last written or confirmed for.
"""

import hashlib
from typing import Any

from django.db import models

Bonds = dict[str, list[str]]
"""The name of a pair → the digests of its English and of its Welsh, as they belonged together."""

COLUMN = "welsh_of"


def digest(text: str) -> str:
    """Short, and blind to white space: a browser ends lines in its own way."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def bond(english: str, welsh: str, *, is_older: bool = False) -> list[str]:
    """What ties a Welsh text to its English; one that is older than that is tied to none."""
    return ["" if is_older else digest(english), digest(welsh)]


def bonds(texts: dict[str, tuple[str, str]], held: Bonds) -> Bonds:
    """Welsh that is new is taken to be written for the English that it is saved with.

    Welsh that stayed as it was keeps its bond, whatever became of the English meanwhile.
    """
    return {
        name: held[name] if _is_held(held, name, welsh) else bond(english, welsh)
        for name, (english, welsh) in texts.items()
        if welsh
    }


def _is_held(held: Bonds, name: str, welsh: str) -> bool:
    return name in held and held[name][1] == digest(welsh)


class WelshOf(models.JSONField):
    """The `Bonds` of a row, written with the row; emptying it confirms all of its Welsh."""

    def __init__(self, *pairs: str, **options: Any) -> None:
        self.pairs = pairs
        options.setdefault("default", dict)
        # The release before this column writes rows without it.
        options.setdefault("db_default", {})
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """To the database it is JSON, which pairs there are is no business of a migration."""
        name, _path, _pairs, options = super().deconstruct()
        return name, "django.db.models.JSONField", [], options

    def pre_save(self, row: models.Model, add: bool) -> Bonds:
        setattr(row, self.attname, bonds_of(row))
        return getattr(row, self.attname)


def bonds_of(row: models.Model) -> Bonds:
    """What `welsh_of` has to hold for a row as it now is; saving the row sees to it."""
    texts = {name: (english(row, name), welsh(row, name)) for name in pairs_of(row)}
    return bonds(texts, getattr(row, COLUMN))


def pairs_of(row: models.Model | type[models.Model]) -> tuple[str, ...]:
    """The names of the pairs of texts of a row."""
    return row._meta.get_field(COLUMN).pairs  # type: ignore[union-attr]


def english(row: object, name: str) -> str:
    """Of a pair; a source's own words have no ending, since they are not ours to translate back."""
    return getattr(row, f"{name}_en") if hasattr(row, f"{name}_en") else getattr(row, name)


def welsh(row: object, name: str) -> str:
    return getattr(row, f"{name}_cy")


def is_older(row: object, name: str) -> bool:
    """Whether the English of a pair was edited since its Welsh was written or confirmed.

    Never of a row that has no such column: the names of a force area are facts of law.
    """
    held: Bonds = getattr(row, COLUMN, {})
    return _is_held(held, name, welsh(row, name)) and held[name][0] != digest(english(row, name))
