"""Forms of the list's parameters, of a place in words, and of the day a page is shown for."""

import datetime
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.forms import WRITE_THE_DATE, Checkboxes, OneOf, PublicForm, QueryForm, Select, by_name
from forces.gazetteer import Answer, Outcome, gazetteer, key_of
from forces.models import ForceArea, all_force_areas
from programmes.domain.eligibility import SELF
from programmes.listing.search import wanted
from programmes.publishing.search_text import fold
from programmes.vocabulary import NOT_STATED, Referrer, Sort

LONGEST = 200
TOO_LONG = _("Use 200 characters or fewer.")
NO_WORDS = _("Use letters or numbers.")


def council_areas() -> list[tuple[ForceArea, list[tuple[str, str]]]]:
    """Each police area with the slugs and names of its council areas, in order of the alphabet."""
    return [
        (area, sorted(((each.slug, each.name) for each in area.authorities.all()), key=by_name))
        for area in all_force_areas()
    ]


def council_choices() -> list[tuple[str, Any]]:
    none = ("", _("Choose a council area"))
    return [none, *((area.name, named) for area, named in council_areas())]


def force_areas() -> list[tuple[str, Any]]:
    not_stated = pgettext("force area", "No area given")
    return [*((each.slug, each.name) for each in all_force_areas()), (NOT_STATED, not_stated)]


class SearchField(forms.CharField):
    widget = forms.TextInput({"class": "govuk-input", "spellcheck": "false"})
    default_error_messages = {"max_length": TOO_LONG, "null_characters_not_allowed": NO_WORDS}

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not fold(value):
            raise forms.ValidationError(NO_WORDS)
        # Folding can lengthen a word, and PostgreSQL takes none of thousands.
        if any(len(part) > LONGEST for part in wanted(value)):
            raise forms.ValidationError(TOO_LONG)


class NumberField(forms.IntegerField):
    """A number from 1 upwards, or none; `message` refuses all else."""

    def __init__(self, message: Any, **kwargs) -> None:
        messages = {"invalid": message, "min_value": message}
        super().__init__(required=False, min_value=1, error_messages=messages, **kwargs)


ALL_OF_WALES = {"", "wales", "cymru"}

IN_WORDS = {
    Outcome.UNKNOWN: _(
        "We do not know this place in Wales. Write the whole name of a town or council area, or a "
        "postcode."
    ),
    Outcome.OUTSIDE: _(
        "This postcode is outside Wales. Write a place in Wales, or leave the box empty to see "
        "all programmes."
    ),
    Outcome.CHOICE: _("Which place do you mean?"),
    Outcome.SIMILAR: _("We do not know this name. Is it one of these?"),
    Outcome.BORDER: _(
        "Part of this postcode area is outside Wales. If the place is in Wales, choose its council "
        "area."
    ),
}


class PlaceForm(PublicForm):
    """What is written here stands in no address, log or store."""

    where = forms.CharField(
        label=_("Where"),
        help_text=_("Town, postcode or council"),
        required=False,
        max_length=100,
        error_messages={
            "max_length": _("Use 100 characters or fewer."),
            "null_characters_not_allowed": NO_WORDS,
        },
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
            if not self.answer.locations:
                raise forms.ValidationError(IN_WORDS[self.answer.outcome])
        return words


NOT_TO_COME = MaxValueValidator(timezone.localdate, _("This day has not come yet."))


class DayForm(QueryForm):
    """The day at whose end a page is shown; none is now."""

    # A hyphen cannot stand in a Python name.
    vars()["as-at"] = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.HiddenInput,
        validators=[NOT_TO_COME],
        error_messages={"invalid": WRITE_THE_DATE},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Its errors come last.
        self.fields["as-at"] = self.fields.pop("as-at")

    @property
    def day(self) -> datetime.date | None:
        """The day asked for, also where another field is invalid."""
        return self.cleaned_data.get("as-at")


class SelectionForm(DayForm):
    q = SearchField(label=_("Search"), required=False)
    referrer = OneOf(
        label=_("Who is asking"),
        # What somebody asks for themself stands in no address.
        choices=[("", _("Not chosen")), *(each for each in Referrer.choices if each[0] != SELF)],
    )
    sort = OneOf(label=_("Sort by"), choices=Sort.choices)
    authority = OneOf(
        label=_("Council area"),
        help_text=_(
            "We show the whole police force area, less programmes whose source names other "
            "council areas only."
        ),
        choices=council_choices,
    )
    page = NumberField(_("A page is a number from 1 upwards."), widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        usual = order_of("", searched=bool(self.data.get("q", "").strip()))
        others = [(each.value, each.label) for each in Sort if each not in (usual, Sort.RELEVANCE)]
        cast(Select, self.fields["sort"].widget).choices = [("", usual.label), *others]

    def show_counts(self, counts: dict[str, dict[str, int]]) -> None:
        self.counts = counts
        for dimension, numbers in counts.items():
            cast(Checkboxes, self.fields[dimension].widget).counts = numbers


def order_of(asked: str, *, searched: bool) -> Sort:
    # Relevance means nothing without a search.
    if asked in ("", Sort.RELEVANCE):
        return Sort.RELEVANCE if searched else Sort.AREA
    return Sort(asked)
