"""The frame of every public page: both languages, no cookie, safe headers, errors included."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from config.urls import PAGES
from forces.models import LocalAuthority
from programmes.publishing.publish import publish
from tests import seeded

pytestmark = pytest.mark.django_db

PATHS = {
    "/": "/cy/",
    "/programmes/": "/cy/rhaglenni/",
    "/programmes/?area=gwent&risk=high": "/cy/rhaglenni/?area=gwent&risk=high",
    "/programmes/?area=nowhere": "/cy/rhaglenni/?area=nowhere",
    "/programmes/south-wales/drive-project/": "/cy/rhaglenni/south-wales/drive-project/",
    "/programmes/north-wales/relate-cymru-choose2change/": (
        "/cy/rhaglenni/north-wales/relate-cymru-choose2change/"
    ),
    "/programmes/gwent/cara/correction/": "/cy/rhaglenni/gwent/cara/cywiriad/",
    "/place/": "/cy/lle/",
    "/check/": "/cy/gwirio/",
    "/provision/?by=route": "/cy/darpariaeth/?by=route",
    "/provision/?by=stage": "/cy/darpariaeth/?by=stage",
    "/compare/?programme=gwent/cara&programme=south-wales/cara": (
        "/cy/cymharu/?programme=gwent/cara&programme=south-wales/cara"
    ),
    "/compare/?programme=gwent/cara": "/cy/cymharu/?programme=gwent/cara",
    "/evidence/": "/cy/tystiolaeth/",
    "/timeline/": "/cy/llinell-amser/",
    "/changes/": "/cy/newidiadau/",
    "/changes/?area=gwent": "/cy/newidiadau/?area=gwent",
    "/changes/?since=edited": "/cy/newidiadau/?since=edited",
    "/forces/": "/cy/heddluoedd/",
    "/forces/dyfed-powys/": "/cy/heddluoedd/dyfed-powys/",
    "/forces/south-wales/": "/cy/heddluoedd/south-wales/",
    "/forces/north-wales/": "/cy/heddluoedd/north-wales/",
    "/forces/gwent/": "/cy/heddluoedd/gwent/",
    "/sources/": "/cy/ffynonellau/",
    "/about/": "/cy/ynghylch/",
    "/help/": "/cy/cymorth/",
    "/safety/": "/cy/diogelwch/",
    "/accessibility/": "/cy/hygyrchedd/",
    "/privacy/": "/cy/preifatrwydd/",
    "/contact/": "/cy/cysylltu/",
    "/programmes/gwent/cara/": "/cy/rhaglenni/gwent/cara/",
    "/programmes/not-stated/building-better-relationships/": (
        "/cy/rhaglenni/not-stated/building-better-relationships/"
    ),
}
BOTH = [*PATHS, *PATHS.values()]
SAME_IN_BOTH = {"Dyfed-Powys", "Gwent", "Grant", "MARAC", "MATAC", "DAPO", "VAWDASV"}
SAME_IN_BOTH |= {"nobody@localhost", "Drive Project", "CSV", "XLSX", "JSON"}
SAME_IN_BOTH |= {"IDVA", "IPV", "HMPPS", "Gwent · CARA"}
SAME_IN_BOTH |= {"Atom", "openapi.json", "url", "https://osf.io/preprints/psyarxiv/jw9uy/"}
SAME_IN_BOTH |= {"https://business.senedd.wales/mgIssueHistoryHome.aspx?IId=40933"}
WORD = re.compile(r"(?<![?=&])\b[A-Za-z][a-z]{2}")
"""No reference number, and no part of an address."""
SETTINGS_OF_A_BROWSER = {"width=device-width, initial-scale=1, viewport-fit=cover"}
NOT_THERE = [
    "/nothing/",
    "/forces/not-stated/",
    "/forces/powys/",
    "/cy/dim/",
    "/programmes/gwent/nothing/",
    "/cy/rhaglenni/nowhere/cara/",
]
SPOKEN = ("alt", "aria-label", "placeholder", "title")
"""Attributes that hold words for somebody."""


class Text(HTMLParser):
    """The visible text of a page by language, and what its tags carry."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.unseen: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = {name: value or "" for name, value in attributes}
        if tag not in ("meta", "link", "input"):
            inherited = self.languages[-1] if self.languages else ""
            self.languages.append(found.get("lang", inherited))
        self.links += [found] if tag in ("a", "link") else []
        self.unseen += [found[name] for name in SPOKEN if name in found]
        self.unseen += [found["content"]] if found.keys() >= {"content"} and tag == "meta" else []
        self.ids += [found["id"]] if "id" in found else []
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        # JSON-LD is data: no browser runs it, and the policy for scripts does not speak of it.
        runs = tag == "script" and found.get("type") != "application/ld+json"
        if tag == "style" or (runs and "src" not in found):
            self.inline.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("meta", "link", "input"):
            self.languages.pop()

    def handle_data(self, data):
        if data.strip():
            self.texts.append((self.languages[-1], " ".join(data.split())))


