"""Translation states: which English a Welsh text was last written or confirmed for.

A row whose texts come in pairs of columns (`summary_en` and `summary_cy`) has them in `welsh_of`.
"""

import hashlib
from typing import Any

from django.db import models

TranslationState = dict[str, list[str]]
"""The name of a pair → the digests of its English and of its Welsh, as they belonged together."""

COLUMN = "welsh_of"


def digest(text: str) -> str:
    """Short, and blind to white space: a browser ends lines in its own way."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def digests(english: str, welsh: str, *, is_older: bool = False) -> list[str]:
    """The digests of a pair; that of the English is empty where the Welsh is older."""
    return ["" if is_older else digest(english), digest(welsh)]


def _is_unchanged(state: TranslationState, name: str, welsh: str) -> bool:
    return name in state and state[name][1] == digest(welsh)


class WelshOf(models.JSONField):
    """The `TranslationState` of a row, written with it; emptying it confirms all of its Welsh."""

    def __init__(self, *pairs: str, **options: Any) -> None:
        self.pairs = pairs
        options.setdefault("default", dict)
        # The release before this column writes rows without it.
        options.setdefault("db_default", {})
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """A migration knows it as JSON, without the pairs."""
        name, _path, _pairs, options = super().deconstruct()
        return name, "django.db.models.JSONField", [], options

    def pre_save(self, row: models.Model, add: bool) -> TranslationState:
        """Welsh that is new is written for its present English."""
        before: TranslationState = getattr(row, self.attname)
        texts = {name: (english(row, name), welsh(row, name)) for name in self.pairs}
        state = {
            name: before[name] if _is_unchanged(before, name, text[1]) else digests(*text)
            for name, text in texts.items()
            if text[1]
        }
        setattr(row, self.attname, state)
        return state


def pairs_of(row: models.Model | type[models.Model]) -> tuple[str, ...]:
    return row._meta.get_field(COLUMN).pairs  # type: ignore[union-attr]


def english(row: object, name: str) -> str:
    """The English of a pair; a source's own words stand in a column without an ending."""
    return getattr(row, f"{name}_en") if hasattr(row, f"{name}_en") else getattr(row, name)


def welsh(row: object, name: str) -> str:
    return getattr(row, f"{name}_cy")


def is_older(row: object, name: str) -> bool:
    """Whether the English of a pair was edited since its Welsh was written or confirmed."""
    state: TranslationState = getattr(row, COLUMN, {})
    unchanged = _is_unchanged(state, name, welsh(row, name))
    return unchanged and state[name][0] != digest(english(row, name))
