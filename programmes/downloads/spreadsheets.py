"""The list as a spreadsheet: the seven columns of the submission, then our reading in codes."""

from typing import Any

from programmes.domain.entry import Entry
from programmes.downloads.tables import Row, Table, area_columns, entry_columns
from programmes.listing.provenance import Provenance
from programmes.readings import DIMENSIONS, terms
from programmes.vocabulary import COLUMNS

TERMS = [each.heading[0] for each in DIMENSIONS]
HEADINGS = ["area", "programme", *(field.value for field in COLUMNS), *TERMS[:8]]
HEADINGS += ["source", "source_date", "last_checked", "url"]
HEADINGS += ["id", "area_code", "area_gss", "first_stated", "last_stated", *TERMS[8:]]
"""The terms of the first eight dimensions were always there; those of later ones come last."""


def as_csv(entries: list[Entry], about: Provenance) -> bytes:
    return Table(HEADINGS, map(row_of, entries)).as_csv()


def problems_as_text(problems: list[dict[str, Any]]) -> bytes:
    lines = [
        f"{p['parameter']}: {p['message']} {', '.join(p['values'])}".rstrip() for p in problems
    ]
    return "\n".join(lines).encode()


def row_of(entry: Entry) -> Row:
    """The source's words stay as they are in any language."""
    codes = terms(entry)
    return {
        **entry_columns(entry),
        "programme": entry.words("programme") or entry.name.en,
        **{column: entry.words(column) for column in COLUMNS},
        **{each.heading[0]: "; ".join(codes[each.name]) for each in DIMENSIONS},
        "last_checked": entry.last_checked.isoformat() if entry.last_checked else "",
        **area_columns(entry),
        "first_stated": entry.first_stated.isoformat(),
        "last_stated": entry.last_stated.isoformat(),
    }
