"""How two states of an entry differ, line by line and in words, for who compares them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import translation

from core.middleware.language import LANGUAGES
from forces.models import ForceArea
from programmes.domain.entry import NOT_STATED, PartialDate
from programmes.models import Edition, Programme
from programmes.publishing.draft import briefing_of, entry_of
from programmes.publishing.editions import standing_edition
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import (
    Answer,
    Arrangement,
    Audience,
    Basis,
    CheckOutcome,
    DeliveryLanguage,
    DevelopmentKind,
    EvaluationState,
    Field,
    Funder,
    FundingPeriod,
    OrganisationRole,
    Route,
    SourceKind,
    Stage,
    label,
)

NOT_FOR_READING = {"id", "uuid", "slug"}
"""Parts of a document that mean something to programs alone."""

POINTERS = {"rests_on", "replaces"}
"""Parts that name a quotation by its number; shown as its words."""

TERMS: dict[str, tuple[type[TextChoices], ...]] = {
    **{each.name: (each.terms,) for each in SINGLE_READINGS},
    "answer": (Answer,),
    "arrangement": (Arrangement,),
    "audience": (Audience,),
    "basis": (Basis,),
    "check_outcome": (CheckOutcome,),
    "confirmed": (Field,),
    "field": (Field,),
    "funder": (Funder,),
    "kind": (DevelopmentKind, SourceKind),
    "languages": (DeliveryLanguage,),
    "period": (FundingPeriod,),
    "role": (OrganisationRole,),
    "route": (Route,),
    "stage": (Stage,),
    "state": (EvaluationState,),
}
"""Whose codes stand in which part of a document."""

NAMES = {
    "en": "English",
    "cy": "Welsh",
    "cy_older": "Welsh older than its English",
    "words_cy_older": "Welsh older than its English",
    "quotations": "What the sources say",
}


@dataclass(frozen=True)
class Difference:
    part: str
    removed: list[str]
    added: list[str]


def unpublished(programme: Programme) -> list[Difference]:
    """What publishing would change; all of an entry that was never published is new.

    One that was withdrawn is compared with what the public saw last.
    """
    return differences(public_document(programme), entry_of(programme).as_document())


def unpublished_of_area(area: ForceArea) -> list[Difference]:
    """What publishing would change of a force area: whom to ask there, and its developments."""
    standing = Edition.objects.areas().filter(area=area.slug).first()
    return differences(document_of(standing), briefing_of(area).as_document())


def public_document(programme: Programme) -> dict[str, Any]:
    return document_of(standing_edition(programme))


def document_of(edition: Edition | None) -> dict[str, Any]:
    """What an edition says, written as it would be now: newer parts have their defaults."""
    if edition is None:
        return {}
    return (edition.entry if edition.programme_id else edition.briefing).as_document()


def since_its_predecessor(edition: Edition) -> list[Difference]:
    """What an edition changed: all of it where it was the first."""
    earlier = Edition.objects.filter(programme=edition.programme, pk__lt=edition.pk)
    return differences(document_of(earlier.order_by("-pk").first()), document_of(edition))


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Part by part of two documents, as `Entry.as_document` makes them."""
    before, after, found = _reading_by_reading(before), _reading_by_reading(after), []
    for part, value in after.items():
        if before.get(part) == value or part in NOT_FOR_READING:
            continue
        old, new = lines(part, before.get(part), before), lines(part, value, after)
        removed = [line for line in old if line not in new]
        added = [line for line in new if line not in old]
        # Where no line is new or gone, it is their order that changed.
        found.append(Difference(named(part), removed, added or ([] if removed else new)))
    return found


def _reading_by_reading(document: dict[str, Any]) -> dict[str, Any]:
    """With a part for each reading, in the place of the one that holds them all."""
    parts: dict[str, Any] = {}
    for name, value in document.items():
        if name == "readings":
            silent = {"value": NOT_STATED, "rests_on": None}
            parts |= {each.name: value.get(each.name, silent) for each in SINGLE_READINGS}
        else:
            parts[name] = value
    return parts


def lines(name: str, value: Any, document: dict[str, Any]) -> list[str]:
    """A part of a document as lines of text: a line an item, a line a language."""
    if isinstance(value, list):
        return [" · ".join(lines(name, item, document)) for item in value]
    if isinstance(value, dict) and "precision" in value:
        return [PartialDate(datetime.date.fromisoformat(value["day"]), value["precision"]).code]
    if isinstance(value, dict):
        return [
            f"{named(inner)}: {said(name if inner == 'value' else inner, item, document)}"
            for inner, item in value.items()
            if inner not in NOT_FOR_READING and item not in (None, "", [], False)
        ]
    return [] if value in (None, "", False) else [said(name, value, document)]


def said(name: str, value: Any, document: dict[str, Any]) -> str:
    """One value in words: a code in both languages, a quotation as its words."""
    if name in POINTERS:
        quotations = {q["id"]: q["words"] for q in document.get("quotations", [])}
        return f"“{quotations.get(value, '')}”"
    if isinstance(value, list | dict):
        return " ".join(lines(name, value, document))
    if value is True:
        return "yes"
    return in_both_languages(name, str(value))


def in_both_languages(name: str, code: str) -> str:
    for terms in TERMS.get(name, ()):
        words = []
        for language in LANGUAGES:
            with translation.override(language):
                words += label(terms, [code])
        if words:
            return " / ".join(dict.fromkeys(words))
    return code


def named(part: str) -> str:
    return NAMES.get(part, part.replace("_", " ").capitalize())
