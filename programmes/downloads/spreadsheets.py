"""The list as a spreadsheet: the seven columns of the submission, then our reading in codes."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from programmes.domain.entry import Entry
from programmes.downloads.tables import Row, Table, area_columns, entry_columns, safe
from programmes.listing.filters import Problem
from programmes.listing.provenance import Provenance
from programmes.presentation.text import details, in_language
from programmes.readings import DIMENSIONS, terms
from programmes.vocabulary import COLUMNS

TERMS = [each.heading[0] for each in DIMENSIONS]
HEADINGS = ["area", "programme", *(field.value for field in COLUMNS), *TERMS[:8]]
HEADINGS += ["source", "source_date", "last_checked", "url"]
HEADINGS += ["id", "area_code", "area_gss", "first_stated", "last_stated", *TERMS[8:]]
"""The terms of the first eight dimensions were always there; those of later ones come last."""

WIDTHS = {"programme": 30, "source": 40, "url": 60}
"""How wide a column of the workbook is, in characters, where 24 do not suit it."""


def as_csv(entries: list[Entry], about: Provenance) -> bytes:
    return Table(HEADINGS, map(_row, entries)).as_csv()


def as_xlsx(entries: list[Entry], about: Provenance) -> bytes:
    """A workbook: the table of the CSV, and a second sheet that says what it is of."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Programmes"))
    sheet.freeze_panes = "C2"
    for number, column in enumerate(HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, 24)
    _fill(sheet, Table(HEADINGS, map(_row, entries)).cells(), heading=True)
    origin = book.create_sheet(_("About this list"))
    origin.column_dimensions["A"].width, origin.column_dimensions["B"].width = 24, 100
    _fill(origin, _about(about), heading=False)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def problems_as_text(problems: list[Problem]) -> bytes:
    lines = [f"{p.parameter}: {p.message} {', '.join(p.values)}".rstrip() for p in problems]
    return "\n".join(lines).encode()


def _about(about: Provenance) -> Iterator[list[str]]:
    yield [_("Selection"), safe(about.selection)]
    yield [_("Entries"), _("%(found)s of %(total)s") % vars(about)]
    yield [_("The directory as it stood on"), about.as_at.isoformat()]
    yield [_("Address"), about.address]
    for source in about.sources:
        titled = f"{in_language(source.title)}, {source.dated.isoformat()}"
        yield [_("Source"), safe(f"{titled} ({details(source)})")]
    if about.scope:
        yield [_("What the report of 17 November 2023 covers, in its words"), about.scope]
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


def _row(entry: Entry) -> Row:
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
