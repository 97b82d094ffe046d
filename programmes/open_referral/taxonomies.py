"""The directory's vocabulary as HSDS has it: a taxonomy for each dimension, silence a term."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.open_referral import identifiers
from programmes.open_referral.schemas import Taxonomy, TaxonomyTerm
from programmes.readings import DIMENSIONS
from programmes.vocabulary import NOT_STATED


@dataclass(frozen=True)
class Vocabulary:
    """All terms in the language of the feed, by dimension and code."""

    terms: dict[str, dict[str, TaxonomyTerm]]

    def all_terms(self) -> list[TaxonomyTerm]:
        return [term for terms in self.terms.values() for term in terms.values()]

    def of_taxonomy(self, identifier: UUID) -> tuple[str, list[str]] | None:
        """The dimension and codes of a taxonomy."""
        for dimension, terms in self.terms.items():
            if identifiers.of_taxonomy(dimension) == identifier:
                return dimension, list(terms)
        return None

    def of_term(self, identifier: UUID) -> tuple[str, list[str]] | None:
        """The dimension and code of a term."""
        for dimension, terms in self.terms.items():
            if found := [code for code, term in terms.items() if term.id == identifier]:
                return dimension, found
        return None


def vocabulary(areas: Iterable[ForceArea]) -> Vocabulary:
    names = {area.slug: getattr(area, f"name_{get_language()}") for area in areas}
    names[NOT_STATED] = pgettext("force area", "Not stated")
    terms = {"area": _terms("area", _("Force area"), names.items())}
    for each in DIMENSIONS:
        terms[each.name] = _terms(each.name, str(each.label), each.choices)
    return Vocabulary(terms)


def taxonomies(words: Vocabulary, *, full: bool = False) -> list[Taxonomy]:
    return [
        Taxonomy(
            id=identifiers.of_taxonomy(dimension),
            name=next(iter(terms.values())).taxonomy,
            description=_(
                "How this directory reads the sources’ words. Where a source is silent, that is a "
                "term too."
            ),
            uri=_address("api-taxonomy", identifiers.of_taxonomy(dimension)),
            taxonomy_terms=list(terms.values()) if full else [],
        )
        for dimension, terms in words.terms.items()
    ]


def _terms(
    dimension: str, name: str, choices: Iterable[tuple[str, Any]]
) -> dict[str, TaxonomyTerm]:
    return {
        code: TaxonomyTerm(
            id=identifiers.of_term(dimension, code),
            code=code,
            name=str(label),
            description=f"{name}: {label}",
            taxonomy=name,
            taxonomy_id=identifiers.of_taxonomy(dimension),
            language="cy" if get_language() == "cy" else "en",
            term_uri=f"{_address('programmes')}?{dimension}={code}",
        )
        for code, label in choices
    }


def _address(name: str, *parts: UUID) -> str:
    return settings.SITE_URL + reverse(f"{get_language()}:{name}", args=parts)
