"""Two to four entries side by side, as a page and as files."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.domain.entry import Entry, sources_of
from programmes.downloads.formats import Format, refusal
from programmes.listing.filters import select
from programmes.listing.provenance import Provenance, provenance
from programmes.models import Edition
from programmes.models.edition import ADDRESS
from programmes.overviews import compare as compare_presenters
from programmes.overviews.compare import MOST_COMPARED, comparing, comparison
from programmes.overviews.forms import CompareForm
from programmes.presentation.entry import entry_page
from programmes.presentation.text import name_and_area

OFFERED_TO_COMPARE = 60
"""Entries to add, before the list is the better place to find one."""


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    addresses, chosen = _to_compare(request)
    problem, status = _problem(addresses, chosen)
    editions = Edition.objects.current().order_by("area_position", "search_name")
    others = [edition.entry for edition in editions[:OFFERED_TO_COMPARE]]
    context: dict[str, Any] = {
        "problem": problem,
        "query": comparing(addresses),
        "readable": comparing(entry.address for entry in chosen[:MOST_COMPARED]),
        "chosen": compare_presenters.chosen(chosen),
        "offers": compare_presenters.offers(others, chosen),
    }
    if len(chosen) > 1 and not problem:
        today = timezone.localdate()
        pages = [entry_page(entry, today) for entry in chosen]
        context |= {"comparison": comparison(pages), "about": _of_these(chosen)}
    return render(request, "overviews/compare.html", context, status=status)


def compare_file(kind: Format) -> Callable[[HttpRequest], HttpResponse]:
    """The compared entries as the list would download them."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        addresses, chosen = _to_compare(request)
        problem, status = _problem(addresses, chosen)
        if problem or len(chosen) < 2:
            return refusal(problem or _("Choose at least two programmes."), max(status, 400))
        about = _of_these(chosen)
        return kind.file(request.path, chosen, about)

    return view


def _to_compare(request: HttpRequest) -> tuple[list[str], list[Entry]]:
    """The addresses asked for, and their entries, in the order given."""
    form = CompareForm(request.GET)
    form.full_clean()  # which takes anything: an unknown address is refused in words
    asked = list(dict.fromkeys(filter(None, form.cleaned_data["programme"])))
    known = [address for address in asked if ADDRESS.fullmatch(address)][: MOST_COMPARED + 1]
    entries = {edition.address: edition.entry for edition in Edition.objects.current().at(known)}
    return asked, [entries[address] for address in known if address in entries]


def _problem(addresses: list[str], chosen: list[Entry]) -> tuple[str, int]:
    """What is wrong with a choice, and the status that says so."""
    if len(addresses) > MOST_COMPARED:
        return _("Choose no more than four programmes."), 400
    if len(chosen) < len(addresses):
        return _("The directory has no such entry."), 404
    return "", 200


def _of_these(chosen: list[Entry]) -> Provenance:
    """What a comparison says of itself: the entries by name, since no filter chose them."""
    page = reverse(f"{get_language()}:compare")
    page += f"?{comparing(entry.address for entry in chosen)}"
    about = provenance(select(""), sources_of(chosen), len(chosen), page)
    return replace(about, selection=f"{'; '.join(map(name_and_area, chosen))}.")
