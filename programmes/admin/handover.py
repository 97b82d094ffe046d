"""Handing an entry over: ready, with a line for whoever publishes, or sent back with a note."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from programmes.admin.differences import unpublished
from programmes.admin.entry_pages import EditorRequest, back_to, entry_page, render_page
from programmes.admin.forms import NoteField
from programmes.admin.publish import PUBLISH
from programmes.models import Programme
from programmes.publishing.handover import say_ready, send_back
from programmes.publishing.publish import NothingToPublishError


class ReadyForm(forms.Form):
    note = NoteField(label="A line for whoever publishes it", required=False)


class SendBackForm(forms.Form):
    note = NoteField(label="What has to be put right first")


@entry_page("programmes.change_programme")
def ready_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    form = ReadyForm(request.POST or None)
    if form.is_valid():
        try:
            say_ready(programme, by=request.user, note=form.cleaned_data["note"])
        except NothingToPublishError:
            messages.warning(request, "There is nothing to publish: the public sees it all.")
        else:
            messages.success(request, "Ready: whoever publishes finds it on their home page.")
        return back_to(programme)
    return render_page(
        request,
        "handover",
        f"Ready to publish: {programme}",
        programme=programme,
        form=form,
        differences=unpublished(programme),
        button="Ready",
    )


@entry_page(PUBLISH)
def send_back_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        if send_back(programme, by=request.user, note=form.cleaned_data["note"]):
            messages.success(request, "Sent back, with your note. The public page is as it was.")
        else:
            messages.warning(request, "Somebody published this or sent it back already.")
        return back_to(programme)
    return render_page(
        request,
        "handover",
        f"Send back {programme}",
        programme=programme,
        form=form,
        differences=unpublished(programme),
        button="Send back",
    )
