"""The force areas, and one of them: its entries, whom to ask there, what happened."""

import datetime
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forces.models import ForceArea, all_force_areas
from programmes.areas import presenters as area_presenters
from programmes.domain.entry import NOT_STATED, sources_of
from programmes.listing.filters import entries_of, select
from programmes.listing.forms import DayForm
from programmes.listing.provenance import provenance
from programmes.listing.results import results_of
from programmes.models import Edition
from programmes.overviews.presenters import MOST_SHOWN, overview
from programmes.presentation.as_at import as_at_context

OTHERS_SHOWN = 12


@require_safe
def force_areas(request: HttpRequest) -> HttpResponse:
    counts = results_of(select("")).by_area("stage")
    areas = area_presenters.areas_with_counts(all_force_areas(), counts)
    return render(request, "areas/list.html", {"areas": areas})


@require_safe
def force_area(request: HttpRequest, area: str) -> HttpResponse:
    this = next((each for each in all_force_areas() if each.slug == area), None)
    if this is None:
        raise Http404
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "no_such_day.html", {"form": asked}, status=400)
    return render(request, "areas/area.html", area_context(this, asked.day))


def area_context(this: ForceArea, day: datetime.date | None) -> dict[str, Any]:
    """What the page of a force area needs; nothing but its day before it was first published."""
    shared = {**as_at_context(day), "area": this}
    edition = Edition.objects.areas(day).filter(area=this.slug).first()
    if edition is None:
        return shared
    briefing, today = edition.briefing, day or timezone.localdate()
    selection = select(f"area={this.slug}", day)
    results = results_of(selection)
    entries = entries_of(selection, MOST_SHOWN)
    # Contacts are shown only as they are now.
    shown = [replace(entry, contacts=()) for entry in entries] if day else entries
    counts = results_of(select("", day)).by_area("stage")
    here = area_presenters.areas_with_counts([this], counts)[0]
    return {
        **shared,
        "counts": here,
        "statuses": area_presenters.statuses(results.by_area("status").get(this.slug, {})),
        "areas": area_presenters.areas_with_counts(all_force_areas(), counts),
        "page": area_presenters.area_page(shown, briefing, today),
        "unplaced": entries_of(select(f"area={NOT_STATED}", day), OTHERS_SHOWN),
        "list_query": selection.query,
        "only_first": len(results) > len(entries),
        "told": len(entries),
        "about": provenance(
            selection, sources_of([*entries, briefing]), len(results), total=results.total()
        ),
        **overview(entries, results, today, [briefing]),
    }
