"""The gazetteer against the tables it is read from, and what it forgives."""

import csv

import pytest
from django.conf import settings

from forces.gazetteer import Outcome, gazetteer, key_of
from forces.models import LocalAuthority

pytestmark = pytest.mark.django_db

PLACES = settings.BASE_DIR / "fixtures" / "places"


def look_up(text: str) -> tuple[str, list[str]]:
    answer = gazetteer().look_up(text)
    return answer.outcome.name, [each.narrowest.slug for each in answer.locations]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Castell-nedd", "castell nedd"),
        ("Y Trallwng", "TRALLWNG"),
        ("St. David's", "Saint Davids"),
        ("Ynys Môn", "ynys mon"),
        ("Cyngor Sir Gaerfyrddin", "Sir Gaerfyrddin"),
        ("City of Swansea", "Swansea"),
        ("Pont-y-pŵl", "Pontypwl"),
    ],
)
def test_names_that_are_the_same(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("text", "outcome", "slugs"),
    [
        ("SA1 8", "PLACE", ["south-wales"]),
        ("SA18", "CHOICE", ["carmarthenshire", "neath-port-talbot", "swansea"]),
        ("CF", "UNKNOWN", []),
        ("CF99 1SN", "PLACE", ["cardiff"]),
        ("NP25", "BORDER", ["monmouthshire"]),
        ("SY1 1AA", "OUTSIDE", []),
        ("12 High Street, Swansea SA1 1AA", "PLACE", ["swansea"]),
        ("Newport, Pembrokeshire", "PLACE", ["pembrokeshire"]),
        ("Newport, Gwent", "PLACE", ["newport"]),
        ("yng Ngwent", "PLACE", ["gwent"]),
        ("yng Nghaerdydd", "PLACE", ["cardiff"]),
        ("ym Mhen-y-bont ar Ogwr", "PLACE", ["bridgend"]),
        ("yn Nhrefynwy", "PLACE", ["monmouthshire"]),
        ("ym Mangor", "PLACE", ["gwynedd"]),
        ("ym Merthyr Tudful", "PLACE", ["merthyr-tydfil"]),
        ("yn Nefyn", "PLACE", ["gwynedd"]),
        ("Llan", "UNKNOWN", []),
        ("Swa", "UNKNOWN", []),
        ("Swansee", "SIMILAR", ["swansea"]),
        ("Rhyll", "SIMILAR", ["denbighshire"]),
        ("Newcastle Emlyn", "PLACE", ["carmarthenshire"]),
    ],
)
def test_look_up(text, outcome, slugs):
    assert look_up(text) == (outcome, slugs)


def test_every_area_and_authority_is_found_by_both_names():
    for each in LocalAuthority.objects.select_related("area"):
        for name in (each.name_en, each.name_cy):
            found = gazetteer().look_up(name)
            assert found.outcome in (Outcome.PLACE, Outcome.CHOICE)
            assert found.locations[0].authority == each
        for name in (each.area.name_en, each.area.name_cy, each.area.in_cy):
            assert gazetteer().look_up(name).locations[0].narrowest == each.area


def test_postcodes_have_a_row_for_a_district_and_rows_for_what_of_it_lies_elsewhere():
    with (PLACES / "postcodes.csv").open(encoding="utf-8") as file:
        rows = {row["prefix"]: row["authority"] for row in csv.DictReader(file)}
    districts = {prefix.partition(" ")[0] for prefix in rows}
    assert districts <= set(rows)
    assert len(districts) == 225
    for prefix, authority in rows.items():
        district, _space, rest = prefix.partition(" ")
        shorter = [district, f"{district} {rest[:1]}"][: len(rest)]
        known = [rows[each] for each in shorter if each in rows and each != prefix]
        assert known[-1:] != [authority]


def test_the_sixty_largest_towns_have_a_welsh_name_with_a_mark():
    with (PLACES / "places.csv").open(encoding="utf-8") as file:
        towns = sorted(csv.DictReader(file), key=lambda row: -int(row["population"]))[:60]
    with (PLACES / "names.csv").open(encoding="utf-8") as file:
        named = {(row["name"], row["authority"]): row for row in csv.DictReader(file)}
    assert [t["name"] for t in towns if (t["name"], t["authority"]) not in named] == []
    assert {row["confidence"] for row in named.values()} == {"A", "D"}
