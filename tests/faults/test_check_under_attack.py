"""The referral check answers everybody, and pages are quick, while others attack the sign-in."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from threading import Event

from tests.faults.attackers import attackers, connected, headers
from tests.faults.test_behind_nginx import behind_nginx
from tests.served import database, served

CHECKS, ROUNDS = 20, 5
Answers = list[tuple[int, float]]


def ask(connection: HTTPConnection, path: str, body: str | None = None) -> tuple[int, float]:
    """The status, and the seconds that it took."""
    began = time.monotonic()
    connection.request("POST" if body else "GET", path, body, headers(connection))
    answer = connection.getresponse()
    answer.read()
    return answer.status, time.monotonic() - began


def check_and_read(site: str) -> None:
    over = Event()

    def checks(_number: int) -> Answers:
        with closing(connected(site)) as connection:
            return [ask(connection, "/check/", "referrer=police") for _round in range(ROUNDS)]

    def pages() -> Answers:
        found = []
        with closing(connected(site)) as connection:
            while not over.wait(0.02):
                found.append(ask(connection, "/programmes/"))
        return found

    with attackers(site), ThreadPoolExecutor(CHECKS + 1) as people:
        reading = people.submit(pages)
        checked = [answer for answers in people.map(checks, range(CHECKS)) for answer in answers]
        over.set()
        read = reading.result()
    assert [status for status, _seconds in checked] == [200] * CHECKS * ROUNDS
    assert {status for status, _seconds in read} == {200}
    assert statistics.median(seconds for _status, seconds in read) < 0.02


def test_directly(tmp_path):
    with served(tmp_path) as site:
        check_and_read(site)


def test_through_nginx(tmp_path):
    with database(tmp_path) as url, behind_nginx(tmp_path, url) as site, site.serve():
        check_and_read(f"https://127.0.0.1:{site.ports.tls}")
