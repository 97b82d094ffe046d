"""The public pages. Each reads editions and nothing else of the programmes."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forces.models import ForceArea, all_force_areas
from programmes import (
    area_presenters,
    changes_presenters,
    history,
    matrix_presenters,
    overview_presenters,
    presenters,
    selection_presenters,
    structured_data,
)
from programmes.cards import age_of_all, cards
from programmes.entry import NOT_STATED, Entry, sources_of
from programmes.exports import Format, as_file
from programmes.facets import facets
from programmes.filters import DayForm, ProgrammeFilterSet, entries_of, select
from programmes.found import Found, found
from programmes.models import Edition
from programmes.money_presenters import Silence
from programmes.overview_presenters import MOST_TOLD
from programmes.past import past, query_of
from programmes.provenance import provenance
from programmes.vocabulary import Stage
from programmes.way_forward import left_out, without

PER_PAGE = 20
OTHERS_SHOWN = 12
CHANGES_SHOWN = 5
CHANGES_ON_HOME = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counts = found(select("")).by_area("stage")
    context = {
        "areas": area_presenters.areas_with_counts(all_force_areas(), counts),
        "without_area": sum(counts.get(NOT_STATED, {}).values()),
        "community": sum(stages.get(Stage.COMMUNITY, 0) for stages in counts.values()),
        "others": sum(
            number
            for stages in counts.values()
            for stage, number in stages.items()
            if stage != Stage.COMMUNITY
        ),
        "changes": [
            changes_presenters.in_words(happening)
            for happening in history.latest(Edition.objects.history(), CHANGES_ON_HOME)
        ],
    }
    return render(request, "programmes/home.html", context)


@require_safe
def force_areas(request: HttpRequest) -> HttpResponse:
    counts = found(select("")).by_area("stage")
    areas = area_presenters.areas_with_counts(all_force_areas(), counts)
    return render(request, "forces/list.html", {"areas": areas})


@require_safe
def force_area(request: HttpRequest, area: str) -> HttpResponse:
    this = next((each for each in all_force_areas() if each.slug == area), None)
    if this is None:
        raise Http404
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "programmes/no_such_day.html", {"form": asked}, status=400)
    return render(request, "forces/area.html", area_context(this, asked.day))


def area_context(this: ForceArea, day: datetime.date | None) -> dict[str, Any]:
    """What the page of a force area needs; nothing but its day before it was first published."""
    shared = {**past(day), "area": this, "query": query_of(day)}
    edition = Edition.objects.areas(day).filter(area=this.slug).first()
    if edition is None:
        return shared
    briefing = edition.briefing
    selection = select(f"area={this.slug}", day)
    listed = found(selection)
    entries = entries_of(selection, MOST_TOLD)
    # Contacts are shown only as they are now.
    told = [replace(entry, contacts=()) for entry in entries] if day else entries
    counts = found(select("", day)).by_area("stage")
    here = area_presenters.areas_with_counts([this], counts)[0]
    silent = f"area={this.slug}&stage={Stage.COMMUNITY}&funder={NOT_STATED}"
    community = Silence(len(found(select(silent, day))), here.community)
    columns = [matrix_presenters.area(this, len(listed))]
    return {
        **shared,
        "counts": here,
        "statuses": area_presenters.statuses(listed.by_area("status").get(this.slug, {})),
        "areas": area_presenters.areas_with_counts(all_force_areas(), counts),
        "page": area_presenters.area_page(told, briefing, day or timezone.localdate()),
        "unplaced": entries_of(select(f"area={NOT_STATED}", day), OTHERS_SHOWN),
        "list_query": selection.query,
        "only_first": len(listed) > len(entries),
        "told": len(entries),
        "about": provenance(
            selection, sources_of([*entries, briefing]), len(listed), total=listed.total()
        ),
        **overview_presenters.overview(entries, listed, columns, community, [briefing]),
    }


def plain(name: str, **context: Any) -> Callable[[HttpRequest], HttpResponse]:
    """A page of text alone."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"pages/{name}.html", context)

    return page


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return _refused(request, selection, 400)
    if selection.form.cleaned_data["authority"]:
        return redirect(f"{request.path}?{selection.query}")
    listed = found(selection)
    try:
        page = Paginator(cast(Sequence[int], listed), PER_PAGE).page(selection.page)
    except EmptyPage:
        selection.form.add_error("page", _("This list has no such page."))
        return _refused(request, selection, 404)
    return render(request, "programmes/list.html", list_context(request, selection, listed, page))


