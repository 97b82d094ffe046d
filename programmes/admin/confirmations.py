"""Asking a provider to confirm an entry, and deciding on the answers, fact by fact."""

from collections.abc import Iterator
from typing import Any

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
from programmes.domain.entry import Entry
from programmes.models import ConfirmationRequest, Programme
from programmes.presentation.confirmable import fields_in_words, stated_about
from programmes.presentation.text import in_language
from programmes.publishing.confirmations import accept, ask
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import public_edition
from programmes.vocabulary import Decision, Field, OrganisationRole


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
        required=False,
        max_length=200,
    )
    publisher_cy = NoteField(
        label="The same in Welsh",
        help_text="",
        widget=forms.TextInput,
        required=False,
        max_length=200,
    )

    def __init__(self, posted: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(posted)
        self.fields["accepted"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("publisher_en", "publisher_cy") if cleaned.get("accepted") else ():
            if name in cleaned and not cleaned[name]:
                self.add_error(name, "Say who answered, before anything counts.")
        return cleaned


def can_be_asked(programme: Programme) -> bool:
    """Whether an entry is public and names a provider."""
    edition = public_edition(programme)
    involved = edition.entry.involvements if edition else ()
    return any(each.role == OrganisationRole.PROVIDER for each in involved)


@entry_page("programmes.change_programme")
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


@entry_page("programmes.change_programme")
def answers_page(request: EditorRequest, programme: Programme, number: int) -> HttpResponse:
    rows = ConfirmationRequest.objects.exclude(answered_at=None).select_related("edition")
    answered = get_object_or_404(rows, programme=programme, pk=number)
    choices, others = _sorted_answers(programme, answered)
    form = AnswersForm(request.POST or None, choices)
    if form.is_valid():
        answered_by = {name: form.cleaned_data[name] for name in ("publisher_en", "publisher_cy")}
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
    public, then = public_edition(programme), answered.edition
    choices, others = [], []
    words = fields_in_words(then.entry, timezone.localdate()) if then else {}
    for field, (decision, text) in answered.answers.items():
        label = f"{Field(field).label}: {words[Field(field)]}: {Decision(decision).label.lower()}"
        label += f", “{text}”" if text else ""
        if decision == Decision.CANNOT_SAY:
            others.append(label)
        elif decision == Decision.STILL and not _is_same(field, then, public, programme):
            others.append(f"{label}. It was changed here since, so that it cannot be accepted.")
        else:
            choices.append((field, label))
    return choices, others


def _is_same(field: str, then: Any, public: Any, programme: Programme) -> bool:
    entries: list[Entry] = [each.entry for each in (then, public) if each]
    states = [stated_about(each, field) for each in (*entries, entry_of(programme))]
    return public is not None and all(state == states[0] for state in states)
