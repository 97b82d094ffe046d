"""The search: beginnings of words, synonyms and "quoted phrases", in either language."""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import RawSQL

from programmes.listing.synonyms import WHOLE_WORDS, Synonym, replaced
from programmes.models.edition import EditionQuerySet
from programmes.publishing.search_text import fold

COLUMNS = ("search_name", "search_text")
PHRASE_OR_WORDS = re.compile(r'["“”]([^"“”]*)["“”]|([^"“”]+)')


def wanted(query: str) -> list[str]:
    """The folded words and phrases of a query, each of which an entry must contain.

    None where a query says only what is true of every entry.
    """
    parts: list[str] = []
    for phrase, words in PHRASE_OR_WORDS.findall(query):
        parts += [fold(phrase)] if phrase else map(_part_of, replaced(fold(words)))
    return [part for part in parts if part]


def _part_of(word: str | Synonym) -> str:
    return word if isinstance(word, str) else word.part


SQLITE = "SELECT rowid FROM programmes_edition_words WHERE programmes_edition_words MATCH %s"
POSTGRESQL = (
    "SELECT id FROM programmes_edition WHERE to_tsvector('simple', {column}) @@ %s::tsquery"
)
"""PostgreSQL's parser takes a word such as 15e12e6 apart, and whole alphabets it does not know."""


def search(editions: EditionQuerySet, query: str) -> EditionQuerySet:
    """Editions that contain all of a query, with `rank`: 0 where the name does, else 1."""
    parts = wanted(query)
    if not parts:
        return editions
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
