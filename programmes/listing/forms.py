"""Forms of the list's parameters, and of the day that a page is shown for."""

import datetime
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import (
    NOT_IN_VOCABULARY,
    WRITE_THE_DATE,
    Checkboxes,
    PublicForm,
    Select,
    by_name,
)
from forces.models import ForceArea, all_force_areas
from programmes.listing.search import wanted
from programmes.publishing.search_text import fold
from programmes.vocabulary import NOT_STATED, Sort

LONGEST = 200
TOO_LONG = _("Use 200 characters or fewer.")
NO_WORDS = _("Use letters or numbers.")


class SearchField(forms.CharField):
    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": LONGEST, "empty_value": "", "strip": True, **kwargs})
        self.widget.attrs |= {"class": "govuk-input", "spellcheck": "false"}
        self.validators = [
            MaxLengthValidator(LONGEST, TOO_LONG),
            ProhibitNullCharactersValidator(NO_WORDS),
        ]

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not fold(value):
            raise forms.ValidationError(NO_WORDS)
        # Folding can lengthen a word, and PostgreSQL takes none of thousands.
        if any(len(part) > LONGEST for part in wanted(value)):
            raise forms.ValidationError(TOO_LONG)


class DayForm(PublicForm):
    """The day at whose end a page is shown; none is now."""

    data: QueryDict
    single: tuple[str, ...] = ("as-at",)
    """Parameters that may be given once only."""

    # A hyphen cannot stand in a Python name.
    vars()["as-at"] = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.HiddenInput,
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

    def clean(self) -> dict[str, Any]:
        day = self.cleaned_data.get("as-at")
        if day and day > timezone.localdate():
            self.add_error("as-at", _("This day has not come yet."))
        for name in self.single:
            if len(self.data.getlist(name)) > 1:
                self.add_error(name, _("Give this once only."))
        return self.cleaned_data


class SelectionForm(DayForm):
    single: tuple[str, ...] = ("q", "authority", "referrer", "sort", "as-at", "page")
    authority = forms.ChoiceField(
        label=_("Council area"),
        help_text=_(
            "We show the whole police force area, less programmes whose source names other "
            "council areas only."
        ),
        required=False,
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("A page is a number from 1 upwards."),
            "min_value": _("A page is a number from 1 upwards."),
        },
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._offer(all_force_areas())
        cast(forms.ChoiceField, self.fields["sort"]).widget.choices = self._orders()

    def _offer(self, areas: tuple[ForceArea, ...]) -> None:
        name = f"name_{get_language()}"
        area = cast(forms.MultipleChoiceField, self.fields["area"])
        not_stated = (NOT_STATED, pgettext_lazy("force area", "No area given"))
        area.choices = [*((each.slug, getattr(each, name)) for each in areas), not_stated]
        authorities = {each: each.authorities.all() for each in areas}
        authority = cast(forms.ChoiceField, self.fields["authority"])
        authority.choices = [("", _("Choose a council area"))]
        authority.choices += [
            (getattr(area, name), sorted(((a.slug, getattr(a, name)) for a in all_), key=by_name))
            for area, all_ in authorities.items()
        ]

    def _orders(self) -> list[tuple[str, Any]]:
        """The usual order first; relevance only where there are words to be relevant to."""
        usual = order_of("", searched=bool(self.data.get("q", "").strip()))
        others = [order for order in Sort if order not in (usual, Sort.RELEVANCE)]
        return [("", usual.label), *((order.value, order.label) for order in others)]

    def show_counts(self, counts: dict[str, dict[str, int]]) -> None:
        """Show the number of entries beside each value: dimension → value → number."""
        self.counts = counts
        for dimension, numbers in counts.items():
            cast(Checkboxes, self.fields[dimension].widget).counts = numbers


def order_of(asked: str, *, searched: bool) -> Sort:
    """How a list is sorted; relevance means nothing without a search."""
    if asked in ("", Sort.RELEVANCE):
        return Sort.RELEVANCE if searched else Sort.AREA
    return Sort(asked)
