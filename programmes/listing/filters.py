"""Filters of the list. Values of one parameter widen (OR), parameters narrow (AND).

A value outside its vocabulary makes the form invalid: call `is_valid()` before `qs`.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from functools import cache, cached_property
from typing import Any, Self

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter

from core.forms import NOT_IN_VOCABULARY, Checkboxes, Select, labels_of
from forces.gazetteer import Location, gazetteer
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

MESSAGES = {"invalid_choice": NOT_IN_VOCABULARY}


class Filter:
    """A filter whose copies, one a request, are shallow."""

    def __deepcopy__(self, memo: dict) -> Self:
        return copy(self)


class TermFilter(Filter, MultipleChoiceFilter):
    def __init__(self, dimension: str, **kwargs) -> None:
        super().__init__(field_name=dimension, widget=Checkboxes, error_messages=MESSAGES, **kwargs)


class OneOfFilter(Filter, ChoiceFilter):
    def __init__(self, **kwargs) -> None:
        super().__init__(widget=Select, error_messages=MESSAGES, **kwargs)


def having(editions: EditionQuerySet, dimension: str, values: Collection[str]) -> EditionQuerySet:
    terms = Term.objects.filter(edition=OuterRef("pk"), dimension=dimension, value__in=values)
    return editions.filter(Exists(terms))


class SearchFilter(Filter, CharFilter):
    field_class = SearchField


@cache
def form_class(filter_set: type["ProgrammeFilterSet"]) -> type[SelectionForm]:
    """Made once, since each form copies its fields."""
    fields = {name: each.field for name, each in filter_set.get_filters().items()}
    return type(f"{filter_set.__name__}Form", (filter_set.Meta.form,), fields)


class ProgrammeFilterSet(FilterSet):
    """A selection of entries, for pages, spreadsheets and feeds.

    The filters are the form's fields; `terms` is what they ask of the database and the term index.
    """

    q = SearchFilter(label=_("Search"))
    area = TermFilter("area", label=_("Police area"))
    referrer = OneOfFilter(
        label=_("Who is asking"),
        # What somebody asks for themself stands in no address.
        choices=[choice for choice in Referrer.choices if choice[0] != SELF],
        empty_label=_("Not chosen"),
    )
    sort = OneOfFilter(label=_("Sort by"), choices=Sort.choices, empty_label=None)

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
        """Parameter → the values chosen in it: dimensions, council area, who is asking."""
        names = (*TERM_FILTERS, AUTHORITY, "referrer")
        return {name: values for name in names if (values := self.parameters[name])}

    @property
    def areas(self) -> list[str]:
        """The slugs of the police areas that are looked at; none are all."""
        return self.chosen.get("area", self._around_authority)

    @property
    def _around_authority(self) -> list[str]:
        return [gazetteer().locations[self.authority].area.slug] if self.authority else []

    @property
    def location(self) -> Location | None:
        slugs = [*self.chosen.get("area", []), *self.chosen.get(AUTHORITY, [])]
        return gazetteer().locations.get(slugs[0]) if len(slugs) == 1 else None

    def terms(self, without: str = "") -> Iterator[tuple[str, Collection[str]]]:
        """Dimensions and values, of which an entry must have one in each."""
        of_several: dict[str, dict[str, Collection[str]]] = {
            AUTHORITY: {"area": self._around_authority, AUTHORITY: [self.authority, NOT_STATED]},
            "referrer": {"route": open_routes(self.asked_by)},
        }
        for name, values in self.chosen.items():
            if name != without:
                yield from of_several.get(name, {name: values}).items()

    @cached_property
    def query(self) -> str:
        """The selection as a canonical query string."""
        return self.query_with({})

    def query_with(self, changes: dict[str, list[str]]) -> str:
        query = QueryDict(mutable=True)
        for name, values in (self.parameters | changes).items():
            query.setlist(name, values)
        return query.urlencode()

    def problems(self) -> list[dict[str, Any]]:
        return self.form.problems()

    @property
    def query_now(self) -> str:
        return self.query_with({"as-at": []})

    def narrowed(self, without: str = "") -> EditionQuerySet:
        """The editions selected, in no order; `without` names a parameter to leave aside."""
        return self.narrow(self.everything, without)

    def narrow(self, editions: EditionQuerySet, without: str = "") -> EditionQuerySet:
        for dimension, values in self.terms(without):
            editions = having(editions, dimension, values)
        return editions if without == "q" else search(editions, self.words)

    @property
    def qs(self) -> EditionQuerySet:
        return self.narrowed().sorted_by(self.order)


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
