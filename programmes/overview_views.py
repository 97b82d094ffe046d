"""What commissioners ask of all entries at once: provision, money, comparison, evidence, time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forces.models import ForceArea
from programmes import overview_presenters, presenters, provision
from programmes.briefing import Briefing
from programmes.compare_presenters import comparison
from programmes.entry import Entry
from programmes.exports import Format, tables
from programmes.exports.spreadsheets import problems_as_text
from programmes.exports.tables import Table
from programmes.filters import ProgrammeFilterSet, entries_of, select
from programmes.forms import NOT_IN_VOCABULARY, PublicForm, Select
from programmes.models import Edition
from programmes.models.edition import ADDRESS
from programmes.provenance import Provenance, provenance
from programmes.vocabulary import DIMENSIONS, Stage

SHOWN = {d.name: d for d in DIMENSIONS if d.name not in ("stage", "status")}
FIRST = "risk"
"""The dimension that the matrix shows where none is asked for."""

MOST_COMPARED = 4
OFFERED_TO_COMPARE = 60


class ProvisionForm(PublicForm):
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


def briefings() -> list[Briefing]:
    return [edition.briefing for edition in Edition.objects.areas().order_by("area_position")]


COMMUNITY = f"stage={Stage.COMMUNITY}"
"""The entries of the submission's tables, as the list selects them."""


