"""What entries rest on, row by row: every statement of a source, and every reading of ours.

The number of the statement joins the two tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from programmes.domain.entry import NOT_STATED, Entry, PartialDate, Quotation
from programmes.downloads.tables import (
    AREA,
    SPAN,
    Row,
    Table,
    entry_columns,
    quotation_columns,
    source_columns,
    span_columns,
)
from programmes.listing.provenance import Provenance
from programmes.readings import ROW_READINGS, SINGLE_READINGS

STATEMENTS = ["id", "area", "programme", "statement", "about", "words", "words_welsh", "place"]
STATEMENTS += ["read", "cell_of_a_table", "replaces", "source", "source_date", "source_url", "url"]
STATEMENTS += ["source_kind", "publisher", "licence", "link", *AREA, "source_slug"]
READINGS = ["id", "area", "programme", "about", "value", "more", "from", "until", "statement"]
READINGS += ["words", "source", "source_date", "url", *AREA, *SPAN]


@dataclass(frozen=True)
class ReadingRow:
    """One thing that we read from a statement; `more` are codes that qualify it."""

    about: str
    value: str
    rests_on: int | None = None
    more: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None


def readings_of(entry: Entry) -> Iterator[ReadingRow]:
    """Everything that our terms say of an entry, with a row "not-stated" where one is silent."""
    yield ReadingRow("stage", entry.stage)
    for single in SINGLE_READINGS:
        reading = entry.known(single.name)
        yield ReadingRow(single.name, reading.value, reading.rests_on)
    for kind in ROW_READINGS:
        for row in getattr(entry, kind.rows):
            more, dates = tuple(kind.more(row, entry)), (getattr(row, day) for day in kind.dates)
            yield ReadingRow(kind.name, kind.code_of(row), row.rests_on, more, *dates)
    for kind in ROW_READINGS:
        rows = getattr(entry, kind.rows)
        if kind.may_be_silent and all(getattr(row, "former", False) for row in rows):
            yield ReadingRow(kind.name, NOT_STATED)


def statement_object(quotation: Quotation) -> Row:
    return {
        "statement": quotation.id,
        "about": quotation.field,
        "words": quotation.words,
        "words_welsh": quotation.words_cy,
        "words_welsh_older": quotation.words_cy_older,
        "replaces": quotation.replaces,
        "place": quotation.place,
        "source": quotation.source.slug,
        "read": quotation.basis,
        "cell_of_a_table": quotation.in_table,
        "link": quotation.link or None,
    }


def reading_object(row: ReadingRow) -> Row:
    return {
        "about": row.about,
        "value": row.value,
        "more": row.more,
        "from": row.start and row.start.code,
        "until": row.end and row.end.code,
        "statement": row.rests_on,
        **span_columns(row.start, row.end),
    }


def statements_as_csv(entries: list[Entry], about: Provenance) -> bytes:
    rows = (
        _entry(entry)
        | statement_object(each)
        | quotation_columns(each)
        | source_columns(each.source)
        for entry in entries
        for each in entry.quotations
    )
    return Table(STATEMENTS, rows).as_csv()


def readings_as_csv(entries: list[Entry], about: Provenance) -> bytes:
    rows = (
        _entry(entry) | quotation_columns(entry.quotation(row.rests_on)) | reading_object(row)
        for entry in entries
        for row in readings_of(entry)
    )
    return Table(READINGS, rows).as_csv()


def _entry(entry: Entry) -> Row:
    return entry_columns(entry) | {"area": entry.area_slug}
