"""Finished pages: kept while nothing public changes, and the same as if they were not."""

import gzip
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import brotli
import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, close_old_connections

from core.caching.cached_page import CachedPage, WsgiResponse
from core.caching.page_cache import PageCache
from core.parameters import parameters_at
from programmes.publishing import edition_poller
from programmes.publishing.edition_poller import EditionPoller, PublicState
from programmes.publishing.publish import publish, withdraw
from tests.asking import Answered, ask

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/cy/",
    "/programmes/?route=self&area=gwent",
    "/cy/rhaglenni/?q=newid",
    "/programmes/?as-at=2026-11-23&risk=not-stated",
    "/programmes/gwent/phoenix-das/",
    "/cy/rhaglenni/gwent/phoenix-das/",
    "/provision/?by=funder",
    "/compare/?programme=gwent/phoenix-das&programme=dyfed-powys/choices",
    "/evidence/",
    "/timeline/",
    "/changes/?since=2026-01-01&until=2026-01-02",
    "/changes/feed/",
    "/forces/gwent/",
    "/programmes.csv?area=gwent",
    "/programmes.json?area=gwent",
    "/api/services?per_page=3&search=newid",
    "/sitemap.xml",
    "/robots.txt",
]
NEVER_KEPT = [
    "/check/",
    "/check/?programme=gwent/phoenix-das",
    "/programmes/gwent/phoenix-das/correction/",
    "/admin/login/",
    "/admin/",
    "/programmes/?area=nowhere",
    "/programmes/?page=99",
    "/programmes/gwent/nothing/",
    "/nothing/",
    "/programmes",  # redirected
    "/api/services?page=0",
]

PARAMETERS = {
    *("q", "area", "stage", "route", "risk", "group", "attendance", "funder", "longevity"),
    *("status", "sort", "authority", "page", "as-at", "by", "programme", "since", "until"),
    *("kind", "net", "entry", "search", "per_page", "full", "minimal", "utm_source"),
    "referrer",
}
"""What some page reads, and what none does."""


class Counted:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.django, self.times = get_wsgi_application(), 0
        self.afterwards: Callable[[], object] = int

    def __call__(self, environ, start_response):
        self.times += 1
        said = self.django(environ, start_response)
        self.afterwards()
        return said


