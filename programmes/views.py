"""The public pages. Each reads editions and nothing else of the programmes."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forces.models import ForceArea
from programmes import area_presenters, presenters
from programmes.entry import NOT_STATED, Entry
from programmes.exports import as_csv
from programmes.filters import ProgrammeFilterSet
from programmes.models import Edition
from programmes.vocabulary import Stage

PER_PAGE = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counts = Edition.objects.current().count_by_area_and_stage()
    context = {
        "areas": area_presenters.areas_with_counts(ForceArea.objects.with_authorities(), counts),
        "without_area": sum(counts.get(NOT_STATED, {}).values()),
        "community": sum(stages.get(Stage.COMMUNITY, 0) for stages in counts.values()),
        "others": sum(
            number
            for stages in counts.values()
            for stage, number in stages.items()
            if stage != Stage.COMMUNITY
        ),
    }
    return render(request, "programmes/home.html", context)


@require_safe
def force_areas(request: HttpRequest) -> HttpResponse:
    counts = Edition.objects.current().count_by_area_and_stage()
    areas = area_presenters.areas_with_counts(ForceArea.objects.with_authorities(), counts)
    return render(request, "forces/list.html", {"areas": areas})


@require_safe
def force_area(request: HttpRequest, area: str) -> HttpResponse:
    areas = list(ForceArea.objects.with_authorities())
    this = next((each for each in areas if each.slug == area), None)
    if this is None:
        raise Http404
    editions = Edition.objects.current()
    entries = [edition.entry for edition in editions.filter(area=area).order_by("programme_id")]
    context = {
        "area": this,
        "areas": area_presenters.areas_with_counts(areas, editions.count_by_area_and_stage()),
        "page": area_presenters.area_page(entries, Edition.objects.areas().get(area=area).briefing),
    }
    return render(request, "forces/area.html", context)


def plain(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page of text alone."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"pages/{name}.html")

    return page


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return _refused(request, selection, 400)
    try:
        page = Paginator(selection.qs, PER_PAGE).page(selection.page)
    except EmptyPage:
        selection.form.add_error("page", _("There are not that many pages."))
        return _refused(request, selection, 404)
    today = timezone.localdate()
    context = {
        "form": selection.form,
        "page": page,
        "cards": [presenters.card(edition.entry, today) for edition in page],
        "total": selection.everything.count(),
        "as_at": selection.day,
        "query": selection.query,
    }
    return render(request, "programmes/list.html", context)


def _refused(request: HttpRequest, selection: ProgrammeFilterSet, status: int) -> HttpResponse:
    """The form with what is wrong with it, and no list at all."""
    context = {"form": selection.form, "query": selection.query}
    return render(request, "programmes/list.html", context, status=status)


@require_safe
def programmes_csv(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        text = "\n".join(selection.problems())
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    entries = (edition.entry for edition in selection.qs)
    name = request.path.rpartition("/")[2]
    return HttpResponse(
        as_csv(entries, get_language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def entry(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    edition = Edition.objects.current().filter(area=area, slug=slug).first()
    if edition is None:
        return _withdrawn(request, area, slug)
    return render(request, "programmes/entry.html", entry_context(edition.entry))


def entry_context(shown: Entry) -> dict[str, Any]:
    """What the page of one entry needs, whether it is published or only previewed."""
    others = Edition.objects.current().exclude(area=shown.area_slug, slug=shown.slug)
    areas = Edition.objects.areas().order_by("area_position")
    offices = areas.filter(area=shown.area) if shown.area else areas
    return {
        "page": presenters.entry_page(shown, timezone.localdate()),
        "entry": shown,
        "offices": [edition.briefing for edition in offices],
        "same_name": [e.entry for e in others.filter(name=shown.name.en).order_by("area_position")],
        "same_area": [e.entry for e in others.filter(area=shown.area_slug).order_by("search_name")],
    }


def _withdrawn(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    """What stands at the address of an entry that was taken back: when, and why."""
    last = get_object_or_404(Edition.objects.withdrawn_entries(), area=area, slug=slug)
    context = {"entry": last.entry, "edition": last}
    return render(request, "programmes/withdrawn.html", context, status=410)
