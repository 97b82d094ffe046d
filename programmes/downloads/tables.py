"""Tables of codes and the source's words, as CSV and JSON. Their columns are only ever added to."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from forces.models import all_force_areas
from programmes.domain.entry import NOT_STATED, Entry, PartialDate, Quotation, SourceDocument
from programmes.domain.overview_rows import WALES_CODE
from programmes.listing.provenance import Provenance
from programmes.readings import DIMENSIONS

WELSH = {
    **dict(each.heading for each in DIMENSIONS),
    "area": "ardal",
    "programme": "rhaglen",
    "dimension": "dimensiwn",
    "value": "gwerth",
    "funder": "ariannwr",
    "period": "cyfnod",
    "arrangement": "trefniant",
    "funded_until": "ariennir_hyd",
    "longevity": "hyd",
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
    "attendance": "presenoldeb",
    "referral_route": "llwybr_atgyfeirio",
    "eligibility": "cymhwysedd",
    "funding": "cyllid",
    "last_checked": "gwiriwyd_ddiwethaf",
    "subject": "pwnc",
    "changed_on": "newidiwyd_ar",
    "changes": "newidiadau",
    "what": "beth",
    "was": "cynt",
    "now": "nawr",
    "outcome": "canlyniad",
    "outcome_source": "ffynhonnell_y_canlyniad",
    "outcome_source_date": "dyddiad_ffynhonnell_y_canlyniad",
    "area_code": "cod_ardal",
    "area_gss": "gss_ardal",
    "first_stated": "nodwyd_gyntaf",
    "last_stated": "nodwyd_ddiwethaf",
    "link": "dolen",
    "source_kind": "math_o_ffynhonnell",
    "publisher": "cyhoeddwr",
    "licence": "trwydded",
    "slug": "slyg",
    "entries": "cofnodion",
    "code": "cod",
    "vocabulary": "geirfa",
    "english": "saesneg",
    "welsh": "cymraeg",
    "from_date": "o_ddyddiad",
    "from_precision": "o_fanylder",
    "until_date": "hyd_at_ddyddiad",
    "until_precision": "hyd_at_fanylder",
    "source_slug": "slyg_y_ffynhonnell",
}
"""English heading → Welsh heading."""

NOT_CHECKED = "not-checked"
"""The licence of a source whose licence nobody has looked for."""

AREA, SPAN = ["area_code", "area_gss"], ["from_date", "from_precision"]
SPAN += ["until_date", "until_precision"]
"""Columns at the end of most tables."""

WALES_GSS = "W92000004"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """Rows under English headings, in their order."""

    headings: list[str]
    rows: Iterable[Row]

    def cells(self) -> Iterator[list[str]]:
        """The headings in the language of the page, then the rows."""
        welsh = get_language() == "cy"
        yield [WELSH[heading] if welsh else heading for heading in self.headings]
        for row in self.rows:
            yield [safe(row[heading]) for heading in self.headings]

    def as_csv(self) -> bytes:
        """With a byte-order mark, so that spreadsheets read it as UTF-8."""
        text = io.StringIO()
        text.write("\ufeff")
        csv.writer(text).writerows(self.cells())
        return text.getvalue().encode()

    def as_json(self, about: Provenance) -> bytes:
        document = {
            "selection": about.selection,
            "as_at": about.as_at,
            "address": about.address,
            "sources": list(map(source_object, about.sources)),
            "scope": about.scope or None,
            "licence": about.licence,
            "rows": [{name: row[name] for name in self.headings} for row in self.rows],
        }
        return msgspec.json.encode(document)


def source_object(source: SourceDocument) -> dict[str, Any]:
    return msgspec.to_builtins(source) | {"address": source.address or None}


def source_columns(source: SourceDocument) -> Row:
    return {
        "source_slug": source.slug,
        "source_url": source.address,
        "source_kind": source.kind,
        "publisher": source.publisher.en,
        "licence": source.licence.en or NOT_CHECKED,
    }


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, without characters that XML cannot hold."""
    text = NOT_IN_XML.sub(" ", cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def address_of(entry: Entry) -> str:
    """The entry's page in the language of the page, from `https` on."""
    path = reverse(f"{get_language()}:entry", args=[entry.area_slug, entry.slug])
    return settings.SITE_URL + path


def entry_columns(entry: Entry) -> Row:
    return {
        "area": entry.area_name.en or NOT_STATED,
        "programme": entry.name.en,
        "source": "; ".join(source.title.en for source in entry.sources),
        "source_date": "; ".join(source.dated.isoformat() for source in entry.sources),
        "url": address_of(entry),
        "id": entry.uuid,
        **area_columns(entry),
    }


def area_columns(entry: Entry) -> Row:
    return area_codes(entry.area_slug)


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
        "source_date": quotation.source.dated.isoformat(),
    }


def span_columns(start: PartialDate | None, end: PartialDate | None) -> Row:
    """The first and the last day, to sort by, and how exactly the source gives them."""
    return {
        "from_date": start.day.isoformat() if start else "",
        "from_precision": start.precision if start else "",
        "until_date": end.last_day.isoformat() if end else "",
        "until_precision": end.precision if end else "",
    }


def date_code(date: PartialDate | None, none: str = NOT_STATED) -> str:
    return date.code if date else none
