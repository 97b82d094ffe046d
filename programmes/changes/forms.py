"""The filters of the changes: of which entries, as in the list, and between which days."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from programmes.changes.history import Days
from programmes.domain.entry import Entry
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.forms import NOT_TO_COME, SelectionForm
from programmes.models import Edition
from programmes.models.edition import ADDRESS, EditionQuerySet

BEGINNING = datetime.date(2000, 1, 1)
"""Long before any edition; days of other ages are slips of the pen."""

NOT_OF_CHANGES = {"as-at", "sort", "referrer"}
"""The list's parameters that mean nothing here: changes have days and an order of their own."""

WRITE_THE_DAY = _("Write the date as day/month/year, like 29/11/2026.")


class DayField(forms.DateField):
    """A day, as a link has it or as somebody writes it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            help_text=_("Day/month/year, like 29/11/2026"),
            widget=forms.DateInput({"class": "govuk-input govuk-input--width-10"}, "%d/%m/%Y"),
            validators=[NOT_TO_COME, MinValueValidator(BEGINNING, WRITE_THE_DAY)],
            error_messages={"invalid": WRITE_THE_DAY},
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """In the form that the hint shows; what is no day stays as it was typed."""
        try:
            return self.to_python(value)
        except forms.ValidationError:
            return value


class ChangesForm(SelectionForm):
    """The fields of the list, the first and last day, and the address of a single entry."""

    since = DayField(label=_("From this day"))
    until = DayField(label=_("To the end of this day"))
    entry = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return self.cleaned_data

    def clean_entry(self) -> str:
        address = self.cleaned_data["entry"]
        is_known = ADDRESS.fullmatch(address) and Edition.objects.history().at([address]).exists()
        if address and not is_known:
            raise forms.ValidationError(_("The directory has no such entry."))
        return address


class ChangeFilterSet(ProgrammeFilterSet):
    """The list's filters, which say whose changes, and those that say which."""

    class Meta(ProgrammeFilterSet.Meta):
        form = ChangesForm

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        return {*super().parameter_names()} - NOT_OF_CHANGES

    @property
    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        return self.form.cleaned_data["since"], self.form.cleaned_data["until"]

    @property
    def between(self) -> Days | None:
        """The two days between which only what differs is shown, where two were given."""
        since, until = self.days
        return (since, until) if since and until and since < until else None

    @property
    def entry(self) -> Entry | None:
        """The one entry that was asked for, as it was last published."""
        address = self.form.cleaned_data["entry"]
        return Edition.objects.history().at([address]).latest("pk").entry if address else None

    @property
    def narrows(self) -> bool:
        return bool(self.chosen or self.words)

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        asked = {name: self.form.cleaned_data[name] for name in ("since", "until", "entry")}
        own = {name: [str(value)] if value else [] for name, value in asked.items()}
        return super().parameters | own

    @property
    def qs(self) -> EditionQuerySet:
        """The editions that made the changes asked for.

        An entry is one of those asked for if any of its editions is: a change that takes an entry
        out of a selection belongs to its changes as much as the one that brought it in.
        """
        editions = Edition.objects.history().between(*self.days)
        if self.narrows:
            ever = self.narrow(Edition.objects.history()).order_by()
            editions = editions.filter(programme__in=ever.values("programme"))
        if address := self.form.cleaned_data["entry"]:
            editions = editions.at([address])
        return editions
