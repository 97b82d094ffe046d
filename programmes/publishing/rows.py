"""Converts between rows of the working tables and the dataclasses of `domain.entry`, driven by each
field's type.

A `Bilingual` has two columns and the age of its Welsh, a `PartialDate` a day and its precision, a
`SourceDocument` and other parts rows of their own; everything else has one column.
"""

from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from django.db.models import Model

from core.welsh import digests, english, is_older, welsh
from forces.models import LocalAuthority
from programmes.domain import entry as published
from programmes.domain.entry import Bilingual, Involvement, PartialDate, Quotation, SourceDocument
from programmes.models import Organisation, Source

OTHER_NAMES = {
    "rests_on": "statement_id",
    "replaces": "replaces_id",
    "words": "text",
    "words_cy": "text_cy",
}
"""Field → column, where the names differ."""


def part_from_row(row: Any, face: type) -> Any:
    """A row as a part of an entry: an instance of `face`."""
    if face is Involvement:
        return _read_involvement(row)
    return face(**{name: _value(row, name, kind) for name, kind in _fields(face).items()})


def bilingual(row: Model, name: str) -> Bilingual:
    return Bilingual(english(row, name), welsh(row, name), is_older(row, name))


def row_from_part(part: Any) -> dict[str, Any]:
    if isinstance(part, Involvement):
        organisation = _organisation(part)
        return {"role": part.role, "organisation": organisation, "statement_id": part.rests_on}
    values = vars(part)
    row = bilingual_columns(**{name: v for name, v in values.items() if isinstance(v, Bilingual)})
    for name, value in values.items():
        if isinstance(value, PartialDate):
            row |= {name: value.day, f"{name}_precision": value.precision}
        elif isinstance(value, SourceDocument):
            row[name] = _source(value)
        elif isinstance(value, published.Authority):
            row[name] = LocalAuthority.objects.get(slug=value.slug)
        elif isinstance(value, published.LaterDevelopment):
            row[f"{name}_id"] = value.id
        elif not isinstance(value, Bilingual):
            row[OTHER_NAMES.get(name, name)] = value
    if isinstance(part, Quotation):
        older = row.pop("words_cy_older")
        row["welsh_of"]["text"] = digests(part.words, part.words_cy, is_older=older)
    return row


def bilingual_columns(**texts: Bilingual) -> dict[str, Any]:
    """The columns of pairs of texts, with their translation states."""
    row: dict[str, Any] = {"welsh_of": {}} if texts else {}
    for name, text in texts.items():
        row |= {f"{name}_en": text.en, f"{name}_cy": text.cy}
        row["welsh_of"][name] = digests(text.en, text.cy, is_older=text.cy_older)
    return row


def _source(source: SourceDocument) -> Source:
    """The source as it is now, since other entries rest on it too."""
    others = row_from_part(source)
    return Source.objects.get_or_create(slug=others.pop("slug"), defaults=others)[0]


def _read_involvement(row: Any) -> Involvement:
    return Involvement(
        role=row.role,
        organisation=bilingual(row.organisation, "name"),
        rests_on=row.statement_id,
        page=row.organisation.page,
        uuid=str(row.organisation.uuid),
    )


def _organisation(involvement: Involvement) -> Organisation:
    """The organisation as it is now, whatever its name was; other entries name it too."""
    known = Organisation.objects.filter(uuid=involvement.uuid).first()
    name = involvement.organisation
    others = {"uuid": involvement.uuid, "page": involvement.page, **bilingual_columns(name=name)}
    return known or Organisation.objects.get_or_create(name_en=name.en, defaults=others)[0]


@cache
def _fields(face: type) -> dict[str, Any]:
    kinds = get_type_hints(face)
    return {field.name: kinds[field.name] for field in fields(face)}


def _value(row: Any, name: str, kind: Any) -> Any:
    if kind is Bilingual:
        return bilingual(row, name)
    if kind == PartialDate | None:
        day = getattr(row, name)
        return PartialDate(day, getattr(row, f"{name}_precision")) if day else None
    if kind == published.LaterDevelopment | None:
        later = getattr(row, name)
        return later and part_from_row(later, published.LaterDevelopment)
    if kind in (published.Authority, Quotation, SourceDocument):
        return part_from_row(getattr(row, name), kind)
    if name == "words_cy_older":
        return is_older(row, "text")
    return getattr(row, OTHER_NAMES.get(name, name))
