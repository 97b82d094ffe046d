"""What the pages of all Wales and of one force area both show, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Bilingual, Entry
from programmes.domain.overview_rows import Evidence
from programmes.listing.results import ResultSet
from programmes.overviews.matrix import Area
from programmes.overviews.money import Silence, money_by_area, money_summary
from programmes.overviews.timeline import stops
from programmes.presentation.entry import unserved, unstated
from programmes.presentation.facts import Quoted
from programmes.presentation.text import when, word
from programmes.readings import COVERAGE
from programmes.vocabulary import EvaluationState

MOST_TOLD = 60
"""Entries that an overview tells one by one; where there are more, its numbers lead to the list."""


@dataclass(frozen=True)
class EvidenceRow:
    """One evaluation, and the entries it is of."""

    entries: list[Entry]
    state: str
    when: str
    summary: Bilingual
    words: Quoted


def evaluations(rows: Iterable[Evidence]) -> list[EvidenceRow]:
    """Each evaluation once, also where the same words tell it of several entries."""
    found: dict[tuple[object, ...], EvidenceRow] = {}
    for row in rows:
        quotation = row.evaluation and row.entry.quotation(row.evaluation.rests_on)
        if not row.evaluation or not quotation:
            continue
        told = EvidenceRow(
            entries=[],
            state=word(EvaluationState, row.evaluation.state),
            when=when(row.evaluation.published),
            summary=row.evaluation.summary,
            words=Quoted(quotation, row.entry.replacement(quotation)),
        )
        newer = told.words.newer and told.words.newer.words
        same = (told.state, told.when, told.summary, quotation.words, quotation.source.slug, newer)
        found.setdefault(same, told).entries.append(row.entry)
    return list(found.values())


def overview(
    entries: list[Entry],
    results: ResultSet,
    areas: list[Area],
    community: Silence | None = None,
    briefings: Iterable[Briefing] = (),
) -> dict[str, Any]:
    """What the pages of all Wales and of one force area both show.

    `entries` are those of the entries `results` that are told one by one; `community` counts those
    of the submission's tables, where others are results too.
    """
    coverage, funders = results.by_area(COVERAGE), results.by_area("funder")
    anywhere = {topic for here in coverage.values() for topic in here}
    money = money_by_area(entries, funders, coverage, areas)
    return {
        "money": money,
        "squares": any(bar.squares for area in money for bar in area.bars),
        "money_summary": money_summary(entries, funders, coverage, len(results), community),
        "stops": stops(overview_rows.events(entries, briefings)),
        "evidence": evaluations(overview_rows.evidence(entries)),
        "unstated": unstated(anywhere),
        "unserved": unserved(anywhere),
    }
