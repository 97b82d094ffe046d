"""Killed outright while editors save and publish, or a document is seeded: all of it, or none."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from tests import served
from tests.faults.visitors import LET_IN, Administrator, Answer, wait_until

ROUNDS = 6
BACK_WITHIN = 3
SLOWLY = {
    "sqlite": [
        "CREATE TRIGGER slowly BEFORE INSERT ON programmes_term BEGIN SELECT count(*) FROM "
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
        "SELECT i FROM n); END"
    ],
    "postgresql": [
        "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END'",
        "CREATE TRIGGER slowly BEFORE INSERT ON programmes_term "
        "FOR EACH STATEMENT EXECUTE FUNCTION slowly()",
    ],
}
"""Publishing spends most of its time among its rows, so that a kill comes between two of them."""

PREPARE = f"""
from django.db import connection
{LET_IN}
for statement in {SLOWLY!r}[connection.vendor]:
    connection.cursor().execute(statement)
"""
WHOLE = """
from programmes.models import Change, Edition, Programme, Term
from programmes.publishing.editions import edition_terms
for each in Programme.objects.all():
    assert each.name_en.split(" #")[1:] == each.summary_en.split(" #")[1:], each
for edition in Edition.objects.exclude(programme=None):
    terms = edition_terms(edition.entry)
    stated = {(name, value) for name, values in terms.items() for value in values}
    rows = set(Term.objects.filter(edition=edition).values_list("dimension", "value"))
    assert edition.withdrawn or stated == rows, edition
    assert edition.area and Change.objects.filter(edition=edition).exists(), edition
    assert Edition.objects.filter(programme=edition.programme, replaced_at=None).count() == 1
print(Edition.objects.count(), "whole editions")
"""


@contextmanager
def writing(site: str) -> Iterator[tuple[list[Answer], threading.Event]]:
    """Two editors who save and publish an entry each, over and over.

    What they were answered, and what is set while somebody publishes.
    """
    over, publishing = threading.Event(), threading.Event()
    done: list[Answer] = []

    def go_on(key: int) -> None:
        page = f"/admin/programmes/programme/{key}"
        editing = Administrator(site)
        while not over.is_set():
            with suppress(OSError, http.client.HTTPException):  # as the server is killed
                fields = editing.fields_of(f"{page}/change/")
                mark = f" #{len(done)}"
                for name in ("name_en", "summary_en"):
                    fields[name] = fields[name].split(" #")[0] + mark
                done.append(editing.sends(f"{page}/change/", fields))
                publish = editing.fields_of(f"{page}/publish/") | {"why": "Saved again."}
                publishing.set()
                done.append(editing.sends(f"{page}/publish/", publish))
                publishing.clear()

    editors = [threading.Thread(target=go_on, args=(key,)) for key in (1, 2)]
    for each in editors:
        each.start()
    try:
        yield done, publishing
    finally:
        over.set()
        for each in editors:
            each.join()


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with served.database(tmp_path) as url:
        yield served.prepared(url, PREPARE)


def test_nothing_is_half_written_and_the_site_is_back(copy, tmp_path):
    port, environment = copy
    chance = Random(20261125)  # noqa: S311 - to be repeated, not to be kept secret
    back_after: list[float] = []
    for number in range(ROUNDS):
        began = time.monotonic()
        with served.server(port, environment, tmp_path / f"{number}.log") as process:
            back_after.append(time.monotonic() - began)
            with writing(environment["SITE_URL"]) as (done, publishing):
                wait_until(lambda: len(done) >= 4, within=60)
                if number % 2:
                    publishing.wait(60)
                # Never at the same point of a save, or of publishing.
                threading.Event().wait(chance.random() * done[-1].seconds)
                os.killpg(process.pid, signal.SIGKILL)
            assert {answer.status for answer in done} == {302}
        served.manage(environment, "shell", "--command", WHOLE)
    assert max(back_after[1:]) < BACK_WITHIN


SEED = """
import os, signal
from django.core.management import call_command
from django.db.models.signals import post_save
saved = []
def kill(**row):
    saved.append(row)
    if len(saved) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
post_save.connect(kill)
folder = "tests/seeding/invented-submission-2026"
call_command("seed", folder, dry_run={dry}, stdout=open(os.devnull, "w"))
print(len(saved))
"""
HELD = """
from core.backup.contents import contents
from django.db import connection
print(sorted(contents(connection).items()))
"""


def test_a_further_document_is_there_whole_or_not_at_all(tmp_path):
    with served.database(tmp_path) as url:
        _port, environment = served.prepared(url)
        old = shell(environment, HELD).stdout
        rows = int(shell(environment, SEED.format(at=0, dry=True)).stdout)
        assert rows > 20
        for at in (1, rows // 3, rows // 2, rows):
            killed = shell(environment, SEED.format(at=at, dry=False))
            assert killed.returncode == -signal.SIGKILL, killed.stderr
            assert shell(environment, HELD).stdout == old
        # Nothing that is left of it stands in the way of trying again.
        assert int(shell(environment, SEED.format(at=0, dry=False)).stdout) == rows
        assert shell(environment, HELD).stdout != old


def shell(environment: dict[str, str], script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "--command", script],
        cwd=served.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
