"""The public facts of an entry as a form: a decision on each, and a line of words."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import PublicForm, Radios
from programmes.corrections.forms import FewWords
from programmes.domain.contact_rules import names_place_or_partners, note_problem
from programmes.models import Edition
from programmes.presentation.entry import fields_to_ask
from programmes.vocabulary import Decision

MOST_LETTERS = 200
CHOOSE = {"required": _("Choose one.")}
UNFIT = _(
    "Leave out names of staff, telephone numbers, e-mail addresses, places and times of meetings, "
    "and how partners get support. Nothing has been sent yet."
)


def refuse_unfit(text: str) -> None:
    if note_problem(text) or names_place_or_partners(text):
        raise forms.ValidationError(UNFIT)


class ConfirmationForm(PublicForm):
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, posted: Any, edition: Edition) -> None:
        super().__init__(posted, initial={"seen": edition.pk})
        self.edition, self.asked = edition, fields_to_ask(edition.entry, timezone.localdate())
        for field, words in self.asked.items():
            self.fields[field] = forms.ChoiceField(
                label=field.label,
                help_text=words,
                choices=Decision.choices,
                widget=Radios,
                error_messages=CHOOSE,
            )
            label = _("In a line, if you wish: %(field)s") % {"field": field.label}
            line = FewWords(required=False, max_length=MOST_LETTERS, label=label)
            line.validators.append(refuse_unfit)
            line.widget.attrs["rows"] = 2
            self.fields[f"{field}-words"] = line

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != str(self.edition.pk):
            self.data = {**self.data, "seen": str(self.edition.pk)}
            raise forms.ValidationError(
                _(
                    "This page has changed since you opened it. "
                    "Look at it once more and send it again."
                )
            )
        return self.cleaned_data["seen"]

    def answers(self) -> dict[str, list[str]]:
        data = self.cleaned_data
        return {field.value: [data[field], data[f"{field}-words"]] for field in self.asked}
