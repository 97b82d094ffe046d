"""What the pages of all Wales and of one force area both show, in words."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Entry
from programmes.domain.overview_rows import WALES
from programmes.listing.provenance import Provenance
from programmes.listing.results import ResultSet
from programmes.overviews.matrix import totals
from programmes.overviews.money import money, money_summary
from programmes.overviews.questions import questions
from programmes.overviews.timeline import background, timed_events
from programmes.presentation.developments import Event, wider_system
from programmes.presentation.entry import evaluation_event, unstated
from programmes.presentation.text import titled
from programmes.readings import COVERAGE
from programmes.vocabulary import DevelopmentKind, Subject

MOST_SHOWN = 60
"""Entries that an overview shows one by one; where there are more, its numbers lead to the list."""


PROCESSES = {Subject.MARAC, Subject.MATAC}
"""Of the wider system, what might be taken for a programme."""


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
    today: datetime.date,
    briefings: Iterable[Briefing] = (),
) -> dict[str, Any]:
    """What the pages of all Wales and of one force area both show.

    `entries` are those of the `results` that are shown one by one.
    """
    coverage, longevity = totals(results.by_area(COVERAGE)), totals(results.by_area("longevity"))
    events = timed_events(overview_rows.events(entries, briefings), today)
    return {
        "money": money(entries),
        "money_summary": money_summary(longevity, len(results), coverage["funding-end"]),
        "stops": [event for event in events if event.is_stop],
        "evidence": evaluations(entries),
        "unstated": unstated(coverage),
        "questions": questions(coverage),
    }


def beside(briefings: list[Briefing], today: datetime.date) -> dict[str, Any]:
    """What stands beside the figures: processes and money of areas, and what is said of Wales."""
    events = timed_events(overview_rows.events((), briefings), today)
    systems = wider_system(briefings, today, set(Subject) - PROCESSES).items()
    places = {label: [place for place, _event in each if place != WALES] for label, each in systems}
    return {
        "not_programmes": {label: dict.fromkeys(each) for label, each in places.items() if each},
        "funds": [e for e in events if e.development.kind == DevelopmentKind.FUNDING],
        "background": background(briefings, today),
    }


def source_line(about: Provenance, ages: dict[str, Any]) -> str:
    """The sources of a figure, and how many of all programmes have been checked since."""
    checked = _("%(checked)d of %(entries)d checked since") % ages
    return "; ".join([*map(titled, about.sources), checked]) + "."
