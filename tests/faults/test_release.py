"""deploy/release on a clean folder: up, backed up, and on with the former one when it fails.

It is built by deploy/build, as it is for deploy/Containerfile.
"""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.config.test_production import PRODUCTION
from tests.faults.test_behind_nginx import Ports, Site, certificate, nginx
from tests.faults.visitors import wait_until
from tests.served import LEFT_OUT, ROOT, free_ports

PACKAGES = ".venv/lib/python*/site-packages/*.dist-info"

UNIT = """#!/bin/sh
# What systemd does with the slots: `enable directory@PORT` starts what is current at a port.
set -eu
PORT=${2#directory@}
pid=$ROOT/pid-$PORT
if [ "$1" = enable ]; then
	export PORT
	setsid "$ROOT/current/deploy/serve" >"$ROOT/log-$PORT" 2>&1 </dev/null &
	echo $! >"$pid"
elif [ -e "$pid" ]; then
	kill "$(cat "$pid")" 2>/dev/null || true
	while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.1; done
	rm "$pid"
fi
"""


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A machine as deploy/install leaves it, all in one folder, with this repository to release."""
    port = two_free_ports()
    database = f"sqlite:///{tmp_path / 'site.sqlite3'}"
    variables = PRODUCTION | {"DATABASE_URL": database}
    lines = [f'{name}="{value}"\n' for name, value in variables.items()]
    (tmp_path / "environment").write_text("".join(lines))
    (tmp_path / "backups").mkdir()
    (tmp_path / "unit").write_text(UNIT)
    (tmp_path / "unit").chmod(0o755)
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "source"], check=True)
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    yield kept | {
        "ROOT": str(tmp_path),
        "BACKUPS": str(tmp_path / "backups"),
        "ENVIRONMENT": str(tmp_path / "environment"),
        "AS": "",
        "UNIT": str(tmp_path / "unit"),
        "RELOAD": "true",
        "SLOT": str(tmp_path / "slot.conf"),
        "DRAIN": "1",
        "PORT": str(port),
        "WAIT": "60",
    }
    for pid in tmp_path.glob("pid-*"):
        os.killpg(int(pid.read_text()), signal.SIGKILL)


def two_free_ports() -> int:
    """A free port, and the next is free too."""
    while True:
        (port,) = free_ports(1)
        with suppress(OSError), socket.create_server(("127.0.0.1", port + 1)):
            return port


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


def in_service(machine: dict[str, str]) -> int:
    return int(re.findall(r"^server 127\.0\.0\.1:(\d+);$", Path(machine["SLOT"]).read_text())[0])


def title(machine: dict[str, str]) -> str:
    headers = {"Host": "directory.example", "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{in_service(machine)}/", headers=headers)
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
    for left_out in ("node_modules", "tests", "bench", "tools", ".venv/bin/pip"):
        assert not (root / former / left_out).exists()
    packages = {each.name.partition("-")[0] for each in (root / former).glob(PACKAGES)}
    assert {"django", "granian"} <= packages
    assert not packages & {"pip", "setuptools", "pytest"}
    assert (root / former / "LICENSE").exists()
    slot = in_service(machine)
    assert title(machine) == "Find a programme – Programmes in Wales"
    assert not list((root / "backups").iterdir())

    # One that starts and cannot serve.
    (source / "config" / "wsgi.py").write_text("raise RuntimeError('no application')\n")
    commit = ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet"]
    assert run("git", "-C", source, *commit, "--all", "--message=Break").returncode == 0
    second = run(source / "deploy" / "release", WAIT="15")
    assert second.returncode == 1
    assert "did not come up." in second.stderr
    assert second.stderr.endswith(f"The former one goes on: {former}\n")
    assert in_service(machine) == slot
    assert [pid.name for pid in root.glob("pid-*")] == [f"pid-{slot}"]
    assert os.readlink(root / "current") == former
    assert title(machine) == "Find a programme – Programmes in Wales"
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

    an_upgrade_and_the_way_back_refuse_nobody(machine, run, former)
    a_backup_that_fails_is_told_and_deletes_nothing(machine, run)
    a_copy_leaves_the_machine_encrypted(machine, run)


def an_upgrade_and_the_way_back_refuse_nobody(machine, run, former):
    root = Path(machine["ROOT"])
    shutil.copytree(root / former, root / "releases" / "next", symlinks=True)
    certificate(root)
    trusting = ssl.create_default_context(cafile=root / "certificate.pem")
    plain, tls = free_ports(2)
    site = Site(Ports(plain, tls, in_service(machine)), root, machine, trusting)
    with nginx(site):
        reload = {"RELOAD": f"kill -HUP {(root / 'pid').read_text().strip()}", "DRAIN": "2"}
        with asked_all_the_time(site) as statuses:
            for name in ("releases/next", former):
                slot, before = in_service(machine), len(statuses)
                switched = run(root / name / "deploy" / "switch", name, **reload)
                assert switched.stdout == f"In service: {name}\n", switched.stderr
                assert os.readlink(root / "current") == name
                assert in_service(machine) != slot
                wait_until(lambda: len(statuses) > before + 50, within=30)  # noqa: B023
        assert set(statuses) == {200}, Counter(statuses)


@contextmanager
def asked_all_the_time(site: Site) -> Iterator[list[int | str]]:
    """Four who read and one who sends forms; what each was answered."""
    over = threading.Event()
    statuses: list[int | str] = []

    def go_on(form: dict[str, str] | None) -> None:
        while not over.is_set():
            try:
                path = "/check/" if form else f"/programmes/?q=word{len(statuses)}"
                statuses.append(site.ask(path, form).status)
            except OSError as refused:
                statuses.append(repr(refused))
            over.wait(0.15 if form else 0.01)

    with ThreadPoolExecutor(5) as visitors:
        for form in (None, None, None, None, {"where": "gwent", "referrer": "police"}):
            visitors.submit(go_on, form)
        try:
            wait_until(lambda: len(statuses) > 50, within=60)
            yield statuses
        finally:
            over.set()


def a_backup_that_fails_is_told_and_deletes_nothing(machine, run):
    root = Path(machine["ROOT"])
    kept = sorted((root / "backups").iterdir())
    for each in kept:
        os.utime(each, (0, 0))
    state = {"STATE_DIRECTORY": str(root / "state")}
    (root / "state").mkdir()
    broken = environment_of(root) | {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}
    failed = run(root / "current" / "deploy" / "back-up", **broken, **state)
    assert failed.returncode != 0
    assert sorted((root / "backups").iterdir()) == kept
    assert not list((root / "state").iterdir())
    teller = root / "current" / "deploy" / "tell-failure"
    # A local copy writes its mail down, where production hands it to the machine's own server.
    local = environment_of(root) | {"SITE_URL": "http://127.0.0.1:8000"}
    told = run(teller, "directory-backup.service", **local)
    assert "Subject: directory-backup.service failed on" in told.stdout
    assert "To: directory@directory.example" in told.stdout

    whole = run(root / "current" / "deploy" / "back-up", **environment_of(root), **state)
    assert whole.returncode == 0, whole.stderr
    assert [each.name for each in (root / "state").iterdir()] == ["backup.ended"]
    # Now that one has come back, those over 35 days go.
    assert len(list((root / "backups").iterdir())) == 1


def source_manage(root: Path) -> Path:
    return root / "current" / "deploy" / "manage"


def a_copy_leaves_the_machine_encrypted(machine, run):
    root, safe = Path(machine["ROOT"]), Path(machine["ROOT"]) / "safe"
    safe.mkdir(mode=0o700)
    (root / "elsewhere").mkdir()
    gpg = ["gpg", "--homedir", str(safe), "--batch", "--quiet", "--passphrase", ""]
    assert run(*gpg, "--quick-generate-key", "Backups", "future-default").returncode == 0
    public = run(*gpg, "--export", "--armor", "Backups").stdout
    (root / "backup-key.asc").write_text(public)
    (backup,) = (root / "backups").iterdir()
    where = {"RECIPIENT": str(root / "backup-key.asc"), "COPY": "cp", "TO": str(root / "elsewhere")}
    copied = run(root / "current" / "deploy" / "copy-off", **where)
    assert copied.returncode == 0, copied.stderr
    (sent,) = (root / "elsewhere").iterdir()
    assert sent.name == f"{backup.name}.gpg"
    assert b"manifest.json" not in sent.read_bytes()
    opened = subprocess.run([*gpg, "--decrypt", str(sent)], capture_output=True, check=True).stdout
    assert opened == backup.read_bytes()
    assert [each.name for each in (root / "backups").iterdir()] == [backup.name]
    assert (
        run(root / "current" / "deploy" / "copy-off", **where | {"COPY": "false"}).returncode != 0
    )
    run("gpgconf", "--homedir", safe, "--kill", "all")


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
    assert len(units) == 9
