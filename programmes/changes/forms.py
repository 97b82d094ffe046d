"""What is asked of the changes: of which entries, as in the list, and between which days."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import WRITE_THE_DATE, PublicForm, labels_of
from programmes.domain.entry import Entry
from programmes.listing.filters import Problem, ProgrammeFilterSet
from programmes.models import Edition
from programmes.models.edition import ADDRESS, EditionQuerySet

BEGINNING = datetime.date(2000, 1, 1)
"""Long before any edition; days of other ages are slips of the pen."""

NOT_OF_CHANGES = ("as-at", "sort")
"""The list's parameters that mean nothing here: changes have days and an order of their own."""


LIKE_THIS = _("Year-month-day, like 2026-11-23")


class Day(forms.DateField):
    """A day as text: of what a browser's own calendar cannot read, it would show nothing."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=LIKE_THIS,
            widget=forms.DateInput(format="%Y-%m-%d"),
            error_messages={"invalid": WRITE_THE_DATE},
            **kwargs,
        )
        self.widget.attrs["class"] = "govuk-input govuk-input--width-10"


class ChangesForm(PublicForm):
    data: QueryDict
    since = Day(label=_("From this day"))
    until = Day(label=_("To the end of this day"))
    entry = forms.RegexField(
        ADDRESS,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("The directory has no such entry.")},
    )

    def clean(self) -> dict[str, Any]:
        for name in ("since", "until"):
            day = self.cleaned_data.get(name)
            if day and day > timezone.localdate():
                self.add_error(name, _("This day has not come yet."))
            elif day and day < BEGINNING:
                self.add_error(name, WRITE_THE_DATE)
        for name in ("since", "until", "entry"):
            if len(self.data.getlist(name)) > 1:
                self.add_error(name, _("Give this once only."))
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return self.cleaned_data

    def clean_entry(self) -> str:
        address = self.cleaned_data["entry"]
        if address and not Edition.objects.history().at([address]).exists():
            raise forms.ValidationError(_("The directory has no such entry."))
        return address

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What was asked for: nothing empty or repeated, in the form's order."""
        cleaned = self.cleaned_data
        return {
            **{name: [cleaned[name].isoformat()] if cleaned[name] else [] for name in PERIOD},
            "entry": [cleaned["entry"]] if cleaned["entry"] else [],
        }


PERIOD = ("since", "until")


class ChangesAsked:
    """The parameters of the list, which say whose changes, and those that say which."""

    def __init__(self, asked: QueryDict) -> None:
        self.of_entries = ProgrammeFilterSet(asked)
        self.form = ChangesForm(asked)

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        of_entries = {*ProgrammeFilterSet.parameter_names()} - {*NOT_OF_CHANGES}
        return {*of_entries, *ChangesForm.parameter_names()}

    def is_valid(self) -> bool:
        return all([self.of_entries.is_valid(), self.form.is_valid()])

    def problems(self) -> list[Problem]:
        own = [
            Problem(name, " ".join(map(str, found)), list(labels_of(self.form.fields[name])))
            for name, found in self.form.errors.items()
        ]
        return [*self.of_entries.problems(), *own]

    @property
    def since(self) -> datetime.date | None:
        return self.form.cleaned_data["since"]

    @property
    def until(self) -> datetime.date | None:
        return self.form.cleaned_data["until"]

    @property
    def between(self) -> tuple[datetime.date, datetime.date] | None:
        """The two days between which only what differs is shown, where two were given."""
        since, until = self.since, self.until
        return (since, until) if since and until and since < until else None

    @property
    def entry(self) -> Entry | None:
        """The one entry that was asked for, as it was last published."""
        address = self.form.cleaned_data["entry"]
        return Edition.objects.history().at([address]).latest("pk").entry if address else None

    @property
    def query(self) -> str:
        """What was asked for as a query string, the same for all that mean the same."""
        return self.of_entries.query_with(self.form.parameters)

    @property
    def editions(self) -> EditionQuerySet:
        """The editions that made the changes asked for.

        An entry is one of those asked for if any of its editions is: a change that takes an entry
        out of a selection belongs to its changes as much as the one that brought it in.
        """
        editions = Edition.objects.history().between(self.since, self.until)
        if self.of_entries.query:
            ever = self.of_entries.narrow(Edition.objects.history()).order_by()
            editions = editions.filter(programme__in=ever.values("programme"))
        if address := self.form.cleaned_data["entry"]:
            editions = editions.at([address])
        return editions
