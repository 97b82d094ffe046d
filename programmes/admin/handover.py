"""Handing an entry over: ready, with a line for whoever publishes, or sent back with a note."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from programmes.admin.differences import unpublished
from programmes.admin.entry_pages import EditorRequest, back_to, entry_page, render_page
from programmes.admin.forms import NoteField
from programmes.admin.publish import PUBLISH
from programmes.models import Handover, Programme
from programmes.publishing.handover import say_ready, send_back


class HandoverForm(forms.Form):
    note = NoteField(label="A line for the other side")


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
    if form.is_valid():
        if act(programme, by=request.user, note=form.cleaned_data["note"]):
            messages.success(request, "Done: the other side finds it on their home page.")
        else:
            messages.warning(request, "Nothing waits here: it is public already, or sent back.")
        return back_to(programme)
    context = {"form": form, "button": name, "differences": unpublished(programme)}
    return render_page(request, "handover", f"{name}: {programme}", programme=programme, **context)
