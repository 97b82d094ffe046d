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
    words, found = selection.words, len(results) > 0
    # Where something is found, only what is a place letter for letter.
    if words and (not found or key_of(words) in gazetteer().names):
        for location in gazetteer().look_up(words).locations:
            query = selection.query_with({"q": [], "area": [location.area.slug]})
            number = len(results_of(select(query)))
            yield Hint(_place_in_words(location, words, number), query)
    for synonym in synonyms_in(words):
        if found and synonym.part:
            said = {"words": synonym.in_language("means")}
            yield Hint(_("We looked for programmes that say: %(words)s") % said)
        elif synonym.none_en:
            yield Hint(synonym.in_language("none"))
    if words and not found:
        yield from _similar_names(selection)


def _place_in_words(location: Location, written: str, number: int) -> str:
    name = f"name_{get_language()}"
    is_postcode = any(map(str.isdigit, written))
    place = written.upper() if is_postcode else getattr(location, name)
    text = ngettext(
        "%(place)s is in the %(area)s police area: %(number)d programme",
        "%(place)s is in the %(area)s police area: %(number)d programmes",
        number,
    )
    return text % {"place": place, "area": getattr(location.area, name), "number": number}


def _similar_names(selection: ProgrammeFilterSet) -> Iterator[Hint]:
    """Names spelled nearly like what was searched: "Pheonix", "choose 2 change"."""
    typed = key_of(selection.words)
    if len(typed) < SHORTEST_NAME:
        return
    names = selection.everything.order_by("name").values_list("name", flat=True).distinct()
    keys = {name: key_of(name) for name in names}
    # A shorter name would be found in the middle of any long search.
    possible = {name: key for name, key in keys.items() if len(key) + 2 >= len(typed)}
    for _key, _score, name in extract(
        typed, possible, scorer=fuzz.partial_ratio, score_cutoff=SIMILAR, limit=MOST_NAMES
    ):
        query = selection.query_with({"q": [name]})
        yield Hint(_("Did you mean “%(name)s”?") % {"name": name}, query)
