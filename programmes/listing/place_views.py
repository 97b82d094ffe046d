"""A place in words: leads to the list of where it lies, or asks which place is meant."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.public_form_guard import uncached_form
from forces.gazetteer import Outcome
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.forms import IN_WORDS, PlaceForm
from programmes.vocabulary import Referrer

REPLACED = {"area", "authority", "page"}
"""Parameters of the list that a place puts others in place of."""

OF_THE_LIST = {*Referrer.values} - {Referrer.SELF}
"""Referrers whose list has an address. Nobody's own case stands in one: the check takes it."""


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
