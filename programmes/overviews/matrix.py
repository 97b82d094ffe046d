"""The matrix of provision: force areas across, values down, each cell fit to stand alone. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.domain.entry import NOT_STATED, OTHER, Entry, SourceDocument
from programmes.listing.results import Counts, ResultSet
from programmes.overviews.compare import MOST_COMPARED, comparing
from programmes.presentation.facts import in_other_words
from programmes.presentation.text import word
from programmes.readings import Dimension, terms
from programmes.vocabulary import Group, Route


@dataclass(frozen=True)
class Area:
    """A force area as a column: its slug, its name, and how many entries it has."""

    slug: str
    name: str
    entries: int
    stated: str = ""
    """When what is counted was stated, for cells that may be cut out of their page."""


def stated_in(sources: Iterable[SourceDocument], oldest: date | None) -> str:
    """The month of some sources, or of the oldest of them; none where they are not known."""
    months = {date_format(source.dated, "M Y") for source in sources}
    if len(months) == 1:
        return months.pop()
    return _("%(month)s or later") % {"month": date_format(oldest, "M Y")} if oldest else ""


def areas(names: dict[str, str], results: ResultSet, stated: str) -> list[Area]:
    """The force areas, one for entries that name none, and all of them together."""
    numbers = {area: here[area] for area, here in results.by_area("area").items()}
    known = [Area(slug, name, numbers.get(slug, 0), stated) for slug, name in names.items()]
    unnamed = numbers.get(NOT_STATED, 0)
    rest = [Area(NOT_STATED, _("No area given"), unnamed, stated)] if unnamed else []
    return [*known, *rest, Area("", _("All of Wales"), len(results), stated)]


def matrix(
    entries: list[Entry], counts: Counts, dimension: Dimension, areas: list[Area]
) -> list[dict[str, Any]]:
    """A row for each value and a last one for silence; a cell for each area, and for all."""
    everywhere = totals(counts)
    return [
        {
            "label": _label(dimension, value),
            "words": _other_words(entries, dimension) if value == OTHER else [],
            "cells": [_cell(counts, dimension, value, area) for area in areas],
            "compare": _compare(entries, dimension, value),
            # What no entry states anywhere is one cell, not one for each area.
            "of_nobody": value != NOT_STATED and not everywhere[value],
        }
        for value in (*dimension.terms.values, NOT_STATED)
        if value != OTHER or everywhere[OTHER]
    ]


def totals(counts: Counts) -> Counter[str]:
    """Value → number of entries in all areas together."""
    return sum((Counter(here) for here in counts.values()), Counter())


def answer(rows: list[dict[str, Any]], counts: Counts, areas: list[Area]) -> dict[str, Any]:
    """What a matrix comes to: how many entries in how many areas, and how many of them say it."""
    everywhere, of_all = totals(counts), areas[-1].entries
    known = [area for area in areas if area.slug not in ("", NOT_STATED)]
    return {
        "entries": of_all,
        "covered": sum(area.entries > 0 for area in known),
        "areas": len(known),
        "stating": of_all - everywhere[NOT_STATED],
        "silent": everywhere[NOT_STATED],
        "in_other_words": everywhere[OTHER],
        "any_agency": everywhere[Route.ANY_AGENCY],
        "by_name": everywhere[Group.STALKING],
        # Some entries state several values, so that the numbers add up to more.
        "overlap": everywhere.total() > of_all,
        "of_nobody": [row["label"] for row in rows if row["of_nobody"]],
    }


def _label(dimension: Dimension, value: str) -> str:
    return _("Entries that do not say") if value == NOT_STATED else word(dimension.terms, value)


def _other_words(entries: list[Entry], dimension: Dimension) -> list[str]:
    """What the sources say where no term of ours fits, each once."""
    found = (q.words for entry in entries for q in in_other_words(entry, dimension.name))
    return list(dict.fromkeys(found))


def _cell(counts: Counts, dimension: Dimension, value: str, area: Area) -> dict[str, Any]:
    """A number that stands on its own: what it counts, of what, and which entries those are."""
    here = [counts.get(area.slug, {})] if area.slug else counts.values()
    number = sum(values.get(value, 0) for values in here)
    chosen = {"stage": "community", dimension.name: value}
    if value == NOT_STATED:
        text = _("%(number)d of %(of)d do not say") % {"number": number, "of": area.entries}
        what = str(dimension.label)
    else:
        text = ngettext("%(number)d says so", "%(number)d say so", number) % {"number": number}
        what = _label(dimension, value)
    return {
        "area": area.name,
        "number": text,
        "of_what": _("%(what)s, %(area)s (entries: %(entries)d, %(date)s)")
        % {"what": what, "area": area.name, "entries": area.entries, "date": area.stated},
        "query": urlencode({"area": area.slug, **chosen} if area.slug else chosen),
        "stated": value != NOT_STATED and number > 0,
    }


def _compare(entries: list[Entry], dimension: Dimension, value: str) -> str:
    """The query that compares the entries of a row, where they are few enough to compare."""
    stating = [entry for entry in entries if value in terms(entry)[dimension.name]]
    if value == NOT_STATED or not 2 <= len(stating) <= MOST_COMPARED:
        return ""
    return comparing(entry.address for entry in stating)
