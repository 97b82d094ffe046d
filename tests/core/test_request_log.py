"""What a run of the server leaves in its log: what happened, and nothing of who asked for what."""

import json

import pytest
from django.db import OperationalError

from core.middleware.request_log import JsonLines
from programmes.models.edition import EditionQuerySet

pytestmark = pytest.mark.django_db

CANARIES = {
    "referer": "http://elsewhere.example/?canary-referrer",
    "user-agent": "canary-browser",
    "x-forwarded-for": "203.0.113.77",
    "cookie": "canary=canary-cookie",
}


@pytest.fixture
def lines(caplog, client):
    """The lines that requests have left so far."""
    client.raise_request_exception = False

    def read() -> list[dict]:
        return [json.loads(JsonLines().format(record)) for record in caplog.records]

    return read


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/check/", {"directory:check"}),
        ("/cy/gwirio/", {"directory:check"}),
        ("/programmes/", {"directory:programmes"}),
        ("/cy/", {"directory:home"}),
        ("/admin/login/", {"admin:login"}),
        ("/robots.txt", {"config.wellknown.robots"}),
        ("/canary%20name/", set()),
        ("/programmes/gwent/canary-name/", {"directory:entry"}),
        ("/api/canary-name", {"directory:api-nothing"}),
    ],
)
def test_a_request_leaves_one_line_without_what_was_sent(client, lines, path, route):
    client.get(f"{path}?q=canary-query&page=canary-page", headers=CANARIES)
    client.post(f"{path}?canary-query", {"q": "canary-body"}, headers=CANARIES)
    client.generic("CANARY", path)
    client.get(path, headers={"host": "canary.example"})
    assert [line["method"] for line in lines()] == ["GET", "POST", "other", "GET"]
    assert {line["level"] for line in lines()} == {"info"}
    for line in lines():
        assert set(line) - {"route"} == {"time", "level", "method", "status", "ms"}
        assert line["status"] != 404 or "route" not in line
    assert {line["route"] for line in lines() if "route" in line} == route
    written = json.dumps(lines()).lower()
    assert "canary" not in written
    assert "203.0.113.77" not in written


@pytest.mark.parametrize(
    ("error", "status", "first"),
    [
        (ValueError("canary-message"), 500, "builtins.ValueError"),
        (
            OperationalError("disk full\nLINE 1: SELECT 'canary-message'"),
            503,
            "django.db.utils.OperationalError: disk full",
        ),
    ],
)
def test_an_error_leaves_where_it_came_from_and_no_message(
    client, lines, monkeypatch, error, status, first
):
    def fail(*args):
        raise error from KeyError("canary-cause")

    monkeypatch.setattr(EditionQuerySet, "as_at", fail)
    monkeypatch.setattr("core.middleware.database_retry.WAITS", 0)
    client.get("/?q=canary-query")
    (line,) = lines()
    assert (line["level"], line["status"]) == ("error", status)
    told = line["exception"]
    assert told[0] == first
    assert "test_request_log.py" in told[1]
    assert any("programmes/pages/views.py" in part for part in told)
    assert "builtins.KeyError" in told
    assert "canary-query" not in str(told)
    assert "canary-message" not in str(told)
