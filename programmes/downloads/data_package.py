"""All tables as a Frictionless data package: their columns, keys and codes, from the dictionary."""

from itertools import starmap
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.downloads import data_dictionary
from programmes.downloads.data_dictionary import holds
from programmes.downloads.tables import written
from programmes.readings import DIMENSIONS, vocabularies
from programmes.vocabulary import NOT_STATED

Json = dict[str, Any]

OF_TYPE = {
    "date": "first_stated last_stated last_checked from_date until_date changed_on",
    "integer": "statement replaces entries",
    "boolean": "cell_of_a_table expected",
}
TYPES = {heading: kind for kind, headings in OF_TYPE.items() for heading in headings.split()}
OF_KIND: dict[str, Json] = {"boolean": {"trueValues": ["yes"], "falseValues": ["no"]}}
KEYS = {"programmes": "id", "statements": "statement", "sources": "slug"}
"""Table → the column that names its rows."""

LEADS_TO = {"id": "programmes", "statement": "statements", "source_slug": "sources"}
"""Column → the table whose rows it names."""

ONE_CODE = ("arrangement", "subject", "outcome", "read", "source_kind")
"""Columns that hold one code of the vocabulary of the same name."""


def data_package() -> Json:
    licence = settings.DATA_LICENCE
    return {
        "name": "perpetrator-programmes-wales",
        "title": _("Domestic abuse perpetrator programmes in Wales"),
        "description": _(
            "The licence is that of this directory’s own readings. The words of a source belong "
            "to their authors; the table of sources has the licence of each, as far as it was "
            "checked."
        ),
        "homepage": f"{settings.SITE_URL}{reverse(f'{get_language()}:data')}",
        "licenses": [licence],
        "resources": [*starmap(_resource, data_dictionary.FILES), _codes()],
    }


def _resource(address: str, title: Any, headings: list[str]) -> Json:
    table, path = address.removesuffix("-csv"), reverse(f"{get_language()}:{address}")
    schema: Json = {
        "fields": [
            {"name": written(each), "description": holds(each), **_kind(each, table)}
            for each in headings
        ],
        "foreignKeys": [
            {
                "fields": written(each),
                "reference": {"resource": other, "fields": written(KEYS[other])},
            }
            for each in headings
            if (other := LEADS_TO.get(each, table)) != table
        ],
    }
    if table in KEYS:
        schema["primaryKey"] = written(KEYS[table])
    about = {"name": table, "title": str(title), "path": settings.SITE_URL + path, "schema": schema}
    return about | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def _kind(heading: str, table: str) -> Json:
    """Of which type a column is, and the codes that it holds, if any."""
    kind = TYPES.get(heading, "string")
    return {"type": kind, **OF_KIND.get(kind, {}), **_constraints(heading, table)}


def _constraints(heading: str, table: str) -> Json:
    if heading in ONE_CODE:
        codes = next(dict(each.choices) for each in vocabularies() if each.name == heading)
        return {"constraints": {"enum": [*codes | {NOT_STATED: ""}]}}
    for each in DIMENSIONS if table == "programmes" else ():
        if each.heading[0] == heading:
            one = f"({'|'.join(dict(each.choices))})"
            return {"constraints": {"pattern": f"{one}(; {one})*"}}
    return {}


def _codes() -> Json:
    fields = [{"name": name, "type": "string"} for name in ("vocabulary", "code", "en", "cy")]
    rows = [
        {"vocabulary": title, "code": code, "en": english, "cy": welsh}
        for title, codes in data_dictionary.vocabularies()
        for code, english, welsh in codes
    ]
    title = _("What the codes mean")
    return {"name": "codes", "title": title, "data": rows, "schema": {"fields": fields}}
