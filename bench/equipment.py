"""What was measured, with what, and on which machine."""

import datetime
import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

import psycopg

from bench.servers import VENV

OURS = ("django", "granian", "psycopg")


def equipment(postgresql: str) -> dict[str, str | int]:
    with psycopg.connect(postgresql) as connection:
        server = connection.info.server_version // 10000
    return {
        "date": datetime.date.today().isoformat(),
        "commit": commit(),
        "machine": f"{processor()}, {os.cpu_count()} cores, {gigabytes()} GB, {system()}",
        "software": ", ".join(
            [
                f"Python {platform.python_version()}",
                *(f"{name} {version(name)}" for name in OURS),
                f"SQLite {sqlite3.sqlite_version}",
                f"PostgreSQL {server}",
                said(str(VENV / "datasette"), "--version").replace(", version", ""),
            ]
        ),
    }


def commit() -> str:
    # The report of an earlier run is no change to what is measured.
    changed = said("git", "status", "--porcelain", "--", ".", ":!docs")
    return said("git", "rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def gigabytes() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def system() -> str:
    return f"{platform.system()} {platform.release()}"
