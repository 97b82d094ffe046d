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
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo

from programmes.domain import overview_rows
from programmes.domain.entry import NOT_STATED, Entry
from programmes.downloads import data_dictionary, overview_tables
from programmes.downloads.spreadsheets import HEADINGS, row_of
from programmes.downloads.tables import Row, Table, entry_columns, quotation_columns, safe
from programmes.listing.provenance import Provenance
from programmes.presentation.text import area_name, details, in_language
from programmes.readings import DIMENSIONS, Dimension, terms, vocabularies
from programmes.vocabulary import NOT_STATED_LABEL

LONG = ["area", "programme", "dimension", "value", "code", "words", "source", "source_date"]
LONG += ["url", "id"]
CODES = ["vocabulary", "code", "english", "welsh"]
NARROW, WIDE = 14, 40
WIDTHS = dict.fromkeys(("programme", "source", "url", "funding", "longevity", "eligibility"), 28)
WIDTHS |= dict.fromkeys(("words", "longevity_words", "english", "welsh"), WIDE)
"""How wide a column is, in characters, where the narrow width does not suit it."""
LINE, TALLEST = 15, 409
"""Points of a line, and of the tallest row that a spreadsheet takes."""
A4 = 9
"""The code of the paper in the format."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LABELLED = ("funder", "period", "arrangement", "longevity")
FIELDS = {"route": "referral_route", "risk": "eligibility", "group": "eligibility"}
FIELDS |= {"funder": "funding"}
"""Dimension → the field that it is read from, where that has another name."""


def as_xlsx(entries: list[Entry], about: Provenance) -> bytes:
    book = Workbook(write_only=True)
    _append(_new_sheet(book, _("Read me")), 1, list(_about(about)), [24, 100])
    _sheet(book, "Programmes", _("Programmes"), Table(HEADINGS, map(_labelled, entries)))
    _sheet(book, "Long", _("Long"), Table(LONG, _values(entries)))
    _sheet(book, "Money", _("Money"), Table(overview_tables.MONEY, _money(entries)))
    _sheet(book, "Codes", _("Codes"), Table(CODES, _codes()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


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
    yield [_("Programmes"), _("One row for each programme in one force area, in words.")]
    yield [_("Long"), _("One row for each value, with the source’s words, for pivot tables.")]
    yield [_("Money"), _("One row for each funder of a programme.")]
    yield [_("Codes"), _("What each code in addresses and other files means.")]


def _sheet(book: Workbook, name: str, title: str, table: Table) -> None:
    """A sheet with one Excel table; `name` is that of the table, the same in both languages."""
    sheet = _new_sheet(book, title)
    sheet.freeze_panes, sheet.print_title_rows = "C2", "1:1"
    widths = [WIDTHS.get(heading, NARROW) for heading in table.headings]
    cells = list(table.cells())
    _append(sheet, 0, cells, widths)
    if len(cells) > 1:
        area = f"A1:{get_column_letter(len(widths))}{len(cells)}"
        style = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        excel = ExcelTable(displayName=name, ref=area, tableStyleInfo=style)
        excel._initialise_columns()
        columns: Any = excel.tableColumns
        for column, heading in zip(columns, cells[0], strict=True):
            column.name = heading
        sheet.add_table(excel)


def _new_sheet(book: Workbook, title: str) -> Any:
    """One that prints across A4, as wide as the paper."""
    sheet = book.create_sheet(title)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
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
    if DAY.fullmatch(text):
        cell = WriteOnlyCell(sheet, value=datetime.date.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
    else:
        cell = WriteOnlyCell(sheet, value=text)
        # As text, whatever it looks like: neither a formula nor an error value.
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.font = Font(bold=bold)
    return cell


def _labelled(entry: Entry) -> Row:
    """The columns of the CSV, with our terms in words."""
    codes = terms(entry)
    labels = {d.heading[0]: _labels(d, codes[d.name]) for d in DIMENSIONS}
    return {**row_of(entry), **labels, **_named(entry)}


def _named(entry: Entry) -> Row:
    """The area and the sources by their names in the language of the file."""
    return {"area": area_name(entry), "source": [in_language(s.title) for s in entry.sources]}


def _labels(dimension: Dimension, codes: Iterable[str]) -> list[str]:
    labels = dict(dimension.choices)
    return [str(labels[code]) for code in codes]


def _values(entries: Iterable[Entry]) -> Iterator[Row]:
    for entry in entries:
        codes, same = terms(entry), entry_columns(entry) | _named(entry)
        for dimension in DIMENSIONS:
            field = FIELDS.get(dimension.name, dimension.name)
            about = next(iter(entry.quotations_about(field)), None)
            said = quotation_columns(about) | {"words": entry.words(field)}
            if about:
                said["source"] = in_language(about.source.title)
            for code in codes[dimension.name]:
                value = {"dimension": str(dimension.label), "code": code}
                value["value"] = _labels(dimension, [code])[0]
                yield {**same, **said, **value}


def _money(entries: Iterable[Entry]) -> Iterator[Row]:
    labels = {each.name: dict(each.choices) for each in vocabularies()}
    labels["period"] = {"current": _("At the time"), "former": _("Before")}
    rows = list(overview_rows.money(entries))
    for row, codes in zip(rows, overview_tables.money(rows).rows, strict=True):
        words = {n: labels[n].get(codes[n], codes[n]) for n in LABELLED}
        end = codes["funded_until"].replace(NOT_STATED, str(NOT_STATED_LABEL))
        told = {name: str(label) for name, label in words.items()} | {"funded_until": end}
        yield codes | told | _named(row.entry)


def _codes() -> Iterator[Row]:
    for vocabulary, codes in data_dictionary.vocabularies():
        for code, english, welsh in codes:
            yield dict(zip(CODES, (vocabulary, code, english, welsh), strict=True))
