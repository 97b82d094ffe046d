"""Hints: what a search was taken for, or may have meant. A place, other words, a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from rapidfuzz.process import extract

from forces.gazetteer import Location, gazetteer, key_of
from programmes.listing.filters import ProgrammeFilterSet, select
from programmes.listing.results import ResultSet, results_of
from programmes.listing.synonyms import synonyms_in

SHORTEST_NAME = 4
"""Letters of a search below which no name is said to be similar."""

SIMILAR = 80
"""How much of a name must be alike, in hundredths."""

MOST_NAMES = 3


@dataclass(frozen=True)
class Hint:
    """What a search was taken for, or may have meant; `query` leads there, if anywhere."""

    text: str
    query: str = ""


def hints(selection: ProgrammeFilterSet, results: ResultSet) -> Iterator[Hint]:
    if selection.words:
        found = len(results) > 0
        yield from _places_searched(selection, found=found)
        yield from _words_replaced(selection, found=found)
        if not found:
            yield from _similar_names(selection)


def _places_searched(selection: ProgrammeFilterSet, *, found: bool) -> Iterator[Hint]:
    # Where something is found, only what is a place letter for letter.
    if found and key_of(selection.words) not in gazetteer().names:
        return
    for location in gazetteer().look_up(selection.words).locations:
        query = selection.query_with({"q": [], "area": [location.area.slug]})
        number = len(results_of(select(query)))
        yield Hint(_place_in_words(location, number), query)


def _place_in_words(location: Location, number: int) -> str:
    name = f"name_{get_language()}"
    words = {"place": getattr(location, name), "area": getattr(location.area, name)}
    if location.authority is None:
        text = ngettext(
            "%(area)s police area: %(number)d programme",
            "%(area)s police area: %(number)d programmes",
            number,
        )
    else:
        text = ngettext(
            "%(place)s is in the %(area)s police area: %(number)d programme",
            "%(place)s is in the %(area)s police area: %(number)d programmes",
            number,
        )
    return text % (words | {"number": number})


def _words_replaced(selection: ProgrammeFilterSet, *, found: bool) -> Iterator[Hint]:
    for synonym in synonyms_in(selection.words):
        if not found and synonym.none_en:
            yield Hint(synonym.in_language("none"))
        elif found and synonym.part:
            words = {"words": synonym.in_language("means")}
            yield Hint(_("We looked for programmes that say: %(words)s") % words)


def _similar_names(selection: ProgrammeFilterSet) -> Iterator[Hint]:
    """Names spelled nearly like what was searched: "Pheonix", "choose 2 change"."""
    typed = key_of(selection.words)
    if len(typed) < SHORTEST_NAME:
        return
    names = {
        name: key_of(name)
        for name in selection.everything.order_by("name").values_list("name", flat=True).distinct()
    }
    # A shorter name would be found in the middle of any long search.
    possible = {name: key for name, key in names.items() if len(key) + 2 >= len(typed)}
    for _key, _score, name in extract(
        typed, possible, scorer=fuzz.partial_ratio, score_cutoff=SIMILAR, limit=MOST_NAMES
    ):
        query = selection.query_with({"q": [name]})
        yield Hint(_("Did you mean “%(name)s”?") % {"name": name}, query)
