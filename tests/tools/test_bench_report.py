"""The report of a benchmark: what a reader finds of a target that was met, missed or left out."""

from bench.figures import Figures
from bench.report import parts

RUN = {"date": "2026-11-30", "commit": "abc1234", "machine": "one", "software": "Python"}


def sample(kind: str, target: str, rate: int, cpu: float, p50: float = 0.2) -> dict:
    figures = {"rate": rate, "cpu": cpu, "database_cpu": 0, "p50": p50, "bytes": 7000}
    return {
        "size": 18,
        "round": 0,
        "kind": kind,
        "target": target,
        "errors": 0,
        "others": 0,
        **figures,
    }


def test_a_target_is_shown_with_its_bound_and_called_missed_where_it_is():
    samples = [
        sample("first page", "L", 1000, 0.01),
        sample("first page", "hit, SQLite", 900, 0.02),
        sample("first page", "hit, PostgreSQL", 700, 0.02),
        sample("first page", "uncached, SQLite", 50, 2),
        sample("first page", "uncached, PostgreSQL", 50, 4),
        sample("first page", "Datasette", 50, 12, p50=0.3),
    ]
    memory = [{"size": 18, "worker": "hit, SQLite", "rss": 90, "peak": 91, "pss": 70}]
    run = {**RUN, "rounds": 1, "seconds": 2}
    lines = "\n".join(parts(Figures(run, samples, memory))).splitlines()
    (by_size,) = [line for line in lines if line.startswith("| first page: Datasette’s")]
    assert by_size == (
        "| first page: Datasette’s CPU / ours | ≥ 5×: 6.00× / 3.00× **missed** "
        "| not measured | not measured | not measured |"
    )
    assert "| hit, rate / L: the worst page, ≥ 0.75 | 0.90 | 0.70 **missed** |" in lines
    assert "**Hits**: p50 0.20 / 0.20 ms in the median of all pages; rate / L below, where" in lines
    assert "| first page | 0.90 / 0.70 |" in lines
    assert "| first page | 0.20 / 0.20 / 0.30 |" in lines
    assert "| first page | 2.00 / 4.00 / 12.0 |" in lines
    assert "| hit | 90.0 / – |" in lines
