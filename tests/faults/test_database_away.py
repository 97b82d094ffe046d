"""PostgreSQL restarts under readers, goes away, and comes back: they are told, and nothing else."""

import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest

from tests import machine, served, throwaway_postgres
from tests.faults.visitors import LET_IN, Administrator, Answer, ask, wait_until

READERS = 6
PAGES = ["/programmes/?q=word{}", "/cy/rhaglenni/?q=gair{}", "/programmes/gwent/cara/?n={}"]
NUMBERS = count()


class Postgres:
    """A server that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.owner = throwaway_postgres.not_root(folder)
        self.programs = machine.postgres()
        self.url = f"postgres://postgres@{quote(str(folder), safe='')}:5432/postgres"
        self.process: subprocess.Popen[bytes] | None = None
        throwaway_postgres.initialise(self.programs / "initdb", folder, self.owner)

    def start(self) -> None:
        log = self.folder / "log"
        with log.open("ab") as output:
            self.process = throwaway_postgres.start(
                self.programs / "postgres", self.folder, self.owner, output
            )
        throwaway_postgres.wait_until_up(self.process, self.url, log)

    def stop(self) -> None:
        if self.process:
            throwaway_postgres.stop(self.process)


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="postgres-", dir="/tmp") as folder:
        server = Postgres(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture
def site(postgres: Postgres, tmp_path: Path) -> Iterator[str]:
    port, environment = served.prepared(postgres.url, LET_IN)
    with served.server(port, environment, tmp_path / "server.log"):
        yield environment["SITE_URL"]


def read(site: str, page: str) -> Answer:
    """A page that nobody has asked for before."""
    return ask(site, page.format(next(NUMBERS)))


def test_a_restart_under_readers_is_seen_by_none(postgres, site):
    over = threading.Event()
    statuses: list[int] = []

    def go_on_reading(number: int) -> None:
        while not over.is_set():
            statuses.append(read(site, PAGES[number % len(PAGES)]).status)

    with ThreadPoolExecutor(READERS) as readers:
        reading = [readers.submit(go_on_reading, number) for number in range(READERS)]
        try:
            for each in range(1, 4):
                wait_until(lambda: len(statuses) > 30 * each, within=30)  # noqa: B023
                postgres.stop()
                postgres.start()
            wait_until(lambda: len(statuses) > 120, within=30)
        finally:
            over.set()
        for each_one in reading:
            each_one.result()
    assert set(statuses) == {200}


def test_an_editor_saves_after_a_restart_as_before(postgres, site):
    editing = Administrator(site)
    fields = editing.fields_of("/admin/programmes/source/add/")
    postgres.stop()
    postgres.start()
    # The first thing that each of the server's threads hears of the restart.
    for number in range(8):
        new = {"title_en": f"S{number}", "slug": f"s{number}", "kind": "document", "dated": "2026"}
        answer = editing.sends(
            "/admin/programmes/source/add/", fields | new | {"dated": "2026-01-01"}
        )
        assert answer.status == 302


def test_while_it_is_away_readers_are_told_where_to_turn_and_then_all_is_well(postgres, site):
    words = {"/": "The directory cannot answer just now", "/cy/": "Ni all y cyfeiriadur ateb"}
    assert read(site, PAGES[0]).status == 200
    postgres.stop()
    for _each in range(3):
        with ThreadPoolExecutor(READERS) as readers:
            pages = PAGES * 4
            answers = list(readers.map(lambda page: (page, read(site, page)), pages))
        for page, answer in answers:
            assert answer.status == 503
            assert answer.seconds < 1
            assert answer.headers["Retry-After"] == "30"
            assert answer.headers["Cache-Control"] == "no-store"
            language = "cy" if page.startswith("/cy/") else "en"
            assert f'<html lang="{language}"' in answer.text
            assert "tel:08088010800" in answer.text
            assert "data-exit" in answer.text
            assert (words["/cy/"] if language == "cy" else words["/"]) in answer.text
    assert ask(site, "/healthz").text == "ok\n"
    readiness = ask(site, "/readyz")
    assert (readiness.status, readiness.text) == (503, "the database is out of reach\n")
    sent = ask(site, "/cy/gwirio/", {"referrer": "police"})
    assert (sent.status, "Ni dderbyniwyd" in sent.text) == (503, True)
    postgres.start()
    assert wait_until(lambda: read(site, PAGES[0]).status == 200, within=3) < 1
    assert {read(site, page).status for page in PAGES * 4} == {200}
    assert ask(site, "/readyz").text == "ok\n"
