"""Rows of the list, each drawn once for an edition, a language and a day."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from programmes.domain.entry import SourceDocument
from programmes.models import Edition
from programmes.presentation.as_at import as_at_context
from programmes.presentation.rows import cells
from programmes.presentation.text import area_name

MOST_KEPT = 2000
"""Rows in each worker, of about two thousand characters each."""


@dataclass(frozen=True)
class DrawnRow:
    address: str
    html: str
    area: str
    is_checked: bool
    sources: list[SourceDocument]


_kept: dict[tuple, DrawnRow] = {}
"""By the key of an edition, the language, and the past day that the list shows."""


def rows(request: HttpRequest, keys: list[int], day: datetime.date | None) -> list[DrawnRow]:
    """The rows of editions, by their keys, as the list of a day shows them; None is now."""
    shown = (get_language(), day)
    drawn = {key: row for key in keys if (row := _kept.get((key, *shown)))}
    if missing := set(keys) - drawn.keys():
        for edition in Edition.objects.numbered(missing):
            drawn[edition.pk] = _draw(request, edition, day)
        if settings.PAGE_PARTS:
            _kept.update({(key, *shown): drawn[key] for key in missing})
            if len(_kept) > MOST_KEPT:
                _kept.clear()
    return [drawn[key] for key in keys]


def _draw(request: HttpRequest, edition: Edition, day: datetime.date | None) -> DrawnRow:
    entry = edition.entry
    context = {"entry": entry, "cells": cells(entry), **as_at_context(day)}
    html = render_to_string("listing/row.html", context, request)
    is_checked = edition.checked_on is not None
    return DrawnRow(edition.address, html, area_name(entry), is_checked, entry.sources)
