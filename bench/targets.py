"""What the directory is to reach, and whether a run reached it: the table of the issue."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.figures import Figures
from bench.modes import DATABASES, DATASETTE, HIT, NOT_MODIFIED, UNCACHED

LIST = {18: 5, 1000: 10, 10_000: 90, 100_000: 800}
AGAINST_DATASETTE = {
    "first page": LIST,
    "page 50": LIST,
    "three filters": {18: 3, 1000: 5, 10_000: 25, 100_000: 250},
    "search": {18: 2, 1000: 4, 10_000: 8, 100_000: 12},
    "entry": dict.fromkeys(LIST, 1),
    "provision": dict.fromkeys(LIST, 1),
}
"""Page kind → size → how many times cheaper a page is to be."""
FEW, MANY = 18, 100_000
"""Between these, cost and memory are to grow no more than they may."""


@dataclass(frozen=True)
class Goal:
    what: str
    found: dict[str, float | None]
    """Database → what was found, None where it was not measured."""
    bound: float
    unit: str = ""
    at_most: bool = False
    size: int | None = None
    """The number of entries that the bound is for, where each number has one."""

    def is_met(self, found: float) -> bool:
        return found <= self.bound if self.at_most else found >= self.bound


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
    for what, of, found, bound in (
        ("hit, rate / L: median of all pages", median, hits, 0.85),
        ("hit, rate / L: the worst page", min, hits, 0.75),
        ("304, rate / L: median of all pages", median, spared, 0.95),
        ("304, rate / L: the worst page", min, spared, 0.95),
    ):
        figure = {name: of(ratios) if ratios else None for name, ratios in found.items()}
        yield Goal(what, figure, bound)


def against_datasette(figures: Figures) -> Iterator[Goal]:
    for kind, sizes in AGAINST_DATASETTE.items():
        for size, bound in sizes.items():
            found = {
                database: figures.cheaper_than(DATASETTE, size, kind, f"{UNCACHED}, {database}")
                for database in DATABASES
            }
            yield Goal(f"{kind}: Datasette’s CPU / ours", found, bound, "×", size=size)


def flatness(figures: Figures) -> Iterator[Goal]:
    for kind in figures.kinds:
        found = {name: figures.grown(kind, f"{UNCACHED}, {name}", FEW, MANY) for name in DATABASES}
        yield Goal(f"{kind}: CPU at {MANY:,} / at {FEW}", found, 2, "×", at_most=True)
    for size in figures.sizes:
        found = {
            name: figures.dearer_than("first page", size, "page 50", f"{UNCACHED}, {name}")
            for name in DATABASES
        }
        yield Goal("page 50: CPU / first page’s", found, 1.1, "×", at_most=True, size=size)


def memory(figures: Figures) -> Iterator[Goal]:
    for mode in (HIT, UNCACHED):
        found = {name: figures.memory_grown(f"{mode}, {name}", FEW, MANY) for name in DATABASES}
        what = f"a worker’s memory ({mode}), at {MANY:,} beyond at {FEW}"
        yield Goal(what, found, 32, " MB", at_most=True)
