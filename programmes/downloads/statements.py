"""What entries rest on, row by row: every statement of a source, and every reading of ours.

The list has one row an entry; these two tables have one a statement and one a reading, joined by
the number of the statement. Codes and the source's words; the columns are only ever added to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.domain.entry import NOT_STATED, Entry, PartialDate
from programmes.downloads.overview_tables import Row, Table
from programmes.downloads.spreadsheets import address_of
from programmes.listing.provenance import Provenance
from programmes.readings import ROW_READINGS, SINGLE_READINGS

STATEMENTS = ["id", "area", "programme", "statement", "about", "words", "words_welsh", "place"]
STATEMENTS += ["read", "cell_of_a_table", "replaces", "source", "source_date", "source_url", "url"]
READINGS = ["id", "area", "programme", "about", "value", "more", "from", "until", "statement"]
READINGS += ["words", "source", "source_date", "url"]


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
        if kind.may_be_silent and not getattr(entry, kind.rows):
            yield ReadingRow(kind.name, NOT_STATED)


def statements_as_csv(entries: list[Entry], about: Provenance, language: str) -> bytes:
    return Table(STATEMENTS, list(_statements(entries, language))).as_csv(language)


def readings_as_csv(entries: list[Entry], about: Provenance, language: str) -> bytes:
    return Table(READINGS, list(_readings(entries, language))).as_csv(language)


def _statements(entries: Iterable[Entry], language: str) -> Iterator[Row]:
    for entry in entries:
        for quotation in entry.quotations:
            yield {
                **_of(entry, language),
                "statement": str(quotation.id),
                "about": quotation.field,
                "words": quotation.words,
                "words_welsh": quotation.words_cy,
                "place": quotation.place.cy if language == "cy" else quotation.place.en,
                "read": quotation.basis,
                "cell_of_a_table": "yes" if quotation.in_table else "no",
                "replaces": str(quotation.replaces or ""),
                "source": quotation.source.title.en,
                "source_date": quotation.source.dated.isoformat(),
                "source_url": quotation.source.address,
            }


def _readings(entries: Iterable[Entry], language: str) -> Iterator[Row]:
    for entry in entries:
        for row in readings_of(entry):
            quotation = entry.quotation(row.rests_on)
            yield {
                **_of(entry, language),
                "about": row.about,
                "value": row.value,
                "more": "; ".join(row.more),
                "from": row.start.code if row.start else "",
                "until": row.end.code if row.end else "",
                "statement": str(row.rests_on or ""),
                "words": quotation.words if quotation else "",
                "source": quotation.source.title.en if quotation else "",
                "source_date": quotation.source.dated.isoformat() if quotation else "",
            }


def _of(entry: Entry, language: str) -> Row:
    return {
        "id": entry.uuid,
        "area": entry.area_slug,
        "programme": entry.name.en,
        "url": address_of(entry, language),
    }
