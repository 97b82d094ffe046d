"""What a search may have meant, values to add, filters to drop: each says what its link finds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy
from rapidfuzz import fuzz
from rapidfuzz.process import extract

from forces.gazetteer import Location, gazetteer, key_of
from programmes.listing.filters import ProgrammeFilterSet, select
from programmes.listing.presenters import Choice
from programmes.listing.results import Counts, ResultSet, results_of
from programmes.listing.search import synonyms_in
from programmes.vocabulary import NOT_STATED, Risk

NARROW = 3
"""Dropping a filter is offered where at most this many entries are found."""

SHORTEST_NAME = 4
"""Letters of a search below which no name is said to be similar."""

SIMILAR = 80
"""How much of a name must be alike, in hundredths."""

MOST_NAMES = 3

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
    """A sentence, the query it leads to, the filter that changes, and how many that would show."""

    text: str
    query: str = ""
    name: str = ""
    number: int = 0


def values_to_add(
    selection: ProgrammeFilterSet, chosen: list[Choice], counts: Counts
) -> Iterator[Suggestion]:
    """Values of entries that are left out as not stated, or as "not high" alone."""
    for each in chosen:
        for value in _worth_including(each.name, each.labels):
            if number := counts.get(each.name, {}).get(value):
                query = selection.query_with({each.name: [*each.labels, value]})
                words = {"number": number, "what": each.group}
                text = LEFT_OUT.get((each.name, value), LEFT_OUT_AS_NOT_STATED) % words
                yield Suggestion(text, query, each.name, number)


def _worth_including(dimension: str, values: Collection[str]) -> Iterator[str]:
    # An entry that says "not high" may take the lower levels, and never the high one.
    low = {Risk.MEDIUM, Risk.STANDARD} & {*values}
    if dimension == "risk" and low and not {Risk.HIGH, Risk.NOT_HIGH} & {*values}:
        yield Risk.NOT_HIGH
    if NOT_STATED not in values:
        yield NOT_STATED


def filters_to_drop(
    selection: ProgrammeFilterSet,
    chosen: list[Choice],
    results: ResultSet,
    offered: list[Suggestion],
) -> Iterator[Suggestion]:
    """Filters without which more entries are found, unless an `offered` value brings the same."""
    if len(results) > NARROW:
        return
    brought = {(each.name, each.number) for each in offered}
    for each in chosen:
        number = results.number(without=each.name)
        if number > len(results) and (each.name, number - len(results)) not in brought:
            text = _("Clear “%(filter)s” to see %(number)d") % {"filter": each, "number": number}
            if each.name == "q":
                text = _("Clear the search to see %(number)d") % {"number": number}
            yield Suggestion(text, selection.query_with({each.name: []}), each.name, number)


def hints(selection: ProgrammeFilterSet, results: ResultSet) -> Iterator[Suggestion]:
    words, found = selection.words, len(results) > 0
    # Where something is found, only what is a place letter for letter.
    if words and (not found or key_of(words) in gazetteer().names):
        for location in gazetteer().look_up(words).locations:
            query = selection.query_with({"q": [], "area": [location.area.slug]})
            number = len(results_of(select(query)))
            yield Suggestion(_place_in_words(location, words, number), query)
    for synonym in synonyms_in(words):
        if found and synonym.part:
            said = {"words": synonym.in_language("means")}
            yield Suggestion(_("We looked for programmes that say: %(words)s") % said)
        elif synonym.none_en:
            yield Suggestion(synonym.in_language("none"))
    if words and not found:
        yield from _similar_names(selection)


def _place_in_words(location: Location, written: str, number: int) -> str:
    place = written.upper() if any(map(str.isdigit, written)) else location.name
    text = ngettext(
        "%(place)s is in the %(area)s police area: %(number)d programme",
        "%(place)s is in the %(area)s police area: %(number)d programmes",
        number,
    )
    return text % {"place": place, "area": location.area.name, "number": number}


def _similar_names(selection: ProgrammeFilterSet) -> Iterator[Suggestion]:
    """Names spelled nearly like what was searched: "Pheonix", "choose 2 change"."""
    typed = key_of(selection.words)
    if len(typed) < SHORTEST_NAME:
        return
    names = selection.everything.order_by("name").values_list("name", flat=True).distinct()
    # A shorter name would be found in the middle of any long search.
    possible = {name: key for name in names if len(key := key_of(name)) + 2 >= len(typed)}
    for _key, _score, name in extract(
        typed, possible, scorer=fuzz.partial_ratio, score_cutoff=SIMILAR, limit=MOST_NAMES
    ):
        query = selection.query_with({"q": [name]})
        yield Suggestion(_("Did you mean “%(name)s”?") % {"name": name}, query)
