"""What the pages of all Wales and of one force area both show. Pure, as `presenters` is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programmes import provision
from programmes.entry import Bilingual, Entry
from programmes.matrix_presenters import Area
from programmes.money_presenters import money_by_area
from programmes.presenters import Quoted, unstated
from programmes.provision import Evidence
from programmes.vocabulary import EvaluationState
from programmes.wording import when, word


@dataclass(frozen=True)
class EvidenceRow:
    entry: Entry
    state: str
    when: str
    summary: Bilingual
    words: Quoted


def evaluations(rows: Iterable[Evidence]) -> list[EvidenceRow]:
    found = []
    for row in rows:
        quotation = row.evaluation and row.entry.quotation(row.evaluation.rests_on)
        if row.evaluation and quotation:
            found.append(
                EvidenceRow(
                    entry=row.entry,
                    state=word(EvaluationState, row.evaluation.state),
                    when=when(row.evaluation.published),
                    summary=row.evaluation.summary,
                    words=Quoted(quotation, row.entry.replacement(quotation)),
                )
            )
    return found


def stated_by_none(entries: list[Entry]) -> list[str]:
    """What none of these entries states; it shrinks as editors fill it."""
    silences = [unstated(entry) for entry in entries]
    return [what for what in (silences[0] if silences else []) if all(what in s for s in silences)]


def overview(entries: list[Entry], areas: list[Area]) -> dict[str, Any]:
    """What the pages of all Wales and of one force area both show."""
    by_area = money_by_area(provision.money(entries), areas)
    return {
        "money": by_area,
        "no_end": not any(row.ends for area in by_area for row in area.rows),
        "evidence": evaluations(provision.evidence(entries)),
        "unstated": stated_by_none(entries),
    }
