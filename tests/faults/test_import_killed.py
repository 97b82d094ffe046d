"""An import that is killed half-way leaves nothing behind, and the next one finds nothing odd."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import throwaway_postgres
from tests.served import LEFT_OUT, ROOT

ROWS = 2_000


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


def everything(environment: dict[str, str]) -> str:
    return manage(environment, "dumpdata", "forces", "programmes", "admin.logentry")


def spreadsheet(path: Path, identifier: str) -> Path:
    """One entry changed, and many new ones with words and a route."""
    headings = ["id", "area", "slug", "name_en", "stage", "status", "routes", "source", "place_en"]
    headings += ["words_programme", "words_referral_route"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        words = ["letter", "page 1", "Named", "Men may refer themselves."]
        same = ["gwent", "phoenix-das", "Changed", "community", "spot-purchase", "self"]
        writer.writerow([identifier, *same, *words])
        for each in range(ROWS):
            new = ["gwent", f"new-{each}", f"New {each}", "community", "listed", "self"]
            writer.writerow(["", *new, *words])
    return path


def test_nothing_is_left_of_an_import_that_was_killed(environment, tmp_path):
    manage(environment, "migrate", "--noinput")
    manage(environment, "seed")
    prepare = (
        "from programmes.models import Programme, Source;"
        "Source.objects.create(slug='letter', kind='document', title_en='L', dated='2026-10-01');"
        "print(Programme.objects.get(slug='phoenix-das').uuid)"
    )
    identifier = manage(environment, "shell", "-v0", "-c", prepare).strip()
    file = spreadsheet(tmp_path / "many.csv", identifier)
    before = everything(environment)

    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_programmes", str(file)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    for line in process.stderr:
        if line.startswith("written: 1,000 of 2,001"):
            process.kill()
            break
    process.stderr.close()
    assert process.wait() == -9
    assert everything(environment) == before

    said = manage(environment, "import_programmes", str(file))
    assert said == "Imported: 2000 new, 1 changed, 0 as they were.\n"
