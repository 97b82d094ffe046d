"""What commissioners ask of all entries at once: provision, money, comparison, evidence, time."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.forms import NOT_IN_VOCABULARY, Select
from forces.models import ForceArea
from programmes import downloads
from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Entry, sources_of
from programmes.downloads import Format, as_file, overview_tables
from programmes.downloads.overview_tables import Table
from programmes.downloads.spreadsheets import problems_as_text
from programmes.listing.filters import DayForm, ProgrammeFilterSet, entries_of, select
from programmes.listing.provenance import Provenance, provenance
from programmes.listing.results import age, found
from programmes.models import Edition
from programmes.models.edition import ADDRESS
from programmes.overviews import (
    compare as compare_presenters,
)
from programmes.overviews import (
    matrix as matrix_presenters,
)
from programmes.overviews import (
    presenters as overview_presenters,
)
from programmes.overviews import (
    timeline as timeline_presenters,
)
from programmes.overviews.compare import MOST_COMPARED, comparing, comparison
from programmes.overviews.presenters import MOST_TOLD
from programmes.presentation import entry as entry_presenter
from programmes.presentation.as_at import past, query_of
from programmes.vocabulary import DIMENSIONS, Stage

SHOWN = {d.name: d for d in DIMENSIONS if d.name not in ("stage", "status")}
FIRST = "risk"
"""The dimension that the matrix shows where none is asked for."""

OFFERED_TO_COMPARE = 60
"""Entries to add, before the list is the better place to find one."""


class ProvisionForm(DayForm):
    by = forms.ChoiceField(
        label=gettext_lazy("What is stated about"),
        choices=[(name, dimension.label) for name, dimension in SHOWN.items()],
        required=False,
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )

    @property
    def dimension(self) -> str:
        return self.cleaned_data["by"] or FIRST


def area_names() -> dict[str, str]:
    return dict(ForceArea.objects.values_list("slug", f"name_{get_language()}"))


def briefings(day: datetime.date | None) -> list[Briefing]:
    return [edition.briefing for edition in Edition.objects.areas(day).order_by("area_position")]


def provision_form(request: HttpRequest) -> ProvisionForm:
    """What was asked for, with the dimension that is shown where none was."""
    asked = request.GET.copy()
    asked.setdefault("by", FIRST)
    return ProvisionForm(asked)


COMMUNITY = f"stage={Stage.COMMUNITY}"
"""The entries of the submission's tables, as the list selects them."""

OTHERS = "&".join(f"stage={stage}" for stage in Stage if stage != Stage.COMMUNITY)


@require_safe
def provision_matrix(request: HttpRequest) -> HttpResponse:
    form = provision_form(request)
    if not form.is_valid():
        readable = urlencode({name: each for name, each in form.cleaned_data.items() if each})
        context = {"form": form, "query": request.GET.urlencode(), "readable": readable}
        return render(request, "overview/provision.html", context, status=400)
    return render(request, "overview/provision.html", provision_context(form))


def provision_context(form: ProvisionForm) -> dict[str, Any]:
    """What the matrix and the money of all Wales need; only community entries are counted."""
    selection = select(COMMUNITY, form.day)
    listed = found(selection)
    total = listed.total()
    # A page of thousands of rows would tell nobody anything: the numbers lead to the list.
    entries = entries_of(selection) if len(listed) <= MOST_TOLD else []
    stated_in = matrix_presenters.stated_in(sources_of(entries), age(form.day)["stated_on"])
    others = entries_of(select(OTHERS, form.day), MOST_TOLD)
    areas = matrix_presenters.areas(area_names(), listed, stated_in)
    dimension = SHOWN[form.dimension]
    by = f"by={form.dimension}"
    counts = listed.by_area(form.dimension)
    matrix = matrix_presenters.matrix(entries, counts, dimension, areas)
    return {
        **past(form.day, by),
        **overview_presenters.overview(entries, listed, areas),
        "form": form,
        "dimension": dimension,
        "query": query_of(form.day, by),
        "list_query": query_of(form.day),
        "areas": areas,
        "matrix": matrix,
        "answer": matrix_presenters.answer(matrix, counts, areas),
        "names": len({entry.name for entry in entries}),
        "others_query": OTHERS,
        "others": others if len(others) == total - len(listed) else [],
        "only_counted": len(listed) > MOST_TOLD,
        "about": provenance(selection, sources_of(entries), len(listed), total=total),
    }


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
        pages = [entry_presenter.entry_page(entry, today) for entry in chosen]
        context |= {"comparison": comparison(pages), "about": _of_these(chosen)}
    return render(request, "overview/compare.html", context, status=status)


