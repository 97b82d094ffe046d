"""The synonyms of `fixtures/synonyms.toml`: what people write, and what programmes say instead."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from programmes.publishing.search_text import fold


@dataclass(frozen=True)
class Synonym:
    words: tuple[str, ...]
    means_en: str
    means_cy: str
    none_en: str = ""
    none_cy: str = ""

    @property
    def part(self) -> str:
        """What an entry must contain."""
        return fold(self.means_en)

    def in_language(self, field: str) -> str:
        return getattr(self, f"{field}_{get_language()}")

    @property
    def spellings(self) -> set[str]:
        return {fold(each) for each in (*self.words, self.means_en, self.means_cy) if each}


_table = tomllib.loads((settings.BASE_DIR / "fixtures" / "synonyms.toml").read_text("utf-8"))
WHOLE_WORDS = frozenset(_table["whole_words"])
SYNONYMS = {
    spelling: synonym
    for synonym in (Synonym(**row) for row in _table["term"])
    for spelling in synonym.spellings
}
_ANY = re.compile(rf"\b({'|'.join(sorted(SYNONYMS, key=len, reverse=True))})\b")


def replaced(words: str) -> Iterator[str | Synonym]:
    """Folded words one by one, with synonyms where the table has them."""
    for place, piece in enumerate(_ANY.split(words)):
        yield from [SYNONYMS[piece]] if place % 2 else piece.split()


def synonyms_in(query: str) -> list[Synonym]:
    """Those that stand for something else than what was written."""
    folded = fold(query)
    found = [each for each in replaced(folded) if isinstance(each, Synonym)]
    return [each for each in found if each.none_en or each.part not in folded]
