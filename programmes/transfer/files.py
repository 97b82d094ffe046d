"""A CSV or XLSX file as headings and rows of text, or in plain words why it cannot be read."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from programmes.transfer.columns import COLUMNS, unescaped
from programmes.transfer.problems import Problem

MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_UNPACKED = 100_000_000
"""A workbook is a zip file: a small one can be unpacked into more than the machine has room for."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
SEPARATORS = ",;\t"


class UnreadableError(Exception):
    """This is no spreadsheet that can be taken in; says what to do instead."""


@dataclass
class Table:
    """Rows by their number in the spreadsheet, each a cell by its heading."""

    headings: list[str]
    rows: dict[int, dict[str, str]]
    problems: list[Problem] = field(default_factory=list)


Cells = list[str | None]
"""None is a formula."""


def read_table(data: bytes) -> Table:
    """Raises UnreadableError; what is wrong with single rows is among the table's problems."""
    if data.startswith(b"PK"):
        return _table(_workbook(data), padded=True)
    if data.startswith(OLD_EXCEL):
        raise UnreadableError("This is an old Excel workbook: save it as .xlsx or as CSV UTF-8.")
    return _table(_comma_separated(data), padded=False)


def _comma_separated(data: bytes) -> Iterator[Cells]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "This is no spreadsheet, or a CSV file that is not in UTF-8: save it as “CSV UTF-8”."
        ) from error
    if "\0" in text:
        raise UnreadableError("This is no spreadsheet: save it as “CSV UTF-8” or as .xlsx.")
    headings = text.partition("\n")[0]
    separator = max(SEPARATORS, key=headings.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableError(
            f"The CSV file breaks off near line {reader.line_num}: a quotation mark is missing, or "
            "there is one too many."
        ) from error


def _workbook(data: bytes) -> Iterator[Cells]:
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if unpacked > MOST_UNPACKED:
            raise UnreadableError("The workbook is too big: take it in parts.")
        book = load_workbook(io.BytesIO(data), read_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        for row in rows:
            yield [None if cell.data_type == "f" else _as_text(cell.value) for cell in row]
    except UnreadableError:
        raise
    except Exception as error:
        # openpyxl fails on a broken file in as many ways as a workbook has parts.
        raise UnreadableError("The workbook is damaged, or is no .xlsx: save it anew.") from error


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(lines: Iterable[Cells], *, padded: bool) -> Table:
    """`padded`: a row may be shorter than the headings, which then means empty cells."""
    numbered = enumerate(lines, start=1)
    headings = [(cell or "").strip() for cell in next(numbered, (1, []))[1]]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise UnreadableError("The first row has no headings.")
    table = Table(headings, {}, _of_headings(headings))
    for number, cells in numbered:
        if all(cell is not None and not cell.strip() for cell in cells):
            continue
        if len(table.rows) == MOST_ROWS:
            raise UnreadableError(f"There are more than {MOST_ROWS:,} rows: take them in parts.")
        _add(table, number, cells, padded=padded)
    if not table.rows:
        raise UnreadableError("There are no rows below the headings.")
    return table


def _add(table: Table, number: int, cells: Cells, *, padded: bool) -> None:
    width = len(table.headings)
    if any(cell is None or cell.strip() for cell in cells[width:]):
        table.problems.append(Problem(number, "", "there are more cells than headings."))
        return
    if len(cells) < width and not padded:
        table.problems.append(Problem(number, "", "there are fewer cells than headings."))
        return
    row = {}
    for heading, cell in zip_longest(table.headings, cells[:width], fillvalue=""):
        if cell is None:
            table.problems.append(Problem(number, heading, "this is a formula; put its result in."))
        else:
            row[heading] = unescaped("\n".join(cell.strip().splitlines()))
    table.rows[number] = row


def _of_headings(headings: list[str]) -> list[Problem]:
    found = []
    for position, heading in enumerate(headings, start=1):
        if not heading:
            letter = get_column_letter(position)
            found.append(Problem(1, f"column {letter}", "the heading is missing."))
        elif heading not in COLUMNS:
            known = ", ".join(COLUMNS)
            found.append(Problem(1, heading, f"there is no such column; there are: {known}."))
        elif headings.index(heading) != position - 1:
            found.append(Problem(1, heading, "the column stands there twice."))
    if "id" not in headings:
        found.append(Problem(1, "id", "the column is missing; leave its cells empty to add."))
    return found
