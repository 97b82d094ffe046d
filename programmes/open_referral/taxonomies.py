"""The directory's vocabulary as HSDS has it: a taxonomy for each dimension, silence a term."""

from uuid import UUID

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.addresses import whole_address
from forces.models import all_force_areas
from programmes.domain.entry import OTHER
from programmes.open_referral.schemas import ServiceStatus, Taxonomy, TaxonomyTerm, identifier
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
    areas = [(area.slug, area.name) for area in all_force_areas()]
    areas.append((NOT_STATED, pgettext("force area", "Not given")))
    dimensions = [(each.name, each.label, each.choices) for each in DIMENSIONS]
    return {
        name: {code: _term(name, str(title), code, str(label)) for code, label in choices}
        for name, title, choices in [("area", _("Force area"), areas), *dimensions]
    }


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


def _term(dimension: str, name: str, code: str, label: str) -> TaxonomyTerm:
    return TaxonomyTerm(
        id=identifier("term", dimension, code),
        code=code,
        name=f"{name}: {label[:1].lower()}{label[1:]}" if code in SHARED else label,
        description=f"{name}: {label}",
        taxonomy=name,
        taxonomy_id=taxonomy_id(dimension),
        language="cy" if get_language() == "cy" else "en",
        term_uri=f"{whole_address('programmes')}?{dimension}={code}",
    )


def taxonomy_id(dimension: str) -> UUID:
    return identifier("taxonomy", dimension)
