"""Recording a verification of an entry: apart from editing it, and public at once."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from programmes.admin.entry_pages import EditorRequest, back_to, entry_page, render_page
from programmes.admin.forms import NoteField
from programmes.domain.entry import STOPPED, Entry
from programmes.models import Programme, Verification
from programmes.presentation.entry import fields_in_words, stated_about
from programmes.presentation.text import word
from programmes.publishing.amendments import record_verification, take_back_verification
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import public_edition
from programmes.vocabulary import CheckedWith, CheckOutcome, Field, Status

NOW_SAY_WHAT = (
    "Readers are told that something has changed, and not yet what. Edit it here, publish it, and "
    "record a check that confirms it."
)


class VerificationForm(forms.ModelForm):
    checked_with = forms.ChoiceField(
        label="Who was asked, or what was looked at",
        choices=CheckedWith.choices,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=CheckOutcome.choices,
        widget=forms.RadioSelect,
        help_text="“Could not reach anyone” is kept and makes the entry no younger. “Something has "
        "changed” puts earlier confirmations aside: tick below what still holds, then edit and "
        "publish the rest. “Has stopped” is shown to the public at once, until a later check ticks "
        "“Whether it runs: runs again”; to find it still stopped, choose “Has stopped” again.",
    )
    meant = forms.BooleanField(
        label="If it has stopped: yes, tell readers so now",
        required=False,
        error_messages={
            "required": "Not recorded yet. Every page will say “Stopped: found by a check”, lists "
            "will place the entry among those that stopped, and the referral check will no longer "
            "offer it. Tick this if that is so."
        },
    )
    confirmed = forms.MultipleChoiceField(
        label="What was confirmed",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Each as the public reads it now; what is not stated cannot be confirmed. Only "
        "what is ticked counts.",
    )
    note = NoteField(label="Note", required=False)

    class Meta:
        model = Verification
        fields = ["checked_on", "checked_with", "outcome", "confirmed", "note"]
        widgets = {"checked_on": AdminDateWidget}

    field_order = ("checked_on", "checked_with", "outcome", "meant")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meant"].required = self.data.get("outcome") == CheckOutcome.STOPPED
        edition, self.working = public_edition(programme), entry_of(programme)
        self.public = edition.entry if edition else self.working
        choices = list(_as_public(self.public))
        self.fields["confirmed"].choices = choices  # type: ignore[attr-defined]

    def clean_confirmed(self) -> list[str]:
        """Nobody confirmed what the public reads where something else waits to be published."""
        confirmed = self.cleaned_data["confirmed"]
        changed = [
            f for f in confirmed if stated_about(self.public, f) != stated_about(self.working, f)
        ]
        if changed:
            names = ", ".join(f"“{Field(field).label}”" for field in changed)
            waiting = reverse("admin:programmes_programme_unpublished")
            raise forms.ValidationError(
                format_html(
                    'Changed here and not public: {}. <a href="{}#entry-{}">See what has '
                    "changed</a> and have it published first; or take these ticks away.",
                    names,
                    waiting,
                    self.instance.programme_id,
                )
            )
        return confirmed


class MistakeForm(forms.Form):
    why = NoteField(label="How it came about")


def _as_public(entry: Entry) -> Iterator[tuple[str, str]]:
    """Each field of which something is stated, and what the public reads of it."""
    for field, words in fields_in_words(entry, timezone.localdate()).items():
        if field == Field.STATUS and entry.check_outcome == STOPPED:
            # What is confirmed beside a stop lifts it: the tick must say that and not "stopped".
            before = word(Status, entry.reading("status").value)
            words = f"runs again, as read before the stop ({before})"
        yield field.value, f"{field.label}: {words}"


@entry_page("check/", "programmes.add_verification")
def verification_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    form = VerificationForm(
        request.POST or None, instance=Verification(programme=programme), programme=programme
    )
    if form.is_valid():
        edition = record_verification(form.instance, by=request.user)
        shown = "The public sees it now." if edition else "The public page stays as it was."
        messages.success(request, f"The check is recorded. {shown}")
        if form.instance.outcome == CheckOutcome.CHANGED:
            messages.info(request, NOW_SAY_WHAT)
        return back_to(programme)
    checks = programme.verifications.select_related("by", "mistake__by")
    title = f"Record a check of {programme}"
    return render_page(request, "check", title, programme=programme, form=form, checks=checks)


@entry_page("mistake/<int:number>/", "programmes.add_verification")
def mistake_page(request: EditorRequest, programme: Programme, number: int) -> HttpResponse:
    """Take a verification back: it stays in the list, and counts no longer."""
    check = get_object_or_404(programme.verifications, mistake=None, pk=number)
    form = MistakeForm(request.POST or None)
    if form.is_valid():
        edition = take_back_verification(check, by=request.user, why=form.cleaned_data["why"])
        shown = "The public sees so now." if edition else "The public page stays as it was."
        messages.success(request, f"The check counts no longer. {shown}")
        return back_to(programme)
    title = f"Recorded by mistake: check of {programme}"
    return render_page(request, "mistake", title, programme=programme, form=form, check=check)
