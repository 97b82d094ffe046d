"""A list of entries as tables, joined by the number of a statement, and as JSON."""

from collections.abc import Iterable, Iterator

from programmes.domain.entry import NOT_STATED, Entry, PartialDate, Quotation
from programmes.downloads import tables
from programmes.listing.provenance import Provenance
from programmes.readings import DIMENSIONS, ROW_READINGS, SINGLE_READINGS, terms
from programmes.vocabulary import COLUMNS


def programmes(entries: list[Entry]) -> Iterable[tables.Row]:
    return map(programme_columns, entries)


def programme_columns(entry: Entry) -> tables.Row:
    """The seven of the submission, in its words in any language, then our reading in codes."""
    codes = terms(entry)
    return {
        **tables.entry_columns(entry),
        "programme": entry.words("programme") or entry.name.en,
        **{column: entry.words(column) for column in COLUMNS},
        **{each.column: codes[each.name] for each in DIMENSIONS},
        "last_checked": entry.last_checked,
        "first_stated": entry.first_stated,
        "last_stated": entry.last_stated,
    }


def statements(entries: list[Entry]) -> Iterable[tables.Row]:
    return (
        _columns(entry)
        | _statement(each)
        | tables.quotation_columns(each)
        | tables.source_columns(each.source)
        for entry in entries
        for each in entry.quotations
    )


def readings(entries: list[Entry]) -> Iterable[tables.Row]:
    return (
        _columns(entry) | tables.quotation_columns(entry.quotation(row["statement"])) | row
        for entry in entries
        for row in _readings(entry)
    )


def _columns(entry: Entry) -> tables.Row:
    return tables.entry_columns(entry) | {"area": entry.area_slug}


def _readings(entry: Entry) -> Iterator[tables.Row]:
    """Everything that our terms say of an entry, with a row "not-stated" where one is silent."""
    yield _reading("stage", entry.stage)
    for single in SINGLE_READINGS:
        reading = entry.known(single.name)
        yield _reading(single.name, reading.value, reading.rests_on)
    for kind in ROW_READINGS:
        for row in getattr(entry, kind.rows):
            dates = (getattr(row, day) for day in kind.dates)
            more = {"more": tuple(kind.more(row, entry))}
            yield _reading(kind.name, kind.code_of(row), row.rests_on, *dates) | more
    for kind in ROW_READINGS:
        rows = getattr(entry, kind.rows)
        if kind.may_be_silent and all(getattr(row, "former", False) for row in rows):
            yield _reading(kind.name, NOT_STATED)


def _reading(
    about: str, value: str, rests_on: int | None = None, *dates: PartialDate | None
) -> tables.Row:
    """One thing that we read from a statement; `more` are codes that qualify it."""
    start, end = (*dates, None, None)[:2]
    own = {"about": about, "value": value, "more": (), "statement": rests_on}
    dated = {"from": start and start.code, "until": end and end.code}
    return own | dated | tables.span_columns(start, end)


def _statement(quotation: Quotation) -> tables.Row:
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
    return tables.as_json(about, **found, entries=list(map(_entry, entries)))


def _entry(entry: Entry) -> tables.Row:
    codes = terms(entry)
    return {
        "id": entry.uuid,
        "address": tables.address_of(entry),
        "area": entry.area_slug,
        "name": entry.name,
        "summary": entry.summary,
        "terms": codes,
        "statements": list(map(_statement, entry.quotations)),
        "readings": list(_readings(entry)),
        "last_checked": entry.last_checked,
        **tables.area_codes(entry.area_slug),
        "first_stated": entry.first_stated,
        "last_stated": entry.last_stated,
        "evaluation": codes["evaluation"],
    }
