"""The start page, and the pages of text alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from forces.models import all_force_areas
from programmes.areas import presenters as area_presenters
from programmes.changes import history
from programmes.changes import presenters as change_presenters
from programmes.domain.entry import NOT_STATED
from programmes.listing.filters import select
from programmes.listing.results import results_of
from programmes.models import Edition
from programmes.overviews.matrix import totals
from programmes.overviews.tables import briefings
from programmes.presentation.developments import wider_system
from programmes.vocabulary import Stage

CHANGES_ON_HOME = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counts = results_of(select("")).by_area("stage")
    stages = totals(counts)
    context = {
        "areas": area_presenters.areas_with_counts(all_force_areas(), counts),
        "without_area": sum(counts.get(NOT_STATED, {}).values()),
        "community": stages[Stage.COMMUNITY],
        "others": stages.total() - stages[Stage.COMMUNITY],
        "changes": [
            change_presenters.in_words(happening)
            for happening in history.latest(Edition.objects.history(), CHANGES_ON_HOME)
        ],
    }
    return render(request, "pages/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    records = wider_system(briefings(None), timezone.localdate())
    return render(request, "pages/about.html", {"wider_system": records})


def plain(name: str) -> Callable[..., HttpResponseBase]:
    """A page of text alone."""
    template = f"pages/{name}.html"
    return TemplateView.as_view(template_name=template, http_method_names=["get", "head"])
