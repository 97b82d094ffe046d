"""deploy/release on a clean folder: up, backed up, and back to the former one when it fails.

It is built by deploy/build, as it is for deploy/Containerfile.
"""

import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.test_production import PRODUCTION
from tests.served import LEFT_OUT, ROOT, free_ports

RESTART = """#!/bin/sh
# What systemd does: end the one that runs, start the one that is current.
set -eu
[ ! -e "$ROOT/pid" ] || kill "$(cat "$ROOT/pid")" 2>/dev/null || true
while [ -e "$ROOT/pid" ] && kill -0 "$(cat "$ROOT/pid")" 2>/dev/null; do sleep 0.1; done
setsid "$ROOT/current/deploy/serve" >"$ROOT/log" 2>&1 </dev/null &
echo $! >"$ROOT/pid"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A machine as deploy/install leaves it, all in one folder, with this repository to release."""
    (port,) = free_ports(1)
    database = f"sqlite:///{tmp_path / 'site.sqlite3'}"
    variables = PRODUCTION | {"DATABASE_URL": database}
    lines = [f'{name}="{value}"\n' for name, value in variables.items()]
    (tmp_path / "environment").write_text("".join(lines))
    (tmp_path / "backups").mkdir()
    (tmp_path / "restart").write_text(RESTART)
    (tmp_path / "restart").chmod(0o755)
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "source"], check=True)
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    yield kept | {
        "ROOT": str(tmp_path),
        "BACKUPS": str(tmp_path / "backups"),
        "ENVIRONMENT": str(tmp_path / "environment"),
        "AS": "",
        "RESTART": str(tmp_path / "restart"),
        "PORT": str(port),
        "WAIT": "60",
    }
    if (tmp_path / "pid").exists():
        os.killpg(int((tmp_path / "pid").read_text()), signal.SIGKILL)


@pytest.fixture
def run(machine: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    def command(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, arguments)),
            env=machine | more,
            capture_output=True,
            text=True,
            check=False,
        )

    return command


def title(machine: dict[str, str]) -> str:
    headers = {"Host": "directory.example", "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{machine['PORT']}/", headers=headers)
    with urllib.request.urlopen(request, timeout=20) as page:  # noqa: S310
        return page.read().decode().partition("<title>")[2].partition("</title>")[0].strip()


def test_a_release_goes_up_and_one_that_fails_gives_way_to_the_former(machine, run):
    root = Path(machine["ROOT"])
    source = root / "source"

    first = run(source / "deploy" / "release")
    assert first.returncode == 0, first.stdout + first.stderr
    former = os.readlink(root / "current")
    assert first.stdout.endswith(f"In service: {former}\n")
    assert not (root / former / ".git").exists()
    assert not (root / former / "node_modules").exists()
    assert "Domestic abuse perpetrator programmes in Wales" in title(machine)
    assert not list((root / "backups").iterdir())

    # One that starts and cannot serve.
    (source / "config" / "wsgi.py").write_text("raise RuntimeError('no application')\n")
    commit = ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet"]
    assert run("git", "-C", source, *commit, "--all", "--message=Break").returncode == 0
    second = run(source / "deploy" / "release", WAIT="15")
    assert second.returncode == 1
    assert "did not come up." in second.stderr
    assert second.stderr.endswith(f"The former one goes on: {former}\n")
    assert os.readlink(root / "current") == former
    assert "Domestic abuse perpetrator programmes in Wales" in title(machine)
    (before,) = (root / "backups").iterdir()
    assert before.name.startswith("before-")

    # One that cannot be built is none to go back to.
    (source / "Makefile").write_text("ready:\n\tfalse\n")
    assert run("git", "-C", source, *commit, "--all", "--message=No build").returncode == 0
    built = sorted((root / "releases").iterdir())
    assert run(source / "deploy" / "release").returncode != 0
    assert sorted((root / "releases").iterdir()) == built
    assert os.readlink(root / "current") == former

    back_up = run(root / "current" / "deploy" / "back-up", **environment_of(root))
    assert back_up.returncode == 0, back_up.stderr
    assert "comes back whole" in back_up.stdout
    assert len(list((root / "backups").iterdir())) == 2
    tried = run(source / "deploy" / "manage", "restore", before, "--verify")
    assert "comes back whole" in tried.stdout
    nowhere = run(root / "current" / "deploy" / "switch", "releases/nothing")
    assert nowhere.returncode == 1
    assert "There is no" in nowhere.stderr


def environment_of(root: Path) -> dict[str, str]:
    lines = (root / "environment").read_text().splitlines()
    return {name: value.strip('"') for name, _is, value in (line.partition("=") for line in lines)}


def test_systemd_understands_the_units(tmp_path):
    assert shutil.which("systemd-analyze"), "systemd-analyze is needed: apt-get install systemd"
    units = [*ROOT.glob("deploy/*.service"), *ROOT.glob("deploy/*.timer")]
    for unit in units:
        text = unit.read_text().replace("/srv/directory/current", str(ROOT))
        (tmp_path / unit.name).write_text(text)
    said = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / unit.name for unit in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in said.stderr.splitlines() if "directory" in line]
    assert (said.returncode, ours) == (0, []), said.stderr
    assert len(units) == 7
