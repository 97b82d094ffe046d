"""Fixtures of tests that run commands over another database."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.served import LEFT_OUT, ROOT, database


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`manage.py` over another database of the same kind, empty to begin with."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with database(folder) as url:
        environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        environment["DATABASE_URL"] = url

        def manage(*arguments: str | Path) -> str:
            done = subprocess.run(
                [sys.executable, "manage.py", *map(str, arguments)],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            return done.stdout + done.stderr

        yield manage
