"""The list of programmes."""

from collections.abc import Sequence
from typing import Any, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.domain.eligibility import ANOTHER_WAY_IN
from programmes.domain.entry import NOT_STATED, Entry
from programmes.listing import presenters as listing_presenters
from programmes.listing.filters import ProgrammeFilterSet, having
from programmes.listing.place_views import carried
from programmes.listing.results import ResultSet, facets, reached_otherwise, results_of
from programmes.listing.rows import rows
from programmes.listing.suggestions import filters_to_drop, hints, values_to_add
from programmes.models import Edition
from programmes.presentation.as_at import as_at_context

PER_PAGE = 20
MOST_NAMED = 40


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return _refused(request, selection, 400)
    results = results_of(selection)
    try:
        page = Paginator(cast(Sequence[int], results), PER_PAGE).page(selection.page)
    except EmptyPage:
        selection.form.add_error("page", _("This list has no such page."))
        return _refused(request, selection, 404)
    return render(request, "listing/list.html", list_context(request, selection, results, page))


def list_context(
    request: HttpRequest, selection: ProgrammeFilterSet, results: ResultSet, page: Page[int]
) -> dict[str, Any]:
    counts = facets(results, selection.chosen)
    to_add = list(values_to_add(selection, counts))
    selection.form.show_counts(counts)
    shown = rows(request, list(page), selection.day)
    number = {"page": [str(page.number)]} if page.number > 1 else {}
    total = results.total()
    return {
        **as_at_context(selection.day, selection.query_with({"as-at": []} | number)),
        "form": selection.form,
        "page": page,
        "query": selection.query_with(number),
        "selection_query": selection.query,
        "rows": shown,
        "table": listing_presenters.table(selection, shown) if shown else None,
        "heading": listing_presenters.heading(selection),
        "count": listing_presenters.count(len(results), total),
        "notes": list(listing_presenters.notes(selection, counts["attendance"] if shown else {})),
        "location": selection.location,
        "chips": list(listing_presenters.chips(selection)),
        "otherwise": _otherwise(selection, results),
        "hints": list(hints(selection, results)),
        "carried": carried(selection.parameters.items()),
        "to_include": to_add,
        "to_drop": list(filters_to_drop(selection, results, to_add)),
        "total": total,
    }


def _otherwise(selection: ProgrammeFilterSet, results: ResultSet) -> dict[str, list[Entry]]:
    """What is left out for who asks alone, under the way in that it has."""
    if not selection.asked_by:
        return {}
    found = (Edition.objects.numbered(keys[:MOST_NAMED]) for keys in reached_otherwise(results))
    elsewhere, *others = ([edition.entry for edition in editions] for editions in found)
    if selection.location:
        nowhere = having(selection.everything.filter(area=NOT_STATED), "route", ANOTHER_WAY_IN)
        elsewhere += [edition.entry for edition in nowhere[:MOST_NAMED]]
    by_self, unknown = others
    return {
        _("How to refer is not given, so ask about:"): unknown,
        _("Reached through MARAC, the police or a court instead:"): elsewhere,
        _("Listed as self-referral:"): by_self,
    }


def _refused(request: HttpRequest, selection: ProgrammeFilterSet, status: int) -> HttpResponse:
    context = {"form": selection.form, "query": request.GET.urlencode()}
    if status == 404:
        context["first_page"] = selection.query
    return render(request, "listing/list.html", context, status=status)
