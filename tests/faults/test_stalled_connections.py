"""Three hundred connections that say a little and then nothing. Everybody else is served."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest

from tests.faults.visitors import ask, wait_until

MANY = 300
HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
HALF_A_BODY = (
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 4000\r\n\r\nreferrer=pol"
)
STALLED = {
    "half headers": HALF_A_HEADER,
    "slow bodies": HALF_A_BODY % b"/check/",
    "slow corrections": HALF_A_BODY % b"/cy/rhaglenni/gwent/cara/cywiriad/",
    "slow passwords": HALF_A_BODY % b"/admin/login/",
}


@contextmanager
def stalled(site: str, beginning: bytes) -> Iterator[None]:
    address = urlsplit(site)
    with ExitStack() as open_:
        for _each in range(MANY):
            connection = socket.create_connection((address.hostname, address.port), timeout=30)
            open_.callback(connection.close)
            connection.sendall(beginning)
        yield


@pytest.mark.parametrize("kind", STALLED)
def test_others_are_served_under_a_second(site, kind):
    with stalled(site, STALLED[kind]):
        for number in range(10):
            answer = ask(site, f"/programmes/?q=word{number}")
            assert answer.status == 200
            assert answer.seconds < 1
        checked = ask(site, "/cy/gwirio/", {"referrer": "police"})
        assert checked.seconds < 1
        if kind in ("half headers", "slow passwords"):
            assert checked.status == 200
        else:
            assert checked.status == 503
            assert checked.headers["Retry-After"] == "30"
            assert "Byw Heb Ofn" in checked.text
    wait_until(lambda: ask(site, "/check/", {"referrer": "police"}).status == 200, within=5)
    wait_until(lambda: ask(site, "/admin/login/").status == 200, within=5)
