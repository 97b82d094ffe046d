"""The site as people get it: in its own server process, over a database of its own."""

import atexit
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
ANSWER_WITHIN = 60
STOP_WITHIN = 15
# `make serve` must not take what the `make test` around it was told.
LEFT_OUT = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "SECRET_KEY", "DEBUG"}


@contextmanager
def served(folder: Path, prepare: str = "") -> Iterator[str]:
    """Serves a seeded site; the address. `folder` gets the database and the server's log.

    `prepare` is Python that runs once before anybody is served.
    """
    with database(folder, seeded()) as url:
        port, environment = at_free_port(url)
        if prepare:
            manage(environment, "shell", "--command", prepare)
        with server(port, environment, folder / "server.log"):
            yield environment["SITE_URL"]


@cache
def seeded() -> str:
    """The URL of a database that is migrated and seeded once in a run, and then only copied."""
    until_the_end = ExitStack()
    atexit.register(until_the_end.close)
    folder = until_the_end.enter_context(TemporaryDirectory())
    url = until_the_end.enter_context(database(Path(folder)))
    prepared(url)
    return url


def prepared(url: str, prepare: str = "") -> tuple[int, dict[str, str]]:
    """A free port, and the environment of a server at it over a database that is migrated and
    seeded."""
    port, environment = at_free_port(url)
    manage(environment, "migrate", "--noinput")
    manage(environment, "seed")
    if prepare:
        manage(environment, "shell", "--command", prepare)
    return port, environment


def at_free_port(url: str) -> tuple[int, dict[str, str]]:
    (port,) = free_ports(1)
    environment = {k: v for k, v in os.environ.items() if k not in LEFT_OUT}
    return port, environment | {"DATABASE_URL": url, "SITE_URL": f"http://127.0.0.1:{port}"}


def free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def database(folder: Path, like: str = "") -> Iterator[str]:
    """A new database of the kind that the tests run on, never the one they use themselves.

    `like` is the URL of one that nobody uses, to be copied.
    """
    tests_own = os.environ.get("DATABASE_URL", "")
    if not tests_own.startswith("postgres"):
        file = folder / "site.sqlite3"
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), file)
        yield f"sqlite:///{file}"
        return
    name = f"site_{os.getpid()}_{folder.name}"
    copied = urlsplit(like).path.removeprefix("/") or "template1"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(copied)
    )
    undo = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(tests_own, autocommit=True) as connection:
        connection.execute(statement)
        try:
            yield urlsplit(tests_own)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(undo)


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def server(
    port: int, environment: dict[str, str], log: Path, tree: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """`tree` is another than ours where a former release is tried."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "--no-print-directory", "serve", f"PORT={port}"],
            cwd=tree,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(process, port, log)
        yield process
    finally:
        stop(process)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + ANSWER_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_WITHIN)
        try:
            connection.request("GET", "/")
            connection.getresponse()
            return
        except ConnectionError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"The site did not start:\n{log.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its session is its own, so nobody else's process
        process.wait()
