"""The feed's own OpenAPI document: every address, every parameter and every field it may send.

`make openapi` writes it, and the feed serves what was written.
"""

from itertools import chain
from typing import Any

import msgspec

from programmes.listing.forms import LONGEST
from programmes.open_referral import schemas as hsds
from programmes.open_referral.forms import LARGEST_SIZE, SERVICE_STATUSES, USUAL_SIZE
from programmes.open_referral.views import DOCUMENT
from programmes.readings import DIMENSIONS

Json = dict[str, Any]

ABOUT = """\
What public sources state of domestic abuse perpetrator programmes in Wales, as HSDS-UK-3.0.
It never says that a programme runs today: read `alert`. What no source states is said to be so in
words, or the field is left out. `/cy/api` has the same identifiers and Welsh text; what exists in
English only is marked so in the text. What HSDS narrows by and this feed cannot (`postcode`,
`proximity`, `minimum_age`, `maximum_age`, `day`, `start_time`, `end_time`) is refused in words.
Other parameters that are not named here are ignored, and so is a slash at the end of an address.

The directory's own readings are under the licence that `/data/datapackage.json` names. The sources'
words belong to their authors: `/data/sources.csv` has the licence of each, as far as it was
checked. Name the source and its date with whatever you show.
"""
UUID = {"type": "string", "format": "uuid"}
TRUE_OR_FALSE = {"type": "boolean", "default": False}


def query(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


PAGE = [
    query("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1}),
    query(
        "per_page",
        f"How many objects a page holds. Above {LARGEST_SIZE} it is read as {LARGEST_SIZE}.",
        {"type": "integer", "minimum": 1, "default": USUAL_SIZE},
    ),
]
SEARCH = query(
    "search",
    "Beginnings of words and “quoted phrases”, with a letter or a number among them.",
    {"type": "string", "pattern": r"^[^\u0000]*[A-Za-z0-9][^\u0000]*$", "maxLength": LONGEST},
)
OF_HSDS = {"status": list(SERVICE_STATUSES)}
"""Parameter → codes of HSDS beside ours."""

FIRST_ITEM = "$response.body#/contents/0/id"
IDENTIFIER = {"name": "id", "in": "path", "required": True, "schema": UUID}


def repeatable(name: str, description: str, values: Json) -> Json:
    """A parameter of the directory's own."""
    schema = {"type": "array", "items": {"type": "string", **values}}
    return query(name, description, schema) | {"style": "form", "explode": True}


PARAMETERS = {
    "services": [
        *PAGE,
        SEARCH,
        query(
            "modified_after",
            "Published at this time or later, withdrawals included. Whatever narrows by content "
            "leaves withdrawn entries out.",
            {"type": "string", "format": "date-time"},
        ),
        query("full", "All that the details hold.", TRUE_OR_FALSE),
        query("minimal", "Identifiers and times alone, all at once.", TRUE_OR_FALSE),
        query("taxonomy_term_id", "With this term.", UUID),
        query("taxonomy_id", "With any term of this taxonomy.", UUID),
        query("organization_id", "With this provider.", UUID),
        repeatable("area", "Force areas, by the code of their term; or not-stated.", {}),
        *(
            repeatable(
                each.name,
                "Any of these terms; several parameters narrow.",
                {"enum": [code for code, _label in each.choices] + OF_HSDS.get(each.name, [])},
            )
            for each in DIMENSIONS
        ),
    ],
    "taxonomies": [*PAGE, SEARCH],
    "taxonomy_terms": [
        *PAGE,
        SEARCH,
        query("taxonomy_id", "Of this taxonomy.", UUID),
        query("parent_id", "Under this term: always none.", UUID),
    ],
    "organizations": [*PAGE, SEARCH],
    "service_at_locations": PAGE,
}
OBJECTS: dict[str, tuple[Any, ...]] = {
    "services": (hsds.Service, hsds.Page[hsds.Service], hsds.Page[hsds.ServiceStamp]),
    "taxonomies": (hsds.Taxonomy, hsds.Page[hsds.Taxonomy]),
    "taxonomy_terms": (hsds.TaxonomyTerm, hsds.Page[hsds.TaxonomyTerm]),
    "organizations": (hsds.Organization, hsds.Page[hsds.Organization]),
    "service_at_locations": (None, hsds.Page[hsds.ServiceAtLocation]),
}
"""Path → what its details answer with, if anything, and what its lists may answer with."""

KINDS = [hsds.ApiDetails, hsds.Errors, *filter(None, chain(*OBJECTS.values()))]
REFERENCES, SCHEMAS = msgspec.json.schema_components(
    KINDS, ref_template="#/components/schemas/{name}"
)
SCHEMA_OF = dict(zip(KINDS, REFERENCES, strict=True))


def document() -> Json:
    paths = {
        "/": operation("details", "What this feed is", [hsds.ApiDetails]),
        "/openapi.json": operation("openapi", "This document", []),
    }
    for name, (kind, *pages) in OBJECTS.items():
        summary = f"A page of {name}"
        paths[f"/{name}"] = operation(f"list_{name}", summary, pages, PARAMETERS[name])
        one = operation(f"get_{name}", f"One of {name}", kind and [kind], [IDENTIFIER])
        paths[f"/{name}/{{id}}"] = one
        if kind:
            to_item = {"operationId": f"get_{name}", "parameters": {"id": FIRST_ITEM}}
            paths[f"/{name}"]["get"]["responses"]["200"]["links"] = {"item": to_item}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Domestic abuse perpetrator programmes in Wales: Open Referral UK feed",
            "version": "HSDS-UK-3.0",
            "description": ABOUT,
        },
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def operation(
    name: str, summary: str, kinds: list[Any] | None, parameters: list[Json] | None = None
) -> Json:
    """Reading an address: what it answers with, which is always JSON; None for always nothing."""
    answers: Json = {"404": body("There is no such object, page or address.", [hsds.Errors])}
    answers["414"] = page("The address is longer than any that can be read.")
    answers["503"] = page("The data is out of reach for the moment: try again after Retry-After.")
    if kinds is not None:
        answers["200"] = body("What was asked for.", kinds)
        answers["304"] = {"description": "It is still as the ETag in If-None-Match says."}
        answers["400"] = body("A parameter cannot be read.", [hsds.Errors])
    get = {"operationId": name, "summary": summary, "responses": answers}
    return {"get": get | ({"parameters": parameters} if parameters else {})}


def page(description: str) -> Json:
    """An answer that says in words, as HTML, what is wrong: no view was reached."""
    return {"description": description, "content": {"text/html": {"schema": {"type": "string"}}}}


def body(description: str, kinds: list[Any]) -> Json:
    """An answer that is one of some kinds of objects, or any object where none is named."""
    schemas = [SCHEMA_OF[kind] for kind in kinds] or [{"type": "object"}]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def written() -> bytes:
    return msgspec.json.format(msgspec.json.encode(document()), indent=2) + b"\n"


def write() -> None:
    DOCUMENT.write_bytes(written())
