"""A pilot on SQLite moves to PostgreSQL by one command, whole or not at all."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests import throwaway_postgres
from tests.served import LEFT_OUT, ROOT

USED = """
from datetime import timedelta
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from accounts.models import SignInEvent, SignInFailure, User
from programmes.models import Correction, Programme, Verification
from programmes.publishing.publish import publish

ann = User.objects.create_user("ann", "ann@example.org")
ann.groups.set(Group.objects.all())
SignInEvent.objects.update_or_create(pk=77, defaults={"username": "ann", "outcome": "signed-in"})
SignInEvent.objects.update(at=now() - timedelta(days=40))
phoenix = Programme.objects.get(slug="phoenix-das")
Verification.objects.create(
    programme=phoenix, by=ann, checked_with="provider", outcome="nobody-reached"
)
phoenix.name_en = phoenix.name_cy = "Phoenix Tŷ Ŵyl 😀"
phoenix.save()
publish(phoenix, by=ann, why="Renamed.")
Session.objects.create(session_key="open", session_data="x", expire_date=now() + timedelta(1))
SignInFailure.objects.create(place="a hash", name="another")
"""
LOOK = """
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from accounts.models import SignInEvent, SignInFailure, User
from programmes.models import Edition, Statement, Term, Verification
ann = User.objects.get(username="ann")
print(Edition.objects.count(), Statement.objects.count(), Term.objects.count(), ann.groups.count(),
      Edition.objects.latest("pk").entry.name.en, (now() - SignInEvent.objects.get().at).days,
      Verification.objects.get().by.username)
"""
OPEN_DOORS = """
from django.contrib.sessions.models import Session
from accounts.models import SignInFailure, User
new = User.objects.create_user("next", "next@example.org")
print(Session.objects.count(), SignInFailure.objects.count(), new.pk > 1)
"""
Manage = Callable[..., tuple[int, str]]


def manager(url: str) -> Manage:
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}

    def manage(*arguments: str | Path) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=environment | {"DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return manage


@pytest.fixture
def pilot(tmp_path: Path) -> Manage:
    manage = manager(f"sqlite:///{tmp_path / 'pilot.sqlite3'}")
    for arguments in (["migrate"], ["seed"], ["shell", "-v0", "-c", USED]):
        code, said = manage(*arguments)
        assert code == 0, said
    return manage


@pytest.fixture
def postgres() -> Iterator[tuple[str, Manage]]:
    with throwaway_postgres.server() as url:
        yield url, manager(url)


def test_it_moves_whole_or_not_at_all(pilot, postgres, tmp_path):
    url, manage = postgres
    file = tmp_path / "pilot.zip"
    assert pilot("backup", file)[0] == 0
    assert "This is a backup of sqlite" in manage("restore", file, "--verify")[1]
    code, said = manage("restore", file)
    assert (code, "Restored: " in said) == (0, True), said
    then, now = pilot("shell", "-v0", "-c", LOOK), manage("shell", "-v0", "-c", LOOK)
    assert then == now
    assert then[0] == 0, then
    assert "Phoenix Tŷ Ŵyl 😀 40 ann" in then[1]
    assert manage("shell", "-v0", "-c", OPEN_DOORS) == (0, "0 0 True\n")
    assert manage("restore", file)[1].count("nothing was restored") == 1

    # Where a row is refused nothing has moved, and what was there stays.
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "ALTER TABLE programmes_verification ADD CONSTRAINT x CHECK (outcome = '') NOT VALID"
        )
        assert manage("restore", file, "--replace")[0] == 1
        assert manage("shell", "-v0", "-c", LOOK) == now
        connection.execute("ALTER TABLE programmes_verification DROP CONSTRAINT x")

    # What another release made is refused.
    assert pilot("migrate", "sessions", "zero")[0] == 0
    other = tmp_path / "other.zip"
    assert pilot("backup", other)[0] == 0
    code, said = manage("restore", other, "--replace")
    assert (code, "This backup is of another release" in said) == (1, True)
    assert manage("shell", "-v0", "-c", LOOK) == now
