"""The list's parameters: what each may hold, and which editions it lets through.

Several values of one parameter widen (OR), several parameters narrow (AND). A value outside its
vocabulary makes the form invalid: ask `is_valid()` before `qs`.
"""

import datetime
from collections.abc import Iterator
from typing import cast

from django import forms
from django.db.models import Exists, F, OuterRef
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter

from forces.models import ForceArea
from programmes.forms import Checkboxes, PublicForm, SearchField, Select
from programmes.models import Edition, Term
from programmes.models.edition import EditionQuerySet
from programmes.search import search
from programmes.vocabulary import DIMENSIONS, NOT_STATED, Sort

SINGLE = ("q", "sort", "as-at", "page")

NOT_IN_VOCABULARY = _("Choose only from the values listed here.")

ORDERS: dict[str, list[str | OrderBy]] = {
    Sort.AREA: ["area_position", "search_name", "pk"],
    Sort.NAME: ["search_name", "area_position", "pk"],
    Sort.CHECKED: [
        F("last_checked").asc(nulls_first=True),
        "area_position",
        "search_name",
        "pk",
    ],
    Sort.RELEVANCE: ["rank", "search_name", "area_position", "pk"],
}


def area_choices() -> list[tuple[str, str]]:
    areas = ForceArea.objects.values_list("slug", f"name_{get_language()}")
    return [*areas, (NOT_STATED, pgettext_lazy("force area", "Not stated"))]


class TermFilter(MultipleChoiceFilter):
    """Editions with any of the chosen values in one dimension."""

    def __init__(self, dimension: str, **kwargs) -> None:
        kwargs["error_messages"] = {"invalid_choice": NOT_IN_VOCABULARY}
        super().__init__(field_name=dimension, widget=Checkboxes, **kwargs)

    def filter(self, editions: EditionQuerySet, values: list[str]) -> EditionQuerySet:
        if not values:
            return editions
        chosen = Term.objects.filter(
            edition=OuterRef("pk"), dimension=self.field_name, value__in=values
        )
        return editions.filter(Exists(chosen))


class SearchFilter(CharFilter):
    field_class = SearchField

    def filter(self, editions: EditionQuerySet, query: str) -> EditionQuerySet:
        return search(editions, query)


class SortFilter(ChoiceFilter):
    def filter(self, editions: EditionQuerySet, order: str) -> EditionQuerySet:
        """Best match first where there is a search, else by area, unless asked otherwise."""
        searched = "rank" in editions.query.annotations
        order = order or Sort.RELEVANCE
        if order == Sort.RELEVANCE and not searched:
            order = Sort.AREA
        return editions.order_by(*ORDERS[order])


class SelectionForm(PublicForm):
    """The fields of the list's parameters, and what only makes sense between them."""

    data: QueryDict
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("A page is a number from 1 upwards."),
            "min_value": _("A page is a number from 1 upwards."),
            "max_value": _("There are not that many pages."),
        },
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Looked up once a request: a callable would be asked again for each use of the field.
        area = cast(forms.MultipleChoiceField, self.fields["area"])
        area.choices = area_choices()
        # Area is the usual order and relevance that of a search: neither is worth choosing.
        sort = cast(forms.ChoiceField, self.fields["sort"])
        shown = (Sort.NAME, Sort.CHECKED, self.data.get("sort"))
        chosen = [choice for choice in Sort.choices if choice[0] in shown]
        sort.widget.choices = [("", _("Usual order")), *chosen]
        # A hyphen cannot stand in a Python name.
        self.fields["as-at"] = forms.DateField(
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.HiddenInput,
            error_messages={"invalid": _("Write the date as year-month-day, like 2026-11-23.")},
        )

    def clean(self) -> dict:
        day = self.cleaned_data.get("as-at")
        if day and day > timezone.localdate():
            self.add_error("as-at", _("This day has not come yet."))
        for name in SINGLE:
            if len(self.data.getlist(name)) > 1:
                self.add_error(name, _("Give this once only."))
        return self.cleaned_data


def term_filter(name: str) -> TermFilter:
    dimension = next(dimension for dimension in DIMENSIONS if dimension.name == name)
    return TermFilter(name, label=dimension.label, choices=dimension.choices)


class ProgrammeFilterSet(FilterSet):
    """The one meaning of the list's parameters, for pages, spreadsheets and feeds."""

    q = SearchFilter(label=_("Search"))
    area = TermFilter("area", label=_("Force area"))
    stage = term_filter("stage")
    route = term_filter("route")
    risk = term_filter("risk")
    group = term_filter("group")
    attendance = term_filter("attendance")
    funder = term_filter("funder")
    longevity = term_filter("longevity")
    status = term_filter("status")
    sort = SortFilter(
        label=_("Sort by"),
        choices=Sort.choices,
        empty_label=None,
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )

    class Meta:
        model = Edition
        fields: list[str] = []
        form = SelectionForm

    @property
    def day(self) -> datetime.date | None:
        """The day whose editions are asked for; None is now."""
        return self.form.cleaned_data["as-at"]

    @property
    def page(self) -> int:
        return self.form.cleaned_data["page"] or 1

    @property
    def everything(self) -> EditionQuerySet:
        """The editions of the day, before any of them is left out."""
        return Edition.objects.as_at(self.day) if self.day else Edition.objects.current()

    @property
    def query(self) -> str:
        """The selection as a query string: no page, nothing empty, nothing unknown."""
        query = QueryDict(mutable=True)
        for name in (*self.filters, "as-at"):
            query.setlist(name, [value for value in self.data.getlist(name) if value])
        return query.urlencode()

    def problems(self) -> Iterator[str]:
        """What is wrong with each parameter, a line each, with the values it takes."""
        for name, found in self.form.errors.items():
            choices = getattr(self.form.fields[name], "choices", ())
            values = ", ".join(value for value, _label in choices)
            yield f"{name}: {' '.join(found)} {values}".rstrip()

    def filter_queryset(self, queryset: EditionQuerySet) -> EditionQuerySet:
        """The editions asked for, in a stable order."""
        for name, filter_ in self.filters.items():
            queryset = filter_.filter(queryset, self.form.cleaned_data[name])
        return queryset

    @property
    def qs(self) -> EditionQuerySet:
        return self.filter_queryset(self.everything)
