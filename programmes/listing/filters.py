"""Filters of the list. Values of one parameter widen (OR), parameters narrow (AND).

A value outside its vocabulary makes the form invalid: call `is_valid()` before `qs`.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from functools import cache, cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet, MultipleChoiceFilter

from core.forms import AnyOf, labels_of
from forces.gazetteer import Location, gazetteer
from programmes.domain.eligibility import OPEN_ROUTES
from programmes.domain.entry import Entry
from programmes.listing.forms import SelectionForm, force_areas, order_of
from programmes.listing.search import search
from programmes.models import Edition, Term
from programmes.models.edition import EditionQuerySet
from programmes.readings import AUTHORITY, DIMENSIONS, ON_PAGES
from programmes.vocabulary import NOT_STATED, Sort

TERM_FILTERS = ("area", *(dimension.name for dimension in DIMENSIONS))
"""The parameters that are dimensions, with a count for each value."""


class TermFilter(MultipleChoiceFilter):
    """Its copies, one a request, are shallow."""

    field_class: Any = AnyOf

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy(self)


def having(editions: EditionQuerySet, dimension: str, values: Collection[str]) -> EditionQuerySet:
    terms = Term.objects.filter(edition=OuterRef("pk"), dimension=dimension, value__in=values)
    return editions.filter(Exists(terms))


class ProgrammeFilterSet(FilterSet):
    """A selection of entries; `terms` is what its form asks of the database and the term index."""

    area = TermFilter(label=_("Police area"), choices=force_areas)
    vars().update((d.name, TermFilter(label=d.label, choices=d.choices)) for d in ON_PAGES)

    class Meta:
        model = Edition
        fields: list[str] = []
        form = SelectionForm

    @classmethod
    @cache
    def get_form_class(cls) -> type[SelectionForm]:
        """Made once, since each form copies its fields."""
        fields = {name: each.field for name, each in cls.get_filters().items()}
        return type(f"{cls.__name__}Form", (cls.Meta.form,), fields)

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        return cls.get_form_class().base_fields

    @property
    def day(self) -> datetime.date | None:
        return self.form.day

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
    def order(self) -> Sort:
        return order_of(self.form.cleaned_data["sort"], searched=bool(self.words))

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        """What was asked for: nothing empty, unknown, repeated or usual, in the form's order."""
        cleaned = self.form.cleaned_data
        usual = (Sort.RELEVANCE, order_of("", searched=bool(self.words)))
        given = {
            "q": [self.words],
            **{name: self._in_order(name, cleaned[name]) for name in TERM_FILTERS},
            AUTHORITY: [self.authority],
            "referrer": [cleaned["referrer"]],
            "sort": [cleaned["sort"]] if cleaned["sort"] not in usual else [],
            "as-at": [self.day.isoformat() if self.day else ""],
        }
        return {name: [each for each in values if each] for name, values in given.items()}

    def _in_order(self, name: str, values: list[str]) -> list[str]:
        labels = labels_of(self.form.fields[name]) if values else ()
        return [code for code in labels if code in values]

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
            "referrer": {"route": OPEN_ROUTES.get(self.form.cleaned_data["referrer"], ())},
        }
        for name, values in self.chosen.items():
            if name != without:
                yield from of_several.get(name, {name: values}).items()

    @cached_property
    def query(self) -> str:
        return self.query_with({})

    def query_with(self, changes: dict[str, list[str]]) -> str:
        return urlencode(self.parameters | changes, doseq=True)

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
        raise ValueError(f"{query}: {selection.form.problems()}")
    return selection


def entries_of(selection: ProgrammeFilterSet, most: int | None = None) -> list[Entry]:
    return [edition.entry for edition in selection.narrowed().in_source_order()[:most]]
