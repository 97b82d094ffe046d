"""Servers on this machine, each on a port of its own, gone when the run ends."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import Address, get
from tests.served import LEFT_OUT, ROOT, stop

ANSWER_WITHIN = 120
BESIDE = Path("var/bench")
VENV = BESIDE / "venv/bin"
NO_LIMIT_MS = 10 * 60 * 1000
DATASETTE_SETTINGS = {
    "sql_time_limit_ms": NO_LIMIT_MS,
    "facet_time_limit_ms": NO_LIMIT_MS,
    "suggest_facets": "off",
    "default_facet_size": 100,
}


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    process: int

    def at(self, path: str) -> Address:
        return Address(self.port, path)


def ours(name: str, database: str, **settings: str):
    """The directory over a database, as `make serve` serves it."""
    return granian(name, "config.wsgi:application", DATABASE_URL=database, **settings)


def bare(pages: Path):
    return granian("L", "bench.bare:application", BARE_PAGES=str(pages.resolve()))


def granian(name: str, application: str, **environment: str):
    command = ["make", "--no-print-directory", "serve", f"APPLICATION={application}"]
    return running(name, command, "PORT={port}", environment)


def datasette(file: Path):
    """Datasette over a file that it may take for unchanging, which spares it counting all rows."""
    settings = [
        part
        for name, value in DATASETTE_SETTINGS.items()
        for part in ("--setting", name, str(value))
    ]
    command = [str(VENV / "datasette"), "serve", f"--immutable={file}", *settings]
    return running("Datasette", command, "--port={port}", {})


@contextmanager
def running(
    name: str, command: list[str], port_option: str, environment: dict[str, str]
) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = BESIDE / f"{name.replace(' ', '-')}.log"
    inherited = {key: value for key, value in os.environ.items() if key not in LEFT_OUT}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, port_option.format(port=port)],
            cwd=ROOT,
            env=inherited | {"SITE_URL": f"http://127.0.0.1:{port}"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(name, port, process.pid)
    try:
        wait_until_it_answers(server, process, log)
        yield server
    finally:
        stop(process)


def wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + ANSWER_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            get(server.at("/"))
            return
        except ConnectionError:
            time.sleep(0.05)
    raise SystemExit(f"{server.name} did not start:\n{log.read_text()}")
