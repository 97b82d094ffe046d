"""The start page, and the pages of text alone."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forces.models import all_force_areas
from programmes.areas import presenters as area_presenters
from programmes.changes import history
from programmes.changes import presenters as change_presenters
from programmes.domain.entry import NOT_STATED
from programmes.listing.filters import select
from programmes.listing.results import results_of
from programmes.models import Edition
from programmes.overviews.matrix import totals
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


def plain(name: str, **context: Any) -> Callable[[HttpRequest], HttpResponse]:
    """A page of text alone."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"pages/{name}.html", context)

    return page
