"""The force areas, and one of them: its programmes, whom to ask there, what happened."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forces.models import ForceArea, all_force_areas
from programmes.areas import presenters as area_presenters
from programmes.domain.entry import sources_of
from programmes.listing import presenters as listing_presenters
from programmes.listing.filters import entries_of, select
from programmes.listing.forms import DayForm
from programmes.listing.provenance import provenance
from programmes.listing.results import results_of
from programmes.listing.rows import rows
from programmes.models import Edition
from programmes.overviews.matrix import MOST_SHOWN
from programmes.overviews.questions import questions
from programmes.overviews.tables import COMMUNITY
from programmes.presentation.as_at import as_at_context
from programmes.presentation.entry import contacts_of
from programmes.presentation.facts import involved
from programmes.readings import COVERAGE
from programmes.vocabulary import Stage

OTHERS = f"stage={Stage.OUT_OF_COURT}&stage={Stage.STATUTORY}"
MOST_NAMED = 12
"""Programmes that are named; of more there is a number."""


def in_brief(
    areas: Iterable[ForceArea], day: datetime.date | None = None, most: int = MOST_NAMED
) -> list[Any]:
    """What each of these areas has, and what has no area."""
    others = entries_of(select(OTHERS, day), most)
    counts = results_of(select("", day)).by_area("stage")
    return list(area_presenters.areas_in_brief(areas, counts, others))


@require_safe
def force_areas(request: HttpRequest) -> HttpResponse:
    return render(request, "areas/list.html", {"areas": in_brief(all_force_areas())})


@require_safe
def force_area(request: HttpRequest, area: str) -> HttpResponse:
    this = next((each for each in all_force_areas() if each.slug == area), None)
    if this is None:
        raise Http404
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "no_such_day.html", {"form": asked}, status=400)
    return render(request, "areas/area.html", area_context(request, this, asked.day))


def area_context(
    request: HttpRequest, this: ForceArea, day: datetime.date | None
) -> dict[str, Any]:
    """What the page of a force area needs; nothing but its day before it was first published."""
    shared = {**as_at_context(day), "area": this}
    edition = Edition.objects.areas(day).filter(area=this.slug).first()
    if edition is None:
        return shared
    briefing, selection = edition.briefing, select(f"area={this.slug}", day)
    results, entries = results_of(selection), entries_of(selection, MOST_SHOWN)
    shown = rows(request, results[:MOST_SHOWN], day)
    community = results_of(select(f"area={this.slug}&{COMMUNITY}", day))
    high = entries_of(select(f"risk=high&{COMMUNITY}", day), MOST_NAMED)
    numbers = results.count_terms(["stage", COVERAGE])
    sources = sources_of([*entries, briefing])
    # Contacts are shown only as they are now.
    asked = [(e, involved(e), [] if day else contacts_of(e)) for e in entries]
    return {
        **shared,
        **area_presenters.events_of(entries, briefing, day or timezone.localdate()),
        "heading": area_presenters.heading(
            this, numbers["stage"], community.count_terms(["status", "risk"])
        ),
        "rows": shown,
        "table": listing_presenters.table(selection, shown) if shown else None,
        "tables": list(area_presenters.tables(entries)),
        "briefing": briefing,
        "asks": [each for each in asked if any(each[1:])],
        # Where an entry has no contact of its own, the public office is asked.
        "asks_office": not all(contacts for _entry, _involved, contacts in asked) or not asked,
        "elsewhere": in_brief((each for each in all_force_areas() if each != this), day),
        "high": [entry for entry in high if entry.area != this.slug],
        "questions": questions(numbers[COVERAGE]),
        "selection_query": selection.query,
        "only_first": len(results) > len(entries),
        "about": provenance(selection, sources, len(results), total=results.total()),
    }
