"""The directory's vocabulary as HSDS has it: a taxonomy for each dimension, silence a term."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.addresses import whole_address
from forces.models import all_force_areas
from programmes.domain.entry import OTHER
from programmes.open_referral.identifiers import identifier
from programmes.open_referral.schemas import ServiceStatus, Taxonomy, TaxonomyTerm
from programmes.readings import DIMENSIONS
from programmes.vocabulary import NOT_STATED, Status

SHARED = {NOT_STATED, OTHER, "open"}
"""Codes of several dimensions, whose labels say nothing without the name of theirs."""

STATUSES: dict[str, ServiceStatus] = {
    Status.LISTED: "active",
    Status.STOPPED: "inactive",
    Status.SPOT_PURCHASE: "inactive",
    Status.LAUNCHING: "inactive",
    Status.SAID_TO_RUN: "active",
}
"""Whoever reads only this must not refer to what the referral check calls not running."""

Vocabulary = dict[str, dict[str, TaxonomyTerm]]
"""Dimension → code → its term in the language of the feed."""


def vocabulary() -> Vocabulary:
    names = {area.slug: getattr(area, f"name_{get_language()}") for area in all_force_areas()}
    names[NOT_STATED] = pgettext("force area", "Not given")
    terms = {"area": _terms("area", _("Force area"), names.items())}
    return terms | {each.name: _terms(each.name, each.label, each.choices) for each in DIMENSIONS}


def all_terms() -> list[TaxonomyTerm]:
    return [term for terms in vocabulary().values() for term in terms.values()]


def taxonomies(*, full: bool = False) -> list[Taxonomy]:
    return [
        Taxonomy(
            id=taxonomy_id(dimension),
            name=next(iter(terms.values())).taxonomy,
            description=_(
                "How this directory reads the sources’ words. Where a source is silent, that is a "
                "term too."
            ),
            uri=whole_address("api-taxonomy", taxonomy_id(dimension)),
            taxonomy_terms=list(terms.values()) if full else [],
        )
        for dimension, terms in vocabulary().items()
    ]


def _terms(
    dimension: str, name: Any, choices: Iterable[tuple[str, Any]]
) -> dict[str, TaxonomyTerm]:
    return {
        code: TaxonomyTerm(
            id=identifier("term", dimension, code),
            code=code,
            name=f"{name}: {str(label)[:1].lower()}{str(label)[1:]}"
            if code in SHARED
            else str(label),
            description=f"{name}: {label}",
            taxonomy=str(name),
            taxonomy_id=taxonomy_id(dimension),
            language="cy" if get_language() == "cy" else "en",
            term_uri=f"{whole_address('programmes')}?{dimension}={code}",
        )
        for code, label in choices
    }


def taxonomy_id(dimension: str) -> UUID:
    return identifier("taxonomy", dimension)
