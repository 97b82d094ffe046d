"""Asks for one address as fast as it answers, and says how fast that was."""

import http.client
import json
import resource
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from tests import machine

CONNECTIONS = 8
FAST = 0.005
"""Seconds that a request may take for wrk: it breaks off what is under way when its time is up,
which must be few requests beside those it has counted."""
SLOW = 0.7
"""From here on it is one client, which may be done with one request."""
CLIENTS = 4
TIMEOUT = 300
AS_A_BROWSER = {"Accept-Encoding": "gzip, br"}


@dataclass(frozen=True)
class Address:
    """What is asked for: always on this machine, compressed as a browser would have it."""

    port: int
    path: str
    headers: dict[str, str] = field(default_factory=lambda: dict(AS_A_BROWSER))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def get(address: Address, connection: http.client.HTTPConnection | None = None) -> Answer:
    own = connection or http.client.HTTPConnection("127.0.0.1", address.port, timeout=TIMEOUT)
    began = time.perf_counter()
    try:
        own.request("GET", address.path, headers=address.headers)
        response = own.getresponse()
        body = response.read()
    except TimeoutError:
        raise SystemExit(f"{address.url} did not answer within {TIMEOUT} s.") from None
    took = time.perf_counter() - began
    if own is not connection:
        own.close()
    return Answer(response.status, response.getheaders(), body, took)


def load(address: Address, usual: float, seconds: float) -> dict[str, Any]:
    """Requests, seconds, p50 and p99 in ms, and the CPU of whoever asked.

    `usual` is how long one request takes.
    """
    if usual <= FAST:
        return by_wrk(address, seconds)
    return by_clients(address, 1 if usual > SLOW else CLIENTS, seconds)


def by_wrk(address: Address, seconds: float) -> dict[str, Any]:
    options = [f"--connections={CONNECTIONS}", "--threads=1", f"--duration={seconds:.0f}s"]
    script = f"--script={Path(__file__).with_name('wrk.lua')}"
    headers = [f"--header={name}: {value}" for name, value in address.headers.items()]
    before = spent_on_children()
    said = subprocess.check_output(
        [machine.wrk(), *options, script, *headers, address.url], text=True
    )
    result = json.loads(said.strip().rpartition("\n")[2])
    return result | {"client": spent_on_children() - before}


def spent_on_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def by_clients(address: Address, clients: int, seconds: float) -> dict[str, Any]:
    """Each client ends with the request that it has begun, so that none is paid and not counted."""
    began, cpu = time.perf_counter(), time.process_time()

    def ask(_client: int) -> list[Answer]:
        connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=TIMEOUT)
        own = [get(address, connection)]
        while time.perf_counter() - began < seconds:
            own.append(get(address, connection))
        connection.close()
        return own

    with ThreadPoolExecutor(clients) as together:
        answers = list(chain.from_iterable(together.map(ask, range(clients))))
    took = sorted(answer.seconds * 1000 for answer in answers)
    return {
        "requests": len(answers),
        "seconds": time.perf_counter() - began,
        "p50": statistics.median(took),
        "p99": took[int(0.99 * (len(took) - 1))] if len(took) > 100 else took[-1],
        "errors": sum(answer.status >= 400 for answer in answers),
        "client": time.process_time() - cpu,
    }
