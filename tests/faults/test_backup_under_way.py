"""Backups while somebody publishes, and one that is killed: each is whole, or not there."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import throwaway_postgres
from tests.served import LEFT_OUT, ROOT

PUBLISH = """
from programmes.models import Programme
from programmes.publishing.publish import publish

phoenix = Programme.objects.get(slug="phoenix-das")
for number in range(10_000):
    phoenix.name_en = phoenix.name_cy = f"Phoenix {number}"
    phoenix.save()
    publish(phoenix, by=None, why="Renamed again.")
    print(number, flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Of a process over a seeded database of its own."""
    clean = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    if request.param == "sqlite":
        yield clean | {"DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
        return
    with throwaway_postgres.server() as url:
        yield clean | {"DATABASE_URL": url}


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def published_meanwhile(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Somebody who publishes one edition after the other."""
    manage(environment, "migrate", "--noinput")
    manage(environment, "seed")
    process = start(environment, "shell", "-v0", "-c", PUBLISH)
    assert process.stdout
    assert process.stdout.readline() == "0\n"
    yield process
    process.kill()
    process.communicate()


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def test_backups_are_whole_while_somebody_publishes(environment, published_meanwhile, tmp_path):
    for number in range(2):
        file = tmp_path / f"{number}.zip"
        manage(environment, "backup", str(file))
        assert "comes back whole" in manage(environment, "restore", str(file), "--verify")
    assert published_meanwhile.poll() is None


def test_a_backup_that_was_killed_is_not_there(environment, published_meanwhile, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    process = start(environment, "backup", str(folder / "backup.zip"))
    deadline = time.monotonic() + 30
    while not list(folder.glob(".unfinished-*/database")):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.kill()
    process.communicate()
    assert not visible(folder)
    manage(environment, "backup", str(folder / "backup.zip"))
    assert visible(folder) == ["backup.zip"]


def visible(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.startswith(".")]
