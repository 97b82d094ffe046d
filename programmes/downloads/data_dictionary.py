"""What each column and code of a download means, as a page and a Frictionless data package."""

from collections.abc import Iterator
from itertools import chain, starmap
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.addresses import whole_address
from programmes import readings
from programmes.domain.entry import NOT_STATED
from programmes.downloads.tables import COLUMNS, TABLES, WELSH, written
from programmes.readings import DIMENSIONS

Json = dict[str, Any]

FILES = {name: table["columns"] for name, table in TABLES.items() if "title_en" in table}
"""The tables that are files of their own, and their columns."""


def titles() -> dict[str, str]:
    return {name: TABLES[name][f"title_{get_language()}"] for name in FILES}


def columns() -> list[tuple[str, str, str]]:
    """Every column that any table has, once: its headings, and what it holds."""
    headings = dict.fromkeys(chain.from_iterable(FILES.values()))
    return [(heading, WELSH[heading], holds(heading)) for heading in headings]


def holds(heading: str) -> str:
    # A column of terms holds what it is called, so a new one needs no words of its own.
    return COLUMNS.get(heading, COLUMNS["value"])[f"holds_{get_language()}"]


def codes() -> Iterator[tuple[str, str, str, str]]:
    """The codes of downloads: the title of their vocabulary, code, English, Welsh; silence last."""
    for each in readings.vocabularies():
        title = str(each.label)
        for code, label in sorted(each.choices, key=lambda choice: choice[0] == NOT_STATED):
            yield title, code, _in("en", label), _in("cy", label)


def _in(language: str, label: Any) -> str:
    with translation.override(language):
        return str(label)


def data_package() -> Json:
    return {
        "name": "perpetrator-programmes-wales",
        "title": _("Domestic abuse perpetrator programmes in Wales"),
        "description": _(
            "The licence is that of this directory’s own readings. The words of a source belong "
            "to their authors; the table of sources has the licence of each, as far as it was "
            "checked."
        ),
        "homepage": whole_address("data"),
        "licenses": [settings.DATA_LICENCE],
        "resources": [*starmap(_resource, titles().items()), _codes()],
    }


def _resource(table: str, title: str) -> Json:
    headings = TABLES[table]["columns"]
    fields = [{"name": written(h), "description": holds(h)} | _kind(h, table) for h in headings]
    leads_to = {heading: COLUMNS.get(heading, {}).get("row_of", table) for heading in headings}
    foreign_keys = [
        {"fields": written(h), "reference": {"resource": of, "fields": written(TABLES[of]["key"])}}
        for h, of in leads_to.items()
        if of != table
    ]
    schema: Json = {"fields": fields, "foreignKeys": foreign_keys}
    if key := TABLES[table].get("key"):
        schema["primaryKey"] = written(key)
    about = {"name": table, "title": title, "path": whole_address(f"{table}-csv"), "schema": schema}
    return about | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def _kind(heading: str, table: str) -> Json:
    """Of which type a column is, and the codes that it holds, if any."""
    kind = COLUMNS.get(heading, {}).get("type", "string")
    if kind == "code":
        codes = next(dict(each.choices) for each in readings.vocabularies() if each.name == heading)
        return {"type": "string", "constraints": {"enum": [*codes | {NOT_STATED: ""}]}}
    if kind == "boolean":
        return {"type": kind, "trueValues": ["yes"], "falseValues": ["no"]}
    for each in DIMENSIONS if table == "programmes" else ():
        if each.column == heading:
            one = f"({'|'.join(dict(each.choices))})"
            return {"type": kind, "constraints": {"pattern": f"{one}(; {one})*"}}
    return {"type": kind}


def _codes() -> Json:
    names = ("vocabulary", "code", "en", "cy")
    rows = [dict(zip(names, each, strict=True)) for each in codes()]
    schema = {"fields": [{"name": name, "type": "string"} for name in names]}
    return {"name": "codes", "title": _("What the codes mean"), "data": rows, "schema": schema}
