"""The search: beginnings of words and "quoted phrases", in either language."""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import RawSQL

from programmes.models.edition import EditionQuerySet
from programmes.publishing.search_text import fold

COLUMNS = ("search_name", "search_text")
PHRASE_OR_WORDS = re.compile(r'["“”]([^"“”]*)["“”]|([^"“”]+)')


def wanted(query: str) -> list[str]:
    """The folded words and phrases of a query, each of which an entry must contain."""
    parts = []
    for phrase, words in PHRASE_OR_WORDS.findall(query):
        parts += [fold(phrase)] if phrase else fold(words).split()
    return [part for part in parts if part]


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
        asked = " AND ".join(f'"{part}" *' for part in parts)
        return SQLITE, [f"{column} : ({asked})"]
    phrases = (" <-> ".join(f"'{word}'" for word in part.split()) for part in parts)
    asked = " & ".join(f"({phrase}:*)" for phrase in phrases)
    return POSTGRESQL.format(column=column), [asked]
