"""What a list shows."""

from typing import Any

from programmes.models import Edition


def names(response: Any) -> list[str]:
    """The English names of the entries on a page of the list, in its order."""
    known = {edition.address: edition.name for edition in Edition.objects.current()}
    return [known[card.address] for card in response.context["cards"]]
