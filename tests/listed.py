"""What a list shows."""

from typing import Any

from django.http import QueryDict

from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.results import results_of
from programmes.models import Edition


def names(response: Any) -> list[str]:
    """The English names of the entries on a page of the list, in its order."""
    known = {edition.address: edition.name for edition in Edition.objects.current()}
    return [known[row.address] for row in response.context["rows"]]


def count(query: str) -> int:
    """How many entries it finds, counted without its page."""
    selection = ProgrammeFilterSet(QueryDict(query))
    assert selection.is_valid()
    return len(results_of(selection))
