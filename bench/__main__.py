"""Measures the directory beside a bare application and Datasette: docs/performance.md.

`make bench` runs all of it; `python -m bench.report` writes the report of the last run again.
"""

import argparse
import json
from dataclasses import asdict

from bench import databases, report, rounds
from bench.equipment import equipment
from bench.modes import TARGETS
from bench.pages import pages
from bench.progress import Progress
from tests import machine, throwaway_postgres


def main() -> None:
    asked = arguments()
    machine.wrk()
    databases.KEPT.mkdir(parents=True, exist_ok=True)
    for size in asked.sizes:
        databases.datasette(size)  # made before anything is measured, unless kept
    steps = len(asked.sizes) * asked.rounds * len(pages(1, 1)) * len(TARGETS)
    found = rounds.Findings([], [])
    with throwaway_postgres.server() as postgresql:
        tell = Progress(steps)
        run = equipment(postgresql) | {"rounds": asked.rounds, "seconds": asked.seconds}
        for size in asked.sizes:
            one = rounds.measure(size, postgresql, asked.rounds, asked.seconds, tell)
            found.samples += one.samples
            found.memory += one.memory
            report.KEPT.write_text(json.dumps({"run": run, **asdict(found)}), encoding="utf-8")
        tell.end()
    report.write()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[18, 1000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="for each measurement")
    return parser.parse_args()


main()
