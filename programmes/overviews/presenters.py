"""What the pages of all Wales and of one force area both show, in words."""

import datetime
from collections.abc import Iterable
from typing import Any

from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Entry
from programmes.listing.results import ResultSet
from programmes.overviews.matrix import Area
from programmes.overviews.money import Silence, money_by_area, money_summary
from programmes.overviews.timeline import timed_events
from programmes.presentation.developments import Event
from programmes.presentation.entry import evaluation_event, unserved, unstated
from programmes.readings import COVERAGE

MOST_SHOWN = 60
"""Entries that an overview shows one by one; where there are more, its numbers lead to the list."""


def evaluations(entries: Iterable[Entry]) -> list[tuple[Event, list[Entry]]]:
    """Each evaluation once, with all the entries of which the same words state it."""
    found: dict[tuple[object, ...], tuple[Event, list[Entry]]] = {}
    for entry in entries:
        for event in (evaluation_event(entry, each) for each in entry.evaluations):
            quotation, newer = event.words.quotation, event.words.newer
            words = (quotation.words, quotation.source.slug, newer and newer.words)
            same = (event.kind, event.when, event.summary, *words)
            found.setdefault(same, (event, []))[1].append(entry)
    return list(found.values())


def overview(
    entries: list[Entry],
    results: ResultSet,
    areas: list[Area],
    today: datetime.date,
    community: Silence | None = None,
    briefings: Iterable[Briefing] = (),
) -> dict[str, Any]:
    """What the pages of all Wales and of one force area both show.

    `entries` are those of the `results` that are shown one by one; `community` is the silence of
    those in the submission's tables, where others are results too.
    """
    coverage, funders = results.by_area(COVERAGE), results.by_area("funder")
    anywhere = {topic for here in coverage.values() for topic in here}
    money = money_by_area(entries, funders, coverage, areas)
    events = timed_events(overview_rows.events(entries, briefings), today)
    return {
        "money": money,
        "squares": any(bar["squares"] for area in money for bar in area["bars"]),
        "money_summary": money_summary(entries, funders, coverage, len(results), community),
        "stops": [event for event in events if event.is_stop],
        "evidence": evaluations(entries),
        "unstated": unstated(anywhere),
        "unserved": unserved(anywhere),
    }
