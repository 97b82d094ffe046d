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
from programmes.listing.results import Counts
from programmes.presentation.developments import Event, development_event
from programmes.presentation.entry import asks, rested_on
from programmes.presentation.facts import Quoted, involved, quoted
from programmes.presentation.text import badge, in_language
from programmes.vocabulary import COLUMNS, Field, Risk, Stage, Status


@dataclass(frozen=True)
class AreaCounts:
    """A force area, and how many community and other entries it has."""

    area: ForceArea
    community: int
    others: int


@dataclass(frozen=True)
class TableRow:
    """A row of a table: the entry, and for each column its words; None where the row has none."""

    entry: Entry
    badge: str
    cells: list[tuple[str, Quoted | None]]
    later: datetime.date | None
    """The newest day on which another source than the table says more."""


@dataclass(frozen=True)
class SubmittedTable:
    """What one source's table says of the entries here."""

    source: SourceDocument
    headings: list[str]
    rows: list[TableRow]


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


def heading(area: ForceArea, stages: dict[str, int], community: Counts) -> str:
    """What is listed in an area: `stages` and `community`, its terms, are code → number."""
    named, status, high = stages.get(Stage.COMMUNITY, 0), community["status"], community["risk"]
    after = sum(stages.values()) - named
    numbers = [
        (named, ngettext("%(number)d programme named", "%(number)d programmes named", named)),
        (status.get(Status.STOPPED), _("%(number)d reported as stopped")),
        (status.get(Status.SPOT_PURCHASE), _("%(number)d bought case by case")),
        (high.get(Risk.HIGH), _("%(number)d listed for high risk")),
        (after, _("%(number)d after a caution or conviction")),
    ]
    parts = [text % {"number": number} for number, text in numbers if number]
    if named and not high.get(Risk.HIGH):
        parts.insert(-1 if after else len(parts), _("none listed for high risk"))
    name = getattr(area, f"name_{get_language()}")
    return f"{name}: {', '.join(parts) or _('no programme named')}"


def area_page(entries: list[Entry], briefing: Briefing, today: datetime.date) -> dict[str, Any]:
    """The tables as submitted, what happened, and whom to ask."""
    # What is said of all Wales and is no event stands on the page of provision.
    here = (d for d in briefing.developments if not (d.all_wales and d.development.is_background))
    in_time = sorted(here, key=lambda each: time_of(each.development))
    of_area, all_wales = (
        [
            development_event(each.development, Quoted(each.quotation, None), today)
            for each in in_time
            if each.all_wales == everywhere
        ]
        for everywhere in (False, True)
    )
    return {
        "tables": _tables(entries),
        "events": [*_events_of_entries(entries, today), *of_area],
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


def _events_of_entries(entries: list[Entry], today: datetime.date) -> Iterator[Event]:
    for entry in entries:
        for each in entry.developments:
            event = development_event(each, rested_on(entry, each), today)
            yield replace(event, kind=f"{in_language(entry.name)}: {event.kind}")


def _tables(entries: list[Entry]) -> list[SubmittedTable]:
    """Each source's table as submitted, the newest first."""
    with_table = {q.source.slug for entry in entries for q in entry.quotations if q.in_table}
    sources = [source for source in sources_of(entries) if source.slug in with_table]
    return [_table(entries, source) for source in reversed(sources)]


def _table(entries: list[Entry], source: SourceDocument) -> SubmittedTable:
    of_rows = [(entry, cells) for entry in entries if (cells := _cells(entry, source))]
    columns = [column for column in COLUMNS if any(column in cells for _entry, cells in of_rows)]
    headings = {
        Field.ATTENDANCE: _("Attendance"),
        Field.REFERRAL_ROUTE: _("Referral route"),
        Field.ELIGIBILITY: _("Eligibility"),
        Field.FUNDING: _("Funding"),
        Field.LONGEVITY: _("Longevity"),
    }
    rows = [
        TableRow(
            entry,
            badge(entry),
            [(headings[column], cells.get(column)) for column in columns],
            later=newest if (newest := entry.sources[-1].dated) > source.dated else None,
        )
        for entry, cells in of_rows
    ]
    return SubmittedTable(source, [headings[column] for column in columns], rows)


def _cells(entry: Entry, source: SourceDocument) -> dict[str, Quoted]:
    """An entry's cells in the table of a source, by column."""
    cells = [q for q in entry.quotations if q.in_table and q.source.slug == source.slug]
    return {words.quotation.field: words for words in quoted(entry, cells)}
