"""Developments in words: what happened, what was planned and came of it, the wider system. Pure."""

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.briefing import Briefing
from programmes.domain.entry import Bilingual, Development
from programmes.domain.overview_rows import events
from programmes.presentation.facts import Quoted
from programmes.presentation.text import titled, when, word
from programmes.vocabulary import DevelopmentKind, Outcome, Subject


@dataclass(frozen=True)
class Event:
    """An evaluation or a development: what it is, when, and what is said of it."""

    kind: str
    when: str
    summary: Bilingual
    words: Quoted
    planned: bool = False


def development_event(development: Development, words: Quoted, today: datetime.date) -> Event:
    kind, date = kind_of(development, today), when(development.when)
    return Event(kind, date, development.summary, words, development.expected)


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
    what = ", ".join(filter(None, (word(Outcome, development.outcome), when(later.when))))
    words = {"planned": planned, "what": what, "source": titled(later.statement.source)}
    return _("%(planned)s. %(what)s. Source: %(source)s") % words


Record = tuple[Bilingual, Event]
"""Where something of the wider system is so, and what."""


def wider_system(
    briefings: Iterable[Briefing], today: datetime.date, without: Container[str] = ()
) -> dict[str, list[Record]]:
    """The label of each subject of which these areas have records, and those records."""
    subjects: dict[str, list[Record]] = {subject: [] for subject in Subject}
    for row in events((), briefings):
        if row.development.subject and row.development.subject not in without:
            event = development_event(row.development, Quoted(row.quotation, None), today)
            subjects[row.development.subject].append((row.place, event))
    return {word(Subject, subject): rows for subject, rows in subjects.items() if rows}
