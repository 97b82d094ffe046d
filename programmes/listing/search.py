"""The search: beginnings of words, synonyms and "quoted phrases", in either language.

The synonyms of `fixtures/synonyms.toml` are what people write, and what programmes say instead.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from programmes.models.edition import EditionQuerySet
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
        return fold(self.means_en)

    def in_language(self, field: str) -> str:
        return getattr(self, f"{field}_{get_language()}")


_table = tomllib.loads((settings.BASE_DIR / "fixtures" / "synonyms.toml").read_text("utf-8"))
WHOLE_WORDS = frozenset(_table["whole_words"])
SYNONYMS = {
    fold(spelling): synonym
    for synonym in (Synonym(**row) for row in _table["term"])
    for spelling in (*synonym.words, synonym.means_en, synonym.means_cy)
    if spelling
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


COLUMNS = ("search_name", "search_text")
PHRASE_OR_WORDS = re.compile(r'["“”]([^"“”]*)["“”]|([^"“”]+)')


def wanted(query: str) -> list[str]:
    """Folded words and phrases that an entry must contain; none for what is true of every entry."""
    parts: list[str] = []
    for phrase, words in PHRASE_OR_WORDS.findall(query):
        each = [fold(phrase)] if phrase else replaced(fold(words))
        parts += (word if isinstance(word, str) else word.part for word in each)
    return [part for part in parts if part]


SQLITE = "SELECT rowid FROM programmes_edition_words WHERE programmes_edition_words MATCH %s"
POSTGRESQL = (
    "SELECT id FROM programmes_edition WHERE to_tsvector('simple', {column}) @@ %s::tsquery"
)
"""PostgreSQL's parser takes a word such as 15e12e6 apart, and whole alphabets it does not know."""


def search(editions: EditionQuerySet, query: str) -> EditionQuerySet:
    """Editions that contain all of a query, with `rank`: 0 where the name does, else 1."""
    if not (parts := wanted(query)):
        return editions.annotate(rank=Value(0)) if query else editions
    in_name, in_text = (RawSQL(*_with_words(column, parts)) for column in COLUMNS)  # noqa: S611
    rank = Case(When(pk__in=in_name, then=Value(0)), default=Value(1), output_field=IntegerField())
    return editions.filter(pk__in=in_text).annotate(rank=rank)


def keys(query: str) -> Iterator[list[int]]:
    """The keys of all editions that contain a query in their names, then in their texts."""
    with connection.cursor() as cursor:
        for column in COLUMNS:
            cursor.execute(*_with_words(column, wanted(query)))
            yield [key for (key,) in cursor.fetchall()]


def _with_words(column: str, parts: list[str]) -> tuple[str, list[str]]:
    if connection.vendor == "sqlite":
        asked = " AND ".join(f'"{part}" {"" if _is_whole(part) else "*"}' for part in parts)
        return SQLITE, [f"{column} : ({asked})"]
    asked = " & ".join(map(_as_tsquery, parts))
    return POSTGRESQL.format(column=column), [asked]


def _as_tsquery(part: str) -> str:
    phrase = " <-> ".join(f"'{word}'" for word in part.split())
    return f"({phrase})" if _is_whole(part) else f"({phrase}:*)"


def _is_whole(part: str) -> bool:
    """Whether it is no beginning of another word: "standard" is not that of "standardisation"."""
    return part.rpartition(" ")[2] in WHOLE_WORDS
