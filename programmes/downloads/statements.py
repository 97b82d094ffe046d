"""What entries rest on, row by row: every statement of a source, and every reading of ours.

The number of the statement joins the two tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from programmes.domain.entry import NOT_STATED, Entry, PartialDate
from programmes.downloads.tables import (
    AREA,
    SPAN,
    Row,
    Table,
    date_code,
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


def statements_as_csv(entries: list[Entry], about: Provenance) -> bytes:
    return Table(STATEMENTS, _statements(entries)).as_csv()


def readings_as_csv(entries: list[Entry], about: Provenance) -> bytes:
    return Table(READINGS, _readings(entries)).as_csv()


def _statements(entries: Iterable[Entry]) -> Iterator[Row]:
    for entry in entries:
        for quotation in entry.quotations:
            place = quotation.place
            yield {
                **_entry(entry),
                **quotation_columns(quotation),
                "statement": str(quotation.id),
                "about": quotation.field,
                "words_welsh": quotation.words_cy,
                "place": place.cy if get_language() == "cy" else place.en,
                "read": quotation.basis,
                "cell_of_a_table": "yes" if quotation.in_table else "no",
                "replaces": str(quotation.replaces or ""),
                "link": quotation.link,
                **source_columns(quotation.source),
            }


def _readings(entries: Iterable[Entry]) -> Iterator[Row]:
    for entry in entries:
        for row in readings_of(entry):
            yield {
                **_entry(entry),
                **quotation_columns(entry.quotation(row.rests_on)),
                "about": row.about,
                "value": row.value,
                "more": "; ".join(row.more),
                "from": date_code(row.start, ""),
                "until": date_code(row.end, ""),
                "statement": str(row.rests_on or ""),
                **span_columns(row.start, row.end),
            }


def _entry(entry: Entry) -> Row:
    return entry_columns(entry) | {"area": entry.area_slug}
