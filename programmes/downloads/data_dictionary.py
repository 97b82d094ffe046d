"""The data dictionary: what each column of a download holds, and what each code means."""

from itertools import chain
from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes import readings
from programmes.domain.entry import NOT_STATED
from programmes.downloads import overview_tables, spreadsheets, statements
from programmes.downloads.tables import COLUMNS, WELSH

FILES: tuple[tuple[str, Any, list[str]], ...] = (
    ("programmes-csv", _("Entries: one row an entry"), spreadsheets.HEADINGS),
    (
        "statements-csv",
        _("Statements: one row for each thing a source says"),
        statements.STATEMENTS,
    ),
    ("readings-csv", _("Readings: one row for each thing we read from them"), statements.READINGS),
    ("sources-csv", _("Sources: one row a source"), overview_tables.SOURCES),
    ("provision-csv", _("Provision: one row a value"), overview_tables.PROVISION),
    ("money-csv", _("Money: one row a funder"), overview_tables.MONEY),
    ("evidence-csv", _("Evidence: one row an evaluation"), overview_tables.EVIDENCE),
    ("changes-csv", _("Changes: one row for each thing that changed"), overview_tables.CHANGES),
    ("timeline-csv", _("Timeline: one row a development"), overview_tables.TIMELINE),
)


def columns() -> list[tuple[str, str, str]]:
    """Every column that any table has, once: its headings, and what it holds."""
    headings = dict.fromkeys(chain.from_iterable(headings for _name, _title, headings in FILES))
    return [(heading, WELSH[heading], holds(heading)) for heading in headings]


def holds(heading: str) -> str:
    # A column of terms holds what it is called, so a new one needs no words of its own.
    return COLUMNS.get(heading, COLUMNS["value"])[f"holds_{get_language()}"]


def vocabularies() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The title of each vocabulary that downloads use, and its codes in words, silence last."""
    return [
        (str(each.label), [(code, _in("en", label), _in("cy", label)) for code, label in choices])
        for each in readings.vocabularies()
        for choices in [sorted(each.choices, key=lambda choice: choice[0] == NOT_STATED)]
    ]


def _in(language: str, label: Any) -> str:
    with translation.override(language):
        return str(label)
