"""A list of entries as tables and as JSON: the entries, every statement, every reading of ours.

The number of a statement joins the tables.
"""

from collections.abc import Iterator

from programmes.domain.entry import NOT_STATED, Entry, PartialDate, Quotation
from programmes.downloads.tables import (
    Row,
    Table,
    address_of,
    area_codes,
    as_json,
    entry_columns,
    quotation_columns,
    source_columns,
    span_columns,
)
from programmes.listing.provenance import Provenance
from programmes.readings import DIMENSIONS, ROW_READINGS, SINGLE_READINGS, terms
from programmes.vocabulary import COLUMNS


def programmes(entries: list[Entry]) -> Table:
    return Table("programmes", map(programme_columns, entries))


def programme_columns(entry: Entry) -> Row:
    """The seven of the submission, then our reading in codes: the source's words stay as they are
    in any language."""
    codes = terms(entry)
    return {
        **entry_columns(entry),
        "programme": entry.words("programme") or entry.name.en,
        **{column: entry.words(column) for column in COLUMNS},
        **{each.heading[0]: codes[each.name] for each in DIMENSIONS},
        "last_checked": entry.last_checked,
        "first_stated": entry.first_stated,
        "last_stated": entry.last_stated,
    }


def statements(entries: list[Entry]) -> Table:
    rows = (
        _columns(entry) | _statement(each) | quotation_columns(each) | source_columns(each.source)
        for entry in entries
        for each in entry.quotations
    )
    return Table("statements", rows)


def readings(entries: list[Entry]) -> Table:
    rows = (
        _columns(entry) | quotation_columns(entry.quotation(row["statement"])) | row
        for entry in entries
        for row in _readings(entry)
    )
    return Table("readings", rows)


def _columns(entry: Entry) -> Row:
    return entry_columns(entry) | {"area": entry.area_slug}


def _readings(entry: Entry) -> Iterator[Row]:
    """Everything that our terms say of an entry, with a row "not-stated" where one is silent."""
    yield _reading("stage", entry.stage)
    for single in SINGLE_READINGS:
        reading = entry.known(single.name)
        yield _reading(single.name, reading.value, reading.rests_on)
    for kind in ROW_READINGS:
        for row in getattr(entry, kind.rows):
            more, dates = tuple(kind.more(row, entry)), (getattr(row, day) for day in kind.dates)
            yield _reading(kind.name, kind.code_of(row), row.rests_on, more, *dates)
    for kind in ROW_READINGS:
        rows = getattr(entry, kind.rows)
        if kind.may_be_silent and all(getattr(row, "former", False) for row in rows):
            yield _reading(kind.name, NOT_STATED)


def _reading(
    about: str,
    value: str,
    rests_on: int | None = None,
    more: tuple[str, ...] = (),
    start: PartialDate | None = None,
    end: PartialDate | None = None,
) -> Row:
    """One thing that we read from a statement; `more` are codes that qualify it."""
    own = {"about": about, "value": value, "more": more, "statement": rests_on}
    dated = {"from": start and start.code, "until": end and end.code}
    return own | dated | span_columns(start, end)


def _statement(quotation: Quotation) -> Row:
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


def list_as_json(entries: list[Entry], about: Provenance) -> bytes:
    """In the shape that `docs/data.md` describes. Only ever added to."""
    found = {"entries_found": about.found, "entries_in_all": about.total}
    return as_json(about, **found, entries=list(map(_entry, entries)))


def _entry(entry: Entry) -> Row:
    codes = terms(entry)
    return {
        "id": entry.uuid,
        "address": address_of(entry),
        "area": entry.area_slug,
        "name": entry.name,
        "summary": entry.summary,
        "terms": codes,
        "statements": list(map(_statement, entry.quotations)),
        "readings": list(_readings(entry)),
        "last_checked": entry.last_checked,
        **area_codes(entry.area_slug),
        "first_stated": entry.first_stated,
        "last_stated": entry.last_stated,
        "evaluation": codes["evaluation"],
    }
