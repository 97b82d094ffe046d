"""The list as JSON, in the shape that `docs/data.md` describes. Only ever added to."""

from typing import Any

import msgspec

from programmes.domain.entry import Entry
from programmes.downloads.statements import reading_object, readings_of, statement_object
from programmes.downloads.tables import address_of, area_codes, as_json
from programmes.listing.filters import Problem
from programmes.listing.provenance import Provenance
from programmes.readings import terms


def list_as_json(entries: list[Entry], about: Provenance) -> bytes:
    found = {"entries_found": about.found, "entries_in_all": about.total}
    return as_json(about, **found, entries=list(map(_entry, entries)))


def problems_as_json(problems: list[Problem]) -> bytes:
    return msgspec.json.encode({"errors": problems})


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.uuid,
        "address": address_of(entry),
        "area": entry.area_slug,
        "name": entry.name,
        "summary": entry.summary,
        "terms": terms(entry),
        "statements": list(map(statement_object, entry.quotations)),
        "readings": list(map(reading_object, readings_of(entry))),
        "last_checked": entry.last_checked,
        **area_codes(entry.area_slug),
        "first_stated": entry.first_stated,
        "last_stated": entry.last_stated,
        "evaluation": terms(entry)["evaluation"],
    }
