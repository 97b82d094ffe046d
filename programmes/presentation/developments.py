"""Evaluations and developments in words: what was done or planned, and what came of it. Pure."""

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.briefing import Briefing
from programmes.domain.entry import Bilingual, Development, Entry, Quotation
from programmes.domain.overview_rows import PlacedDevelopment, events
from programmes.presentation.facts import Quoted
from programmes.presentation.text import in_language, titled, when, word
from programmes.vocabulary import DevelopmentKind, EvaluationState, Outcome, Subject


@dataclass(frozen=True)
class Event:
    """A development or an evaluation (`stated`) in words; where, and of which entries."""

    stated: Any
    kind: str
    when: str
    words: Quoted
    places: list[Bilingual]
    entries: list[Entry]

    @property
    def summary(self) -> Bilingual:
        return self.stated.summary

    @property
    def planned(self) -> bool:
        return getattr(self.stated, "expected", False)

    @property
    def place(self) -> str:
        return "; ".join(in_language(place) or _("No area given") for place in self.places)


def developments(rows: Iterable[PlacedDevelopment], today: datetime.date) -> list[Event]:
    return [
        _event(each := row.development, kind_of(each, today), row.quotation, row.place, row.entry)
        for row in rows
    ]


def evaluations(entry: Entry) -> list[Event]:
    return [
        _event(each, word(EvaluationState, each.state), words, entry.area_name, entry)
        for each in entry.evaluations
        if (words := entry.quotation(each.rests_on))
    ]


def _event(
    stated: Any, kind: str, words: Quotation, place: Bilingual, entry: Entry | None
) -> Event:
    date = stated.when if isinstance(stated, Development) else stated.published
    newer = entry.replacement(words) if entry else None
    return Event(stated, kind, when(date), Quoted(words, newer), [place], [entry] if entry else [])


def once_each(events: Iterable[Event]) -> list[Event]:
    """Each once, with all the entries and places of which the same words state it."""
    found: dict[tuple[object, ...], Event] = {}
    for event in events:
        said, newer = event.words.quotation, event.words.newer
        words = (said.words, said.source.slug, newer and newer.words)
        first = found.setdefault((event.kind, event.when, event.summary, *words), event)
        if first is not event:
            first.places.extend(event.places)
            first.entries.extend(event.entries)
    return list(found.values())


def kind_of(development: Development, today: datetime.date) -> str:
    """What it is; of a plan also for when, and what is known to have come of it by a day."""
    kind = word(DevelopmentKind, development.kind)
    return f"{kind}: {_plan(development, today)}" if development.expected else kind


def _plan(development: Development, today: datetime.date) -> str:
    date, later = development.when, development.came_about
    planned = _("planned for %(date)s") if date else _("planned; no date was given")
    if date and date.has_passed(today) and not later:
        planned = _("planned for %(date)s; nobody has confirmed it here")
    planned %= {"date": when(date)}
    if later is None:
        return planned
    words = {"planned": planned, "what": outcome(development)}
    words["source"] = titled(later.statement.source)
    return _("%(planned)s. %(what)s. Source: %(source)s") % words


def outcome(development: Development) -> str:
    later = development.came_about
    known = (word(Outcome, development.outcome), when(later.when)) if later else ()
    return ", ".join(filter(None, known))


def wider_system(
    briefings: Iterable[Briefing], today: datetime.date, without: Container[str] = ()
) -> dict[str, list[Event]]:
    """The label of each subject of which these areas have records, and those records."""
    rows = events((), briefings)
    told = {s: [row for row in rows if row.development.subject == s] for s in Subject}
    kept = {s: found for s, found in told.items() if found and s not in without}
    return {word(Subject, subject): developments(found, today) for subject, found in kept.items()}
