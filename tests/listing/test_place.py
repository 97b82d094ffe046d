"""A place in words: what is carried on, and that what was written is kept nowhere."""

import re
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.served import at_free_port, database, seeded, server

CANARY = "Canarytown"
WRITTEN = [CANARY, f"{CANARY}, Swansea SA1 1AA", "Llansawel"]


@pytest.mark.django_db
def test_the_other_parameters_of_the_list_are_carried_on(client):
    listed = {"risk": ["high", "medium"], "referrer": ["police"], "q": ["drive"]}
    replaced = {"area": "gwent", "authority": "newport", "page": "2", "unknown": "1", "funder": ""}
    answer = client.post("/place/", {"where": "Swansea"} | listed | replaced)
    [query] = re.findall(r"^/programmes/\?(.*)$", answer["Location"])
    assert set(query.split("&")) == {
        *("risk=high", "risk=medium", "referrer=police", "q=drive", "authority=swansea")
    }


@pytest.mark.django_db
def test_a_choice_carries_them_on_too(client):
    page = client.post("/cy/lle/", {"where": "Clydach", "risk": "high"}).content.decode()
    links = re.findall(r'href="(/cy/rhaglenni/\?[^"]*)"', page)
    assert [unescape(link) for link in links] == [
        "/cy/rhaglenni/?risk=high&authority=swansea",
        "/cy/rhaglenni/?risk=high&authority=monmouthshire",
    ]
    assert '<input type="hidden" name="risk" value="high">' in page


@pytest.mark.django_db
def test_the_other_language_asks_again(client):
    page = client.post("/place/", {"where": "Newport", "risk": "high"}).content.decode()
    [form] = re.findall(r'<form method="post" action="/cy/lle/".*?</form>', page, re.DOTALL)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert "Trefdraeth, Sir Benfro" in client.post("/cy/lle/", fields).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("referrer", ["self", "being-hurt", "worried"])
def test_what_may_stand_in_no_address_is_posted_on_to_the_check(client, referrer):
    answer = client.post("/cy/lle/", {"where": "Swansea", "referrer": referrer})
    assert (answer.status_code, answer["Location"]) == (307, "/cy/gwirio/")


@pytest.mark.django_db
def test_another_site_cannot_ask(client):
    forged = client.post("/place/", {"where": "Swansea"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["\0", "x" * 101])
def test_what_is_no_name_is_refused(client, words):
    assert client.post("/place/", {"where": words}).status_code == 400


@pytest.mark.django_db
def test_places_ask_the_database_nothing_once_they_are_known(
    uncached_client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        uncached_client.post("/place/", {"where": "Swansea"})


@pytest.mark.english_sweep
def test_what_was_written_is_kept_nowhere(tmp_path):
    with database(tmp_path, seeded()) as url:
        port, environment = at_free_port(url)
        log = tmp_path / "server.log"
        with server(port, environment, log):
            answers = [
                post(port, path, words) for path in ("/place/", "/cy/lle/") for words in WRITTEN
            ]
            post(port, "/place/", CANARY)
        assert [status for status, _headers in answers] == [400, 302, 200] * 2
        assert all("no-store" in headers for _status, headers in answers)
        assert not any("set-cookie" in headers for _status, headers in answers)
        assert not any(re.search("canary|llansawel", headers) for _status, headers in answers)
        lines = log.read_text()
        assert '"route": "directory:place"' in lines
        assert CANARY.lower() not in lines.lower()
        assert "SA1" not in lines
        assert not any(CANARY.lower() in row.lower() for row in rows(url))


def post(port: int, path: str, words: str) -> tuple[int, str]:
    """The status, and the headers and all addresses of the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode({"where": words}), form)
    answer = connection.getresponse()
    links = re.findall(r'(?:href|action)="([^"]*)"', answer.read().decode())
    connection.close()
    return answer.status, f"{answer.headers} {links}".lower()


def rows(url: str) -> list[str]:
    """All that a database holds, as text."""
    if url.startswith("sqlite"):
        return [
            file.read_bytes().decode("latin-1")
            for file in Path(urlsplit(url).path).parent.glob("site.sqlite3*")
        ]
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [sql.Identifier(name) for (name,) in names]
        return [
            row
            for table in tables
            for (row,) in connection.execute(sql.SQL("SELECT t::text FROM {} t").format(table))
        ]
