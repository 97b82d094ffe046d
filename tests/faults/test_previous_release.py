"""The newest release still runs on the schema that the migrations since have made.

Between `migrate` and the last restart, and after a roll-back, both are in service at once.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import throwaway_postgres
from tests.faults.renaming import published_as
from tests.faults.test_two_servers import text
from tests.served import ROOT, manage, prepared, server

PAGES = [
    *("/", "/cy/", "/programmes/?area=gwent", "/cy/rhaglenni/", "/programmes/gwent/phoenix-das/"),
    *("/provision/", "/forces/gwent/", "/programmes.csv", "/check/"),
    "/admin/login/",
]
NEW_NAME = "Phoenix of the former release"


def git(*arguments: str) -> str:
    return subprocess.check_output(["git", *arguments], cwd=ROOT, text=True).strip()


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """The tree of the newest release, with what is installed and built now."""
    releases = git("tag", "--list", "v*", "--sort=-version:refname").split()
    if not releases:
        pytest.skip("No release is tagged yet, so there is none that has to run on this schema.")
    folder = tmp_path / "former"
    folder.mkdir()
    tree = subprocess.Popen(["git", "archive", releases[0]], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", folder], stdin=tree.stdout, check=True)
    assert tree.wait() == 0
    (folder / ".venv").symlink_to(ROOT / ".venv")
    # Its own scripts, and the style sheet of now.
    shutil.copytree(ROOT / "build" / "assets", folder / "build" / "assets")
    shutil.copytree(folder / "assets", folder / "build" / "assets", dirs_exist_ok=True)
    for command in (
        ["-m", "tools.catalogue", "compile"],
        ["manage.py", "collectstatic", "--noinput"],
    ):
        subprocess.run([sys.executable, *command], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """A port and an environment, over a database that the newest release migrated and filled."""
    if request.param == "sqlite":
        yield prepared(f"sqlite:///{tmp_path / 'site.sqlite3'}")
        return
    with throwaway_postgres.server() as url:
        yield prepared(url)


def test_the_former_release_serves_and_publishes_on_the_newest_schema(former, place, tmp_path):
    port, environment = place
    site = environment["SITE_URL"]
    with server(port, environment, tmp_path / "former.log", tree=former):
        for path in PAGES:
            assert text(site + path), path
        command = [sys.executable, "manage.py", "shell", "--command", published_as(NEW_NAME)]
        subprocess.run(command, cwd=former, env=environment, check=True)
        deadline = time.monotonic() + 5
        while NEW_NAME not in text(site + PAGES[4]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    # What it wrote is whole for the newest release too, once that is back.
    manage(environment, "migrate", "--noinput")
    manage(environment, "check_data")
