"""What it takes to make a page of each kind anew: a guard against pages that grow dearer unseen.

Where a page becomes cheaper its line falls with it; where a line has to rise, the commit says why.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

COSTS = {
    "/": (3, 17),
    "/programmes/": (2, 0),
    "/programmes/?area=gwent&risk=high&route=self": (2, 0),
    "/programmes/?q=stalking": (2, 0),
    "/programmes/gwent/phoenix-das/": (2, 0),
    "/check/": (1, 17),
    "/provision/": (3, 0),
    "/compare/?programme=gwent/cara&programme=south-wales/cara": (4, 76),
    "/evidence/": (4, 65),
    "/timeline/": (4, 59),
    "/changes/": (5, 103),
    "/forces/": (3, 10),
    "/forces/gwent/": (8, 114),
    "/data/": (1, 3),
    "/help/": (1, 3),
}
"""Queries, and templates drawn, of a page that is asked for a second time, past the page cache."""


@pytest.mark.parametrize(("path", "queries", "templates"), [(p, *n) for p, n in COSTS.items()])
def test_a_page_takes_so_many_queries_and_templates(path, queries, templates):
    Client().get(path)
    assert cost(path) == (queries, templates)


@pytest.mark.parametrize(
    ("path", "queries", "templates"),
    [
        ("/programmes/gwent/cara/", 7, 33),
        ("/programmes/?area=gwent", 4, 48),
        ("/provision/?area=gwent", 12, 36),
    ],
)
def test_a_page_is_drawn_anew_with_so_many_queries_and_templates(path, queries, templates):
    for other in ("/programmes/gwent/phoenix-das/", "/programmes/", "/provision/"):
        Client().get(other)
    assert cost(path) == (queries, templates)


def cost(path: str) -> tuple[int, int]:
    client, drawn = Client(), []

    def note(sender: object, **_about: object) -> None:
        drawn.append(sender)

    template_rendered.connect(note)
    try:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
    finally:
        template_rendered.disconnect(note)
    return len(asked), len(drawn)
