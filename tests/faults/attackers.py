"""Four loops of wrong passwords, and 24 connections that invent a session each time they ask.

`python -m tests.faults.attackers ADDRESS` goes on until it is stopped, in a process of its own so
that whoever measures beside it has time to.
"""

import http.client
import ssl
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from subprocess import PIPE, Popen
from urllib.parse import urlencode, urlsplit

from tests.served import ROOT

HOST = "directory.example"
TOKEN = "a" * 32
SIGN_IN_LOOPS, CONNECTIONS = 4, 24
ASKED = (
    ("POST", "/admin/login/"),
    ("GET", "/admin/"),
    ("GET", "/admin/login/"),
    ("POST", "/admin/programmes/programme/add/"),
    ("GET", "/cy/rhaglenni/"),
    ("GET", "/check/"),
)


@contextmanager
def attackers(site: str) -> Iterator[None]:
    """Attacks the site from when the first request was answered until the end of the block."""
    command = [sys.executable, "-m", "tests.faults.attackers", site]
    with Popen(command, cwd=ROOT, stdout=PIPE) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == b"begun\n"
            yield
            assert process.poll() is None
        finally:
            process.terminate()


def connected(site: str) -> http.client.HTTPConnection:
    address = urlsplit(site)
    if address.scheme == "http":
        return http.client.HTTPConnection(address.netloc, timeout=60)
    blindly = ssl._create_unverified_context()  # noqa: S323 - ours, on loopback
    return http.client.HTTPSConnection(address.netloc, timeout=60, context=blindly)


def headers(connection: http.client.HTTPConnection, session: str = "") -> dict[str, str]:
    cookies = {"csrftoken": TOKEN, "__Host-csrf": TOKEN}
    if session:
        cookies |= {"sessionid": session, "__Host-session": session}
    sent = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    if isinstance(connection, http.client.HTTPSConnection):
        sent |= {"Host": HOST, "Referer": f"https://{HOST}/admin/login/"}
    return sent


def attack(site: str, number: int) -> None:
    connection = connected(site)
    method, path = ASKED[number % len(ASKED)] if number < CONNECTIONS else ASKED[0]
    for attempt in count():
        session = f"invented{number:02}{attempt:022}" if number < CONNECTIONS else ""
        fields = {
            "csrfmiddlewaretoken": TOKEN,
            "username": f"ann{number}",
            "password": f"no{attempt}",
        }
        body = urlencode(fields) if method == "POST" else None
        with suppress(OSError, http.client.HTTPException):
            connection.request(method, path, body, headers(connection, session))
            connection.getresponse().read()
            continue
        connection.close()


if __name__ == "__main__":
    (address,) = sys.argv[1:]
    with ThreadPoolExecutor(CONNECTIONS + SIGN_IN_LOOPS) as everybody:
        loops = [
            everybody.submit(attack, address, number)
            for number in range(CONNECTIONS + SIGN_IN_LOOPS)
        ]
        print("begun", flush=True)
