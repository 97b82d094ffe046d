"""The form of a place in words. What is written there stands in no address, log or store."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import PublicForm
from forces.gazetteer import Answer, Location, Outcome, gazetteer, key_of
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.forms import NO_WORDS

REPLACED = {"area", "authority", "page"}
"""Parameters of the list that a place puts others in place of."""

ALL_OF_WALES = {"", "wales", "cymru"}

NOT_FOUND = {
    Outcome.UNKNOWN: _(
        "We do not know this place in Wales. Write the whole name of a town or council area, or a "
        "postcode."
    ),
    Outcome.OUTSIDE: _(
        "This postcode is outside Wales. Write a place in Wales, or leave the box empty to see "
        "all programmes."
    ),
}


class PlaceForm(PublicForm):
    where = forms.CharField(
        label=_("Where"),
        help_text=_("Town, postcode or council"),
        required=False,
        max_length=100,
        validators=[ProhibitNullCharactersValidator(NO_WORDS)],
        error_messages={"max_length": _("Use 100 characters or fewer.")},
        widget=forms.TextInput(
            {"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    answer: Answer | None = None
    """Where the place lies; None for all of Wales."""

    def clean_where(self) -> str:
        words = self.cleaned_data["where"]
        if key_of(words) not in ALL_OF_WALES:
            self.answer = gazetteer().look_up(words)
            if self.answer.outcome in NOT_FOUND:
                raise forms.ValidationError(NOT_FOUND[self.answer.outcome])
        return words


def carried(parameters: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """The parameters of the list that stay when another place is chosen."""
    kept = {*ProgrammeFilterSet.parameter_names(), "referrer"} - REPLACED
    return [(name, each) for name, values in parameters if name in kept for each in values if each]


def in_words(location: Location) -> str:
    """ "Newport, Gwent" or "Newport, Pembrokeshire"."""
    named = [location, location.around] if location.around else [location]
    return ", ".join(getattr(each, f"name_{get_language()}") for each in named)
