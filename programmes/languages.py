"""Which texts of an entry are missing in English or in Welsh, in words for its editor."""

from collections.abc import Iterable, Iterator

from programmes.models import Programme

LANGUAGES = (("en", "English"), ("cy", "Welsh"))


def missing_texts(programme: Programme) -> Iterator[str]:
    """Every text of an entry that the public would see in one language only."""
    yield from missing("summary", programme, "summary")
    rows = {
        "summary of an evaluation": (programme.evaluations.all(), "summary"),
        "summary of a development": (programme.developments.all(), "summary"),
        "place of a statement": (programme.statements.all(), "place"),
        "team of a contact": ([c for c in programme.contacts.all() if not c.hidden_at], "team"),
    }
    for name, (texts, field) in rows.items():
        yield from missing_in(name, texts, field)


def missing_in(name: str, rows: Iterable[object], field: str) -> Iterator[str]:
    for row in rows:
        yield from missing(name, row, field)


def missing(name: str, row: object, field: str) -> Iterator[str]:
    """`field` is the name of a pair of columns, as `summary` of `summary_en` and `summary_cy`."""
    for code, language in LANGUAGES:
        if not getattr(row, f"{field}_{code}"):
            yield f"the {name} is missing in {language}."
