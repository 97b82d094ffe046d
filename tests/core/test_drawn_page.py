"""Pages are kept past each publish that does not change what they show, and past no other."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from core.caching.drawn_page import drawn_once
from forces.models import LocalAuthority
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.publish import publish, withdraw
from tests.config.test_cost_of_pages import cost

pytestmark = pytest.mark.django_db

PAGES = [
    "/programmes/",
    "/cy/rhaglenni/?area=gwent&sort=name",
    "/programmes/?referrer=police&authority=cardiff",
    "/programmes/?q=cara",
    "/programmes/?q=newport",
    "/programmes/?q=phoneix",
    "/programmes/gwent/phoenix-das/",
    "/programmes/south-wales/cara/",
    "/provision/",
    "/provision/?area=dyfed-powys&by=route",
    "/provision/?q=cara",
    "/provision/?authority=cardiff&status=launching",
]


def test_what_is_kept_is_what_would_be_drawn(programme, admin_user):
    cara, phoenix = programme("gwent", "cara"), programme("gwent", "phoenix-das")
    for change in (
        lambda: None,
        lambda: withdraw(cara, by=None, why="It has ended.", why_cy="Daeth i ben."),
        lambda: publish(cara, by=None, why="It goes on."),
        lambda: rename(phoenix),
        lambda: check(phoenix, admin_user),
        lambda: tell(cara.area),
        lambda: cover(programme("south-wales", "driving-change"), "swansea"),
    ):
        change()
        kept = [read(path) for path in PAGES]
        cache.clear()
        assert kept == [read(path) for path in PAGES]


def rename(programme):
    programme.name_en = "Phoneix"
    programme.save()
    publish(programme, by=None, why="It has another name.")


def check(programme, editor):
    programme.verifications.create(
        checked_with="provider", outcome="confirmed", confirmed=["funding"], by=editor
    )
    publish(programme, by=editor, why="It was checked.")


def tell(area):
    area.ask_phone = "01633 000000"
    area.save()
    publish_changed_areas(by=None, why="It has a telephone.")


def cover(programme, authority):
    source = programme.statements.first().source
    words = {"text": "It serves Swansea.", "place_en": "1", "place_cy": "1"}
    statement = programme.statements.create(source=source, field="coverage", **words)
    place = LocalAuthority.objects.get(slug=authority)
    programme.coverage.create(authority=place, statement=statement)
    publish(programme, by=None, why="Its office wrote.")


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize(
    "path",
    [
        "/programmes/gwent/phoenix-das/",
        "/programmes/?area=dyfed-powys&sort=name",
        "/provision/?area=dyfed-powys",
    ],
)
def test_a_page_stays_while_other_entries_are_published(programme, path):
    read(path)
    rename(programme("south-wales", "driving-change"))
    _queries, drawn = cost(path)
    assert drawn == 0


def test_what_is_drawn_while_something_is_published_is_not_kept(rf):
    states = iter([["old"], ["new"], ["old"], ["old"], ["old"]])

    def ask() -> HttpResponse:
        return drawn_once(rf.get("/"), "robots.txt", lambda: next(states), drawn)

    def drawn() -> dict[str, str]:
        asked.append("/")
        return {}

    asked: list[str] = []
    ask(), ask(), ask()
    assert asked == ["/", "/"]
