"""The list as a spreadsheet: the seven columns of the submission, then our reading in codes."""

import csv
import io
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from programmes.entry import NOT_STATED, Entry
from programmes.vocabulary import COLUMNS

HEADINGS = {
    "area": "ardal",
    "programme": "rhaglen",
    "attendance": "presenoldeb",
    "referral_route": "llwybr_atgyfeirio",
    "eligibility": "cymhwysedd",
    "funding": "cyllid",
    "longevity": "hyd",
    "stage": "cam",
    "status": "statws",
    "attendance_term": "term_presenoldeb",
    "routes": "llwybrau",
    "risk_levels": "lefelau_risg",
    "client_groups": "grwpiau",
    "funders": "arianwyr",
    "longevity_term": "term_hyd",
    "source": "ffynhonnell",
    "source_date": "dyddiad_y_ffynhonnell",
    "last_checked": "gwiriwyd_ddiwethaf",
    "url": "url",
}
"""English heading → Welsh heading, in the order of the columns. Both are public: only add."""

TERM_COLUMNS = {
    "stage": "stage",
    "status": "status",
    "attendance_term": "attendance",
    "routes": "route",
    "risk_levels": "risk",
    "client_groups": "group",
    "funders": "funder",
    "longevity_term": "longevity",
}
"""Column → the dimension whose codes it holds."""


def as_csv(entries: Iterable[Entry], language: str) -> str:
    """The entries as CSV text with a byte-order mark, so that spreadsheets read it as UTF-8."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(HEADINGS.values() if language == "cy" else HEADINGS)
    writer.writerows(row(entry, language).values() for entry in entries)
    return text.getvalue()


def row(entry: Entry, language: str) -> dict[str, str]:
    """One entry under the English headings. The source's words stay as they are in any language."""
    terms = entry.terms()
    address = reverse(f"{language}:entry", kwargs={"area": entry.area_slug, "slug": entry.slug})
    return {
        "area": entry.area_name.en or NOT_STATED,
        "programme": entry.words("programme") or entry.name.en,
        **{column: entry.words(column) for column in COLUMNS},
        **{column: "; ".join(terms[name]) for column, name in TERM_COLUMNS.items()},
        "source": "; ".join(source.title.en for source in entry.sources),
        "source_date": "; ".join(source.dated.isoformat() for source in entry.sources),
        "last_checked": entry.last_checked.isoformat() if entry.last_checked else "",
        "url": settings.SITE_URL + address,
    }
