"""Provision across Wales: a figure, the money, lessons and questions, of one day."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Entry, sources_of
from programmes.domain.overview_rows import WALES, events
from programmes.listing.filters import ProgrammeFilterSet, entries_of, select
from programmes.listing.provenance import provenance
from programmes.listing.results import Counts, ResultSet, age, results_of
from programmes.overviews.forms import FIRST, SHOWN, ProvisionForm, ways
from programmes.overviews.matrix import (
    MOST_NAMED,
    Column,
    area_column,
    counted_rows,
    filled,
    named_rows,
    said_by_none,
    stage_rows,
    totals,
)
from programmes.overviews.money import FUNDER, counted_money, money, money_summary
from programmes.overviews.questions import questions
from programmes.overviews.tables import briefings
from programmes.overviews.timeline import is_stop
from programmes.overviews.titles import title
from programmes.presentation.as_at import as_at_context
from programmes.presentation.developments import developments, once_each, wider_system
from programmes.presentation.text import titled
from programmes.readings import COVERAGE
from programmes.vocabulary import DevelopmentKind, Stage, Subject

OTHERS = {"stage": [stage.value for stage in Stage if stage != Stage.COMMUNITY]}
PROCESSES = {Subject.MARAC, Subject.MATAC}
"""Of the wider system, what might be taken for a programme."""


@require_safe
def provision(request: HttpRequest) -> HttpResponse:
    form, asked = ProvisionForm(request.GET), ProgrammeFilterSet(request.GET)
    if form.is_valid() and asked.is_valid():
        return render(request, "overviews/provision.html", provision_context(form, asked))
    readable = urlencode({name: each for name, each in form.cleaned_data.items() if each})
    wrong = form if form.errors else asked.form
    context = {"form": wrong, "query": request.GET.urlencode(), "readable": readable}
    return render(request, "overviews/provision.html", context, status=400)


def provision_context(form: ProvisionForm, asked: ProgrammeFilterSet) -> dict[str, Any]:
    """What the figure and the money of all Wales need; titles count community programmes only."""
    community = asked.query_with({"stage": [Stage.COMMUNITY]})
    results, others = results_of(select(community)), results_of(select(asked.query_with(OTHERS)))
    everyone = select(asked.query_with({"stage": [], "sort": []}))
    found, today = len(results) + len(others), form.day or timezone.localdate()
    entries = entries_of(everyone) if found <= MOST_NAMED else []
    listed = [entry for entry in entries if entry.stage == Stage.COMMUNITY]
    dimension, columns = SHOWN[form.dimension], _columns(asked, results)
    counts = results.by_area(dimension.name)
    rows = [
        *(named_rows(listed, dimension) if entries else counted_rows(counts, dimension)),
        *stage_rows(entries, others.by_area("stage")),
    ]
    coverage, longevity = totals(results.by_area(COVERAGE)), totals(results.by_area("longevity"))
    by = "" if form.dimension == FIRST else f"by={form.dimension}"
    query = "&".join(filter(None, (by, asked.query_now)))
    kept = "&".join(filter(None, (query, f"as-at={today.isoformat()}")))
    page = f"{reverse(f'{get_language()}:provision')}?{kept}"
    about = provenance(everyone, sources_of(entries), found, page)
    checked = _("%(checked)d of %(entries)d checked since") % age(form.day)
    return {
        **as_at_context(form.day, query),
        "form": form,
        "dimension": dimension,
        "ways": ways(form.dimension, asked.query),
        "title": title(dimension, totals(counts), len(results)),
        "number": len(results),
        "none_says": said_by_none(dimension, totals(counts)),
        "figure": {"columns": columns, "rows": list(filled(rows, columns, "area"))},
        "only_counted": not entries,
        "money": money(listed) if entries else counted_money(_by_length(asked)),
        "money_summary": money_summary(longevity, len(results), coverage["funding-end"]),
        "questions": questions(coverage),
        **_beside(listed, briefings(form.day), today),
        "source_line": "; ".join([*map(titled, about.sources), checked]) + ".",
        "list_query": asked.query,
        "about": about,
    }


def _beside(entries: list[Entry], areas: list[Briefing], today: datetime.date) -> dict[str, Any]:
    """What stands beside the figures: processes and money of areas, stops, what is said of all."""
    told = once_each(developments(events(entries, areas), today))
    systems = wider_system(areas, today, set(Subject) - PROCESSES)
    places = {
        label: [e.place for e in each if WALES not in e.places] for label, each in systems.items()
    }
    return {
        "not_programmes": {label: dict.fromkeys(each) for label, each in places.items() if each},
        "funds": [e for e in told if not e.entries and e.stated.kind == DevelopmentKind.FUNDING],
        "stops": [event for event in told if is_stop(event)],
        "background": [e for e in told if WALES in e.places and e.stated.is_background],
    }


def _columns(asked: ProgrammeFilterSet, results: ResultSet) -> list[Column]:
    """The force areas that are looked at, each with its number of community programmes."""
    looked_at, numbers = asked.areas, results.by_area("area")
    names = ForceArea.objects.values_list("slug", f"name_{get_language()}")
    shown = [(slug, name) for slug, name in names if slug in looked_at or not looked_at]
    return [area_column(slug, name, numbers.get(slug, {}).get(slug, 0)) for slug, name in shown]


def _by_length(asked: ProgrammeFilterSet) -> Counts:
    """Length → funder → number of community programmes."""
    counts: Counts = {}
    for funder in asked.chosen.get("funder", [code for code, _label in FUNDER.choices]):
        narrowed = select(asked.query_with({"stage": [Stage.COMMUNITY], "funder": [funder]}))
        for length, number in results_of(narrowed).count_terms(["longevity"])["longevity"].items():
            counts.setdefault(length, {})[funder] = number
    return counts
