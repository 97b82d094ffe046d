"""The provenance of a list, on screen, on paper and in every download."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.domain.entry import SourceDocument, sources_of
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.presenters import in_words
from programmes.presentation.as_at import page_address
from programmes.presentation.text import licence, titled
from programmes.vocabulary import SUBMISSION, Sort

SCOPE = (
    "existing community-based, non-statutory domestic abuse perpetrator programmes that are either "
    "commissioned by, or available to police forces in Wales"
)


@dataclass(frozen=True)
class Provenance:
    """The selection in words, the day it was made for, and what its entries rest on."""

    selection: str
    as_at: datetime.date
    found: int
    total: int
    sources: list[SourceDocument]
    address: str
    licence: str

    @property
    def scope(self) -> str:
        """What the submission covers; "" where nothing rests on it."""
        return SCOPE if any(source.slug == SUBMISSION for source in self.sources) else ""


def provenance(
    selection: ProgrammeFilterSet,
    sources: list[SourceDocument],
    found: int,
    page: str = "",
    total: int | None = None,
) -> Provenance:
    """`sources` are those of the entries shown; `found` is how many are found in all.

    `page` is the path and query of a page that is not the list; `total` may be known already.
    """
    if not sources:
        # An empty list has those of what was searched.
        first = selection.everything.sorted_by(Sort.AREA)[:1]
        sources = sources_of(edition.entry for edition in first)
    return Provenance(
        selection=in_words(selection),
        as_at=selection.day or timezone.localdate(),
        found=found,
        total=selection.everything.count() if total is None else total,
        sources=sources,
        address=settings.SITE_URL + (page or page_address("programmes", selection.query)),
        licence=licences(sources),
    )


def licences(sources: Iterable[SourceDocument]) -> str:
    """Under which licence the words of each source may be reused, as far as that was checked."""
    each = (f"{titled(source)}: {licence(source)}." for source in sources)
    belong = _("The words of a source belong to their authors. Name it and its date on every line.")
    return " ".join([*each, belong])
