"""What processes have cost, read from /proc."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def tree(root: int) -> set[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        if fields := stat(int(folder.name)):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, to_see = set(), [root]
    while to_see:
        process = to_see.pop()
        found.add(process)
        to_see += children.get(process, [])
    return found


def stat(process: int) -> list[str]:
    """The fields of /proc/…/stat after the name, which may hold spaces; none when it has ended."""
    try:
        return (PROC / f"{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def seconds(roots: Iterable[int]) -> float:
    """CPU of some trees, with that of children which have ended: PostgreSQL's come and go."""
    fields = [stat(process) for root in roots for process in tree(root)]
    return sum(int(ticks) for each in fields for ticks in each[11:15]) / TICKS


def machine_seconds() -> float:
    """CPU that the whole machine has spent on anything."""
    user, nice, system, _idle, _wait, *interrupts = (
        int(ticks) for ticks in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + sum(interrupts)) / TICKS


def parent(process: int) -> int:
    return int(stat(process)[1])


def memory(root: int) -> dict[str, float]:
    """MB of the largest process in a tree, which is granian's worker: now, and at its most."""
    return max((memory_of(process) for process in tree(root)), key=lambda of: of["rss"])


def memory_of(process: int) -> dict[str, float]:
    try:
        status = (PROC / f"{process}/status").read_text()
        shares = (PROC / f"{process}/smaps_rollup").read_text()
    except OSError:
        status = shares = ""
    return {
        "rss": megabytes("VmRSS", status),
        "peak": megabytes("VmHWM", status),
        "pss": megabytes("Pss", shares),
    }


def megabytes(name: str, text: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