@pytest.fixture
def django() -> Iterator[Counted]:
    """It keeps its connection to the database, which holds what the test has done."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Counted()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def poller() -> EditionPoller:
    """One that looks when the test says so."""
    poller = EditionPoller()
    poller.poll()
    return poller


@pytest.fixture
def site(django: Counted, poller: EditionPoller) -> PageCache:
    return PageCache(django, poller, room=2**24)


def text(answer: Answered) -> str:
    return answer.body.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_made_once_and_is_the_same_as_without_the_cache(site, django, address):
    made = ask(django, address)
    assert made.status == 200
    first, again = ask(site, address), ask(site, address)
    assert django.times == 2
    assert first.body == again.body == made.body
    assert first.headers == again.headers
    assert first.headers.items() >= made.headers.items()
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize("address", NEVER_KEPT)
def test_what_is_private_or_no_success_is_never_kept(site, django, address):
    for _time in range(2):
        answer = ask(site, address)
        assert answer == ask(django, address) or address.startswith("/admin/")
        assert "ETag" not in answer.headers
    assert django.times == 4


def test_a_page_is_sent_as_small_as_the_browser_takes_it_and_not_twice(site, django):
    plain = ask(site, "/")
    for accepted, encoding, unpack in [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, GZIP;q=0.5", "gzip", gzip.decompress),
    ]:
        packed = ask(site, "/", HTTP_ACCEPT_ENCODING=accepted)
        assert packed.headers["Content-Encoding"] == encoding
        assert packed.headers["Content-Length"] == str(len(packed.body))
        assert unpack(packed.body) == plain.body
        assert packed.headers["Vary"] == "Accept-Encoding"
        tag = packed.headers["ETag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*", " * "):
            asked = {"HTTP_ACCEPT_ENCODING": accepted, "HTTP_IF_NONE_MATCH": known}
            answer = ask(site, "/", **asked)
            assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
            assert "Content-Length" not in answer.headers
    for accepted in ("", "identity", "br;q=0", "zstd"):
        assert ask(site, "/", HTTP_ACCEPT_ENCODING=accepted).body == plain.body
    assert ask(site, "/", HTTP_IF_NONE_MATCH='"another"').status == 200
    head = ask(site, "/", "HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", plain.headers)
    assert django.times == 1


def test_only_what_pages_read_makes_another_page(site, django):
    first = ask(site, "/programmes/?area=gwent&route=self")
    for same in (
        "/programmes/?route=self&area=gwent",
        "/programmes/?utm_source=x&area=gwent&route=self&fbclid=y",
        "/programmes/?area=%67went&route=self",
    ):
        assert ask(site, same).body == first.body
    assert django.times == 1
    for other in ("/programmes/?area=gwent", "/programmes/?area=gwent&area=gwent&route=self"):
        ask(site, other)
    assert django.times == 3


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_does_not_declare_neither_reaches_it_nor_makes_another(site, django, address):
    path, _mark, query = address.partition("?")
    others = PARAMETERS - {*(parameters_at(path) or ())}
    assert len(others) > 8
    with_others = f"{path}?{urlencode(dict.fromkeys(others, 1))}&{query}"
    made = ask(django, address).body
    assert ask(django, with_others).body == made
    assert ask(site, with_others).body == ask(site, address).body == made
    assert django.times == 3


def test_a_redirect_to_a_page_keeps_what_was_asked(site):
    answer = ask(site, "/programmes?area=gwent")
    assert (answer.status, answer.headers["Location"]) == (301, "/programmes/?area=gwent")


def test_a_forged_host_gets_nothing_and_each_scheme_its_own_page(site, django):
    ask(site, "/")
    for host in ("evil.example", "127.0.0.1:8000@evil.example", "", "127.0.0.1, evil.example"):
        forged = ask(site, "/", HTTP_HOST=host)
        assert forged.status == 400
        assert "evil" not in text(forged)
    asked = django.times
    ask(site, "/", **{"wsgi.url_scheme": "https"})
    ask(site, "/", HTTP_X_FORWARDED_PROTO="https")
    assert django.times == asked + 2


def test_odd_queries_are_left_to_django(site, django):
    for query in ("&".join(f"q{n}=" for n in range(200)), "q=\xe9", "q=%ff%00", "&&=&;"):
        assert (
            ask(site, f"/programmes/?{query}").status == ask(django, f"/programmes/?{query}").status
        )


def test_a_publish_is_seen_and_what_was_made_during_one_is_made_again(
    site, django, poller, programme, admin_user
):
    address, phoenix = "/programmes/gwent/phoenix-das/", programme("gwent", "phoenix-das")
    tag = ask(site, address).headers["ETag"]
    phoenix.summary_en = "A canary summary."
    phoenix.save()
    assert ask(site, address, HTTP_IF_NONE_MATCH=tag).status == 304
    publish(phoenix, by=admin_user, why="A better summary.")
    poller.poll()
    assert "A canary summary." in text(ask(site, address, HTTP_IF_NONE_MATCH=tag))

    def publish_during() -> None:
        django.afterwards = int
        phoenix.summary_en = "Another summary."
        phoenix.save()
        publish(phoenix, by=admin_user, why="A better one.")

    django.afterwards = publish_during
    made = django.times
    assert "Another summary." in text(ask(site, f"{address}?as-at="))
    assert django.times == made + 2
    withdraw(phoenix, by=admin_user, why="It was never so.")
    poller.poll()
    assert ask(site, address).status == 410


def test_what_an_editor_has_just_done_shows_on_the_next_page(site, django, programme, admin_user):
    address, choices = "/programmes/dyfed-powys/choices/", programme("dyfed-powys", "choices")
    ask(site, address)
    choices.summary_en = "A canary summary."
    choices.save()
    django.afterwards = lambda: publish(choices, by=admin_user, why="As an editor would.")
    ask(site, "/admin/login/", "POST")
    django.afterwards = int
    assert "A canary summary." in text(ask(site, address))


def test_another_day_is_another_page(site, django, poller, monkeypatch):
    ask(site, "/")
    tomorrow = poller.known.day + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *now: tomorrow)
    poller.poll()
    ask(site, "/")
    ask(site, "/")
    assert django.times == 2


def test_pages_already_known_are_served_while_the_database_is_away(
    site, django, poller, monkeypatch
):
    kept = ask(site, "/")

    def poll() -> PublicState:
        raise OperationalError

    monkeypatch.setattr(poller, "poll", poll)
    assert ask(site, "/").body == kept.body
    assert django.times == 1
    assert ask(site, "/about/").status == 200
    assert ask(site, "/about/").status == 200
    assert django.times == 3


def test_it_keeps_no_more_than_it_has_room_for(django, poller):
    asked = [f"/forces/gwent/?as-at=2020-01-{day:02}" for day in range(1, 31)]
    page = CachedPage(WsgiResponse("200 OK", [], [ask(django, asked[0]).body]), "").size
    site = PageCache(django, poller, room=10 * page)
    for address in asked:
        assert ask(site, address).status == 200
    kept = sum(page.size for page in site._pages.values())
    assert kept == site._size <= 10 * page
    assert 5 <= len(site._pages) <= 10
    before = django.times
    ask(site, asked[-1])
    assert django.times == before
    ask(site, asked[0])
    assert django.times == before + 1


def test_long_and_many_requests_neither_fill_nor_empty_it(site, django):
    ask(site, "/")
    size = site._size
    often = "&".join(["area=gwent"] * 99)
    for number in range(20):
        ask(site, "/", HTTP_IF_NONE_MATCH=f'"{number}{"x" * 2_000}"')
        ask(site, f"/?q={number}{'x' * 2_000}")
        assert ask(site, f"/programmes/?as-at=2020-01-{number + 1:02}&{often}").status == 200
    assert (site._size, len(site._pages)) == (size, 1)
    small = PageCache(django, site._poller, room=len(ask(django, "/").body) * 6)
    ask(small, "/safety/")
    kept = len(small._pages)
    ask(small, "/programmes.json")
    assert len(small._pages) == kept == 1


@pytest.mark.parametrize("address", [*PAGES[:16], "/cy/", "/data/", "/cy/help/", "/check/"])
def test_a_page_weighs_little_and_a_first_visit_not_much_more(site, address):
    page = ask(site, address, HTTP_ACCEPT_ENCODING="br, gzip")
    weight = len(page.body if "Content-Encoding" in page.headers else brotli.compress(page.body))
    assert weight <= 8_000
    html = ask(site, address).body.decode()
    parts = set(re.findall(r'(?:src|href)="/static/([^"]+)"', html))
    assert len(parts) <= 4
    packed = sum((settings.STATIC_ROOT / f"{part}.br").stat().st_size for part in parts)
    assert weight + packed <= 25_000
    for part in parts:
        assert re.search(r"\.[0-9a-f]{12}\.", part), f"{part} could not be kept for good"


def test_the_poller_survives_errors(monkeypatch):
    polls: list[int] = []
    over = threading.Event()

    class Broken(EditionPoller):
        def poll(self) -> PublicState:
            polls.append(1)
            if len(polls) == 3:
                over.set()
                threading.Event().wait()  # it is a daemon, and has nothing more to do
            raise ValueError

    monkeypatch.setattr(edition_poller, "EVERY", 0.001)
    threading.Thread(target=Broken().poll_for_ever, daemon=True).start()
    assert over.wait(10)
