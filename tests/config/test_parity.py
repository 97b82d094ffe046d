"""The Welsh site is no less than the English: every page, form, error and file is there twice, with
the same in it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse

from config.urls import PAGES as SERVED
from forces.models import ForceArea
from programmes.models.edition import EditionQuerySet
from programmes.publishing.publish import withdraw
from tests import seeded
from tests.addresses import PAGES, in_welsh
from tests.config.test_markup import check_page, check_problem, read, tagged, words
from tests.config.test_pages import left_in_english

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.english_sweep,  # the same whatever holds the data
]

CHECK = {"where": "south-wales", "referrer": "other"}
ANSWERED = {**CHECK, "risk": "medium", "step": "result"}
PHOENIX = "/programmes/gwent/phoenix-das/"
CORRECTION = f"{PHOENIX}correction/"
WRONG = {"kind": "stopped", "sender": "professional", "text": "123"}
POSTED = [
    ("/check/", CHECK, 200),
    ("/check/", ANSWERED, 200),
    ("/check/", {**ANSWERED, "risk": "high", "marac": "no"}, 200),
    ("/check/", {**CHECK, "referrer": "self", "step": "result"}, 200),
    ("/check/", {**CHECK, "referrer": "being-hurt"}, 200),
    ("/check/", {**CHECK, "where": "nowhere"}, 400),
    ("/check/", {"text": "x" * 9_000}, 413),
    ("/place/", {"where": "Newport", "risk": "high"}, 200),
    ("/place/", {"where": "Swansee"}, 200),
    ("/place/", {"where": "CH1"}, 200),
    ("/place/", {"where": "Atlantis"}, 400),
    ("/programmes/", {}, 405),
    (CORRECTION, {}, 400),
    (CORRECTION, WRONG, 200),
]
LEADING = ("href", "{http://www.w3.org/1999/xlink}href", "action", "content")
"""Attributes that hold an address."""

WORDED = {"/data/statements.csv": "place"}
"""Columns that say something in words of the directory's own."""


def twin(address: str) -> str:
    """Where the site has the Welsh of one of its English addresses."""
    parts = urlsplit(address)
    if parts.netloc not in ("", urlsplit(settings.SITE_URL).netloc) or not parts.path:
        return address
    try:
        match = resolve(parts.path)
    except Resolver404:
        return address
    if match.namespace != "en":
        return address
    path = reverse(f"cy:{match.url_name}", kwargs=match.kwargs)
    return parts._replace(path=path).geturl()


def made_of(response: HttpResponse, translated: Callable[[str], str]) -> Counter:
    """What a page consists of whatever its words say and however they are sorted."""
    tree, _errors = read(response.content.decode())
    found: Counter[tuple] = Counter()
    for each in tree.iter():
        found.update(kind_of(each))
        found.update(control(each))
    for each in all_but_the_switch(tree):
        found.update(("address", translated(address)) for address in addresses(each))
    for table in tagged(tree, "table"):
        found["table", *(len(row) for row in tagged(table, "tr"))] += 1
    found.update(("number", each) for each in re.findall(r"\d+", words(tagged(tree, "body")[0])))
    return found


def kind_of(element: Element) -> list[tuple]:
    """Left out are stretches in another language, and the lines that drawn words take."""
    if element.tag == "span" or str(element.tag).endswith("tspan"):
        return []
    return [(element.tag, element.get("class"), *sorted({*element.keys()} - {"lang"}))]


def control(element: Element) -> list[tuple]:
    if element.tag not in ("form", "input", "select", "option", "textarea", "button"):
        return []
    said = ("name", "type", "value", "id", "checked", "selected", "aria-invalid", "autocomplete")
    if element.get("name") == "where":  # the name of a place
        element.attrib.pop("value", None)
    return [(element.tag, *(element.get(each) for each in said))]


def all_but_the_switch(tree: Element) -> Iterator[Element]:
    """The switch leads the other way, as `test_pages` tests."""
    for element in tree:
        if "hreflang" not in element.attrib and element.get("class") != "app-header__language":
            yield element
            yield from all_but_the_switch(element)


def addresses(element: Element) -> list[str]:
    found = [element.get(each, "") for each in LEADING]
    return [each for each in found if each.startswith(("/", "http"))]


def same_in_both(english: HttpResponse, welsh: HttpResponse) -> None:
    assert welsh.status_code == english.status_code
    offices = dict(ForceArea.objects.values_list("ask_page_en", "ask_page_cy"))
    expected = made_of(english, lambda address: offices.get(address) or twin(address))
    assert made_of(welsh, str) == expected
    assert not left_in_english(english.content.decode(), welsh.content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_same_in_it_in_both_languages(path):
    same_in_both(seeded.answer(path), seeded.answer(in_welsh(path)))


@pytest.mark.parametrize(("path", "sent", "status"), POSTED)
def test_what_is_sent_gets_the_same_answer_in_both_languages(client, path, sent, status):
    english, welsh = client.post(path, sent), client.post(twin(path), sent)
    assert english.status_code == status
    tree, errors = read(welsh.content.decode())
    check_page(tree, errors)
    if status == 400:
        check_problem(tree)
    same_in_both(english, welsh)


def test_what_was_withdrawn_is_gone_in_both_languages(client, programme, admin_user):
    withdraw(programme("gwent", "phoenix-das"), by=admin_user, why="Its provider asked for it.")
    for path in (PHOENIX, CORRECTION, "/changes/"):
        english = client.get(path)
        assert english.status_code == (200 if path == "/changes/" else 410)
        same_in_both(english, client.get(twin(path)))


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_what_is_our_fault_looks_the_same_in_both_languages(client, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("core.middleware.database_retry.WAITS", 0)
    monkeypatch.setattr(EditionQuerySet, "as_at", fail)
    client.raise_request_exception = False
    english = client.get("/programmes/")
    assert english.status_code == status
    same_in_both(english, client.get("/cy/rhaglenni/"))


FILES = {
    f"/{page.english}": f"/cy/{page.welsh}"
    for page in SERVED
    # The package describes in words; tests/downloads reads it in both languages.
    if page.english.endswith((".csv", ".json")) and "datapackage" not in page.english
}


@pytest.mark.parametrize("english", FILES)
def test_a_file_has_the_same_rows_in_both_languages(client, english):
    chosen = {"programme": ["gwent/cara", "gwent/phoenix-das"]} if "compare" in english else {}
    columns, *rows = rows_of(client.get(english, chosen))
    headings, *welsh = rows_of(client.get(FILES[english], chosen))
    assert len(headings) == len(columns)
    assert english.endswith(".json") or {*headings}.intersection(columns) <= {"id", "url"}
    assert rows
    own = columns.index(WORDED[english]) if english in WORDED else len(columns)
    for row in rows + welsh:
        del row[own : own + 1]
    assert welsh == [
        [twin(each) if isinstance(each, str) else each for each in row] for row in rows
    ]


def rows_of(response: Any) -> list[list]:
    """The headings, then the rows."""
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    found = response.json()
    rows = found["rows"] if "rows" in found else found["entries"]
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def test_every_page_is_among_those_compared():
    there = [resolve(urlsplit(path).path) for path in PAGES if "nothing/" not in path]
    files = {page.name for page in SERVED if f"/{page.english}" in FILES}
    apart = files | {"changes-feed", "programmes-xlsx", "questions", "timeline-svg"}
    apart |= {"confirmation", "datapackage"}  # with tests of their own
    assert {match.url_name for match in there} == {page.name for page in SERVED} - apart
