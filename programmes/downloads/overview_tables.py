"""The overviews as tables of their own: provision, money, evidence and time, a row for each count.

What a page says in numbers is counted over these rows. Codes and the source's words; the columns
are public and only ever added to.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from programmes.domain.entry import NOT_STATED, Entry, PartialDate
from programmes.domain.overview_rows import Event, Evidence, Money
from programmes.downloads.spreadsheets import address_of, safe
from programmes.listing.provenance import Provenance
from programmes.readings import terms

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
    "words_welsh": "geiriau_cymraeg",
    "id": "id",
    "statement": "datganiad",
    "about": "am",
    "place": "lle",
    "read": "darllenwyd",
    "cell_of_a_table": "cell_mewn_tabl",
    "replaces": "yn_disodli",
    "source_url": "url_y_ffynhonnell",
    "more": "rhagor",
    "from": "o",
    "until": "hyd_at",
    "longevity_words": "geiriau_hyd",
    "source": "ffynhonnell",
    "source_date": "dyddiad_y_ffynhonnell",
    "url": "url",
}
"""English heading → Welsh heading."""

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """Rows under English headings, in their order."""

    headings: list[str]
    rows: list[Row]

    def as_csv(self, language: str) -> bytes:
        text = io.StringIO()
        text.write("\ufeff")
        writer = csv.writer(text)
        welsh = [WELSH[heading] for heading in self.headings]
        writer.writerow(welsh if language == "cy" else self.headings)
        writer.writerows([safe(row[heading]) for heading in self.headings] for row in self.rows)
        return text.getvalue().encode()

    def as_json(self, about: Provenance) -> bytes:
        return msgspec.json.encode(
            {
                "selection": about.selection,
                "as_at": about.as_at,
                "address": about.address,
                "sources": [
                    {"slug": s.slug, "title": s.title, "dated": s.dated} for s in about.sources
                ],
                "licence": about.licence,
                "rows": [{name: row[name] for name in self.headings} for row in self.rows],
            }
        )


OF_ENTRY = ["area", "programme"]
PROVISION = [*OF_ENTRY, "dimension", "value", "source", "source_date", "url"]
MONEY = [*OF_ENTRY, "funder", "period", "arrangement", "funded_until", "longevity", "words"]
MONEY += ["longevity_words", "source", "source_date", "url"]
EVIDENCE = [*OF_ENTRY, "evaluation", "published", "words", "source", "source_date", "url"]
TIMELINE = [*OF_ENTRY, "kind", "expected", "when", "words", "source", "source_date", "url"]


def of_provision(entries: Iterable[Entry], dimension: str, language: str) -> Table:
    return Table(
        PROVISION,
        [
            {**_entry(entry, language), "dimension": dimension, "value": value}
            for entry in entries
            for value in terms(entry)[dimension]
        ],
    )


def of_money(rows: Iterable[Money], language: str) -> Table:
    return Table(
        MONEY,
        [
            {
                **_entry(row.entry, language),
                "funder": row.funder,
                "period": row.period,
                "arrangement": row.arrangement,
                "funded_until": _date(row.end),
                "longevity": row.entry.reading("longevity").value,
                "words": row.entry.words("funding"),
                "longevity_words": row.entry.words("longevity"),
            }
            for row in rows
        ],
    )


def of_evidence(rows: Iterable[Evidence], language: str) -> Table:
    return Table(
        EVIDENCE,
        [
            {
                **_entry(row.entry, language),
                "evaluation": row.evaluation.state if row.evaluation else NOT_STATED,
                "published": _date(row.evaluation.published if row.evaluation else None),
                "words": _words(row),
            }
            for row in rows
        ],
    )


def of_events(rows: Iterable[Event], language: str) -> Table:
    return Table(
        TIMELINE,
        [
            {
                **(_entry(row.entry, language) if row.entry else {"programme": "", "url": ""}),
                "area": row.place.en or NOT_STATED,
                "kind": row.development.kind,
                "expected": "yes" if row.development.expected else "no",
                "when": _date(row.development.when),
                "words": row.quotation.words,
                "source": row.quotation.source.title.en,
                "source_date": row.quotation.source.dated.isoformat(),
            }
            for row in rows
        ],
    )


def _entry(entry: Entry, language: str) -> Row:
    return {
        "area": entry.area_name.en or NOT_STATED,
        "programme": entry.name.en,
        "source": "; ".join(source.title.en for source in entry.sources),
        "source_date": "; ".join(source.dated.isoformat() for source in entry.sources),
        "url": address_of(entry, language),
    }


def _words(row: Evidence) -> str:
    quotation = row.evaluation and row.entry.quotation(row.evaluation.rests_on)
    return quotation.words if quotation else ""


def _date(date: PartialDate | None) -> str:
    return date.code if date else NOT_STATED
