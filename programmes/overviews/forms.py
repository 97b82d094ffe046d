"""What the overview of provision and a comparison can be asked for."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from core.forms import NOT_IN_VOCABULARY, PublicForm, Select
from programmes.listing.forms import DayForm
from programmes.readings import DIMENSIONS

SHOWN = {each.name: each for each in DIMENSIONS if each.may_be_silent}
FIRST = "risk"
"""The dimension that the matrix shows where none is asked for."""


class ProvisionForm(DayForm):
    by = forms.ChoiceField(
        label=gettext_lazy("What is stated about"),
        choices=[(name, dimension.label) for name, dimension in SHOWN.items()],
        required=False,
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )

    def __init__(self, asked: QueryDict) -> None:
        asked = asked.copy()
        asked.setdefault("by", FIRST)
        super().__init__(asked)

    @property
    def dimension(self) -> str:
        return self.cleaned_data["by"] or FIRST


class CompareForm(PublicForm):
    """The addresses of the entries to compare, in the order in which they stand side by side."""

    programme = forms.Field(required=False, widget=forms.MultipleHiddenInput)
