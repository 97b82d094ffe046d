"""The list as JSON, in the shape that `docs/data.md` describes. Only ever added to."""

from typing import Any

import msgspec

from programmes.domain.entry import Entry, Quotation
from programmes.downloads.statements import ReadingRow, readings_of
from programmes.downloads.tables import address_of, area_columns, source_object, span_columns
from programmes.listing.provenance import Provenance
from programmes.readings import terms


def as_json(entries: list[Entry], about: Provenance) -> bytes:
    document = {
        "selection": about.selection,
        "as_at": about.as_at,
        "address": about.address,
        "entries_found": about.found,
        "entries_in_all": about.total,
        "sources": list(map(source_object, about.sources)),
        "scope": about.scope or None,
        "licence": about.licence,
        "entries": [_entry(entry) for entry in entries],
    }
    return msgspec.json.encode(document)


def problems_as_json(problems: list[dict[str, Any]]) -> bytes:
    return msgspec.json.encode({"errors": problems})


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.uuid,
        "address": address_of(entry),
        "area": entry.area_slug,
        "name": entry.name,
        "summary": entry.summary,
        "terms": terms(entry),
        "statements": [_statement(quotation) for quotation in entry.quotations],
        "readings": [_reading(row) for row in readings_of(entry)],
        "last_checked": entry.last_checked,
        **area_columns(entry),
        "first_stated": entry.first_stated,
        "last_stated": entry.last_stated,
        "evaluation": terms(entry)["evaluation"],
    }


def _reading(row: ReadingRow) -> dict[str, Any]:
    return {
        "about": row.about,
        "value": row.value,
        "more": row.more,
        "from": row.start and row.start.code,
        "until": row.end and row.end.code,
        "statement": row.rests_on,
        **{name: value or None for name, value in span_columns(row.start, row.end).items()},
    }


def _statement(quotation: Quotation) -> dict[str, Any]:
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
