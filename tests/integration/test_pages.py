"""The frame of every public page: both languages, no cookie, safe headers, errors included."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from config.urls import PAGES
from programmes.models import Edition

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
    "/programmes/gwent/cara/": "/cy/rhaglenni/gwent/cara/",
    "/programmes/not-stated/building-better-relationships/": (
        "/cy/rhaglenni/not-stated/building-better-relationships/"
    ),
}
BOTH = [*PATHS, *PATHS.values()]
SAME_IN_BOTH = {"Dyfed-Powys", "Gwent", "Grant", "MARAC", "VAWDASV"}
NOT_THERE = ["/nothing/", "/cy/dim/", "/programmes/gwent/nothing/", "/cy/rhaglenni/nowhere/cara/"]


class Text(HTMLParser):
    """The visible text of a page by language, and what its tags carry."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = {name: value or "" for name, value in attributes}
        if tag not in ("meta", "link", "input"):
            inherited = self.languages[-1] if self.languages else ""
            self.languages.append(found.get("lang", inherited))
        self.links += [found] if tag in ("a", "link") else []
        self.ids += [found["id"]] if "id" in found else []
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.inline.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("meta", "link", "input"):
            self.languages.pop()

    def handle_data(self, data):
        if data.strip():
            self.texts.append((self.languages[-1], " ".join(data.split())))


@pytest.mark.parametrize("path", BOTH)
def test_a_page_declares_its_language_and_links_to_its_twin(client, path):
    response = client.get(path)
    page = Text(response.content.decode())
    language, other = ("cy", "en") if path.startswith("/cy/") else ("en", "cy")
    twin = {**PATHS, **{welsh: english for english, welsh in PATHS.items()}}[path]
    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language
    switches = [link for link in page.links if link.get("lang") == other and "hreflang" in link]
    assert [link["href"] for link in switches] == [twin]
    alternates = {link.get("hreflang"): link["href"] for link in page.links if "hreflang" in link}
    assert set(alternates) == {"en", "cy"}


@pytest.mark.parametrize("path", [*BOTH, "/programmes.csv", "/cy/rhaglenni.csv", *NOT_THERE])
def test_no_cookie_nothing_inline_and_safe_headers(client, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    if "html" in response["Content-Type"]:
        page = Text(response.content.decode())
        assert not page.inline
        assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(("english", "welsh"), PATHS.items())
def test_no_english_is_left_on_a_welsh_page(client, english, welsh):
    texts = Text(page_of(client, english)).texts
    in_english = {text for language, text in texts if language == "en"}
    in_welsh = [text for language, text in Text(page_of(client, welsh)).texts if language == "cy"]
    same = {text for text in in_welsh if text in in_english and re.search(r"[A-Za-z]{3}", text)}
    assert same <= SAME_IN_BOTH


@pytest.mark.parametrize("path", BOTH)
def test_only_the_sources_words_and_names_are_english_on_a_welsh_page(client, path):
    if path.startswith("/cy/"):
        page = Text(page_of(client, path))
        quoted = {
            words
            for edition in Edition.objects.current()
            for quotation in edition.entry.quotations
            for words in (" ".join(quotation.words.split()), edition.entry.name.en)
        }
        headings = re.compile(
            "“(Programme|Attendance|Referral route|Eligibility|Funding|.*[A-Z].*)”"
        )
        english = {t for language, t in page.texts if language == "en" and not headings.match(t)}
        assert english <= quoted | {"English", "Respect Phoneline"}


def page_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_page_exists_in_both_languages():
    assert len({english for _name, english, _welsh, _view in PAGES}) == len(PAGES)
    for _name, english, welsh, _view in PAGES:
        assert re.findall(r"<[^>]+>", english) == re.findall(r"<[^>]+>", welsh)


@pytest.mark.parametrize("path", NOT_THERE)
def test_not_found_is_told_in_the_language_of_the_address(client, path):
    response = client.get(path)
    assert response.status_code == 404
    expected = "Ni chanfuwyd y dudalen" if path.startswith("/cy/") else "Page not found"
    assert expected in response.content.decode()
    assert "0808 80 10 800" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", "Sorry, there is a problem"), ("/cy/", "Mae’n ddrwg gennym, mae problem")],
)
def test_an_error_of_ours_is_told_in_the_language_of_its_address(
    client, monkeypatch, path, expected
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("programmes.models.edition.EditionQuerySet.current", fail)
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
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "You cannot do this here" in response.content.decode()


def test_public_pages_answer_get_and_head_only(client):
    for path in BOTH:
        assert client.post(path).status_code == 405
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
def test_no_page_says_that_a_programme_runs_today(client, path):
    without_quotations = re.sub(r"<blockquote.*?</blockquote>", "", page_of(client, path))
    own_words = [text for _language, text in Text(without_quotations).texts]
    assert not [text for text in own_words if RUNS_TODAY.search(text)]
