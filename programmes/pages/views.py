"""The start page, and the pages of text alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from forces.models import all_force_areas
from programmes.areas.views import in_brief
from programmes.listing.filters import ProgrammeFilterSet
from programmes.overviews.tables import briefings
from programmes.presentation.developments import wider_system


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    areas, form = in_brief(all_force_areas(), most=40), ProgrammeFilterSet(QueryDict()).form
    context = {"areas": areas, "form": form}
    return render(request, "pages/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    records = wider_system(briefings(None), timezone.localdate())
    return render(request, "pages/about.html", {"wider_system": records})


def plain(name: str) -> Callable[..., HttpResponseBase]:
    """A page of text alone."""
    template = f"pages/{name}.html"
    return TemplateView.as_view(template_name=template, http_method_names=["get", "head"])
