"""Rows of the list, each drawn once for an edition, a language and a day."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from programmes.domain.entry import Entry, Quotation, SourceDocument
from programmes.models import Edition
from programmes.presentation.as_at import as_at_context
from programmes.presentation.facts import required
from programmes.presentation.text import area_name, words
from programmes.readings import terms
from programmes.vocabulary import OTHER_LABEL, Field, Funder, Group, Longevity, Risk, Route

LONGEST_QUOTED = 80  # characters of a source that a cell has room for
MOST_KEPT = 2000  # rows in each worker, of about two thousand characters each


@dataclass(frozen=True)
class DrawnRow:
    edition: int
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
    return DrawnRow(edition.pk, edition.address, html, area_name(entry), is_checked, entry.sources)


def cells(entry: Entry) -> list[dict[str, str]]:
    """Each column of a row: its label on a phone, and the source's words or our terms.

    Neither: the source does not say. `dated` is set where the words are of a later source.
    """
    codes = terms(entry)
    people = [*words(Risk, codes["risk"]), *words(Group, codes["group"]), *required(entry)]
    longevity = words(Longevity, codes["longevity"])
    columns = [
        (pgettext("column", "Refer"), Field.REFERRAL_ROUTE, words(Route, codes["route"])),
        (pgettext("column", "For"), Field.ELIGIBILITY, people),
        (pgettext("column", "Funded"), Field.FUNDING, words(Funder, codes["funder"])),
        (pgettext("column", "Length"), Field.LONGEVITY, longevity),
    ]
    return [{"label": label, **_cell(entry, field, ours)} for label, field, ours in columns]


def _cell(entry: Entry, field: Field, ours: list[str]) -> dict[str, str]:
    latest = _latest(entry, field)
    quoted = " ".join(quotation.words for quotation in latest)
    # Words that no term of ours fits are shown themselves. Else a Welsh page has Welsh terms.
    shown = [term for term in ours if term != str(OTHER_LABEL)]
    if shown == ours != [] and (len(quoted) > LONGEST_QUOTED or get_language() == "cy"):
        quoted = ""
    dated = {q.source.dated for q in latest} - {entry.source.dated}
    day = "".join(map(date_format, dated))
    return {"words": quoted, "terms": " · ".join(shown), "dated": day}


def _latest(entry: Entry, field: Field) -> list[Quotation]:
    """The newest words about a field; of one source, the cell of its table before its text."""
    ended = {criterion.rests_on for criterion in entry.criteria if criterion.former}
    about = [q for q in entry.quotations_about(field) if q.field == field and q.words]
    standing = [q for q in about if q.id not in ended and not entry.replacement(q)]
    newest = max((each.source.dated for each in standing), default=None)
    latest = [each for each in standing if each.source.dated == newest]
    return [each for each in latest if each.in_table] or latest
