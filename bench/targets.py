"""What the directory is to reach, and whether a run reached it: the table of the issue."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.figures import Figures
from bench.modes import DATABASES, DATASETTE, HIT, NOT_MODIFIED, UNCACHED

AGAINST_DATASETTE = {
    "first page": {1000: (15, 50), 10_000: (90, 500), 100_000: (800, 2000)},
    "three filters": {1000: (15, 50), 10_000: (90, 500), 100_000: (800, 2000)},
    "page 50": {1000: (15, 50), 10_000: (90, 500), 100_000: (800, 2000)},
    "search": dict.fromkeys((1000, 10_000, 100_000), (20, 50)),
    "entry": dict.fromkeys((1000, 10_000, 100_000), (8, 12)),
}
"""Page kind → size → how many times cheaper a page is to be: the floor and the aim."""
FEW, MANY = 18, 100_000
"""Between these, cost and memory are to grow no more than they may."""


@dataclass(frozen=True)
class Goal:
    what: str
    found: dict[str, float | None]
    """Database → what was found, None where it was not measured."""
    floor: float
    aim: float
    unit: str = ""
    at_most: bool = False

    def verdict(self, found: float) -> str:
        if self.reaches(found, self.aim):
            return "aim"
        return "floor" if self.reaches(found, self.floor) else "missed"

    def reaches(self, found: float, wanted: float) -> bool:
        return found <= wanted if self.at_most else found >= wanted


def goals(figures: Figures) -> Iterator[Goal]:
    yield from against_bare(figures)
    yield from against_datasette(figures)
    yield from flatness(figures)
    yield from memory(figures)


def against_bare(figures: Figures) -> Iterator[Goal]:
    hits = {database: figures.all_against_bare(f"{HIT}, {database}") for database in DATABASES}
    spared = {
        database: figures.all_against_bare(f"{NOT_MODIFIED}, {database}") for database in DATABASES
    }
    for what, of, found, floor in (
        ("hit, rate / L: median of all pages", median, hits, 0.85),
        ("hit, rate / L: the worst page", min, hits, 0.75),
        ("304, rate / L: median of all pages", median, spared, 0.95),
        ("304, rate / L: the worst page", min, spared, 0.95),
    ):
        figure = {name: of(ratios) if ratios else None for name, ratios in found.items()}
        yield Goal(what, figure, floor, 1)


def against_datasette(figures: Figures) -> Iterator[Goal]:
    for kind, sizes in AGAINST_DATASETTE.items():
        for size, (floor, aim) in sizes.items():
            found = {
                database: figures.cheaper_than(DATASETTE, size, kind, f"{UNCACHED}, {database}")
                for database in DATABASES
            }
            yield Goal(f"{kind} at {size:,}: Datasette’s CPU / ours", found, floor, aim, "×")


def flatness(figures: Figures) -> Iterator[Goal]:
    for kind in figures.kinds:
        found = {name: figures.grown(kind, f"{UNCACHED}, {name}", FEW, MANY) for name in DATABASES}
        yield Goal(f"{kind}: CPU at {MANY:,} / at {FEW}", found, 2, 1.5, "×", at_most=True)
    for size in figures.sizes:
        found = {
            name: figures.dearer_than("first page", size, "page 50", f"{UNCACHED}, {name}")
            for name in DATABASES
        }
        yield Goal(f"at {size:,}: CPU of page 50 / page 1", found, 1.1, 1.1, "×", at_most=True)


def memory(figures: Figures) -> Iterator[Goal]:
    for mode in (HIT, UNCACHED):
        found = {name: figures.memory_grown(f"{mode}, {name}", FEW, MANY) for name in DATABASES}
        what = f"a worker’s memory ({mode}), at {MANY:,} beyond at {FEW}"
        yield Goal(what, found, 32, 16, " MB", at_most=True)
