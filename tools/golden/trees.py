"""This working tree and another commit, each built and served over a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.served import LEFT_OUT, ROOT, free_ports, server
from tools.golden.roles import let_everybody_in

SITE_URL = "http://localhost"
"""The same for both, so that no page of theirs differs by its port."""

SHARED = {".venv": "requirements/run.txt", "node_modules": "package-lock.json"}
"""Folder → what is locked for it."""

STAMPS = {".venv": ".venv/.run-stamp", "node_modules": "node_modules/.stamp"}

STEADY = """
import random, runpy, sys, uuid
from datetime import datetime
from django.utils import timezone
moment = datetime.fromisoformat(sys.argv.pop(1))
timezone.now = lambda: moment
bits = random.Random(0)
uuid.uuid4 = lambda: uuid.UUID(int=bits.getrandbits(128), version=4)
sys.argv[0] = "manage.py"
runpy.run_path("manage.py", run_name="__main__")
"""
"""`manage.py` at one moment and with the same identifiers, so that both databases are the same."""


@contextmanager
def both_served(revision: str) -> Iterator[tuple[int, int]]:
    """The ports of the other commit and of this tree."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="golden-")))
        trees = [stack.enter_context(worktree(revision, folder / "tree")), ROOT]
        ports = free_ports(2)
        folders = [folder / "before", folder / "now"]
        moment = datetime.now(UTC).isoformat()
        with ThreadPoolExecutor() as pool:
            environments = list(pool.map(prepare, trees, folders, [moment] * 2))
        for tree, each, port, environment in zip(trees, folders, ports, environments, strict=True):
            stack.enter_context(server(port, environment, each / "server.log", tree))
        yield ports[0], ports[1]


@contextmanager
def worktree(revision: str, tree: Path) -> Iterator[Path]:
    run(ROOT, None, "git", "worktree", "add", "--quiet", "--detach", str(tree), revision)
    try:
        share(tree)
        yield tree
    finally:
        run(ROOT, None, "git", "worktree", "remove", "--force", str(tree))


def share(tree: Path) -> None:
    """What is installed here, where the other commit locks the same."""
    for folder, lock in SHARED.items():
        if (tree / lock).read_bytes() == (ROOT / lock).read_bytes():
            (tree / folder).symlink_to((ROOT / folder).resolve())
        else:
            print(f"{lock} is another there: installing it beside this tree.", file=sys.stderr)


def prepare(tree: Path, folder: Path, moment: str) -> dict[str, str]:
    """Builds, migrates, seeds and lets everybody in; the environment of the server."""
    folder.mkdir()
    environment = {key: value for key, value in os.environ.items() if key not in LEFT_OUT}
    installed = [stamp for name, stamp in STAMPS.items() if (tree / name).exists()]
    old = [part for stamp in installed for part in ("--old-file", stamp)]
    run(tree, environment, "make", *old, "build/.static-stamp", "build/.catalogue-stamp")
    environment |= {"DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}", "SITE_URL": SITE_URL}
    # Each post comes from an address of its own, and all of them are let in.
    environment |= {"PROXIES": "1", "PUBLIC_POSTS_AT_ONCE": "100"}
    for command in (["migrate", "--noinput"], ["seed"], ["shell", "--command", let_everybody_in()]):
        run(tree, environment, ".venv/bin/python", "-c", STEADY, moment, *command)
    return environment


def run(tree: Path, environment: dict[str, str] | None, *command: str) -> None:
    done = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed in {tree}:\n{done.stdout}{done.stderr}")
