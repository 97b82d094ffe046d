"""What commissioners ask of all entries at once: provision, money, evidence, time."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forces.models import ForceArea
from programmes.domain import overview_rows
from programmes.domain.entry import sources_of
from programmes.downloads.formats import as_file, refusal
from programmes.listing.filters import ProgrammeFilterSet, entries_of, select
from programmes.listing.forms import DayForm
from programmes.listing.provenance import provenance
from programmes.listing.results import Counts, ResultSet, age, results_of
from programmes.overviews.forms import FIRST, SHOWN, ProvisionForm, ways
from programmes.overviews.matrix import (
    MOST_NAMED,
    Column,
    area_column,
    counted_values,
    named_values,
    rows,
    said_by_none,
    stages,
    totals,
)
from programmes.overviews.money import FUNDER, counted_money
from programmes.overviews.presenters import (
    beside,
    overview,
    source_line,
)
from programmes.overviews.questions import as_text
from programmes.overviews.tables import briefings, briefings_of
from programmes.overviews.timeline import picture, timed_events
from programmes.overviews.titles import title
from programmes.presentation.as_at import as_at_context
from programmes.vocabulary import Stage

OTHERS = {"stage": [stage.value for stage in Stage if stage != Stage.COMMUNITY]}


@require_safe
def provision_matrix(request: HttpRequest) -> HttpResponse:
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
    dimension, of_areas = SHOWN[form.dimension], briefings(form.day)
    counts, columns = results.by_area(dimension.name), _columns(asked, results)
    listed = [entry for entry in entries if entry.stage == Stage.COMMUNITY]
    values = named_values(listed, dimension) if entries else counted_values(counts, dimension)
    after = stages(entries, others.by_area("stage"))
    shown = overview(listed, results, today)
    if not entries:
        shown["money"] = counted_money(_by_length(asked))
    by = "" if form.dimension == FIRST else f"by={form.dimension}"
    query = "&".join(filter(None, (by, asked.query_now)))
    kept = "&".join(filter(None, (query, f"as-at={today.isoformat()}")))
    page = f"{reverse(f'{get_language()}:provision')}?{kept}"
    about = provenance(everyone, sources_of(entries), found, page)
    return {
        **as_at_context(form.day, query),
        **shown,
        "form": form,
        "dimension": dimension,
        "ways": ways(form.dimension, asked.query),
        "title": title(dimension, totals(counts), len(results)),
        "number": len(results),
        "none_says": said_by_none(dimension, totals(counts)),
        "figure": {"columns": columns, "rows": list(rows((*values, *after), columns, "area"))},
        "only_counted": not entries,
        **beside(of_areas, today),
        "source_line": source_line(about, age(form.day)),
        "list_query": asked.query,
        "about": about,
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


@require_safe
def questions_file(request: HttpRequest) -> HttpResponse:
    """What to send to the four offices: the questions that sources leave open."""
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return refusal(asked.errors.as_text())
    selection = select(f"stage={Stage.COMMUNITY}", asked.day)
    entries = entries_of(selection)
    about = provenance(selection, sources_of(entries), len(entries))
    text = as_text(entries, briefings(asked.day), about)
    return as_file(request.path, text.encode(), "text/plain; charset=utf-8", about.as_at)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return render(request, "no_such_day.html", {"form": selection.form}, status=400)
    return render(request, "overviews/timeline.html", _timeline_context(selection))


@require_safe
def timeline_picture(request: HttpRequest) -> HttpResponse:
    """The dated events as a picture to save."""
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return refusal(selection.problems())
    context = _timeline_context(selection)
    svg = render_to_string("overviews/timeline_picture.html", context, request)
    day = context["about"].as_at
    return as_file(request.path, svg.encode(), "image/svg+xml; charset=utf-8", day)


def _timeline_context(selection: ProgrammeFilterSet) -> dict[str, Any]:
    editions = selection.narrowed().covering("development").in_source_order()
    entries = [edition.entry for edition in editions]
    areas, today = briefings_of(selection), selection.day or timezone.localdate()
    events = overview_rows.events(entries, areas)
    shown = timed_events((e for e in events if not e.development.is_background), today)
    results = results_of(selection)
    query = f"?{selection.query}".rstrip("?")
    page = f"{reverse(f'{get_language()}:timeline')}{query}"
    sources = sources_of([*entries, *areas])
    return {
        **as_at_context(selection.day, selection.query_now),
        "picture": picture(shown, today),
        "stopped": [event for event in shown if event.is_stop],
        "happened": [e for e in shown if not e.development.expected and not e.is_stop],
        "expected": [event for event in shown if event.development.expected],
        "about": provenance(selection, sources, len(results), page, results.total()),
    }
