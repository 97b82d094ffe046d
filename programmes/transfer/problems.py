"""What is wrong with a spreadsheet, by row and column."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    row: int
    """As the spreadsheet numbers its rows: the headings are row 1."""
    column: str
    message: str

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.message}"


class CellError(ValueError):
    """What one cell says cannot be read; in words for whoever typed it."""


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
