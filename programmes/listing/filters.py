"""Filters of the list. Values of one parameter widen (OR), parameters narrow (AND).

A value outside its vocabulary makes the form invalid: call `is_valid()` before `qs`.
"""

import datetime
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter

from core.forms import NOT_IN_VOCABULARY, Checkboxes, Select, labels_of
from forces.models import area_of
from programmes.domain.eligibility import SELF, open_routes
from programmes.domain.entry import Entry
from programmes.listing.forms import SearchField, SelectionForm, order_of
from programmes.listing.search import search
from programmes.models import Edition, Term
from programmes.models.edition import EditionQuerySet
from programmes.readings import AUTHORITY, DIMENSIONS, ON_PAGES
from programmes.vocabulary import NOT_STATED, Referrer, Sort

TERM_FILTERS = ("area", *(dimension.name for dimension in DIMENSIONS))
"""The parameters that are dimensions, with a count for each value."""


def terms_of_authority(authority: str) -> dict[str, list[str]]:
    """Dimension → values: what may serve a local authority, as far as sources say."""
    return {"area": [area_of(authority).slug], AUTHORITY: [authority, NOT_STATED]}


class Filter:
    """A filter whose copies, one a request, are shallow."""

    def __deepcopy__(self, memo: dict) -> Self:
        return copy(self)


class TermFilter(Filter, MultipleChoiceFilter):
    def __init__(self, dimension: str, **kwargs) -> None:
        kwargs["error_messages"] = {"invalid_choice": NOT_IN_VOCABULARY}
        super().__init__(field_name=dimension, widget=Checkboxes, **kwargs)

    def filter(self, editions: EditionQuerySet, values: list[str]) -> EditionQuerySet:
        return having(editions, self.field_name, values) if values else editions


class ReferrerFilter(Filter, ChoiceFilter):
    """Whoever asks: it keeps what the routes open to them reach, whatever the case."""

    def filter(self, editions: EditionQuerySet, referrer: str) -> EditionQuerySet:
        return having(editions, "route", open_routes(referrer)) if referrer else editions


def having(editions: EditionQuerySet, dimension: str, values: Collection[str]) -> EditionQuerySet:
    """The editions with any of some terms."""
    terms = Term.objects.filter(edition=OuterRef("pk"), dimension=dimension, value__in=values)
    return editions.filter(Exists(terms))


class SearchFilter(Filter, CharFilter):
    field_class = SearchField

    def filter(self, editions: EditionQuerySet, query: str) -> EditionQuerySet:
        return search(editions, query)


class SortFilter(Filter, ChoiceFilter):
    def filter(self, editions: EditionQuerySet, order: str) -> EditionQuerySet:
        return editions.sorted_by(order_of(order, searched="rank" in editions.query.annotations))


@dataclass(frozen=True)
class Problem:
    """An error of one parameter, and the values that it takes."""

    parameter: str
    message: str
    values: list[str]


@cache
def form_class(filter_set: type["ProgrammeFilterSet"]) -> type[SelectionForm]:
    """Made once, since each form copies its fields."""
    fields = {name: each.field for name, each in filter_set.get_filters().items()}
    return type(f"{filter_set.__name__}Form", (filter_set.Meta.form,), fields)


