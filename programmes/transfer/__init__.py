"""Entries as a spreadsheet: written out, and taken in again, all rows or none."""

from programmes.transfer.files import Table, UnreadableError, read_table
from programmes.transfer.intake import Intake, OvertakenError, look, take_in
from programmes.transfer.problems import Problem

__all__ = [
    "Intake",
    "OvertakenError",
    "Problem",
    "Table",
    "UnreadableError",
    "look",
    "read_table",
    "take_in",
]
