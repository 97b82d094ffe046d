"""The referral check. Nothing that is posted here is kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.public_form_guard import uncached_form
from forces.models import all_force_areas, area_of
from programmes.domain.briefing import Briefing
from programmes.domain.eligibility import asks_about_marac, questions_for, verdicts
from programmes.domain.entry import NOT_STATED, Entry
from programmes.models import Edition
from programmes.models.edition import ADDRESS
from programmes.presentation.developments import wider_system
from programmes.presentation.text import coverage_note
from programmes.referral_check import presenters as check_presenters
from programmes.referral_check.forms import BEING_HURT, CaseForm, StartForm
from programmes.vocabulary import Referrer, Subject

STEPS = ("start", "questions", "result")


@uncached_form
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    programme = _programme(StartForm(posted or request.GET))
    areas = all_force_areas()
    form = CaseForm(posted, areas, initial={"where": programme and programme.area})
    context: dict[str, Any] = {"form": form, "programme": programme}
    if posted is not None:
        context |= _answered(form, posted.get("step", ""), programme)
    status = 400 if form.errors else 200
    response = render(request, "referral_check/check.html", context, status=status)
    if posted is None and not request.GET:
        response["X-Robots-Tag"] = "all"  # where a check begins is worth finding
    return response


def _programme(start: StartForm) -> Entry | None:
    if not start.is_valid():
        raise Http404
    address = start.cleaned_data["programme"]
    if not address:
        return None
    if not ADDRESS.fullmatch(address):
        raise Http404
    return get_object_or_404(Edition.objects.current().at([address])).entry


def _answered(form: CaseForm, step: str, programme: Entry | None) -> dict[str, Any]:
    step = step if step in STEPS else "result"
    everything = _entries(form.area)
    serving = {form.authority, NOT_STATED}
    entries = [e for e in everything if not form.authority or serving & {*e.authorities()}]
    if step != "start":
        about_marac = asks_about_marac(entries, form.asked_by)
        form.ask(questions_for(entries, form.asked_by), about_marac=about_marac)
    has_errors = bool(form.errors)
    context: dict[str, Any] = {"step": step, "answers": form.answers}
    if has_errors or step == "start":
        return context
    if form.cleaned_data["referrer"] == BEING_HURT:
        return context | {"being_hurt": True}
    if step == "result" and form.not_offered_before:
        return context | {"step": "questions"}
    if step == "result":
        case, today = form.case, timezone.localdate()
        by_group, offices = verdicts(entries, case), _offices(form.area)
        context["result"] = check_presenters.result(by_group, case, offices, programme, today)
        # The person is told no more of agencies’ meetings than what programmes say of them.
        meetings = (Subject.MARAC, Subject.MATAC) if case.referrer == Referrer.SELF else ()
        context["wider_system"] = wider_system(offices, today, without=meetings)
        if form.authority:
            stated = {each for entry in everything if entry.area for each in entry.authorities()}
            context["whole_area"] = coverage_note(area_of(form.authority), stated)
    return context


def _entries(area: str | None) -> list[Entry]:
    """The entries of the area and those without one, or all."""
    editions = Edition.objects.current().order_by("area_position", "programme_id")
    if area:
        editions = editions.filter(area__in=[area, NOT_STATED])
    return [edition.entry for edition in editions]


def _offices(area: str | None) -> list[Briefing]:
    editions = Edition.objects.areas().order_by("area_position")
    return [edition.briefing for edition in (editions.filter(area=area) if area else editions)]
