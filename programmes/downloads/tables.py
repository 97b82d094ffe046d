"""Tables of codes and the source's words, as CSV and JSON. Their columns are only ever added to."""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings
from django.utils.translation import get_language

from core.addresses import whole_address
from forces.models import all_force_areas
from programmes.domain.entry import Bilingual, Entry, PartialDate, Quotation, SourceDocument
from programmes.domain.overview_rows import WALES_CODE
from programmes.listing.provenance import Provenance
from programmes.readings import DIMENSIONS
from programmes.vocabulary import NOT_STATED

Row = dict[str, Any]

TABLES, COLUMNS = (
    tomllib.loads((settings.BASE_DIR / "fixtures" / name).read_text("utf-8"))
    for name in ("tables.toml", "columns.toml")
)
"""Table → its titles and columns; English heading → its Welsh, and what the column holds."""

WELSH = {heading: column["welsh"] for heading, column in COLUMNS.items() if "welsh" in column}
"""English heading → Welsh heading."""

_OF_LIST = TABLES["programmes"]["columns"]
_OF_LIST += [each.column for each in DIMENSIONS if each.column not in _OF_LIST]

WALES_GSS = "W92000004"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """The rows of one of `TABLES`."""

    name: str
    rows: Iterable[Row]

    @property
    def headings(self) -> list[str]:
        return TABLES[self.name]["columns"]

    def cells(self) -> Iterator[list[str]]:
        yield [written(heading) for heading in self.headings]
        for row in self.rows:
            yield [safe(in_cell(row[heading])) for heading in self.headings]

    def as_csv(self) -> bytes:
        """With a byte-order mark, so that spreadsheets read it as UTF-8."""
        text = io.StringIO()
        text.write("\ufeff")
        csv.writer(text).writerows(self.cells())
        return text.getvalue().encode()

    def as_json(self, about: Provenance) -> bytes:
        rows = [{name: in_cell(row[name]) for name in self.headings} for row in self.rows]
        return as_json(about, rows=rows)


def as_json(about: Provenance, **content: Any) -> bytes:
    sources = [msgspec.to_builtins(s) | {"address": s.address or None} for s in about.sources]
    origin = {
        "selection": about.selection,
        "as_at": about.as_at,
        "address": about.address,
        "sources": sources,
        "scope": about.scope or None,
        "licence": about.licence,
    }
    return msgspec.json.encode(origin | content)


def in_cell(value: Any) -> str:
    """A value as a cell has it: empty for None, several joined, yes or no, a text's language."""
    if isinstance(value, list | tuple):
        return "; ".join(value)
    if isinstance(value, Bilingual):
        return value.cy if get_language() == "cy" else value.en
    known = {None: "", True: "yes", False: "no"}
    return known[value] if isinstance(value, bool | None) else str(value)


def written(heading: str) -> str:
    return WELSH[heading] if get_language() == "cy" else heading


def source_columns(source: SourceDocument) -> Row:
    return {
        "source_slug": source.slug,
        "source_url": source.address,
        "source_kind": source.kind,
        "publisher": source.publisher.en,
        "licence": source.licence.en or "not-checked",
    }


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, without characters that XML cannot hold."""
    text = NOT_IN_XML.sub(" ", cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def address_of(entry: Entry) -> str:
    return whole_address("entry", entry.area_slug, entry.slug)


def entry_columns(entry: Entry) -> Row:
    return {
        "area": entry.area_name.en or NOT_STATED,
        "programme": entry.name.en,
        "source": [source.title.en for source in entry.sources],
        "source_date": [source.dated.isoformat() for source in entry.sources],
        "url": address_of(entry),
        "id": entry.uuid,
        **area_codes(entry.area_slug),
    }


def area_codes(area: str) -> Row:
    """The codes of a force area or of all Wales: its slug, and that of the statistics office."""
    codes = {each.slug: each.gss_code for each in all_force_areas()} | {WALES_CODE: WALES_GSS}
    return {"area_code": area, "area_gss": codes.get(area, NOT_STATED)}


def quotation_columns(quotation: Quotation | None) -> Row:
    """The words and their source; empty where a reading rests on none."""
    if quotation is None:
        return dict.fromkeys(("words", "source", "source_date"), "")
    return {
        "words": quotation.words,
        "source": quotation.source.title.en,
        "source_date": quotation.source.dated,
    }


def span_columns(start: PartialDate | None, end: PartialDate | None) -> Row:
    """The first and the last day, to sort by, and how exactly the source gives them."""
    return {
        "from_date": start and start.day,
        "from_precision": start and start.precision,
        "until_date": end and end.last_day,
        "until_precision": end and end.precision,
    }


def date_code(date: PartialDate | None) -> str:
    return date.code if date else NOT_STATED
