"""A place in words: leads to the list of where it lies, or asks which place is meant."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.public_form_guard import uncached_form
from forces.gazetteer import Location, Outcome
from programmes.listing.place_forms import OF_THE_LIST, PlaceForm
from programmes.listing.presenters import QUESTIONS, location_in_words


@uncached_form
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    if posted and not {posted.get("referrer", ""), posted.get("to", "")} <= {"", *OF_THE_LIST}:
        check = reverse(f"{request.current_app}:check")
        return HttpResponseRedirect(check, preserve_request=True)
    form = PlaceForm(posted, carried=dict(request.POST.lists()))
    list_of_programmes = reverse(f"{request.current_app}:programmes")
    context: dict[str, Any] = {"place": form, "step": "start" if posted else ""}
    if posted is not None and form.is_valid():
        if form.answer is None or form.answer.outcome == Outcome.PLACE:
            locations = form.answer.locations if form.answer else ()
            return redirect(f"{list_of_programmes}?{_query(form, *locations)}".rstrip("?"))
        context["choices"] = [
            (location_in_words(each), f"{list_of_programmes}?{_query(form, each)}")
            for each in form.answer.locations
        ]
        context["question"] = QUESTIONS[form.answer.outcome]
    context["answers"] = [("where", form["where"].value() or ""), *form.hidden]
    return render(request, "listing/place.html", context, status=400 if form.errors else 200)


def _query(form: PlaceForm, *locations: Location) -> str:
    query = QueryDict(mutable=True)
    for name, value in (*form.hidden, *(each.parameter for each in locations)):
        if value:
            query.appendlist(name, value)
    return query.urlencode()
