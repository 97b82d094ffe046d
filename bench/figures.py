"""The findings of a run, and medians over its rounds."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.modes import BARE

Round = dict[str, Any]


@dataclass
class Figures:
    """None stands for what was not measured."""

    run: dict[str, Any]
    samples: list[Round]
    memory: list[dict[str, Any]]

    @classmethod
    def of(cls, file: Path) -> "Figures":
        return cls(**json.loads(file.read_text(encoding="utf-8")))

    @property
    def sizes(self) -> list[int]:
        return sorted({sample["size"] for sample in self.samples})

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(sample["kind"] for sample in self.samples))

    def rounds(self, size: int, kind: str, target: str) -> dict[int, Round]:
        wanted = (size, kind, target)
        found = (s for s in self.samples if (s["size"], s["kind"], s["target"]) == wanted)
        return {sample["round"]: sample for sample in found}

    def p50(self, size: int, kind: str, target: str) -> float | None:
        """The ms that half of the requests took at most."""
        values = [sample["p50"] for sample in self.rounds(size, kind, target).values()]
        return median(values) if values else None

    def cpu(self, size: int, kind: str, target: str) -> float | None:
        """CPU in ms a request, the database's with it."""
        rounds = self.rounds(size, kind, target).values()
        return median(whole_cpu(sample) for sample in rounds) if rounds else None

    def rate_against_bare(self, size: int, kind: str, target: str) -> float | None:
        bare, ours = self.rounds(size, kind, BARE), self.rounds(size, kind, target)
        ratios = [ours[n]["rate"] / bare[n]["rate"] for n in ours]
        return median(ratios) if ratios else None

    def cheaper_than(self, other: str, size: int, kind: str, target: str) -> float | None:
        """The CPU of another target for the same page, as a multiple of this one's."""
        these = self.rounds(size, kind, target)
        return cpu_ratio(self.rounds(size, kind, other), these)

    def dearer_than(self, other: str, size: int, kind: str, target: str) -> float | None:
        """The CPU of one page kind, as a multiple of another's."""
        these = self.rounds(size, kind, target)
        return cpu_ratio(these, self.rounds(size, other, target))

    def grown(self, kind: str, target: str, few: int, many: int) -> float | None:
        """The CPU with many entries, as a multiple of that with few."""
        return ratio(self.cpu(many, kind, target), self.cpu(few, kind, target))

    def all_against_bare(self, target: str) -> list[float]:
        """The rate of each page kind at each size, as a part of L."""
        ratios = (
            self.rate_against_bare(size, kind, target) for size in self.sizes for kind in self.kinds
        )
        return [found for found in ratios if found is not None]

    def memory_grown(self, worker: str, few: int, many: int) -> float | None:
        """MB that a worker holds more with many entries than with few."""
        held = {row["size"]: row["rss"] for row in self.memory if row["worker"] == worker}
        return held[many] - held[few] if {few, many} <= held.keys() else None


def whole_cpu(sample: Round) -> float:
    return sample["cpu"] + sample["database_cpu"]


def ratio(one: float | None, other: float | None) -> float | None:
    """None also where CPU was less than /proc can tell."""
    return one / other if one is not None and other else None


def cpu_ratio(one: dict[int, Round], other: dict[int, Round]) -> float | None:
    """The median of the ratios of the rounds that both have."""
    both = one.keys() & other.keys()
    return middle([ratio(whole_cpu(one[n]), whole_cpu(other[n])) for n in both])


def middle(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
