"""Writes docs/performance.md and its picture from the findings of the last run."""

import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Figures, middle
from bench.modes import ANEW, BARE_BYTES, DATABASES, DATASETTE, HIT, UNCACHED
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
    wanted = list(goals(figures))
    yield HEAD.read_text(encoding="utf-8")
    yield "## This run\n"
    yield from the_run(figures)
    yield "## Targets\n"
    yield from targets_by_size([goal for goal in wanted if goal.size])
    yield from table(["", *DATABASES], (goal_row(goal) for goal in wanted if not goal.size))
    yield "## Each page\n"
    yield f"![CPU of a request against the number of entries](pictures/{PICTURE.name})\n"
    yield from each_page(figures)
    yield "## A worker’s memory\n"
    yield "Resident MB after the rounds, SQLite / PostgreSQL.\n"
    yield from memory_table(figures)


def the_run(figures: Figures) -> Iterator[str]:
    run = figures.run
    errors = sum(sample["errors"] for sample in figures.samples)
    others = median(sample["others"] for sample in figures.samples)
    yield f"* {run['date']}, commit {run['commit']}"
    yield f"* {run['machine']}; others kept {others:.1f} cores busy in the median"
    yield f"* {run['software']}"
    yield f"* rounds: {run['rounds']}; seconds a measurement: {run['seconds']}; errors: {errors}\n"


def targets_by_size(wanted: list[Goal]) -> Iterator[str]:
    """A row for each target, a column for each number of entries."""
    by_what: dict[str, dict[int | None, Goal]] = {}
    for goal in wanted:
        by_what.setdefault(goal.what, {})[goal.size] = goal
    sizes = sorted({goal.size for goal in wanted if goal.size})
    rows = ([what, *(sized_cell(row.get(n)) for n in sizes)] for what, row in by_what.items())
    yield from table(by_entries(sizes), rows)


def by_entries(sizes: Iterable[int]) -> list[str]:
    return ["", *(f"{size:,} entries" for size in sizes)]


def sized_cell(goal: Goal | None) -> str:
    if goal is None or set(goal.found.values()) == {None}:
        return "not measured"
    return f"{bound(goal)}: {' / '.join(goal_cell(goal, found) for found in goal.found.values())}"


def goal_row(goal: Goal) -> list[str]:
    what = f"{goal.what}, {bound(goal)}"
    return [what, *(goal_cell(goal, found) for found in goal.found.values())]


def bound(goal: Goal) -> str:
    return f"{'≤' if goal.at_most else '≥'} {goal.bound:g}{goal.unit}"


def goal_cell(goal: Goal, found: float | None) -> str:
    if found is None:
        return "not measured"
    return f"{number(found)}{goal.unit}{'' if goal.is_met(found) else ' **missed**'}"


def each_page(figures: Figures) -> Iterator[str]:
    modes = (HIT, UNCACHED, ANEW)
    hits, made, anew = ([f"{mode}, {each}" for each in DATABASES] for mode in modes)
    every = [(size, kind) for size in figures.sizes for kind in figures.kinds]
    taken = (middle([figures.p50(*each, hit) for each in every]) for hit in hits)
    bare = middle([figures.rate_against_bare(*each, BARE_BYTES) for each in every])
    yield f"**Hits**: p50 {cell(taken)} ms in the median of all pages; rate / L below, where"
    yield f"L with as many bytes as a page of ours has {number(bare)} in the median.\n"
    yield from page_table(figures, figures.rate_against_bare, hits)
    yield "**Uncached**: p50 in ms, SQLite / PostgreSQL / Datasette.\n"
    yield from page_table(figures, figures.p50, [*made, DATASETTE])
    yield "**Uncached**: CPU in ms, SQLite / PostgreSQL / Datasette.\n"
    yield from page_table(figures, figures.cpu, [*made, DATASETTE])
    yield "**Anew**: CPU in ms, SQLite / PostgreSQL.\n"
    yield from page_table(figures, figures.cpu, anew)


def page_table(
    figures: Figures, figure: Callable[[int, str, str], float | None], targets: list[str]
) -> Iterator[str]:
    rows = (
        [kind, *(cell(figure(size, kind, each) for each in targets) for size in figures.sizes)]
        for kind in figures.kinds
    )
    yield from table(by_entries(figures.sizes), rows)


def cell(values: Iterable[float | None]) -> str:
    return " / ".join(map(number, values))


def memory_table(figures: Figures) -> Iterator[str]:
    yield from table(
        by_entries(figures.sizes), (memory_row(figures, mode) for mode in (HIT, UNCACHED))
    )


def memory_row(figures: Figures, mode: str) -> list[str]:
    held = {(row["worker"], row["size"]): row["rss"] for row in figures.memory}
    workers = [f"{mode}, {database}" for database in DATABASES]
    return [mode, *(cell(held.get((each, size)) for each in workers) for size in figures.sizes)]


def table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield row_of(head)
    yield row_of(["---", *("--:" for _column in head[1:])])
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
