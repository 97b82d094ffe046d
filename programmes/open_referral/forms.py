"""What the feed can be asked for. A value that cannot be read is refused, never guessed."""

import datetime
import re
from collections.abc import Iterable
from typing import Any, get_args
from uuid import UUID

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import QueryForm
from programmes.domain.entry import Involvement
from programmes.listing.filters import TERM_FILTERS, ProgrammeFilterSet, having
from programmes.listing.forms import NumberField, SearchField, SelectionForm
from programmes.models import Edition
from programmes.models.edition import EditionQuerySet
from programmes.open_referral.organizations import providers_of
from programmes.open_referral.schemas import ServiceStatus
from programmes.open_referral.taxonomies import STATUSES, vocabulary
from programmes.vocabulary import Sort

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


class ServiceFilterSet(ProgrammeFilterSet):
    """The list's filters, less `as-at` and `sort`, and those of HSDS."""

    class Meta(ProgrammeFilterSet.Meta):
        form = ServicesForm

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        return (*TERM_FILTERS, *HsdsForm.parameter_names())

    @property
    def words(self) -> str:
        return self.form.cleaned_data["search"]

    def services(self) -> EditionQuerySet:
        """The editions asked for, in a stable order."""
        asked = self.form.cleaned_data
        taxonomy, term = asked["taxonomy_id"], asked["taxonomy_term_id"]
        editions = self.narrowed()
        statuses = self.chosen.get("status", ["defunct"])
        # What narrows by content leaves withdrawn entries out.
        narrows = self.words or taxonomy or term or self.chosen.keys() - {"status"}
        if "defunct" in statuses and not narrows:
            editions |= Edition.objects.withdrawn_entries()
        for name, wanted in (("taxonomy_id", taxonomy), ("id", term)):
            if wanted:
                editions = _with_terms(editions, name, wanted)
        if asked["modified_after"]:
            editions = editions.filter(published_at__gte=asked["modified_after"])
        if asked["organization_id"]:
            editions = editions.filter(pk__in=_provided_by(asked["organization_id"], editions))
        return editions.sorted_by(Sort.AREA)


def _with_terms(editions: EditionQuerySet, name: str, wanted: UUID) -> EditionQuerySet:
    """Editions with any of the wanted terms, all of one dimension; none without such a term."""
    for dimension, terms in vocabulary().items():
        if codes := [code for code, term in terms.items() if getattr(term, name) == wanted]:
            return having(editions, dimension, codes)
    return editions.none()


def _provided_by(organization: UUID, editions: EditionQuerySet) -> list[int]:
    rows = editions.order_by().values_list("pk", "withdrawn", "document__involvements")
    provided = ((pk, [] if withdrawn else involved) for pk, withdrawn, involved in rows)
    return [
        pk
        for pk, involved in provided
        if organization in providers_of(msgspec.convert(involved, list[Involvement]))
    ]