@pytest.mark.parametrize("path", BOTH)
def test_a_page_declares_its_language_and_links_to_its_twin(path):
    response = seeded.answer(path)
    page = Text(response.content.decode())
    language, other = ("cy", "en") if path.startswith("/cy/") else ("en", "cy")
    twin = {**PATHS, **{welsh: english for english, welsh in PATHS.items()}}[path]
    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language
    switches = [link for link in page.links if link.get("lang") == other and "hreflang" in link]
    assert [link["href"] for link in switches] == [twin]
    alternates = {link.get("hreflang"): link["href"] for link in page.links if "hreflang" in link}
    # A refused page has a twin to switch to, and no address that a search engine should know.
    assert set(alternates) == ({"en", "cy"} if response.status_code == 200 else {other})


@pytest.mark.parametrize(
    "path",
    [
        *BOTH,
        "/programmes.csv",
        "/cy/rhaglenni.csv",
        "/timeline.svg",
        "/cy/llinell-amser.svg",
        *NOT_THERE,
    ],
)
def test_no_cookie_nothing_inline_and_safe_headers(path):
    response = seeded.answer(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    reach = "cross-origin" if path.endswith(".csv") else "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == reach
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    if "html" in response["Content-Type"]:
        page = Text(response.content.decode())
        assert not page.inline
        assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(("english", "welsh"), PATHS.items())
def test_no_english_is_left_on_a_welsh_page(english, welsh):
    assert not left_in_english(seeded.page(english), seeded.page(welsh))


def left_in_english(english: str, welsh: str) -> set[str]:
    """What a page says as Welsh that its twin says as English, but for names."""
    page, page_in_welsh = Text(english), Text(welsh)
    in_english = {text.strip(", ") for language, text in page.texts if language == "en"}
    in_welsh = [text.strip(", ") for language, text in page_in_welsh.texts if language == "cy"]
    same = {text for text in in_welsh if text in in_english and WORD.search(text)}
    names = LocalAuthority.objects.values_list("name_cy", flat=True)
    of_places = {word for name in names for word in (name, *name.split())}
    unseen = {text for text in page.unseen if " " in text}
    both = unseen.intersection(page_in_welsh.unseen) - SETTINGS_OF_A_BROWSER
    return same - SAME_IN_BOTH - of_places | both


def page_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_page_exists_in_both_languages():
    assert len({page.english for page in PAGES}) == len(PAGES)
    for page in PAGES:
        assert re.findall(r"<[^>]+>", page.english) == re.findall(r"<[^>]+>", page.welsh)


@pytest.mark.parametrize("path", NOT_THERE)
def test_the_page_of_an_unknown_address_is_in_the_language_of_the_address(client, path):
    response = client.get(path)
    assert response.status_code == 404
    expected = "Ni chanfuwyd y dudalen" if path.startswith("/cy/") else "Page not found"
    assert expected in response.content.decode()
    assert "0808 80 10 800" in response.content.decode()
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", "Sorry, there is a problem"), ("/cy/", "Mae’n ddrwg gennym, mae problem")],
)
def test_the_page_of_a_server_error_is_in_the_language_of_the_address(
    client, monkeypatch, path, expected
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("programmes.models.edition.EditionQuerySet.as_at", fail)
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code == 500
    assert expected in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_foreign_host_is_refused(client):
    for path, expected in (("/", "could not read"), ("/cy/", "Ni allem ddarllen")):
        response = client.get(path, headers={"host": "evil.example"})
        assert response.status_code == 400
        assert expected in response.content.decode()


def test_a_form_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    response = client.post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "Open the page anew" in response.content.decode()


def test_public_pages_without_a_form_to_post_answer_get_and_head_only(client):
    answered = {"/check/": 200, "/place/": 302, "/programmes/gwent/cara/correction/": 400}
    answered |= {PATHS[path]: status for path, status in answered.items()}
    browser = Client(enforce_csrf_checks=True)  # which posts with Django's check
    for path in BOTH:
        assert browser.post(path).status_code == answered.get(path, 405)
        assert client.head(path).status_code in (200, 400)


def test_addresses_come_from_the_settings(client, settings):
    settings.SITE_URL = "https://directory.example"
    page = client.get("/programmes/gwent/cara/", headers={"host": "127.0.0.1"}).content.decode()
    assert 'href="https://directory.example/cy/rhaglenni/gwent/cara/"' in page
    rows = client.get("/cy/rhaglenni.csv?area=gwent").content.decode()
    assert "https://directory.example/cy/rhaglenni/gwent/cara/" in rows


RUNS_TODAY = re.compile(
    r"available|currently running|is live|up to date|refer now|on offer|ar gael nawr", re.IGNORECASE
)


@pytest.mark.parametrize("path", BOTH)
def test_no_page_says_that_a_programme_runs_today(path):
    without_quotations = re.sub(r"(?s)<(blockquote|q) .*?</\1>", "", seeded.page(path))
    own_words = [text for _language, text in Text(without_quotations).texts]
    assert not [text for text in own_words if RUNS_TODAY.search(text)]


@pytest.mark.parametrize("path", BOTH)
def test_every_page_has_its_exit_its_helplines_and_its_age(path):
    page = seeded.page(path)
    exits = [link for link in Text(page).links if "data-exit" in link]
    assert [link["href"] for link in exits] == ["https://www.bbc.co.uk/weather"]
    assert "noreferrer" in exits[0]["rel"]
    for number in ("tel:999", "tel:08088010800", "sms:07860077333", "tel:08088024040"):
        assert f'href="{number}"' in page
    assert ("17 Tachwedd 2023" if path.startswith("/cy/") else "17 November 2023") in page
    assert ("wirio ers hynny" if path.startswith("/cy/") else "has been checked since") in page


def test_the_banner_counts_what_was_checked(client, programme, admin_user):
    assert "Nothing has been checked since." in page_of(client, "/")
    phoenix = programme("gwent", "phoenix-das")
    phoenix.verifications.create(
        checked_with="provider", outcome="confirmed", confirmed=["funding"], by=admin_user
    )
    publish(
        programme("gwent", "phoenix-das"), by=admin_user, why="The provider confirmed the funding."
    )
    assert "Checked in part: 1 of 18." in page_of(client, "/")


def test_what_programs_ask_for_by_convention(client):
    assert "Disallow: /admin/" in page_of(client, "/robots.txt")
    lines = page_of(client, "/.well-known/security.txt").splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == "mailto:nobody@localhost"
    left = datetime.datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert datetime.timedelta(days=30) < left < datetime.timedelta(days=365)


def test_the_admin_keeps_a_referrer_for_its_own_forms(client):
    assert client.get("/admin/login/")["Referrer-Policy"] == "same-origin"
    assert client.get("/programmes/")["Referrer-Policy"] == "no-referrer"


def test_the_canonical_address_is_the_pages_own(client):
    page = page_of(client, "/cy/rhaglenni/gwent/cara/")
    assert 'rel="canonical" href="http://127.0.0.1:8000/cy/rhaglenni/gwent/cara/"' in page


def test_an_address_that_is_not_there_is_not_echoed(client):
    assert "canary" not in page_of(client, "/canary/")
