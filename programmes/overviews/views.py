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
from programmes.downloads.spreadsheets import problems_as_text
from programmes.listing.filters import ProgrammeFilterSet, entries_of, select
from programmes.listing.provenance import provenance
from programmes.listing.results import age, results_of
from programmes.overviews import matrix as matrix_presenters
from programmes.overviews.forms import FIRST, SHOWN, ProvisionForm
from programmes.overviews.presenters import MOST_SHOWN, overview
from programmes.overviews.tables import COMMUNITY, briefings, briefings_of
from programmes.overviews.timeline import background, picture, timed_events
from programmes.presentation.as_at import as_at_context
from programmes.presentation.developments import wider_system
from programmes.vocabulary import Stage

OTHERS = "&".join(f"stage={stage}" for stage in Stage if stage != Stage.COMMUNITY)


@require_safe
def provision_matrix(request: HttpRequest) -> HttpResponse:
    form = ProvisionForm(request.GET)
    if not form.is_valid():
        readable = urlencode({name: each for name, each in form.cleaned_data.items() if each})
        context = {"form": form, "query": request.GET.urlencode(), "readable": readable}
        return render(request, "overviews/provision.html", context, status=400)
    return render(request, "overviews/provision.html", provision_context(form))


def provision_context(form: ProvisionForm) -> dict[str, Any]:
    """What the matrix and the money of all Wales need; only community entries are counted."""
    selection = select(COMMUNITY, form.day)
    results, today = results_of(selection), form.day or timezone.localdate()
    total = results.total()
    # A page of thousands of rows helps nobody: the numbers lead to the list.
    entries = entries_of(selection) if len(results) <= MOST_SHOWN else []
    stated_in = matrix_presenters.stated_in(sources_of(entries), age(form.day)["first"])
    others = entries_of(select(OTHERS, form.day), MOST_SHOWN)
    names = dict(ForceArea.objects.values_list("slug", f"name_{get_language()}"))
    areas = matrix_presenters.areas(names, results, stated_in)
    dimension = SHOWN[form.dimension]
    by = "" if form.dimension == FIRST else f"by={form.dimension}"
    counts = results.by_area(form.dimension)
    matrix = matrix_presenters.matrix(entries, counts, dimension, areas)
    of_areas = briefings(form.day)
    return {
        **as_at_context(form.day, by),
        **overview(entries, results, areas, today),
        "background": background(of_areas, today),
        "wider_system": {
            subject: dict.fromkeys(place for place, _event in records)
            for subject, records in wider_system(of_areas, today).items()
        },
        "form": form,
        "dimension": dimension,
        "list_query": as_at_context(form.day)["query"],
        "areas": areas,
        "matrix": matrix,
        "answer": matrix_presenters.answer(matrix, counts, areas),
        "names": len({entry.name for entry in entries}),
        "others_query": OTHERS,
        "others": others if len(others) == total - len(results) else [],
        "only_counted": len(results) > MOST_SHOWN,
        "about": provenance(selection, sources_of(entries), len(results), total=total),
    }


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
        return refusal(problems_as_text(selection.problems()))
    context = _timeline_context(selection)
    svg = render_to_string("overviews/timeline_picture.html", context, request)
    return as_file(request.path, svg.encode(), "image/svg+xml; charset=utf-8", context["about"])


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
