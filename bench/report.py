"""Writes docs/performance.md and its picture from the findings of the last run."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Figures
from bench.modes import BARE_BYTES, DATABASES, DATASETTE, HIT, UNCACHED
from bench.servers import BESIDE, VENV
from bench.targets import Goal, goals

KEPT = BESIDE / "findings.json"
REPORT = Path("docs/performance.md")
PICTURE = Path("docs/pictures/performance.svg")
HEAD = Path(__file__).with_name("head.md")
NOTHING = "–"


def write() -> None:
    figures = Figures.of(KEPT)
    REPORT.write_text("\n".join(parts(figures)), encoding="utf-8")
    # The plot's library is not among ours.
    python = VENV / "python"
    subprocess.run([python, "-m", "bench.plot", KEPT, PICTURE], check=True)
    print(f"Wrote {REPORT} and {PICTURE}.")


def parts(figures: Figures) -> Iterator[str]:
    yield HEAD.read_text(encoding="utf-8")
    yield "## This run\n"
    yield from the_run(figures)
    yield "## Targets\n"
    yield from table(["", "bound", *DATABASES], map(goal_row, goals(figures)))
    yield "## Cost against size\n"
    yield f"![CPU of a request against the number of entries](pictures/{PICTURE.name})\n"
    for size in figures.sizes:
        yield f"## {size:,} entries\n"
        yield from size_table(figures, size)
    yield "## Memory of a worker\n"
    yield "In MB after the rounds: resident, at its most, and its share where pages are shared.\n"
    yield from memory_table(figures)


def the_run(figures: Figures) -> Iterator[str]:
    run = figures.run
    errors = sum(sample["errors"] for sample in figures.samples)
    others = median(sample["others"] for sample in figures.samples)
    yield f"* {run['date']}, commit {run['commit']}"
    yield f"* {run['machine']}; others kept {others:.1f} cores busy in the median"
    yield f"* {run['software']}"
    yield f"* rounds: {run['rounds']}; seconds a measurement: {run['seconds']}; errors: {errors}\n"


def goal_row(goal: Goal) -> list[str]:
    bound = f"{'≤' if goal.at_most else '≥'} {goal.bound:g}{goal.unit}"
    return [goal.what, bound, *(goal_cell(goal, found) for found in goal.found.values())]


def goal_cell(goal: Goal, found: float | None) -> str:
    if found is None:
        return "not measured"
    return f"{number(found)}{goal.unit}{'' if goal.is_met(found) else ' **missed**'}"


def size_table(figures: Figures, size: int) -> Iterator[str]:
    head = ["page", "bytes", "L with these bytes / L", "hit / L", "hit, p50 ms"]
    head += ["uncached, p50 ms", "uncached, CPU ms"]
    head += ["Datasette, p50 ms", "Datasette, CPU ms", "Datasette’s CPU / ours"]
    yield from table(head, (page_row(figures, size, kind) for kind in figures.kinds))


def page_row(figures: Figures, size: int, kind: str) -> list[str]:
    hits, made = ([f"{mode}, {each}" for each in DATABASES] for mode in (HIT, UNCACHED))
    return [
        kind,
        f"{figures.median(size, kind, hits[0], 'bytes') or 0:,.0f}",
        number(figures.rate_against_bare(size, kind, BARE_BYTES)),
        cell(figures.rate_against_bare(size, kind, hit) for hit in hits),
        cell(figures.median(size, kind, hit, "p50") for hit in hits),
        cell(figures.median(size, kind, each, "p50") for each in made),
        cell(figures.cpu(size, kind, each) for each in made),
        number(figures.median(size, kind, DATASETTE, "p50")),
        number(figures.cpu(size, kind, DATASETTE)),
        cell(figures.cheaper_than(DATASETTE, size, kind, each) for each in made),
    ]


def cell(values: Iterable[float | None]) -> str:
    return " / ".join(map(number, values))


def memory_table(figures: Figures) -> Iterator[str]:
    workers = list(dict.fromkeys(row["worker"] for row in figures.memory))
    yield from table(["entries", *workers], (memory_row(figures, size) for size in figures.sizes))


def memory_row(figures: Figures, size: int) -> list[str]:
    rows = (row for row in figures.memory if row["size"] == size)
    return [f"{size:,}", *(f"{r['rss']:.0f} / {r['peak']:.0f} / {r['pss']:.0f}" for r in rows)]


def table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield row_of(head)
    yield row_of(["---" if column < 2 else "--:" for column in range(len(head))])
    yield from map(row_of, rows)
    yield ""


def row_of(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def number(value: Any) -> str:
    """About three figures that count."""
    if value is None:
        return NOTHING
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


if __name__ == "__main__":
    write()
