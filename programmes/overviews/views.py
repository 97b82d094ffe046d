"""What commissioners ask of all entries at once: provision, money, evidence, time."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forces.models import ForceArea
from programmes.domain import overview_rows
from programmes.domain.entry import sources_of
from programmes.listing.filters import entries_of, select
from programmes.listing.forms import DayForm
from programmes.listing.provenance import provenance
from programmes.listing.results import age, results_of
from programmes.models import Edition
from programmes.overviews import matrix as matrix_presenters
from programmes.overviews.forms import FIRST, SHOWN, ProvisionForm
from programmes.overviews.presenters import MOST_SHOWN, evaluations, overview
from programmes.overviews.tables import COMMUNITY, briefings
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
def evidence(request: HttpRequest) -> HttpResponse:
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "no_such_day.html", {"form": asked}, status=400)
    editions = Edition.objects.as_at(asked.day).in_source_order()
    evaluated = [edition.entry for edition in editions.covering("evaluation")]
    others = editions.exclude(pk__in=editions.covering("evaluation").order_by().values("pk"))
    silent = [edition.entry for edition in others[:MOST_SHOWN]]
    selection = select("", asked.day)
    total = results_of(selection).total()
    context = {
        **as_at_context(asked.day),
        "rows": evaluations(evaluated),
        "silent": silent,
        "evaluated_number": len(evaluated),
        "silent_number": total - len(evaluated),
        "about": provenance(selection, sources_of([*evaluated, *silent]), total, total=total),
    }
    return render(request, "overviews/evidence.html", context)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "no_such_day.html", {"form": asked}, status=400)
    editions = Edition.objects.as_at(asked.day).covering("development").in_source_order()
    entries = [edition.entry for edition in editions]
    areas = briefings(asked.day)
    events = overview_rows.events(entries, areas)
    happenings = (event for event in events if not event.development.is_background)
    shown = timed_events(happenings, asked.day or timezone.localdate())
    selection = select("", asked.day)
    total = results_of(selection).total()
    context = {
        **as_at_context(asked.day),
        "picture": picture(shown),
        "stopped": [event for event in shown if event.is_stop],
        "happened": [e for e in shown if not e.development.expected and not e.is_stop],
        "expected": [event for event in shown if event.development.expected],
        "about": provenance(selection, sources_of([*entries, *areas]), total, total=total),
    }
    return render(request, "overviews/timeline.html", context)