def compare_file(kind: Format) -> Callable[[HttpRequest], HttpResponse]:
    """The compared entries as the list would download them."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        addresses, chosen = _to_compare(request)
        problem, status = _problem(addresses, chosen)
        if problem or len(chosen) < 2:
            return _refused(problem or _("Choose two entries at least."), max(status, 400))
        about = _of_these(chosen)
        content = kind.write(chosen, about, get_language())
        return as_file(request.path, content, kind.media_type, about)

    return view


def _to_compare(request: HttpRequest) -> tuple[list[str], list[Entry]]:
    """The addresses asked for, and the entries that stand at them, in the order given."""
    asked = list(dict.fromkeys(filter(None, request.GET.getlist("programme"))))
    known = [address for address in asked if ADDRESS.fullmatch(address)][: MOST_COMPARED + 1]
    standing = {edition.address: edition.entry for edition in Edition.objects.current().at(known)}
    return asked, [standing[address] for address in known if address in standing]


def _problem(addresses: list[str], chosen: list[Entry]) -> tuple[str, int]:
    """What is wrong with a choice, and the status that says so."""
    if len(addresses) > MOST_COMPARED:
        return _("Choose four entries at most."), 400
    if len(chosen) < len(addresses):
        return _("The directory has no such entry."), 404
    return "", 200


def _of_these(chosen: list[Entry]) -> Provenance:
    """What a comparison says of itself: the entries by name, since no filter chose them."""
    page = reverse(f"{get_language()}:compare")
    page += f"?{comparing(entry.address for entry in chosen)}"
    about = provenance(select(""), sources_of(chosen), len(chosen), page)
    return replace(about, selection=compare_presenters.named(chosen))


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "programmes/no_such_day.html", {"form": asked}, status=400)
    editions = Edition.objects.as_at(asked.day).in_source_order()
    evaluated = [edition.entry for edition in editions.telling("evaluation")]
    others = editions.exclude(pk__in=editions.telling("evaluation").order_by().values("pk"))
    silent = [edition.entry for edition in others[:MOST_TOLD]]
    selection = select("", asked.day)
    total = found(selection).total()
    context = {
        **past(asked.day),
        "query": selection.query,
        "rows": overview_presenters.evaluations(overview_rows.evidence(evaluated)),
        "silent": silent,
        "evaluated_number": len(evaluated),
        "silent_number": total - len(evaluated),
        "about": provenance(selection, sources_of([*evaluated, *silent]), total, total=total),
    }
    return render(request, "overview/evidence.html", context)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "programmes/no_such_day.html", {"form": asked}, status=400)
    editions = Edition.objects.as_at(asked.day).telling("development").in_source_order()
    entries = [edition.entry for edition in editions]
    areas = briefings(asked.day)
    shown = timeline_presenters.timed_events(overview_rows.events(entries, areas))
    selection = select("", asked.day)
    total = found(selection).total()
    context = {
        **past(asked.day),
        "query": selection.query,
        "picture": timeline_presenters.picture(shown),
        "stopped": [event for event in shown if event.is_stop],
        "happened": [event for event in shown if not event.expected and not event.is_stop],
        "expected": [event for event in shown if event.expected],
        "about": provenance(selection, sources_of([*entries, *areas]), total, total=total),
    }
    return render(request, "overview/timeline.html", context)


# The same as tables to take away.

Maker = Callable[[HttpRequest, ProgrammeFilterSet, list[Entry]], Table]
"""Makes a table of the entries that the list's parameters select."""


def matrix_table(
    request: HttpRequest, selection: ProgrammeFilterSet, entries: list[Entry]
) -> Table:
    """Raises ValueError, with words for the reader, for a dimension that there is not."""
    form = provision_form(request)
    if not form.is_valid():
        raise ValueError(f"by: {form.errors['by'][0]} {', '.join(SHOWN)}")
    rows = overview_rows.stated(entries, form.dimension)
    return overview_tables.of_provision(rows, form.dimension, get_language())


def money_table(request: HttpRequest, selection: ProgrammeFilterSet, entries: list[Entry]) -> Table:
    return overview_tables.of_money(overview_rows.money(entries), get_language())


def evidence_table(
    request: HttpRequest, selection: ProgrammeFilterSet, entries: list[Entry]
) -> Table:
    return overview_tables.of_evidence(overview_rows.evidence(entries), get_language())


def timeline_table(
    request: HttpRequest, selection: ProgrammeFilterSet, entries: list[Entry]
) -> Table:
    areas = selection.chosen.get("area")
    everywhere = briefings(selection.day)
    here = [briefing for briefing in everywhere if not areas or briefing.area in areas]
    return overview_tables.of_events(overview_rows.events(entries, here), get_language())


def table(make: Maker, page: str, suffix: str, usual: str) -> Callable[[HttpRequest], HttpResponse]:
    """A view of the rows that the page of that name counts, as CSV or as JSON.

    It takes the parameters of the list; without any but the day, `usual` is what the page itself
    selects.
    """

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection = ProgrammeFilterSet(request.GET)
        if not selection.is_valid():
            return _refused(problems_as_text(selection.problems()))
        if not selection.query_now:
            selection = select(usual, selection.day)
        entries = entries_of(selection)
        try:
            rows = make(request, selection, entries)
        except ValueError as refused:
            return _refused(str(refused))
        about = _of_table(request, selection, entries, page)
        if suffix == "json":
            return as_file(request.path, rows.as_json(about), downloads.JSON.media_type, about)
        content = rows.as_csv(get_language())
        return as_file(request.path, content, downloads.CSV.media_type, about)

    return view


def _of_table(
    request: HttpRequest, selection: ProgrammeFilterSet, entries: list[Entry], page: str
) -> Provenance:
    """The address is that of the page, of what was asked as far as it is known here."""
    by = urlencode({"by": request.GET["by"]}) if "by" in request.GET else ""
    query = "&".join(filter(None, (by, selection.query)))
    path = reverse(f"{get_language()}:{page}")
    return provenance(selection, sources_of(entries), len(entries), f"{path}?{query}".rstrip("?"))


def _refused(why: str | bytes, status: int = 400) -> HttpResponse:
    return HttpResponse(why, "text/plain; charset=utf-8", status=status)