def list_context(
    request: HttpRequest, selection: ProgrammeFilterSet, listed: Found, page: Page[int]
) -> dict[str, Any]:
    """What the list needs: a page of entries, the form with its counts, and what else there is."""
    counts = facets(listed, selection.chosen)
    silent = list(left_out(selection, counts))
    selection.form.show_counts(counts)
    shown = cards(request, list(page), selection.day)
    number = {"page": [str(page.number)]} if page.number > 1 else {}
    return {
        **past(selection.day, selection.query_with({"as-at": []} | number)),
        "form": selection.form,
        "page": page,
        "query": selection.query_with(number),
        "selection_query": selection.query,
        "cards": shown,
        "age_of_all": age_of_all(shown),
        "areas": selection_presenters.areas(selection),
        "chips": selection_presenters.chips(selection),
        "to_include": selection_presenters.more_to_include(silent),
        "to_drop": selection_presenters.filters_to_drop(
            selection, without(selection, listed, silent)
        ),
        "about": provenance(selection, sources_of(shown), len(listed), total=listed.total()),
    }


def _refused(request: HttpRequest, selection: ProgrammeFilterSet, status: int) -> HttpResponse:
    """The form with what is wrong with it, and no list at all.

    Its twin in the other language is refused as well, so that neither seems to answer.
    """
    context = {"form": selection.form, "query": request.GET.urlencode()}
    if status == 404:
        context["first_page"] = selection.query
    return render(request, "programmes/list.html", context, status=status)


def download(kind: Format) -> Callable[[HttpRequest], HttpResponse]:
    """The list as a file: the same query and entries, all its pages at once."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection = ProgrammeFilterSet(request.GET)
        if not selection.is_valid():
            problems = kind.write_problems(selection.problems())
            return HttpResponse(problems, kind.media_type_of_problems, status=400)
        entries = [edition.entry for edition in selection.qs]
        about = provenance(selection, sources_of(entries), len(entries))
        content = kind.write(entries, about, get_language())
        return as_file(request.path, content, kind.media_type, about)

    return view


@require_safe
def entry(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "programmes/no_such_day.html", {"form": asked}, status=400)
    edition = Edition.objects.as_at(asked.day).filter(area=area, slug=slug).first()
    if edition is None:
        return not_shown(request, area, slug, asked.day)
    return render(request, "programmes/entry.html", entry_context(edition.entry, asked.day))


def entry_context(shown: Entry, day: datetime.date | None = None) -> dict[str, Any]:
    """What the page of one entry needs, whether it is published, past or only previewed."""
    others = Edition.objects.as_at(day).exclude(area=shown.area_slug, slug=shown.slug)
    same_area = others.filter(area=shown.area_slug)
    areas = Edition.objects.areas(day).order_by("area_position")
    # Where no area is stated, no public office is any more likely to know than another.
    offices = areas.filter(area=shown.area) if shown.area else []
    page = presenters.entry_page(shown, day or timezone.localdate())
    return {
        **past(day),
        "query": query_of(day),
        "page": replace(page, contacts=[]) if day else page,
        "entry": shown,
        "structured": structured_data.service(shown),
        "offices": [edition.briefing for edition in offices],
        "same_name": [e.entry for e in others.filter(name=shown.name.en).order_by("area_position")],
        "same_area": [e.entry for e in same_area.order_by("search_name", "pk")[:OTHERS_SHOWN]],
        "changes": [
            changes_presenters.change(each)
            for each in history.of_entry(shown.address, day, CHANGES_SHOWN)
        ],
        "cited_on": day or timezone.localdate(),
    }


def not_shown(
    request: HttpRequest, area: str, slug: str, day: datetime.date | None = None
) -> HttpResponse:
    """What stands where no entry does: when and why it was taken back, or first published."""
    context = {**past(day), "query": query_of(day)}
    last = Edition.objects.withdrawn_entries(day).filter(area=area, slug=slug).first()
    if last:
        context |= {"entry": last.entry, "edition": last}
        return render(request, "programmes/withdrawn.html", context, status=410)
    first = Edition.objects.history().filter(area=area, slug=slug).order_by("pk").first()
    if first is None:
        raise Http404
    context |= {"entry": first.entry, "edition": first}
    return render(request, "programmes/not_yet.html", context, status=404)
