"""The line a minute of the log: how much was answered, and nothing of who asked for what."""

import json
import logging
import threading

import pytest

from core import traffic
from core.middleware.request_log import JsonLines
from core.traffic import Traffic
from tests.core.test_request_log import CANARIES


def line_of(counted: Traffic, caplog) -> list[dict]:
    counted.report()
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert set(line) == {"time", "level", "traffic"}
    return line["traffic"]


@pytest.mark.django_db
def test_requests_are_counted_by_route_status_and_whether_they_were_cached(client, caplog):
    traffic.traffic.report()
    for path in ("/programmes/?q=canary", "/cy/rhaglenni/?q=canary", "/programmes/?q=canary"):
        client.get(path, headers=CANARIES)
    client.get("/programmes/?q=canary&canary=1", headers=CANARIES)
    client.get("/programmes/canary/canary/", headers=CANARIES)
    client.post("/check/", {"canary": "canary"}, headers=CANARIES)
    found = line_of(traffic.traffic, caplog)
    counts: dict[tuple, int] = {}
    for kind in found:
        assert set(kind) == {"route", "status", "cached", "under_ms", "count"}
        assert kind["under_ms"] in (10, 100, 1000, None)
        key = kind["route"], kind["status"], kind["cached"]
        counts[key] = counts.get(key, 0) + kind["count"]
    assert counts == {
        ("directory:programmes", 200, False): 2,
        ("directory:programmes", 200, True): 2,
        ("", 404, False): 1,
        ("directory:check", 200, False): 1,
    }
    assert "canary" not in json.dumps(found)
    assert "203.0.113.77" not in json.dumps(found)
    assert line_of(traffic.traffic, caplog) == []


def test_they_are_counted_by_how_long_they_took(caplog):
    counted = Traffic()
    for ms in (9.9, 10, 99, 999, 1_000, 60_000):
        counted.count("directory:home", 200, cached=False, ms=ms)
    found = {kind["under_ms"]: kind["count"] for kind in line_of(counted, caplog)}
    assert found == {10: 1, 100: 2, 1000: 1, None: 2}


@pytest.mark.django_db
def test_what_breaks_a_page_is_counted_as_an_error(client, caplog, monkeypatch):
    monkeypatch.setattr("programmes.listing.views.results_of", lambda selection: 1 / 0)
    client.raise_request_exception = False
    traffic.traffic.report()
    client.get("/programmes/")
    assert [kind["status"] for kind in line_of(traffic.traffic, caplog)] == [500]


def test_a_line_is_written_by_itself_also_when_nobody_asks(monkeypatch):
    written = threading.Event()
    monkeypatch.setattr(traffic, "EVERY", 0.01)
    monkeypatch.setattr(
        logging.getLogger("directory.requests"), "info", lambda *a, **k: written.set()
    )
    threading.Thread(target=Traffic().report_for_ever, daemon=True).start()
    assert written.wait(5)
