"""Cards of a list, each drawn once for an edition, a language and a day."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from programmes.domain.entry import SourceDocument
from programmes.models import Edition
from programmes.presentation import entry as entry_presenter
from programmes.presentation.as_at import as_at_context

MOST_KEPT = 2000
"""Cards in each worker, of two or three thousand characters each."""


@dataclass(frozen=True)
class DrawnCard:
    address: str
    html: str
    age: str
    sources: list[SourceDocument]


_kept: dict[tuple, DrawnCard] = {}
"""By the key of an edition, the language, today, and the past day that the list shows."""


def cards(request: HttpRequest, keys: list[int], day: datetime.date | None) -> list[DrawnCard]:
    """The cards of editions, by their keys, as the list of a day shows them; None is now."""
    shown = (get_language(), timezone.localdate(), day)
    drawn = {key: card for key in keys if (card := _kept.get((key, *shown)))}
    if missing := set(keys) - drawn.keys():
        for edition in Edition.objects.numbered(missing):
            drawn[edition.pk] = _draw(request, edition, day)
        if settings.PAGE_PARTS:
            _kept.update({(key, *shown): drawn[key] for key in missing})
            # The oldest go first; another thread may have removed them already.
            for each in list(_kept)[:-MOST_KEPT]:
                _kept.pop(each, None)
    return [drawn[key] for key in keys]


def age_of_all(cards: list[DrawnCard]) -> str:
    ages = {card.age for card in cards}
    return ages.pop() if len(ages) == 1 and len(cards) > 1 else ""


def _draw(request: HttpRequest, edition: Edition, day: datetime.date | None) -> DrawnCard:
    card = entry_presenter.card(edition.entry)
    html = render_to_string("components/card.html", {"card": card, **as_at_context(day)}, request)
    return DrawnCard(edition.address, html, card.age, edition.entry.sources)
