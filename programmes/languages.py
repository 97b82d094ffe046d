"""Which texts of an entry are missing in English or in Welsh, in words for its editor."""

from collections.abc import Iterable, Iterator

from programmes.models import Programme

NAMES = {"en": "English", "cy": "Welsh"}


def missing_texts(programme: Programme) -> Iterator[str]:
    """Every text of an entry that the public would see in one language only, each told once.

    Names of programmes and organisations are not among them: many have one name.
    """
    statements = programme.statements.all()
    contacts = [contact for contact in programme.contacts.all() if not contact.hidden_at]
    rows: dict[str, tuple[Iterable[object], str]] = {
        "summary": ([programme], "summary"),
        "summary of an evaluation": (programme.evaluations.all(), "summary"),
        "summary of a development": (programme.developments.all(), "summary"),
        "place of a statement": (statements, "place"),
        "title of a source": (
            [*(row.source for row in statements), *(row.source for row in contacts)],
            "title",
        ),
        "team of a contact": (contacts, "team"),
    }
    found = (
        problem
        for name, (texts, field) in rows.items()
        for problem in missing_in(name, texts, field)
    )
    return iter(dict.fromkeys(found))


def missing_in(name: str, rows: Iterable[object], field: str) -> Iterator[str]:
    for row in rows:
        yield from missing(name, row, field)


def missing(name: str, row: object, field: str) -> Iterator[str]:
    """`field` is the name of a pair of columns, as `summary` of `summary_en` and `summary_cy`."""
    for code, language in NAMES.items():
        if not getattr(row, f"{field}_{code}"):
            yield f"the {name} is missing in {language}."
