"""The list as a workbook for pivoting: what it is, programmes, values, money and codes."""

import datetime
import io
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo

from programmes.domain import overview_rows
from programmes.domain.entry import NOT_STATED, Entry
from programmes.downloads import data_dictionary, overview_tables, tables
from programmes.downloads.entry_tables import programme_columns
from programmes.listing.provenance import Provenance
from programmes.presentation.text import area_name, details, in_language
from programmes.readings import DIMENSIONS, terms, vocabularies
from programmes.vocabulary import NOT_STATED_LABEL

NARROW = 14
"""How wide a column is, in characters, where the dictionary does not say."""
LINE, TALLEST = 15, 409  # points of a line, and of the tallest row that a spreadsheet takes
A4 = 9  # the code of the paper in the format
TOP = Alignment(vertical="top", wrap_text=True)
PLAIN, BOLD = Font(), Font(bold=True)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LABELLED = ("funder", "period", "arrangement", "longevity", "funded_until")
"""Columns of money that hold codes."""
FIELDS = {"route": "referral_route", "risk": "eligibility", "group": "eligibility"}
FIELDS |= {"funder": "funding"}
"""Dimension → the field that it is read from, where that has another name."""


def as_xlsx(entries: list[Entry], about: Provenance) -> bytes:
    book = Workbook(write_only=True)
    _append(_new_sheet(book, _("Read me")), 1, list(_about(about)), [24, 100])
    _sheet(book, _("Programmes"), tables.Table("programmes", _programmes(entries)))
    _sheet(book, _("Long"), tables.Table("long", _values(entries)))
    _sheet(book, _("Money"), tables.Table("money", _money(entries)))
    names = tables.TABLES["codes"]["columns"]
    codes = (dict(zip(names, each, strict=True)) for each in data_dictionary.codes())
    _sheet(book, _("Codes"), tables.Table("codes", codes))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _about(about: Provenance) -> Iterator[list[str]]:
    yield [_("Selection"), tables.safe(about.selection)]
    yield [_("Entries"), _("%(found)s of %(total)s") % vars(about)]
    yield [_("The directory as it stood on"), about.as_at.isoformat()]
    yield [_("Address"), about.address]
    for source in about.sources:
        titled = f"{in_language(source.title)}, {source.dated.isoformat()}"
        yield [_("Source"), tables.safe(f"{titled} ({details(source)})")]
    if about.scope:
        yield [_("What the report of 17 November 2023 covers, in its words"), about.scope]
    yield [_("Licence"), about.licence]
    yield [_("Programmes"), _("One row for each programme in one force area, in words.")]
    yield [_("Long"), _("One row for each value, with the source’s words, for pivot tables.")]
    yield [_("Money"), _("One row for each funder of a programme.")]
    yield [_("Codes"), _("What each code in addresses and other files means.")]


def _sheet(book: Workbook, title: str, table: tables.Table) -> None:
    """A sheet with one Excel table, whose name is the same in both languages."""
    sheet = _new_sheet(book, title)
    sheet.freeze_panes, sheet.print_title_rows = "C2", "1:1"
    widths = [tables.COLUMNS.get(each, {}).get("width", NARROW) for each in table.headings]
    cells = list(table.cells())
    _append(sheet, 0, cells, widths)
    if len(cells) > 1:
        area = f"A1:{get_column_letter(len(widths))}{len(cells)}"
        excel = ExcelTable(
            displayName=table.name.capitalize(),
            ref=area,
            autoFilter=AutoFilter(ref=area),
            tableColumns=[TableColumn(id=n, name=name) for n, name in enumerate(cells[0], start=1)],
            tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=False),
        )
        sheet.add_table(excel)


def _new_sheet(book: Workbook, title: str) -> Any:
    """One that prints across A4, as wide as the paper."""
    sheet = book.create_sheet(title)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_setup.fitToPage = True
    return sheet


def _append(sheet: Any, bold: int, rows: list[list[str]], widths: list[int]) -> None:
    """`bold` is the column of headings, or 0 for a row of them."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, cells in enumerate(rows, start=1):
        # No program sets the height of a wrapped row that it did not write itself.
        lines = max(math.ceil(len(c) * 1.2 / w) for c, w in zip(cells, widths, strict=True)) or 1
        sheet.row_dimensions[number].height = min(LINE * lines, TALLEST)
        heading = number == 1 and not bold
        sheet.append([_cell(sheet, c, heading or n == bold) for n, c in enumerate(cells, start=1)])


def _cell(sheet: Any, text: str, bold: bool) -> Any:
    is_day = DAY.fullmatch(text)
    cell = WriteOnlyCell(sheet, datetime.date.fromisoformat(text) if is_day else text)
    if not is_day:
        # As text, whatever it looks like: neither a formula nor an error value.
        cell.data_type = "s"
    cell.alignment, cell.font = TOP, BOLD if bold else PLAIN
    return cell


def _programmes(entries: Iterable[Entry]) -> Iterator[tables.Row]:
    labels = _labels()
    for entry in entries:
        codes = terms(entry)
        words = {d.column: [str(labels[d.name][c]) for c in codes[d.name]] for d in DIMENSIONS}
        yield {**programme_columns(entry), **_named(entry), **words}


def _named(entry: Entry) -> tables.Row:
    return {"area": area_name(entry), "source": [in_language(s.title) for s in entry.sources]}


def _labels() -> dict[str, dict[str, Any]]:
    """Vocabulary or column → code → its label."""
    labels = {each.name: dict(each.choices) for each in (*vocabularies(), *DIMENSIONS)}
    period = {"current": _("At the time"), "former": _("Before")}
    return labels | {"period": period, "funded_until": {NOT_STATED: NOT_STATED_LABEL}}


def _values(entries: Iterable[Entry]) -> Iterator[tables.Row]:
    labels = _labels()
    for entry in entries:
        codes, same = terms(entry), tables.entry_columns(entry) | _named(entry)
        for dimension in DIMENSIONS:
            field = FIELDS.get(dimension.name, dimension.name)
            about = next(iter(entry.quotations_about(field)), None)
            said = tables.quotation_columns(about) | {"words": entry.words(field)}
            if about:
                said["source"] = in_language(about.source.title)
            for code in codes[dimension.name]:
                value = {"code": code, "value": labels[dimension.name][code]}
                yield {**same, **said, "dimension": dimension.label, **value}


def _money(entries: Iterable[Entry]) -> Iterator[tables.Row]:
    labels = _labels()
    for row in overview_rows.money(entries):
        codes = overview_tables.money_columns(row)
        words = {name: labels[name].get(codes[name], codes[name]) for name in LABELLED}
        yield codes | _named(row[0]) | words
