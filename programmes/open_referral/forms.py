"""What the feed can be asked for. A value that cannot be read is refused, never guessed."""

import datetime
import re
from typing import Any, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import QueryForm
from programmes.listing.forms import NumberField, SearchField, SelectionForm
from programmes.open_referral.schemas import ServiceStatus
from programmes.open_referral.taxonomies import STATUSES

SERVICE_STATUSES: tuple[str, ...] = get_args(ServiceStatus)
USUAL_SIZE, LARGEST_SIZE = 50, 500
NOT_A_TIME = _("Write the time as in 2026-11-23T09:00:00Z.")
UNANSWERED: tuple[str, ...] = ("minimum_age", "maximum_age", "start_time", "end_time")
UNANSWERED += ("day", "postcode", "proximity")
OFFSET_READ_AS_SPACE = re.compile(r"(T[\d:.]+) (\d\d:?\d\d)$")


def identifier_field() -> forms.UUIDField:
    return forms.UUIDField(required=False, error_messages={"invalid": _("This is not a UUID.")})


class TrueOrFalseField(forms.Field):
    """However it is capitalised: programs write True as their language does."""

    def to_python(self, value: str | None) -> bool:
        text = (value or "").lower()
        if text not in ("", "true", "false"):
            raise forms.ValidationError(_("Say true or false."))
        return text == "true"


class TimeField(forms.DateTimeField):
    """A time as ISO 8601 writes it; without an offset it is local time."""

    def to_python(self, value: Any) -> datetime.datetime | None:
        try:
            # A plus sign that was not encoded arrives as a space.
            time = super().to_python(OFFSET_READ_AS_SPACE.sub(r"\1+\2", value or ""))
            return time and time.astimezone(datetime.UTC)
        except (OverflowError, ValueError, forms.ValidationError) as error:
            # Django's own words about time zones are English only.
            raise forms.ValidationError(NOT_A_TIME) from error


class PageForm(QueryForm):
    """Which part of a list is wanted."""

    page = NumberField(_("A page is a number from 1 upwards."))
    per_page = NumberField(_("Give a number from 1 upwards."))

    def clean_per_page(self) -> int | None:
        """Whoever asks for more than the largest page gets the largest page."""
        asked = self.cleaned_data["per_page"]
        return asked and min(asked, LARGEST_SIZE)


class NamesForm(PageForm):
    search = SearchField(required=False)


class TermsForm(NamesForm):
    taxonomy_id = identifier_field()
    parent_id = identifier_field()


class UnansweredField(forms.Field):
    """What other feeds narrow by, and this one cannot: leaving it aside would mislead."""

    def clean(self, value: str | None) -> None:
        if value:
            raise forms.ValidationError(_("This feed cannot narrow services by this."))


class HsdsForm(NamesForm):
    """What HSDS and its UK profile ask of services."""

    taxonomy_term_id = identifier_field()
    taxonomy_id = identifier_field()
    organization_id = identifier_field()
    modified_after = TimeField(required=False)
    full = TrueOrFalseField(required=False)
    minimal = TrueOrFalseField(required=False)
    vars().update((name, UnansweredField(required=False)) for name in UNANSWERED)


class ServicesForm(HsdsForm, SelectionForm):
    """The list's own fields and those of HSDS, each status of which stands for some of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields["status"]
        status.choices = [*status.choices, *((each, each) for each in SERVICE_STATUSES)]

    def clean_status(self) -> list[str]:
        asked = self.cleaned_data["status"]
        return [*asked, *(ours for ours, status in STATUSES.items() if status in asked)]
