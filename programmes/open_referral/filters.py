"""Which editions a request for services is about."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from programmes.domain.entry import Involvement
from programmes.listing.filters import TERM_FILTERS, ProgrammeFilterSet, having
from programmes.models import Edition
from programmes.models.edition import EditionQuerySet
from programmes.open_referral.forms import HsdsForm, ServicesForm
from programmes.open_referral.organizations import providers_of
from programmes.open_referral.taxonomies import vocabulary
from programmes.vocabulary import Sort


class ServiceFilterSet(ProgrammeFilterSet):
    """The list's filters, which mean here what they mean there, and those of HSDS.

    The list's `as-at` and `sort` are not the feed's. What narrows by content leaves withdrawn
    entries out.
    """

    class Meta(ProgrammeFilterSet.Meta):
        form = ServicesForm

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        return (*TERM_FILTERS, *HsdsForm.parameter_names())

    @property
    def words(self) -> str:
        return self.form.cleaned_data["search"]

    def services(self) -> EditionQuerySet:
        """The editions asked for, in a stable order."""
        asked = self.form.cleaned_data
        taxonomy, term = asked["taxonomy_id"], asked["taxonomy_term_id"]
        editions = self.narrowed()
        statuses = self.chosen.get("status", ["defunct"])
        narrows = self.words or taxonomy or term or self.chosen.keys() - {"status"}
        if "defunct" in statuses and not narrows:
            editions |= Edition.objects.withdrawn_entries()
        for name, wanted in (("taxonomy_id", taxonomy), ("id", term)):
            if wanted:
                editions = _with_terms(editions, name, wanted)
        if asked["modified_after"]:
            editions = editions.filter(published_at__gte=asked["modified_after"])
        if asked["organization_id"]:
            editions = editions.filter(pk__in=_provided_by(asked["organization_id"], editions))
        return editions.sorted_by(Sort.AREA)


def _with_terms(editions: EditionQuerySet, name: str, wanted: UUID) -> EditionQuerySet:
    """Editions with any of the wanted terms, all of one dimension; none without such a term."""
    for dimension, terms in vocabulary().items():
        if codes := [code for code, term in terms.items() if getattr(term, name) == wanted]:
            return having(editions, dimension, codes)
    return editions.none()


def _provided_by(organization: UUID, editions: EditionQuerySet) -> list[int]:
    rows = editions.order_by().values_list("pk", "withdrawn", "document__involvements")
    provided = ((pk, [] if withdrawn else involved) for pk, withdrawn, involved in rows)
    return [
        pk
        for pk, involved in provided
        if organization in providers_of(msgspec.convert(involved, list[Involvement]))
    ]
