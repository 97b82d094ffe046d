"""What the overview of provision and a comparison can be asked for."""

from django import forms
from django.utils.translation import gettext_lazy

from core.forms import OneOf, PublicForm
from programmes.listing.forms import DayForm
from programmes.readings import DIMENSIONS

SHOWN = {each.name: each for each in DIMENSIONS if each.may_be_silent}
WAYS = {
    "risk": gettext_lazy("Risk"),
    "route": gettext_lazy("Who could refer"),
    "funder": gettext_lazy("Funded by"),
    "longevity": gettext_lazy("How long"),
    "evaluation": gettext_lazy("Evaluated"),
}
"""The dimensions that the page offers; it takes the others too, and files have them."""
FIRST = "risk"
"""The dimension that the figure shows where none is asked for."""


class ProvisionForm(DayForm):
    by = OneOf(
        label=gettext_lazy("Compare areas by"),
        choices=[(name, dimension.label) for name, dimension in SHOWN.items()],
    )

    @property
    def dimension(self) -> str:
        return self.cleaned_data["by"] or FIRST


def ways(chosen: str, query: str) -> list[tuple[str, str]]:
    """The label of each way to compare areas, and its query; "" for the one that is shown."""
    labels = WAYS if chosen in WAYS else {**WAYS, chosen: SHOWN[chosen].label}
    queries = {name: "&".join(filter(None, (f"by={name}", query))) for name in labels}
    return [(str(labels[name]), queries[name] if name != chosen else "") for name in labels]


class CompareForm(PublicForm):
    """The addresses of the entries to compare, in the order in which they stand side by side."""

    programme = forms.Field(required=False, widget=forms.MultipleHiddenInput)
