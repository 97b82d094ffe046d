"""Runs a command beside a PostgreSQL of its own, which is gone when the command ends.

python -m tests.throwaway_postgres COMMAND…

The command finds the server in DATABASE_URL. It listens on a Unix socket in a private folder only.
"""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any
from urllib.parse import quote

import psycopg

from tests import machine

START_WITHIN = 60
STOP_WITHIN = 15
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def server() -> Iterator[str]:
    """A new, empty PostgreSQL; its database URL."""
    programs = machine.postgres()
    # A Unix socket's path may have 100 or so characters, which leaves no room for a long TMPDIR.
    with TemporaryDirectory(prefix="postgres-", dir="/tmp") as name:
        folder = Path(name)
        owner = not_root(folder)
        initialise(programs / "initdb", folder, owner)
        url = f"postgres://postgres@{quote(name, safe='')}:5432/postgres"
        with (folder / "log").open("wb") as log:
            process = start(programs / "postgres", folder, owner, log)
        try:
            wait_until_up(process, url, folder / "log")
            yield url
        finally:
            stop(process)


def not_root(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as someone else, who gets the folder."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def initialise(initdb: Path, folder: Path, owner: dict[str, Any]) -> None:
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        [initdb, f"--pgdata={folder / 'data'}", "--no-sync", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **owner,
    )
    if made.returncode:
        raise SystemExit(f"PostgreSQL could not be set up:\n{made.stdout}{made.stderr}")


def start(postgres: Path, folder: Path, owner: dict[str, Any], log: Any) -> subprocess.Popen[bytes]:
    arguments = [
        *("-D", str(folder / "data"), "-k", str(folder), "-p", "5432"),
        *("-c", "listen_addresses="),
        # Nothing in it outlives the run, so nothing has to reach the disk.
        *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    ]
    # In a session of its own, Ctrl-C reaches the tests first and this only when they have ended.
    return subprocess.Popen(
        [postgres, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        **owner,
    )


def wait_until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's "fast" shutdown: it does not wait for clients to leave.
    process.send_signal(signal.SIGINT)
    if not ends(process):
        process.kill()


def run(command: list[str], url: str) -> int:
    """The command's exit code, as a shell would give it."""
    child = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
    try:
        code = child.wait()
    except BaseException as stopped:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        # Ctrl-C reaches the command as well, and a second signal would spoil its tidying up.
        if not (isinstance(stopped, KeyboardInterrupt) and ends(child)):
            child.terminate()
        if not ends(child):
            child.kill()
        raise
    return code if code >= 0 else 128 - code


def ends(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        return False
    return True


def leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    if not command:
        raise SystemExit(__doc__)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    try:
        with server() as url:
            return run(command, url)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
