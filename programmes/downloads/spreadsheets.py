"""The list as a spreadsheet: the seven columns of the submission, then our reading in codes."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from programmes.domain.entry import NOT_STATED, Entry
from programmes.listing.filters import Problem
from programmes.listing.provenance import Provenance
from programmes.presentation.text import in_language
from programmes.readings import DIMENSIONS, terms
from programmes.vocabulary import COLUMNS

TERM_HEADINGS = dict(each.heading for each in DIMENSIONS)

HEADINGS = {
    "area": "ardal",
    "programme": "rhaglen",
    "attendance": "presenoldeb",
    "referral_route": "llwybr_atgyfeirio",
    "eligibility": "cymhwysedd",
    "funding": "cyllid",
    "longevity": "hyd",
    **dict(islice(TERM_HEADINGS.items(), 8)),
    "source": "ffynhonnell",
    "source_date": "dyddiad_y_ffynhonnell",
    "last_checked": "gwiriwyd_ddiwethaf",
    "url": "url",
    **TERM_HEADINGS,
}
"""English heading → Welsh heading, in the order of the columns. Both are public: only add.

The terms of the first eight dimensions were always there; those of later ones come last.
"""

WIDTHS = {"programme": 30, "source": 40, "url": 60}
"""How wide a column of the workbook is, in characters, where 24 do not suit it."""

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_csv(entries: list[Entry], about: Provenance, language: str) -> bytes:
    """Nothing but the table, with a byte-order mark so that spreadsheets read it as UTF-8.

    What the table is of is told in its file's name and in the header `Link`.
    """
    text = io.StringIO()
    text.write("\ufeff")
    csv.writer(text).writerows(_table(entries, language))
    return text.getvalue().encode()


def as_xlsx(entries: list[Entry], about: Provenance, language: str) -> bytes:
    """A workbook: the table of the CSV, and a second sheet that says what it is of."""
    book = Workbook(write_only=True)
    table = book.create_sheet(_("Programmes"))
    table.freeze_panes = "C2"
    for number, column in enumerate(HEADINGS, start=1):
        table.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, 24)
    _fill(table, _table(entries, language), heading=True)
    origin = book.create_sheet(_("About this list"))
    origin.column_dimensions["A"].width, origin.column_dimensions["B"].width = 24, 100
    _fill(origin, _about(about), heading=False)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def problems_as_text(problems: list[Problem]) -> bytes:
    lines = [f"{p.parameter}: {p.message} {', '.join(p.values)}".rstrip() for p in problems]
    return "\n".join(lines).encode()


def _table(entries: Iterable[Entry], language: str) -> Iterator[list[str]]:
    yield list(HEADINGS.values() if language == "cy" else HEADINGS)
    for entry in entries:
        yield [safe(cell) for cell in row(entry, language).values()]


def _about(about: Provenance) -> Iterator[list[str]]:
    yield [_("Selection"), safe(about.selection)]
    yield [_("Entries"), _("%(found)s of %(total)s") % vars(about)]
    yield [_("The directory as it stood on"), about.as_at.isoformat()]
    yield [_("Address"), about.address]
    for source in about.sources:
        yield [_("Source"), safe(f"{in_language(source.title)}, {source.dated.isoformat()}")]
    yield [_("Licence"), about.licence]


def _fill(sheet: Any, rows: Iterable[list[str]], *, heading: bool) -> None:
    for number, cells in enumerate(rows):
        styled = [WriteOnlyCell(sheet, value=cell) for cell in cells]
        for cell in styled:
            # As text, whatever it looks like: neither a formula nor an error value.
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=heading and number == 0)
        sheet.append(styled)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, without characters that XML cannot hold."""
    text = NOT_IN_XML.sub(" ", cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def address_of(entry: Entry, language: str) -> str:
    """The entry's page in a language, from `https` on."""
    path = reverse(f"{language}:entry", kwargs={"area": entry.area_slug, "slug": entry.slug})
    return settings.SITE_URL + path


def row(entry: Entry, language: str) -> dict[str, str]:
    """One entry under the English headings. The source's words stay as they are in any language."""
    codes = terms(entry)
    return {
        "area": entry.area_name.en or NOT_STATED,
        "programme": entry.words("programme") or entry.name.en,
        **{column: entry.words(column) for column in COLUMNS},
        **{each.heading[0]: "; ".join(codes[each.name]) for each in DIMENSIONS},
        "source": "; ".join(source.title.en for source in entry.sources),
        "source_date": "; ".join(source.dated.isoformat() for source in entry.sources),
        "last_checked": entry.last_checked.isoformat() if entry.last_checked else "",
        "url": address_of(entry, language),
    }
