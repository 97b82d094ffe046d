"""All tables as a Frictionless data package: their columns, keys and codes, from the dictionary."""

from itertools import starmap
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.addresses import page_address
from programmes.downloads import data_dictionary
from programmes.downloads.tables import COLUMNS, TABLES, written
from programmes.readings import DIMENSIONS, vocabularies
from programmes.vocabulary import NOT_STATED

Json = dict[str, Any]


def data_package() -> Json:
    return {
        "name": "perpetrator-programmes-wales",
        "title": _("Domestic abuse perpetrator programmes in Wales"),
        "description": _(
            "The licence is that of this directory’s own readings. The words of a source belong "
            "to their authors; the table of sources has the licence of each, as far as it was "
            "checked."
        ),
        "homepage": page_address("data"),
        "licenses": [settings.DATA_LICENCE],
        "resources": [*starmap(_resource, data_dictionary.titles().items()), _codes()],
    }


def _resource(table: str, title: str) -> Json:
    columns = {each: COLUMNS.get(each, {}) for each in TABLES[table]["columns"]}
    leads_to = {each: about["row_of"] for each, about in columns.items() if "row_of" in about}
    schema: Json = {
        "fields": [
            {"name": written(each), "description": data_dictionary.holds(each)} | _kind(each, table)
            for each in columns
        ],
        "foreignKeys": [
            {
                "fields": written(each),
                "reference": {"resource": other, "fields": written(TABLES[other]["key"])},
            }
            for each, other in leads_to.items()
            if other != table
        ],
    }
    if key := TABLES[table].get("key"):
        schema["primaryKey"] = written(key)
    about = {"name": table, "title": title, "path": page_address(f"{table}-csv"), "schema": schema}
    return about | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def _kind(heading: str, table: str) -> Json:
    """Of which type a column is, and the codes that it holds, if any."""
    kind = COLUMNS.get(heading, {}).get("type", "string")
    if kind == "code":
        codes = next(dict(each.choices) for each in vocabularies() if each.name == heading)
        return {"type": "string", "constraints": {"enum": [*codes | {NOT_STATED: ""}]}}
    if kind == "boolean":
        return {"type": kind, "trueValues": ["yes"], "falseValues": ["no"]}
    for each in DIMENSIONS if table == "programmes" else ():
        if each.heading[0] == heading:
            one = f"({'|'.join(dict(each.choices))})"
            return {"type": kind, "constraints": {"pattern": f"{one}(; {one})*"}}
    return {"type": kind}


def _codes() -> Json:
    fields = [{"name": name, "type": "string"} for name in ("vocabulary", "code", "en", "cy")]
    rows = [
        {"vocabulary": title, "code": code, "en": english, "cy": welsh}
        for title, codes in data_dictionary.vocabularies()
        for code, english, welsh in codes
    ]
    title = _("What the codes mean")
    return {"name": "codes", "title": title, "data": rows, "schema": {"fields": fields}}
