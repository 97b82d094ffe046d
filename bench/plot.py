"""Draws CPU a request against the number of entries. Runs in the environment of the benchmark.

python -m bench.plot FINDINGS PICTURE
"""

import sys
from pathlib import Path

import matplotlib

from bench.figures import Figures

matplotlib.use("svg")
# Text stays text, and the same figures make the same file.
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "performance"})

from matplotlib import pyplot as plt  # noqa: E402 - as configured above


def draw(figures: Figures, picture: Path) -> None:
    drawing, panels = plt.subplots(1, 2, figsize=(11, 5), sharey=True, layout="constrained")
    for panel, database in zip(panels, ("SQLite", "PostgreSQL"), strict=True):
        for number, kind in enumerate(figures.kinds):
            line(panel, figures, kind, "Datasette", color=f"C{number}", linestyle="--")
            line(panel, figures, kind, f"uncached, {database}", color=f"C{number}", label=kind)
            line(panel, figures, kind, f"hit, {database}", color=f"C{number}", linestyle=":")
        panel.set(xscale="log", yscale="log", xlabel="entries", title=database)
        panel.set_xticks(figures.sizes, [f"{size:,}" for size in figures.sizes])
        panel.grid(alpha=0.3)
    panels[0].set_ylabel("CPU of a request, ms")
    drawing.suptitle("Lines: uncached. Dots: hit. Dashes: Datasette.")
    panels[0].legend()
    drawing.savefig(picture, metadata={"Date": None})


def line(panel, figures: Figures, kind: str, target: str, **style) -> None:
    costs = [figures.cpu(size, kind, target) for size in figures.sizes]
    panel.plot(figures.sizes, costs, marker=".", **style)


draw(Figures.of(Path(sys.argv[1])), Path(sys.argv[2]))
