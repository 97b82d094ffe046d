"""Nothing more can be written: reading goes on, and a save says that it was not saved."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from string import ascii_letters
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests import served
from tests.faults.postgres import Postgres
from tests.faults.test_killed_while_saving import WHOLE
from tests.faults.visitors import LET_IN, Administrator, Answer, ask, wait_until

NO_MORE = 4 * 1024
REFUSALS, TRIES = 3, 100
NUMBERS = count()
CHANGE, PUBLISH = "/admin/programmes/programme/1/change/", "/admin/programmes/programme/1/publish/"


@dataclass(frozen=True)
class Site:
    environment: dict[str, str]
    fill: Callable[[], None]
    make_room: Callable[[], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    kinds = {"sqlite": on_sqlite, "postgresql": on_postgresql}
    with kinds[request.param](tmp_path) as site:
        yield site


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Site]:
    port, environment = served.prepared(f"sqlite:///{folder / 'site.sqlite3'}", LET_IN)
    with served.server(port, environment, folder / "server.log") as process:
        processes = descendants(process.pid)
        yield Site(
            environment,
            fill=lambda: limit(processes, NO_MORE),
            make_room=lambda: limit(processes, resource.RLIM_INFINITY),
        )


def descendants(process: int) -> list[int]:
    """A process and all that it has started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in descendants(int(child)))]


def limit(processes: list[int], size: int) -> None:
    """No file of these may grow beyond a size: to SQLite it is a disk that takes no more."""
    for each in processes:
        _soft, hard = resource.prlimit(each, resource.RLIMIT_FSIZE)
        resource.prlimit(each, resource.RLIMIT_FSIZE, (size, hard))


@contextmanager
def on_postgresql(folder: Path) -> Iterator[Site]:
    """PostgreSQL tells a disk that is full from a limit, so it gets a small disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk for PostgreSQL to fill")
    with small_disk() as disk:
        postgres = Postgres(disk)
        postgres.start()
        try:
            port, environment = served.prepared(postgres.url, LET_IN)
            with psycopg.connect(postgres.url, autocommit=True) as connection:
                # A new file of its log, whose room is taken in advance: without one it stops.
                connection.execute("SELECT pg_switch_wal()")
                connection.execute("CHECKPOINT")
            with served.server(port, environment, folder / "server.log"):
                ballast = disk / "ballast"
                yield Site(environment, lambda: fill(ballast), ballast.unlink)
        finally:
            postgres.stop()


@contextmanager
def small_disk() -> Iterator[Path]:
    with TemporaryDirectory(prefix="postgres-", dir="/tmp") as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", name], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def fill(ballast: Path) -> None:
    """Nothing of a size that a database asks for is left."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_backup_that_finds_no_room_says_so_and_readyz_that_the_disk_is_low(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk to fill")
    port, environment = served.prepared(f"sqlite:///{tmp_path / 'site.sqlite3'}")
    with small_disk() as disk:
        environment["STATE_DIRECTORY"] = str(disk)
        fill(disk / "ballast")
        with pytest.raises(RuntimeError, match=r"No backup was written\..* disk is full\."):
            served.manage(environment, "backup", str(disk / "backup.zip"))
        assert [each.name for each in disk.iterdir()] == ["ballast"]
        with served.server(port, environment, tmp_path / "server.log"):
            told = ask(environment["SITE_URL"], "/readyz")
        assert told.status == 200
        assert told.text.splitlines()[:2] == ["ok", "disk: low, 0 % free"]


def summary() -> str:
    """One of some length, which no database can press into less."""
    return "".join(Random(next(NUMBERS)).choices(ascii_letters, k=6_000))  # noqa: S311


def says_that_nothing_was_saved(answer: Answer) -> bool:
    """False where it was saved. There is no third answer."""
    assert answer.status in (302, 503)
    if answer.status == 302:
        return False
    assert "Nothing was saved." in answer.text
    assert answer.headers["Retry-After"] == "30"
    # That is where the admin would keep "was changed successfully" for the next page.
    assert "messages" not in str(answer.headers.get_all("Set-Cookie"))
    return True


def reading_goes_on(address: str) -> None:
    """Of pages that were read before, and of one that nobody has asked for."""
    for path in ("/", f"/cy/rhaglenni/?q=gair{next(NUMBERS)}", "/programmes/gwent/cara/"):
        assert ask(address, path).status == 200


def test_a_save_says_that_it_was_not_saved_and_reading_goes_on(site):
    address = site.environment["SITE_URL"]
    editor = Administrator(address)
    saved = editor.fields_of(CHANGE)
    site.fill()
    refused = 0
    # PostgreSQL still takes what fits into the room that its files have.
    for _each in range(TRIES):
        changed = saved | {"summary_en": summary()}
        was_refused = says_that_nothing_was_saved(editor.sends(CHANGE, changed))
        refused += was_refused
        found = editor.fields_of(CHANGE)
        assert found["summary_en"] == (saved if was_refused else changed)["summary_en"]
        saved = found
        published = editor.fields_of(PUBLISH) | {"why": "Tried."}
        says_that_nothing_was_saved(editor.sends(PUBLISH, published))
        reading_goes_on(address)
        if refused == REFUSALS:
            break
    assert refused == REFUSALS
    site.make_room()
    changed = saved | {"summary_en": "A summary that finds no room."}
    wait_until(lambda: editor.sends(CHANGE, changed).status == 302, within=3)
    assert editor.fields_of(CHANGE)["summary_en"] == "A summary that finds no room."
    served.manage(site.environment, "shell", "--command", WHOLE)
