"""The gazetteer: where a place lies that somebody wrote, in either language.

A place is a force area, a local authority, a town, a village, or a postcode or its beginning.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import get_language
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from core.collation import alphabetical, fold
from forces.models import ForceArea, LocalAuthority, Named, Place, Postcode, all_force_areas

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{0,2})?")
WHOLE_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")
NOT_PART_OF_A_NAME = re.compile(
    r"^(in |near |yn |yng |ym )?(the |y |yr )?"
    r"|\b(of|city|county|borough|council|police|area|force"
    r"|cyngor|sirol|bwrdeistref|heddlu|ardal)\b"
)
SAINT = re.compile(r"\bst\b")
NASAL = {"ngh": "c", "mh": "p", "nh": "t", "ng": "g", "m": "b", "n": "d"}
"""How a name begins after "yn", and how it does by itself: "yng Nghaerdydd", Caerdydd."""

AFTER_YN = re.compile(r"^(?:yn|yng|ym) (ngh|mh|nh|ng|m|n)")
SHORTEST = 4  # letters below which neither the end of a name is guessed nor a wrong one forgiven
LONG = 8  # letters from which two wrong ones are forgiven
MOST_CHOICES = 8


class Outcome(Enum):
    PLACE = auto()
    CHOICE = auto()
    """Several places have this name, or the postcode's district lies in several."""
    SIMILAR = auto()
    """No place has this name; these are spelled nearly like it."""
    BORDER = auto()
    """Part of the postcode's district is outside Wales."""
    OUTSIDE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Location(Named):
    """A name, and the local authority it lies in; a force area alone where no smaller one fits."""

    name_en: str
    name_cy: str
    area: ForceArea
    authority: LocalAuthority | None = None

    @property
    def narrowest(self) -> ForceArea | LocalAuthority:
        return self.authority or self.area

    @property
    def in_words(self) -> str:
        """With what tells it apart from others of its name: "Newport, Pembrokeshire"."""
        is_authority = self.authority and self.authority.name_en == self.name_en
        around = self.area if is_authority else self.authority
        return f"{self.name}, {around.name}" if around else self.name

    @property
    def parameter(self) -> tuple[str, str]:
        """The parameter of the list that chooses it, and its value."""
        return ("authority" if self.authority else "area"), self.narrowest.slug


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    locations: tuple[Location, ...] = ()


UNKNOWN, OUTSIDE = Answer(Outcome.UNKNOWN), Answer(Outcome.OUTSIDE)


@dataclass(frozen=True)
class Gazetteer:
    locations: dict[str, Location]
    """The force areas and local authorities by their slugs."""
    names: dict[str, list[Location]]
    """By the keys of their names in either language."""
    postcodes: dict[str, Location | None]
    """By their beginnings; None is outside Wales."""

    def look_up(self, text: str) -> Answer:
        upper = text.upper().strip()
        whole = WHOLE_POSTCODE.search(upper)
        if postcode := POSTCODE.fullmatch(whole[0] if whole else upper):
            return self._find_postcode(postcode[1], postcode[2] or "")
        name, _comma, around = text.partition(",")
        if named := self._find_name(name) or self._find_name(without_nasal(name)):
            return _answer(self._within(named, around) or named)
        # "Newport Pembrokeshire"
        for space in re.finditer(r"\s+", name):
            named = self._find_name(name[: space.start()])
            if within := self._within(named, name[space.end() :]):
                return _answer(within)
        return self._find_similar(key_of(name))

    def _within(self, named: list[Location], around: str) -> list[Location]:
        places = {each.narrowest for each in self._find_name(around)}
        return [each for each in named if {each.area, each.authority} & places]

    def _find_name(self, text: str) -> list[Location]:
        key = key_of(text)
        if key in self.names or len(key) < SHORTEST:
            return self.names.get(key, [])
        begun = (name for name in self.names if name.startswith(key))
        return [each for name in begun for each in self.names[name]]

    def _find_similar(self, key: str) -> Answer:
        if len(key) < SHORTEST:
            return UNKNOWN
        names = self.names.keys()
        for most in (1, 2) if len(key) >= LONG else (1,):
            alike = extract(key, names, scorer=OSA.distance, score_cutoff=most, limit=None)
            if found := [each for name, *_wrong in alike for each in self.names[name]]:
                return _answer(found, Outcome.SIMILAR)
        return UNKNOWN

    def _find_postcode(self, district: str, rest: str) -> Answer:
        sector, asked = f"{district} {rest[:1]}", f"{district} {rest}"
        known = [each for each in (asked, sector, district) if each in self.postcodes][:1]
        known += [each for each in self.postcodes if each.startswith(asked)]
        places = {self.postcodes[each] for each in known}
        inside = list(filter(None, places))
        areas = {each.area.slug for each in inside}
        if not inside:
            return OUTSIDE
        if None in places:
            return _answer(inside, Outcome.BORDER)
        if len(areas) == 1 and len(inside) > 1:
            inside = [self.locations[slug] for slug in areas]
        return _answer(inside)


def key_of(text: str) -> str:
    """A name as it is looked up: "Castell Nedd" is "Castell-nedd", "Barri" is "Y Barri"."""
    words = SAINT.sub("saint", NOT_PART_OF_A_NAME.sub("", fold(text)))
    return words.replace(" ", "")


def without_nasal(text: str) -> str:
    return AFTER_YN.sub(lambda begun: NASAL[begun[1]], fold(text))


def _answer(named: Iterable[Location], several: Outcome = Outcome.CHOICE) -> Answer:
    distinct: dict[ForceArea | LocalAuthority, Location] = {}
    for each in named:
        # An authority stands before the town of its name.
        distinct.setdefault(each.narrowest, each)
    if not 0 < len(distinct) <= MOST_CHOICES:
        return UNKNOWN
    is_sure = len(distinct) == 1 and several == Outcome.CHOICE
    ordered = sorted(distinct.values(), key=lambda e: alphabetical(e.in_words, get_language()))
    return Answer(Outcome.PLACE if is_sure else several, tuple(ordered))


def gazetteer() -> Gazetteer:
    """Read once in a process: nobody edits it."""
    global _known
    # Read again while there is none, as before the directory is seeded.
    _known = _known if _known and _known.postcodes else _read()
    return _known


_known: Gazetteer | None = None


def _read() -> Gazetteer:
    names: dict[str, list[Location]] = defaultdict(list)
    areas = [Location(area.name_en, area.name_cy, area) for area in all_force_areas()]
    authorities = {
        each.pk: Location(each.name_en, each.name_cy, location.area, each)
        for location in areas
        for each in location.area.authorities.all()
    }
    for location in areas:
        # "yng Ngwent": the one Welsh form whose first letter changes that we have.
        names[key_of(location.area.in_cy)].append(location)
    around = ((place, authorities[place.authority_id]) for place in Place.objects.order_by("pk"))
    places = (Location(p.name_en, p.name_cy, within.area, within.authority) for p, within in around)
    for location in (*areas, *authorities.values(), *places):
        for key in {key_of(location.name_en), key_of(location.name_cy)}:
            names[key].append(location)
    locations = {each.narrowest.slug: each for each in (*areas, *authorities.values())}
    rows = Postcode.objects.values_list("prefix", "authority")
    return Gazetteer(locations, dict(names), {code: authorities.get(key) for code, key in rows})
