"""Suggestions: values to add, since entries are left out as not stated, and filters to drop.

Every number is counted over the same filters as the list, so that its link finds just as many.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.presenters import chosen_in_words, group_label
from programmes.listing.results import Counts, ResultSet
from programmes.vocabulary import NOT_STATED, Risk

NARROW = 3
"""Dropping a filter is offered where at most this many entries are found."""


LEFT_OUT = {
    ("area", NOT_STATED): ngettext_lazy(
        "%(number)d more gives no police area. Show it",
        "%(number)d more give no police area. Show them",
        "number",
    ),
    ("funder", NOT_STATED): ngettext_lazy(
        "%(number)d more names no funder. Show it",
        "%(number)d more name no funder. Show them",
        "number",
    ),
    ("route", NOT_STATED): ngettext_lazy(
        "%(number)d more does not say who could refer. Show it",
        "%(number)d more do not say who could refer. Show them",
        "number",
    ),
    ("risk", NOT_STATED): ngettext_lazy(
        "%(number)d more gives no risk level. Show it",
        "%(number)d more give no risk level. Show them",
        "number",
    ),
    ("risk", Risk.NOT_HIGH): ngettext_lazy(
        "%(number)d more says only “not high risk”. Show it",
        "%(number)d more say only “not high risk”. Show them",
        "number",
    ),
}
"""The sentence for entries left out for a value of a dimension."""

LEFT_OUT_AS_NOT_STATED = ngettext_lazy(
    "%(number)d more does not say (%(what)s). Show it",
    "%(number)d more do not say (%(what)s). Show them",
    "number",
)
"""For dimensions that have no sentence of their own."""


@dataclass(frozen=True)
class Suggestion:
    """Another choice in one filter: its number of entries, its query string, and a sentence."""

    name: str
    number: int
    query: str
    text: str


def values_to_add(selection: ProgrammeFilterSet, counts: Counts) -> Iterator[Suggestion]:
    """Values of entries that are left out as not stated, or as "not high" alone."""
    for name, values in selection.chosen.items():
        for value in _worth_including(name, values):
            if number := counts.get(name, {}).get(value):
                query = selection.query_with({name: [*values, value]})
                words = {"number": number, "what": group_label(selection, name)}
                text = LEFT_OUT.get((name, value), LEFT_OUT_AS_NOT_STATED) % words
                yield Suggestion(name, number, query, text)


def _worth_including(dimension: str, values: list[str]) -> Iterator[str]:
    # An entry that says "not high" may take the lower levels, and never the high one.
    low = {Risk.MEDIUM, Risk.STANDARD} & set(values)
    if dimension == "risk" and low and not {Risk.HIGH, Risk.NOT_HIGH} & set(values):
        yield Risk.NOT_HIGH
    if NOT_STATED not in values:
        yield NOT_STATED


def filters_to_drop(
    selection: ProgrammeFilterSet, results: ResultSet, offered: list[Suggestion]
) -> Iterator[Suggestion]:
    """Filters without which more entries are found, unless an `offered` value brings the same."""
    if len(results) > NARROW:
        return
    brought = {(each.name, each.number) for each in offered}
    for name in (*(["q"] if selection.words else []), *selection.narrowing):
        number = results.number(without=name)
        if number > len(results) and (name, number - len(results)) not in brought:
            filter_ = "" if name == "q" else chosen_in_words(selection, name)
            words = {"filter": filter_, "number": number}
            text = _("Clear “%(filter)s” to see %(number)d") % words
            if name == "q":
                text = _("Clear the search to see %(number)d") % words
            yield Suggestion(name, number, selection.query_with({name: []}), text)