class ProgrammeFilterSet(FilterSet):
    """A selection of entries, for pages, spreadsheets and feeds."""

    q = SearchFilter(label=_("Search"))
    area = TermFilter("area", label=_("Police area"))
    referrer = ReferrerFilter(
        label=_("Who is asking"),
        # What somebody asks for themself stands in no address.
        choices=[choice for choice in Referrer.choices if choice[0] != SELF],
        empty_label=_("Not chosen"),
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
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

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """With those of the table of readings between the force area and the order."""
        filters = super().get_filters()
        order = filters.pop("sort")
        terms = {d.name: TermFilter(d.name, label=d.label, choices=d.choices) for d in ON_PAGES}
        return filters | terms | {"sort": order}

    def get_form_class(self) -> type[SelectionForm]:
        return form_class(type(self))

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        return form_class(cls).parameter_names()

    @property
    def day(self) -> datetime.date | None:
        return self.form.day

    @property
    def page(self) -> int:
        return self.form.cleaned_data["page"] or 1

    @property
    def everything(self) -> EditionQuerySet:
        return Edition.objects.as_at(self.day)

    @property
    def words(self) -> str:
        return self.form.cleaned_data["q"]

    @property
    def authority(self) -> str:
        return self.form.cleaned_data.get(AUTHORITY, "")

    @property
    def asked_by(self) -> str:
        return self.form.cleaned_data["referrer"]

    @property
    def order(self) -> Sort:
        return order_of(self.form.cleaned_data["sort"], searched=bool(self.words))

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        """What was asked for: nothing empty, unknown, repeated or usual, in the form's order."""
        cleaned = self.form.cleaned_data
        usual = ("", Sort.RELEVANCE, order_of("", searched=bool(self.words)))
        return {
            "q": [self.words] if self.words else [],
            **{name: self._in_order(name, cleaned[name]) for name in TERM_FILTERS},
            AUTHORITY: [self.authority] if self.authority else [],
            "referrer": [self.asked_by] if self.asked_by else [],
            "sort": [cleaned["sort"]] if cleaned["sort"] not in usual else [],
            "as-at": [self.day.isoformat()] if self.day else [],
        }

    def _in_order(self, name: str, values: list[str]) -> list[str]:
        return [code for code in labels_of(self.form.fields[name]) if code in values]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Parameter → the values chosen in it: those of dimensions, then the local authority."""
        asked = self.parameters
        return {name: asked[name] for name in (*TERM_FILTERS, AUTHORITY) if asked[name]}

    @property
    def narrowing(self) -> dict[str, list[str]]:
        """With who is asking, which is no dimension."""
        return self.chosen | ({"referrer": [self.asked_by]} if self.asked_by else {})

    @cached_property
    def query(self) -> str:
        """The selection as a canonical query string."""
        return self.query_with({})

    def query_with(self, changes: dict[str, list[str]]) -> str:
        """The query string with some parameters set to other values."""
        query = QueryDict(mutable=True)
        for name, values in (self.parameters | changes).items():
            query.setlist(name, values)
        return query.urlencode()

    def problems(self) -> list[Problem]:
        """The errors of the form, for those who do not see it."""
        return [
            Problem(name, " ".join(map(str, errors)), list(labels_of(self.form.fields[name])))
            for name, errors in self.form.errors.items()
        ]

    @property
    def query_now(self) -> str:
        return self.query_with({"as-at": []})

    def narrowed(self, without: str = "") -> EditionQuerySet:
        """The editions selected, in no order; `without` names a parameter to leave aside."""
        return self.narrow(self.everything, without)

    def narrow(self, editions: EditionQuerySet, without: str = "") -> EditionQuerySet:
        for name, filter_ in self.filters.items():
            if name not in (without, "sort"):
                editions = filter_.filter(editions, self.form.cleaned_data[name])
        if self.authority and without != AUTHORITY:
            for name, values in terms_of_authority(self.authority).items():
                editions = TermFilter(name).filter(editions, values)
        return editions

    @property
    def qs(self) -> EditionQuerySet:
        return self.filters["sort"].filter(self.narrowed(), self.form.cleaned_data["sort"])


def select(query: str, day: datetime.date | None = None) -> ProgrammeFilterSet:
    """The selection of a query of ours, now or at the end of a day."""
    asked = QueryDict(query, mutable=True)
    if day:
        asked["as-at"] = day.isoformat()
    selection = ProgrammeFilterSet(asked)
    if not selection.is_valid():
        raise ValueError(f"{query}: {selection.problems()}")
    return selection


def entries_of(selection: ProgrammeFilterSet, most: int | None = None) -> list[Entry]:
    editions = selection.narrowed().in_source_order()
    return [edition.entry for edition in editions[:most]]
