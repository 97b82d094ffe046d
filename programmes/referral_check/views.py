"""The referral check. Nothing that is posted here is kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.public_form_guard import uncached_form
from forces.gazetteer import gazetteer
from programmes.domain.eligibility import asks_about_marac, questions_for, verdicts
from programmes.domain.entry import NOT_STATED, Entry
from programmes.models import Edition
from programmes.presentation.text import coverage_note
from programmes.referral_check import presenters as check_presenters
from programmes.referral_check.forms import HELP_FIRST, CaseForm, StartForm


@uncached_form
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    start = StartForm(posted or request.GET)
    programme = _programme(start)
    where = start.cleaned_data["where"] or (programme and programme.area)
    form = CaseForm(posted, initial={"where": where})
    context: dict[str, Any] = {"form": form, "programme": programme}
    if posted is not None:
        context |= _answered(form, posted.get("step", ""), programme)
    else:
        context["query"] = request.GET.urlencode(safe="/")
        form.initial["where"] = where if where in gazetteer().locations else ""
    status = 400 if form.errors else 200
    response = render(request, "referral_check/check.html", context, status=status)
    if posted is None and not request.GET:
        response["X-Robots-Tag"] = "all"  # where a check begins is worth finding
    return response


def _programme(start: StartForm) -> Entry | None:
    if not start.is_valid():
        raise Http404
    address = start.cleaned_data["programme"]
    return get_object_or_404(Edition.objects.current().at([address])).entry if address else None


def _answered(form: CaseForm, step: str, programme: Entry | None) -> dict[str, Any]:
    """The page of what was posted: help, the questions again, or the result."""
    help_first = form["referrer"].value()
    if help_first in HELP_FIRST:
        form.errors.clear()
        return {"step": "result", "answers": [("referrer", help_first)], "help_first": help_first}
    if form.errors or step == "questions":
        return {"answers": form.answers, "step": "questions"}
    entries, note = _entries(form)
    case, areas = form.case, Edition.objects.areas().order_by("area_position")
    offices = [
        each.briefing for each in (areas.filter(area=form.area.slug) if form.area else areas)
    ]
    form.ask(questions_for(entries, case), about_marac=asks_about_marac(entries, case))
    by_group = verdicts(entries, case)
    result = check_presenters.result(by_group, form, offices, programme, timezone.localdate())
    return {"answers": form.answers, "step": "result", "result": result, "whole_area": note}


def _entries(form: CaseForm) -> tuple[list[Entry], str]:
    """The entries there and those without an area, or all; and what is not known of coverage."""
    editions = Edition.objects.current().in_source_order()
    if form.area:
        editions = editions.filter(area__in=[form.area.slug, NOT_STATED])
    entries = [edition.entry for edition in editions]
    authority = form.location and form.location.authority
    if not (form.area and authority):
        return entries, ""
    stated = {each for entry in entries if entry.area for each in entry.authorities()}
    serving = {authority.slug, NOT_STATED}
    here = [entry for entry in entries if serving & {*entry.authorities()}]
    return here, coverage_note(form.area, stated)
