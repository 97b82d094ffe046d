"""The data dictionary: what each column of a download holds, and what each code means."""

from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes import readings
from programmes.domain.entry import NOT_STATED
from programmes.downloads.overview_tables import (
    CHANGES,
    EVIDENCE,
    MONEY,
    PROVISION,
    SOURCES,
    TIMELINE,
)
from programmes.downloads.spreadsheets import HEADINGS
from programmes.downloads.statements import READINGS, STATEMENTS
from programmes.downloads.tables import COLUMNS, WELSH

FILES = (
    ("programmes-csv", _("Entries: one row an entry"), HEADINGS),
    ("statements-csv", _("Statements: one row for each thing a source says"), STATEMENTS),
    ("readings-csv", _("Readings: one row for each thing we read from them"), READINGS),
    ("sources-csv", _("Sources: one row a source"), SOURCES),
    ("provision-csv", _("Provision: one row a value"), PROVISION),
    ("money-csv", _("Money: one row a funder"), MONEY),
    ("evidence-csv", _("Evidence: one row an evaluation"), EVIDENCE),
    ("changes-csv", _("Changes: one row for each thing that changed"), CHANGES),
    ("timeline-csv", _("Timeline: one row a development"), TIMELINE),
)


def files() -> list[dict[str, Any]]:
    """Each table: the name of its address, its title, and its columns with what they hold."""
    return [
        {
            "name": name,
            "title": title,
            "columns": [(heading, WELSH[heading], _holds(heading)) for heading in headings],
        }
        for name, title, headings in FILES
    ]


def _holds(heading: str) -> str:
    # A column of terms holds what it is called, so a new one needs no words of its own.
    return COLUMNS.get(heading, COLUMNS["value"])[f"holds_{get_language()}"]


def columns() -> list[tuple[str, str, str]]:
    """Every column that any table has, once."""
    return list(dict.fromkeys(column for file in files() for column in file["columns"]))


def vocabularies() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The title of each vocabulary that downloads use, and its codes in words, silence last."""
    return [
        (
            str(each.label),
            [
                (code, _in("en", label), _in("cy", label))
                for code, label in sorted(each.choices, key=lambda choice: choice[0] == NOT_STATED)
            ],
        )
        for each in readings.vocabularies()
    ]


def _in(language: str, label: Any) -> str:
    with translation.override(language):
        return str(label)
