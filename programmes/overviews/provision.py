"""Provision across Wales: a figure, the money, lessons and questions, of one day."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.caching.drawn_page import drawn_once
from forces.models import all_force_areas
from programmes.domain.briefing import Briefing
from programmes.domain.entry import OTHER, Entry, sources_of
from programmes.domain.overview_rows import WALES, events
from programmes.listing.filters import ProgrammeFilterSet, select
from programmes.listing.presenters import whole_area
from programmes.listing.provenance import provenance
from programmes.listing.results import Counts, age, areas, results_of
from programmes.models import Edition
from programmes.overviews.forms import FIRST, SHOWN, ProvisionForm, ways
from programmes.overviews.matrix import (
    MOST_NAMED,
    Column,
    counted_rows,
    figure,
    named_rows,
    stage_rows,
)
from programmes.overviews.money import FUNDER, funders, money, money_summary
from programmes.overviews.questions import questions
from programmes.overviews.tables import briefings
from programmes.overviews.timeline import is_stop
from programmes.overviews.titles import title
from programmes.presentation.as_at import as_at_context, page_address
from programmes.presentation.developments import developments, once_each
from programmes.presentation.text import titled, word
from programmes.readings import COVERAGE, Dimension
from programmes.vocabulary import DevelopmentKind, Stage, Subject

PROCESSES = (Subject.MARAC, Subject.MATAC)
"""Of the wider system, what might be taken for a programme."""


@require_safe
def provision(request: HttpRequest) -> HttpResponse:
    form, asked = ProvisionForm(request.GET), ProgrammeFilterSet(request.GET)
    if form.is_valid() and asked.is_valid():
        return drawn_once(
            request,
            "overviews/provision.html",
            lambda: _shown(asked),
            lambda: provision_context(form, asked),
        )
    readable = urlencode({name: each for name, each in form.cleaned_data.items() if each})
    wrong = form if form.errors else asked.form
    context = {"form": wrong, "query": request.GET.urlencode(), "readable": readable}
    return render(request, "overviews/provision.html", context, status=400)


def _shown(asked: ProgrammeFilterSet) -> list[Any]:
    """Entries named, areas, numbers. Where no entry is named, the version of all stands for it."""
    found = results_of(_of_every_stage(asked))
    keys = found[: MOST_NAMED + 1]
    named = keys if 0 < len(keys) <= MOST_NAMED else found.version
    return [named, areas(asked.day), age(asked.day), whole_area(asked)]


def _of_every_stage(asked: ProgrammeFilterSet) -> ProgrammeFilterSet:
    if asked.parameters["stage"] or asked.parameters["sort"]:
        return select(asked.query_with({"stage": [], "sort": []}))
    return asked  # another selection would cost a form


def provision_context(form: ProvisionForm, asked: ProgrammeFilterSet) -> dict[str, Any]:
    """What the figure and the money of all Wales need; titles count community programmes only."""
    everyone, dimension = _of_every_stage(asked), SHOWN[form.dimension]
    found = results_of(everyone)
    results = results_of(select(asked.query_with({"stage": [Stage.COMMUNITY]})))
    numbers = results.count_terms(["area", dimension.name, COVERAGE, "longevity"])
    total, today = len(results), form.day or timezone.localdate()
    keys = found[:] if len(found) <= MOST_NAMED else []
    entries = [each.entry for each in Edition.objects.numbered(keys).in_source_order()]
    listed = [entry for entry in entries if entry.stage == Stage.COMMUNITY]
    if entries:
        rows, funded = named_rows(listed, dimension), funders(listed)
    else:
        rows = counted_rows(results.by_area(dimension.name), dimension)
        funded = counted_rows(_by_length(asked), FUNDER)
    after = stage_rows(entries, {} if entries else found.by_area("stage"))
    by = "" if form.dimension == FIRST else f"by={form.dimension}"
    query = "&".join(filter(None, (by, asked.query_now)))
    page = page_address("provision", "&".join(filter(None, (query, f"as-at={today}"))))
    about = provenance(everyone, sources_of(entries), len(found), page, found.total())
    checked = _("%(checked)d of %(entries)d checked since") % age(form.day)
    return {
        **as_at_context(form.day, query),
        "form": form,
        "dimension": dimension,
        "ways": ways(form.dimension, asked.query),
        "title": title(dimension, numbers[dimension.name], total),
        "number": total,
        "none_says": _said_by_none(dimension, numbers[dimension.name]),
        "figure": figure([*rows, *after], _columns(asked, numbers["area"]), "area"),
        "only_counted": not entries,
        "money": money(funded),
        "money_summary": money_summary(
            numbers["longevity"], total, numbers[COVERAGE].get("funding-end", 0)
        ),
        "questions": questions(numbers[COVERAGE]),
        **_beside(listed, briefings(form.day), today),
        "source_line": "; ".join(map(titled, about.sources)),
        "checked": f"; {checked}",
        "list_query": asked.query,
        "about": about,
    }


def _beside(entries: list[Entry], areas: list[Briefing], today: datetime.date) -> dict[str, Any]:
    """What stands beside the figures: processes and money of areas, stops, what is said of all."""
    told = once_each(developments(events(entries, areas), today))
    here = [(event.stated.subject, event.place) for event in told if WALES not in event.places]
    return {
        "not_programmes": {
            word(Subject, process): dict.fromkeys(place for of, place in here if of == process)
            for process in PROCESSES
            if process in dict(here)
        },
        "funds": [e for e in told if not e.entries and e.stated.kind == DevelopmentKind.FUNDING],
        "stops": [event for event in told if is_stop(event)],
        "background": [e for e in told if WALES in e.places and e.stated.is_background],
    }


def _columns(asked: ProgrammeFilterSet, numbers: dict[str, int]) -> list[Column]:
    """The force areas that are looked at, each with its number of community programmes."""
    return [
        Column(area.slug, getattr(area, f"name_{get_language()}"), numbers.get(area.slug, 0))
        for area in all_force_areas()
        if area.slug in asked.areas or not asked.areas
    ]


def _said_by_none(dimension: Dimension, numbers: dict[str, int]) -> list[str]:
    """The labels of values that no entry has."""
    choices = dimension.terms.choices
    return [str(label) for code, label in choices if code != OTHER and code not in numbers]


def _by_length(asked: ProgrammeFilterSet) -> Counts:
    """Length → funder → number of community programmes."""
    counts: Counts = {}
    for funder in asked.chosen.get("funder", [code for code, _label in FUNDER.choices]):
        narrowed = select(asked.query_with({"stage": [Stage.COMMUNITY], "funder": [funder]}))
        for length, number in results_of(narrowed).count_terms(["longevity"])["longevity"].items():
            counts.setdefault(length, {})[funder] = number
    return counts
