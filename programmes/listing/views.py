"""The list of programmes, and a place in words, which leads to the list of where it lies."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.caching.drawn_page import drawn_once
from core.public_form_guard import uncached_form
from forces.gazetteer import Outcome
from programmes.domain.eligibility import ANOTHER_WAY_IN
from programmes.domain.entry import NOT_STATED
from programmes.listing import presenters as listing_presenters
from programmes.listing.filters import ProgrammeFilterSet, having
from programmes.listing.forms import IN_WORDS, PlaceForm
from programmes.listing.results import ResultSet, age, facets, reached_otherwise, results_of
from programmes.listing.rows import rows
from programmes.listing.suggestions import filters_to_drop, hints, values_to_add
from programmes.models import Edition
from programmes.presentation.as_at import as_at_context
from programmes.vocabulary import Referrer

PER_PAGE = 20
MOST_NAMED = 40
REPLACED = {"area", "authority", "page"}
"""Parameters of the list that a place puts others in place of."""

OF_THE_LIST = {*Referrer.values} - {Referrer.SELF}
"""Referrers whose list has an address. Nobody's own case stands in one: the check takes it."""


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return _refused(request, selection, 400)
    results = results_of(selection)
    try:
        pages = Paginator(cast(Sequence[int], results), PER_PAGE)
        page = pages.page(selection.form.cleaned_data["page"] or 1)
    except EmptyPage:
        selection.form.add_error("page", _("This list has no such page."))
        return _refused(request, selection, 404)
    context = list_context(request, selection, results, page)
    return drawn_once(
        request, "listing/list.html", lambda: _shown(context, results, selection), lambda: context
    )


def _shown(context: dict[str, Any], results: ResultSet, selection: ProgrammeFilterSet) -> list[Any]:
    """The editions and numbers of a list. An empty list may hint at any entry: all count."""
    keys = [row.edition for row in context["rows"]] or results.version
    beside = [edition.pk for each in context["otherwise"].values() for edition in each]
    counts = {name: sorted(each.items()) for name, each in selection.form.counts.items()}
    said = (context[name] for name in ("count", "notes", "hints", "to_drop"))
    return [keys, beside, counts, *said, age(selection.day)]


def list_context(
    request: HttpRequest, selection: ProgrammeFilterSet, results: ResultSet, page: Page[int]
) -> dict[str, Any]:
    counts, chosen = facets(results, selection.chosen), listing_presenters.choices(selection)
    to_add = list(values_to_add(selection, chosen, counts))
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
        "chips": list(listing_presenters.chips(selection, chosen)),
        "otherwise": _otherwise(selection, results),
        "hints": list(hints(selection, results)),
        "carried": carried(selection.parameters.items()),
        "to_include": to_add,
        "to_drop": list(filters_to_drop(selection, chosen, results, to_add)),
        "total": total,
    }


def _otherwise(selection: ProgrammeFilterSet, results: ResultSet) -> dict[str, list[Edition]]:
    """What is left out for who asks alone, under the way in that it has."""
    if "referrer" not in selection.chosen:
        return {}
    found = (Edition.objects.numbered(keys[:MOST_NAMED]) for keys in reached_otherwise(results))
    elsewhere, by_self, unknown = map(list, found)
    if selection.location:
        nowhere = having(selection.everything.filter(area=NOT_STATED), "route", ANOTHER_WAY_IN)
        elsewhere += nowhere[:MOST_NAMED]
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


@uncached_form
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    if request.POST.get("referrer", "") not in ("", *OF_THE_LIST):
        return redirect(f"{request.current_app}:check", preserve_request=True)
    form, kept = PlaceForm(posted), carried(request.POST.lists())
    context: dict[str, Any] = {"form": form, "carried": kept, "step": posted and "start"}
    if posted is not None and form.is_valid():
        programmes = f"{request.current_app}:programmes"
        if form.answer is None:
            return redirect(reverse(programmes, query=kept))
        choices = [
            (each.in_words, reverse(programmes, query=[*kept, each.parameter]))
            for each in form.answer.locations
        ]
        if form.answer.outcome == Outcome.PLACE:
            return redirect(choices[0][1])
        context |= {"which_place": IN_WORDS[form.answer.outcome], "choices": choices}
    context["answers"] = [("where", form["where"].value() or ""), *kept]
    return render(request, "listing/place.html", context, status=400 if form.errors else 200)


def carried(parameters: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """The parameters of the list that stay when another place is chosen."""
    kept = {*ProgrammeFilterSet.parameter_names()} - REPLACED
    return [(name, each) for name, values in parameters if name in kept for each in values if each]
