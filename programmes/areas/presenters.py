"""What the pages of force areas show. Queries nothing."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.entry import NOT_STATED, Bilingual, Entry, SourceDocument, sources_of
from programmes.domain.overview_rows import time_of
from programmes.presentation.entry import Event, asks, development_event, rested_on
from programmes.presentation.facts import Quoted, involved, quoted
from programmes.presentation.text import badge, in_language
from programmes.vocabulary import COLUMNS, Stage, Status


@dataclass(frozen=True)
class AreaCounts:
    """A force area, and how many community and other entries it has."""

    area: ForceArea
    community: int
    others: int


@dataclass(frozen=True)
class TableRow:
    """A row of the submission's table: the entry, and for each cell its column and the words."""

    entry: Entry
    badge: str
    cells: list[tuple[str, Quoted]]
    later: datetime.date | None
    """The newest day on which another source than the table says more."""

    @property
    def sources(self) -> list[SourceDocument]:
        return [cell.quotation.source for _heading, cell in self.cells]


def areas_with_counts(
    areas: Iterable[ForceArea], counts: dict[str, dict[str, int]]
) -> list[AreaCounts]:
    """Each area with its numbers of entries; `counts` is area → stage → number."""
    stages = {area: Counter(counts.get(area.slug)) for area in areas}
    community = Stage.COMMUNITY
    return [AreaCounts(a, n[community], n.total() - n[community]) for a, n in stages.items()]


def areas_in_brief(
    areas: Iterable[ForceArea], counts: dict[str, dict[str, int]], others: list[Entry]
) -> Iterator[tuple[str, str, str, list[Bilingual]]]:
    """Name and slug of each area, its number of community programmes, and the names of `others`.

    Last those without an area, with an empty slug.
    """
    for area in areas:
        name = getattr(area, f"name_{get_language()}")
        yield name, area.slug, *_listed(area.slug, counts, others)
    if NOT_STATED in counts:
        yield _("No area given"), "", *_listed(NOT_STATED, counts, others)


def _listed(
    slug: str, counts: dict[str, dict[str, int]], others: list[Entry]
) -> tuple[str, list[Bilingual]]:
    stages = Counter(counts.get(slug))
    community, all_ = stages[Stage.COMMUNITY], stages.total()
    names = [entry.name for entry in others if entry.area_slug == slug]
    if community + len(names) < all_ or not names:
        number = ngettext("%(number)d programme", "%(number)d programmes", all_)
        return number % {"number": all_}, []
    return _("%(number)d, and") % {"number": community} if community else "", names


def area_page(entries: list[Entry], briefing: Briefing, today: datetime.date) -> dict[str, Any]:
    """The entries in the submission's table and the others, what happened, and whom to ask."""
    rows = [_row(entry, cells) for entry in entries if (cells := _cells(entry))]
    in_time = sorted(briefing.developments, key=lambda each: time_of(each.development))
    of_area, all_wales = (
        [
            development_event(each.development, Quoted(each.quotation, None))
            for each in in_time
            if each.all_wales == everywhere
        ]
        for everywhere in (False, True)
    )
    return {
        "table": rows,
        "sources": sources_of(rows),
        "others": [(entry, badge(entry)) for entry in entries if not _cells(entry)],
        "events": [*_events_of_entries(entries), *of_area],
        "all_wales": all_wales,
        "briefing": briefing,
        "asks": [
            (entry, involved(entry), asks(entry, today))
            for entry in entries
            if entry.contacts or entry.involvements
        ],
        # Where an entry has no contact of its own, the public office is asked.
        "asks_office": not entries or any(not entry.contacts for entry in entries),
    }


def _events_of_entries(entries: list[Entry]) -> Iterator[Event]:
    for entry in entries:
        for each in entry.developments:
            event = development_event(each, rested_on(entry, each))
            yield replace(event, kind=f"{in_language(entry.name)}: {event.kind}")


def statuses(counts: dict[str, int]) -> list[tuple[str, int]]:
    """How many entries stand how, as far as it is stated; none of it says that one runs."""
    labels = {
        Status.LISTED: _("not stated"),
        Status.STOPPED: _("stopped, when last stated"),
        Status.SPOT_PURCHASE: _("bought case by case, when last stated"),
        Status.LAUNCHING: _("launch planned, not confirmed"),
    }
    return [(label, counts[status]) for status, label in labels.items() if status in counts]


def _row(entry: Entry, cells: list[tuple[str, Quoted]]) -> TableRow:
    dated = max(cell.quotation.source.dated for _heading, cell in cells)
    newest = entry.sources[-1].dated
    return TableRow(entry, badge(entry), cells, later=newest if newest > dated else None)


def _cells(entry: Entry) -> list[tuple[str, Quoted]]:
    """An entry's cells in the order of the submission's columns; none where no table has it."""
    cells = {q.field: q for q in entry.quotations if q.in_table}
    if not cells:
        return []
    headings = [
        _("Attendance"),
        _("Referral route"),
        _("Eligibility"),
        _("Funding"),
        _("Longevity"),
    ]
    words = quoted(entry, [cells[column] for column in COLUMNS])
    return list(zip(headings, words, strict=True))
