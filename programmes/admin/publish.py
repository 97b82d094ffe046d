"""Publishing an entry, withdrawing it, handing it over, and what waits to be published."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

from accounts.areas import open_areas
from core.middleware.language import LANGUAGES, other
from programmes.admin.differences import unpublished
from programmes.admin.edit_conflicts import unpublished_saves
from programmes.admin.entry_pages import (
    EditorRequest,
    back_to,
    entry_page,
    find_entries,
    find_entry,
    render_page,
)
from programmes.admin.forms import NoteField, PublishForm, WithdrawForm
from programmes.domain.entry import Entry
from programmes.entries.views import editions_beside, entry_context
from programmes.models import Handover, Programme
from programmes.publishing import publish as publishing
from programmes.publishing.data_checks import obstacles, problems_of_entry
from programmes.publishing.draft import entry_of
from programmes.publishing.handover import say_ready, send_back

PUBLISH = "programmes.publish_programme"
OVERTAKEN = (
    "Nothing is published yet, since the entry was changed meanwhile. Look at who changed what, "
    "and at what would change now, and publish once more; what you typed is kept."
)
NOT_CHECKED = 'Publishing records nothing as checked: <a href="{}">Record a check…</a>'


def unpublished_page(request: EditorRequest) -> HttpResponse:
    """Every entry whose changes the public has not been shown, and what they are."""
    programmes = list(find_entries(request))
    waiting = filter(publishing.has_unpublished_changes, programmes)
    return render_page(
        request,
        "unpublished",
        "Changes not yet published",
        waiting=[(each, unpublished(each)) for each in waiting],
        withdrawn=[each for each in programmes if publishing.is_withdrawn(each)],
    )


@entry_page("publish/", PUBLISH)
def publish_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    form = PublishForm(request.POST or None, entry=entry_of(programme))
    if form.is_valid():
        if _publish(request, programme, form):
            return back_to(programme)
        # As it is by now, with what was typed.
        programme = find_entry(request, programme.pk)
        entry = entry_of(programme)
        posted = request.POST.dict() | {"seen": publishing.fingerprint(entry)}
        form = PublishForm(posted, entry=entry)
    in_the_way = obstacles(entry_of(programme))
    known = {*in_the_way, *form.missing}
    problems = problems_of_entry(programme)
    is_withdrawn = publishing.is_withdrawn(programme)
    return render_page(
        request,
        "publish",
        f"{'Put back' if is_withdrawn else 'Publish'} {programme}",
        programme=programme,
        form=form,
        differences=unpublished(programme),
        saves=unpublished_saves(programme),
        obstacles=in_the_way,
        worth_a_look=[each for each in problems if each not in known],
        is_withdrawn=is_withdrawn,
        all_areas=open_areas(request) is None,
    )


def _publish(request: EditorRequest, programme: Programme, form: PublishForm) -> bool:
    """Publish, say what came of it, and return whether nothing is left to do on the page."""
    try:
        publishing.publish(
            programme,
            by=request.user,
            why=form.cleaned_data["why"],
            deadline=form.deadline,
            only_if=form.cleaned_data["seen"],
        )
    except publishing.OvertakenError:
        messages.warning(request, OVERTAKEN)
        return False
    except publishing.NotReadyError as lacking:
        messages.error(request, str(lacking))
        return False
    except publishing.NothingToPublishError:
        messages.warning(request, "There was nothing to publish.")
    else:
        messages.success(request, "Published: the public sees this entry as it is here.")
        if entry_of(programme).unconfirmed:
            check = reverse("admin:programmes_programme_check", args=[programme.pk])
            messages.info(request, format_html(NOT_CHECKED, check))
    return True


@entry_page("withdraw/", PUBLISH)
def withdraw_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            publishing.withdraw(programme, by=request.user, **form.cleaned_data)
        except publishing.NothingToPublishError:
            messages.warning(request, "There was nothing to withdraw.")
        else:
            messages.success(request, "Withdrawn: the entry’s address now says when and why.")
        return back_to(programme)
    title = f"Withdraw {programme}"
    return render_page(request, "withdraw", title, programme=programme, form=form)


@entry_page("preview/<str:language>/")
def preview_page(request: EditorRequest, programme: Programme, language: str) -> HttpResponse:
    """The public page as publishing now would make it."""
    entry = entry_of(programme)
    if in_the_way := obstacles(entry):
        messages.warning(request, " ".join(in_the_way))
        return back_to(programme)
    return public_page(
        request, language, entry, programme=programme, changed=publishing.is_changed(programme)
    )


def public_page(request: Any, language: str, entry: Entry, **context: Any) -> HttpResponse:
    """An entry as its public page would show it, whatever its state."""
    if language not in LANGUAGES:
        raise Http404
    here = request.resolver_match
    context["twin"] = reverse(here.view_name, kwargs=here.kwargs | {"language": other(language)})
    # The page's own links go on in its language, as on the public page.
    request.current_app = language
    with translation.override(language):
        beside = editions_beside(entry.area_slug, entry.slug, entry.name.en)
        context = entry_context(entry, beside) | context
        response = render(request, "admin/programmes/programme/preview.html", context)
    response["Content-Language"] = language
    return response


class HandoverForm(forms.Form):
    note = NoteField()


@entry_page("ready/", "programmes.change_programme")
def ready_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    return _hand_over(request, programme, say_ready, "Ready to publish")


@entry_page("send_back/", PUBLISH)
def send_back_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    return _hand_over(request, programme, send_back, "Send back")


def _hand_over(
    request: EditorRequest, programme: Programme, act: Callable[..., Handover | None], name: str
) -> HttpResponse:
    form = HandoverForm(request.POST or None)
    reader = "a publisher" if act is say_ready else "whoever sent it"
    form.fields["note"].label = f"A line for {reader}"
    if form.is_valid():
        if act(programme, by=request.user, note=form.cleaned_data["note"]):
            messages.success(request, f"Done: {reader} finds it on their home page.")
        else:
            messages.warning(request, "Nothing waits here: it is public already, or sent back.")
        return back_to(programme)
    context = {"form": form, "button": name, "differences": unpublished(programme)}
    context["obstacles"] = obstacles(entry_of(programme)) if act is say_ready else []
    return render_page(request, "handover", f"{name}: {programme}", programme=programme, **context)
