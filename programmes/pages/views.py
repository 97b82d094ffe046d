"""The start page, and the pages of text alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from forces.models import all_force_areas
from programmes.areas import presenters as area_presenters
from programmes.listing.filters import ProgrammeFilterSet, entries_of, select
from programmes.listing.results import results_of
from programmes.overviews.tables import briefings
from programmes.presentation.developments import wider_system
from programmes.vocabulary import Stage

MOST_NAMED = 40
"""Programmes that are named; of more there is a number."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    results = results_of(select(""))
    others = entries_of(select(f"stage={Stage.OUT_OF_COURT}&stage={Stage.STATUTORY}"), MOST_NAMED)
    areas = area_presenters.areas_in_brief(all_force_areas(), results.by_area("stage"), others)
    form = ProgrammeFilterSet(QueryDict()).form
    return render(request, "pages/home.html", {"areas": areas, "form": form})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    records = wider_system(briefings(None), timezone.localdate())
    return render(request, "pages/about.html", {"wider_system": records})


def plain(name: str) -> Callable[..., HttpResponseBase]:
    """A page of text alone."""
    template = f"pages/{name}.html"
    return TemplateView.as_view(template_name=template, http_method_names=["get", "head"])
