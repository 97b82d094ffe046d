"""Asking a provider to confirm an entry, and deciding on the answers, fact by fact."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from programmes.admin.entry_pages import EditorRequest, back_to, entry_page, render_page
from programmes.admin.forms import NoteField
from programmes.models import ConfirmationRequest, Edition, Programme
from programmes.presentation.entry import fields_in_words, stated_about
from programmes.presentation.text import in_language
from programmes.publishing.confirmations import accept, ask
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import public_edition
from programmes.vocabulary import Decision, Field, OrganisationRole

ANSWERED_BY = ("publisher_en", "publisher_cy")


class AskForm(forms.Form):
    on_its_page = forms.BooleanField(
        label="The address I send this to stands on a public page of the provider",
        help_text="Of a team, not of a person. Whoever holds the link can answer.",
    )


class AnswersForm(forms.Form):
    accepted = forms.MultipleChoiceField(
        label="What you accept",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="What is not ticked counts for nothing. Words of a change are kept with the "
        "entry: read them there, and publish. The check is public at once.",
    )
    publisher_en = NoteField(
        label="Role and organisation that answered, in English",
        help_text="Public. “Referral team, Llamau”; no name of a person.",
        widget=forms.TextInput,
        max_length=200,
    )
    publisher_cy = NoteField(
        label="The same in Welsh", help_text="", widget=forms.TextInput, max_length=200
    )

    def __init__(self, posted: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(posted)
        self.fields["accepted"].choices = choices  # type: ignore[attr-defined]
        for name in ANSWERED_BY:
            self.fields[name].required = bool(posted and "accepted" in posted)


def can_be_asked(programme: Programme) -> bool:
    """Whether an entry is public and names a provider."""
    edition = public_edition(programme)
    involved = edition.entry.involvements if edition else ()
    return any(each.role == OrganisationRole.PROVIDER for each in involved)


@entry_page("ask/", "programmes.change_programme")
def ask_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    form = AskForm(request.POST or None)
    letter = ""
    if not can_be_asked(programme):
        messages.warning(request, "No provider is named in public: nobody can be asked.")
        return back_to(programme)
    if form.is_valid():
        letter = "\n".join(_letters(programme, ask(programme, by=request.user)))
    title = f"Ask the provider to confirm {programme}"
    return render_page(request, "ask", title, programme=programme, form=form, letter=letter)


def _letters(programme: Programme, token: str) -> Iterator[str]:
    for language in ("cy", "en"):
        with translation.override(language):
            link = settings.SITE_URL + reverse(f"{language}:confirmation", args=[token])
            name = in_language(entry_of(programme).name)
            yield render_to_string("confirmations/letter.html", {"link": link, "name": name})


@entry_page("answers/<int:number>/", "programmes.change_programme")
def answers_page(request: EditorRequest, programme: Programme, number: int) -> HttpResponse:
    rows = ConfirmationRequest.objects.exclude(answered_at=None).select_related("edition")
    answered = get_object_or_404(rows, programme=programme, pk=number)
    choices, others = _sorted_answers(programme, answered)
    form = AnswersForm(request.POST or None, choices)
    if form.is_valid():
        answered_by = {name: form.cleaned_data[name] for name in ANSWERED_BY}
        try:
            accept(answered, form.cleaned_data["accepted"], answered_by, by=request.user)
        except ConfirmationRequest.DoesNotExist:
            messages.warning(request, "Somebody has decided this already; yours was not saved.")
        else:
            messages.success(request, "Decided. What you accepted is recorded as a check.")
        return back_to(programme)
    title = f"Answers of the provider: {programme}"
    context = {"form": form, "others": others, "answered": answered}
    return render_page(request, "answers", title, programme=programme, **context)


def _sorted_answers(
    programme: Programme, answered: ConfirmationRequest
) -> tuple[list[tuple[str, str]], list[str]]:
    """What can be accepted, and what cannot, each in words."""
    public, then = public_edition(programme), cast(Edition, answered.edition).entry
    now = [public.entry if public else None, entry_of(programme)]
    choices, others = [], []
    words = fields_in_words(then, timezone.localdate())
    for field, (decision, text) in answered.answers.items():
        said = Decision(decision).label.lower()
        label = f"{Field(field).label}: {words.get(Field(field), '')}: {said}"
        label += f", “{text}”" if text else ""
        same = all(e and stated_about(e, field) == stated_about(then, field) for e in now)
        if decision == Decision.CHANGED or (decision == Decision.STILL and same):
            choices.append((field, label))
        else:
            others.append(label if same else f"{label}. It was changed here since.")
    return choices, others
