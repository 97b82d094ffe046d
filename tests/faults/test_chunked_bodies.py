"""A body in chunks, whose length nobody has said: read as far as any other may be long."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from tests.faults.visitors import HEADERS, KEY, LET_IN, Administrator, ask
from tests.served import served

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ADD = "/admin/programmes/organisation/add/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("site"), LET_IN) as address:
        yield address


def in_chunks(site: str, path: str, body: bytes, headers: dict[str, str] | None = None):
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    parts = iter([body[:7], body[7:]] if body else [])
    connection.request("POST", path, parts, FORM | (headers or {}), encode_chunked=True)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("path", ["/check/", "/cy/gwirio/"])
def test_the_check_answers_it_as_any_other(site, path):
    sent = {"where": "gwent", "referrer": "police", "step": "questions"}
    status, text = in_chunks(site, path, urlencode(sent).encode())
    whole = ask(site, path, sent)
    assert (status, text) == (whole.status, whole.text) == (200, text)


def test_one_over_8_kb_is_too_large_and_an_empty_one_is_empty(site):
    for path, words in (("/check/", "too large"), ("/cy/gwirio/", "rhy fawr")):
        status, text = in_chunks(site, path, b"x=" + b"y" * 8191)
        assert (status, words in text) == (413, True)
        assert in_chunks(site, path, b"")[0] == 200


def test_an_editor_saves_with_it_and_a_stranger_is_asked_to_sign_in(site):
    new = {"name_en": "In chunks", "name_cy": "Mewn darnau", "csrfmiddlewaretoken": KEY}
    body = urlencode(Administrator(site).fields_of(ADD) | new).encode()
    assert in_chunks(site, ADD, body, HEADERS)[0] == 302
    assert "In chunks" in ask(site, "/admin/programmes/organisation/", headers=HEADERS).text
    assert in_chunks(site, ADD, body + b"&x=" + b"y" * 2_700_000, HEADERS)[0] == 400
    token = {"Cookie": f"csrftoken={KEY}"}
    sent = urlencode({"csrfmiddlewaretoken": KEY, "username": "a", "password": "b"}).encode()
    status, text = in_chunks(site, "/admin/login/", sent, token)
    assert (status, "Please enter the correct username and password" in text) == (200, True)
