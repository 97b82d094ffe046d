"""The data dictionary: what each column of a download holds, and what each code means."""

from itertools import chain
from typing import Any

from django.utils import translation
from django.utils.translation import get_language

from programmes import readings
from programmes.domain.entry import NOT_STATED
from programmes.downloads.tables import COLUMNS, TABLES, WELSH

FILES = {name: table["columns"] for name, table in TABLES.items() if "title_en" in table}
"""The tables that are files of their own, and their columns."""


def titles() -> dict[str, str]:
    """Of each file, in the language of the page."""
    return {name: TABLES[name][f"title_{get_language()}"] for name in FILES}


def columns() -> list[tuple[str, str, str]]:
    """Every column that any table has, once: its headings, and what it holds."""
    headings = dict.fromkeys(chain.from_iterable(FILES.values()))
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
