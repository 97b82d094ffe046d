"""Entries as cards of a list, each drawn once in each language and on each day.

An edition never changes, so neither does its card, save for how long ago its facts were stated.
"""

import datetime
from collections.abc import Iterable
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

OfDay = tuple[str | None, datetime.date, datetime.date | None]
"""The language of a card, today, and the past day that it is shown for."""


@dataclass(frozen=True)
class DrawnCard:
    address: str
    html: str
    age: str
    sources: list[SourceDocument]


_kept: dict[tuple[int, OfDay], DrawnCard] = {}


def cards(request: HttpRequest, keys: list[int], day: datetime.date | None) -> list[DrawnCard]:
    """The cards of editions, by their keys, as the list of a day shows them; None is now."""
    of_day = (get_language(), timezone.localdate(), day)
    drawn = {key: card for key in keys if (card := _kept.get((key, of_day)))}
    if missing := set(keys) - drawn.keys():
        for edition in Edition.objects.numbered(missing):
            drawn[edition.pk] = _draw(request, edition, day)
        if settings.PAGE_PARTS:
            _keep(((key, of_day), drawn[key]) for key in missing)
    return [drawn[key] for key in keys]


def age_of_all(cards: list[DrawnCard]) -> str:
    """How old the facts of some cards are, where all say the same of it and it is said once."""
    ages = {card.age for card in cards}
    return ages.pop() if len(ages) == 1 and len(cards) > 1 else ""


def _draw(request: HttpRequest, edition: Edition, day: datetime.date | None) -> DrawnCard:
    card = entry_presenter.card(edition.entry, day or timezone.localdate())
    html = render_to_string("components/card.html", {"card": card, **as_at_context(day)}, request)
    return DrawnCard(edition.address, html, card.age, edition.entry.sources)


def _keep(cards: Iterable[tuple[tuple[int, OfDay], DrawnCard]]) -> None:
    _kept.update(cards)
    # The oldest go first; another thread may have let them go already.
    for each in list(_kept)[:-MOST_KEPT]:
        _kept.pop(each, None)