@require_safe
def provision_matrix(request: HttpRequest) -> HttpResponse:
    form = ProvisionForm({"by": request.GET.get("by", FIRST)})
    if not form.is_valid():
        context = {"form": form, "query": request.GET.urlencode()}
        return render(request, "overview/provision.html", context, status=400)
    selection = select(COMMUNITY)
    entries = entries_of(selection)
    counts = provision.count(entries, form.dimension)
    areas = overview_presenters.areas(area_names(), counts)
    dimension = SHOWN[form.dimension]
    context = {
        "form": form,
        "dimension": dimension,
        "query": f"by={form.dimension}",
        "areas": areas,
        "matrix": overview_presenters.matrix(entries, counts, dimension, areas),
        "entries": len(entries),
        "names": len({entry.name for entry in entries}),
        "about": provenance(selection, entries, len(entries)),
        **overview_presenters.overview(entries, areas),
    }
    return render(request, "overview/provision.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    chosen, problem, status = _to_compare(request)
    context: dict[str, Any] = {
        "chosen": chosen,
        "problem": problem,
        "offers": _offers(chosen, area_names()),
        "query": request.GET.urlencode(safe="/"),
    }
    if len(chosen) > 1 and not problem:
        today = timezone.localdate()
        pages = [presenters.entry_page(entry, today) for entry in chosen]
        context |= {"comparison": comparison(pages), "about": _of_these(request, chosen)}
    return render(request, "overview/compare.html", context, status=status)


def compare_file(kind: Format) -> Callable[[HttpRequest], HttpResponse]:
    """The compared entries as the list would download them."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        chosen, problem, status = _to_compare(request)
        if problem:
            return HttpResponse(problem, "text/plain; charset=utf-8", status=status)
        about = _of_these(request, chosen)
        return HttpResponse(kind.write(chosen, about, get_language()), kind.media_type)

    return view


def _of_these(request: HttpRequest, chosen: list[Entry]) -> Provenance:
    """What a comparison says of itself: the entries by name, since no filter chose them."""
    about = provenance(select(""), chosen, len(chosen), request.get_full_path())
    return replace(about, selection=overview_presenters.named(chosen))


def _to_compare(request: HttpRequest) -> tuple[list[Entry], str, int]:
    """The entries asked for, and what is wrong with asking for them, with its status."""
    addresses = list(dict.fromkeys(filter(None, request.GET.getlist("programme"))))
    chosen = _chosen(addresses)
    if len(addresses) > MOST_COMPARED:
        return chosen, _("Choose four entries at most."), 400
    if len(chosen) < len(addresses):
        return chosen, _("The directory has no such entry."), 404
    return chosen, "", 200


def _chosen(addresses: list[str]) -> list[Entry]:
    """The entries at some addresses, in the order given; none where there is none."""
    known = [address for address in addresses if ADDRESS.fullmatch(address)]
    found = {e.address: e.entry for e in Edition.objects.current().at(known[: MOST_COMPARED + 1])}
    return [found[address] for address in addresses if address in found]


def _offers(chosen: list[Entry], names: dict[str, str]) -> list[overview_presenters.Offer]:
    """What could be added to a comparison; the documents of those are not needed."""
    taken = [entry.uuid for entry in chosen]
    others = Edition.objects.current().exclude(programme__uuid__in=taken)
    others = others.defer("document").order_by("area_position", "search_name")
    return overview_presenters.offers(others[:OFFERED_TO_COMPARE], names)


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    selection = select("")
    entries = entries_of(selection)
    rows = provision.evidence(entries)
    context = {
        "rows": overview_presenters.evaluations(rows),
        "silent": [row.entry for row in rows if row.evaluation is None],
        "about": provenance(selection, entries, len(entries)),
    }
    return render(request, "overview/evidence.html", context)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    selection = select("")
    entries = entries_of(selection)
    events, names = provision.events(entries, briefings()), area_names()
    shown = overview_presenters.timed_events(events, names)
    context = {
        "picture": overview_presenters.picture(events, names),
        "happened": [event for event in shown if not event.expected],
        "expected": [event for event in shown if event.expected],
        "about": provenance(selection, entries, len(entries)),
    }
    return render(request, "overview/timeline.html", context)


# The same as tables to take away.

Maker = Callable[[HttpRequest, ProgrammeFilterSet], Table]


def matrix_table(request: HttpRequest, selection: ProgrammeFilterSet) -> Table:
    """Raises ValueError, with words for the reader, for a dimension that there is not."""
    form = ProvisionForm({"by": request.GET.get("by", FIRST)})
    if not form.is_valid():
        raise ValueError(f"by: {form.errors['by'][0]} {', '.join(SHOWN)}")
    rows = provision.stated(entries_of(selection), form.dimension)
    return tables.of_provision(rows, form.dimension, get_language())


def money_table(request: HttpRequest, selection: ProgrammeFilterSet) -> Table:
    return tables.of_money(provision.money(entries_of(selection)), get_language())


def evidence_table(request: HttpRequest, selection: ProgrammeFilterSet) -> Table:
    return tables.of_evidence(provision.evidence(entries_of(selection)), get_language())


def timeline_table(request: HttpRequest, selection: ProgrammeFilterSet) -> Table:
    areas = selection.chosen.get("area")
    here = [briefing for briefing in briefings() if not areas or briefing.area in areas]
    return tables.of_events(provision.events(entries_of(selection), here), get_language())


def table(make: Maker, suffix: str, usual: str = "") -> Callable[[HttpRequest], HttpResponse]:
    """A view of the rows that a page counts, as CSV or as JSON.

    It takes the parameters of the list; without any, `usual` is what the page itself selects.
    """

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection = ProgrammeFilterSet(request.GET)
        if not selection.is_valid():
            return _refused(problems_as_text(selection.problems()))
        if not selection.query:
            selection = select(usual)
        try:
            rows = make(request, selection)
        except ValueError as refused:
            return _refused(str(refused))
        entries = entries_of(selection)
        about = provenance(selection, entries, len(entries), request.get_full_path())
        name = request.path.rpartition("/")[2].partition(".")[0]
        write, media_type = tables.WRITERS[suffix]
        response = HttpResponse(write(rows, about, get_language()), media_type)
        response["Content-Disposition"] = f'attachment; filename="{name}-{about.as_at}.{suffix}"'
        return response

    return view


def _refused(why: str | bytes) -> HttpResponse:
    return HttpResponse(why, "text/plain; charset=utf-8", status=400)
