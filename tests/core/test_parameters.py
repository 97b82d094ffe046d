"""A page reads what a form beside its address declares, with the page cache and without."""

import pytest
from django import forms
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import Page
from core.caching.page_cache import PageCache
from core.forms import PublicForm
from core.parameters import declared_part, parameters_at
from programmes.publishing.edition_poller import EditionPoller
from tests.asking import ask

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class ColourForm(PublicForm):
    colour = forms.CharField(required=False)


class SizeForm(PublicForm):
    size = forms.CharField(required=False)


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.GET.urlencode())


DECLARED = [
    Page("plain", "plain/", "plaen/", echo),
    Page("colour", "colour/", "lliw/", echo, ColourForm),
    Page("both", "both/", "dau/", echo, ColourForm, SizeForm),
]
urlpatterns = [path(page.english, page.view) for page in DECLARED]


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("/plain/?colour=red", b""),
        ("/colour/?colour=red&size=9&utm_source=x", b"colour=red"),
        ("/colour/?size=9&c%6Flour=r%65d&colour=", b"colour=red&colour="),
        ("/both/?x=1&colour=red&size=9&as-at=2026-01-01", b"colour=red&size=9"),
        ("/both/?" + "&".join(["x=1"] * 2_000), b""),
    ],
)
def test_what_is_declared_reaches_the_view_and_nothing_else(client, address, read):
    cached = PageCache(get_wsgi_application(), EditionPoller(), room=2**20)
    assert client.get(address).content == read
    assert ask(cached, address).body == read
    assert ask(cached, address).body == read


def test_a_part_of_a_query_is_left_as_it_was_written():
    assert declared_part("b=%20+&a&&c=1;b=2&%62=\xe9", {"b"}) == "b=%20+&%62=\xe9"
    assert declared_part("", {""}) == ""


def test_where_no_page_is_nothing_is_declared():
    assert parameters_at("/both/") == {"colour", "size"}
    assert parameters_at("/plain/") == frozenset()
    assert parameters_at("/both") is None
