"""The overviews as tables of their own: provision, money, evidence and time, a row for each count.

What a page says in numbers is counted over these rows. Codes and the source's words; the columns
are public and only ever added to.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from programmes.entry import NOT_STATED, Entry, PartialDate
from programmes.exports.spreadsheets import address_of, safe
from programmes.provenance import Provenance
from programmes.provision import Event, Evidence, Money, Stated

WELSH = {
    "area": "ardal",
    "programme": "rhaglen",
    "dimension": "dimensiwn",
    "value": "gwerth",
    "funder": "ariannwr",
    "period": "cyfnod",
    "arrangement": "trefniant",
    "funded_until": "ariennir_hyd",
    "longevity": "hyd",
    "evaluation": "gwerthusiad",
    "published": "cyhoeddwyd",
    "kind": "math",
    "expected": "disgwyliedig",
    "when": "pryd",
    "words": "geiriau",
    "source": "ffynhonnell",
    "source_date": "dyddiad_y_ffynhonnell",
    "url": "url",
}
"""English heading → Welsh heading."""

WALES = "wales"
"""In the place of a force area, for what concerns all four."""

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """Rows under English headings; all rows have the same."""

    rows: list[Row]

    def as_csv(self, about: Provenance, language: str) -> bytes:
        text = io.StringIO()
        text.write("\ufeff")
        headings = list(self.rows[0]) if self.rows else []
        writer = csv.writer(text)
        writer.writerow([WELSH[heading] for heading in headings] if language == "cy" else headings)
        writer.writerows([safe(cell) for cell in row.values()] for row in self.rows)
        return text.getvalue().encode()

    def as_json(self, about: Provenance, language: str) -> bytes:
        return msgspec.json.encode(
            {
                "selection": about.selection,
                "as_at": about.as_at,
                "address": about.address,
                "sources": [
                    {"slug": s.slug, "title": s.title, "dated": s.dated} for s in about.sources
                ],
                "licence": about.licence,
                "rows": self.rows,
            }
        )


def of_provision(rows: Iterable[Stated], dimension: str, language: str) -> Table:
    return Table(
        [
            {
                "area": _area(row.entry),
                "programme": row.entry.name.en,
                "dimension": dimension,
                "value": row.value,
                **_source(row.entry),
                "url": address_of(row.entry, language),
            }
            for row in rows
        ]
    )


def of_money(rows: Iterable[Money], language: str) -> Table:
    return Table(
        [
            {
                "area": _area(row.entry),
                "programme": row.entry.name.en,
                "funder": row.funder,
                "period": row.funding.period if row.funding else NOT_STATED,
                "arrangement": row.funding.arrangement if row.funding else NOT_STATED,
                "funded_until": _date(row.funding.end if row.funding else None),
                "longevity": row.entry.longevity.value,
                "words": row.entry.words("funding"),
                "url": address_of(row.entry, language),
            }
            for row in rows
        ]
    )


def of_evidence(rows: Iterable[Evidence], language: str) -> Table:
    return Table(
        [
            {
                "area": _area(row.entry),
                "programme": row.entry.name.en,
                "evaluation": row.evaluation.state if row.evaluation else NOT_STATED,
                "published": _date(row.evaluation.published if row.evaluation else None),
                "words": _words(row.entry, row.evaluation),
                "url": address_of(row.entry, language),
            }
            for row in rows
        ]
    )


def of_events(rows: Iterable[Event], language: str) -> Table:
    return Table(
        [
            {
                "area": row.area or WALES,
                "programme": row.entry.name.en if row.entry else "",
                "kind": row.development.kind,
                "expected": "yes" if row.development.expected else "no",
                "when": _date(row.development.when),
                "words": row.quotation.words,
                "source": row.quotation.source.title.en,
                "source_date": row.quotation.source.dated.isoformat(),
                "url": address_of(row.entry, language) if row.entry else "",
            }
            for row in rows
        ]
    )


def _area(entry: Entry) -> str:
    return entry.area_name.en or NOT_STATED


def _source(entry: Entry) -> Row:
    return {
        "source": "; ".join(source.title.en for source in entry.sources),
        "source_date": "; ".join(source.dated.isoformat() for source in entry.sources),
    }


def _words(entry: Entry, reading: Any) -> str:
    quotation = entry.quotation(reading.rests_on) if reading else None
    return quotation.words if quotation else ""


def _date(date: PartialDate | None) -> str:
    return date.code if date else NOT_STATED


WRITERS = {
    "csv": (Table.as_csv, "text/csv; charset=utf-8"),
    "json": (Table.as_json, "application/json"),
}
"""What writes a table in each format, and its media type."""
