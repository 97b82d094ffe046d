"""What the pages of force areas show. Pure, as `presenters` is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import Entry, SourceDocument, sources_of
from programmes.domain.overview_rows import time_of
from programmes.presentation.entry import Ask, Event, asks, development_event, kind_of
from programmes.presentation.facts import Line, Quoted, involved
from programmes.presentation.text import badge, in_language, when
from programmes.vocabulary import COLUMNS, Field, Stage, Status


@dataclass(frozen=True)
class AreaCounts:
    """A force area, and how many community and other entries it has."""

    area: ForceArea
    community: int
    others: int

    @property
    def label_at(self) -> tuple[int, int]:
        """The middle of its tiles on the map, in the map's units: 126 across, 70 down a tile."""
        tiles = self.area.authorities.all()
        column = sum(tile.column for tile in tiles) / len(tiles)
        row = sum(tile.row for tile in tiles) / len(tiles)
        return round((column + 0.5) * 126), round((row + 0.5) * 70)


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


@dataclass(frozen=True)
class Other:
    """An entry that stands in no table."""

    entry: Entry
    badge: str


@dataclass(frozen=True)
class EntryAsk:
    """Whom to ask about one entry, and who provides and commissions it, as far as it is stated."""

    entry: Entry
    involved: list[Line]
    contacts: list[Ask]


@dataclass(frozen=True)
class AreaPage:
    """What is said of one force area."""

    table: list[TableRow]
    sources: list[SourceDocument]
    """Those of the table."""
    others: list[Other]
    events: list[Event]
    all_wales: list[Event]
    briefing: Briefing
    asks: list[EntryAsk]
    asks_office: bool
    """Whether some entry has no contact of its own, so that the public office is asked."""


def areas_with_counts(
    areas: Iterable[ForceArea], counts: dict[str, dict[str, int]]
) -> list[AreaCounts]:
    """Each area with its numbers of entries; `counts` is area → stage → number."""
    found = []
    for area in areas:
        stages = counts.get(area.slug, {})
        community = stages.get(Stage.COMMUNITY, 0)
        found.append(AreaCounts(area, community, sum(stages.values()) - community))
    return found


def area_page(entries: list[Entry], briefing: Briefing, today: datetime.date) -> AreaPage:
    rows = [_row(entry, cells) for entry in entries if (cells := _cells(entry))]
    in_time = sorted(briefing.developments, key=lambda each: time_of(each.development))
    of_area = [_area_event(each) for each in in_time if not each.all_wales]
    of_entries = [
        Event(
            kind=f"{in_language(entry.name)}: {event.kind}",
            when=event.when,
            summary=event.summary,
            words=event.words,
        )
        for entry in entries
        for event in (development_event(entry, each) for each in entry.developments)
    ]
    return AreaPage(
        table=rows,
        sources=sources_of(rows),
        others=[Other(entry, badge(entry)) for entry in entries if not _cells(entry)],
        events=of_entries + of_area,
        all_wales=[_area_event(each) for each in in_time if each.all_wales],
        briefing=briefing,
        asks=[
            EntryAsk(entry, involved(entry), asks(entry, today))
            for entry in entries
            if entry.contacts or entry.involvements
        ],
        asks_office=not entries or any(not entry.contacts for entry in entries),
    )


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
    headings = {
        Field.ATTENDANCE: _("Attendance"),
        Field.REFERRAL_ROUTE: _("Referral route"),
        Field.ELIGIBILITY: _("Eligibility"),
        Field.FUNDING: _("Funding"),
        Field.LONGEVITY: _("Longevity"),
    }
    if not cells:
        return []
    return [
        (headings[column], Quoted(cells[column], entry.replacement(cells[column])))
        for column in COLUMNS
    ]


def _area_event(each: AreaDevelopment) -> Event:
    development = each.development
    return Event(
        kind=kind_of(development),
        when=when(development.when),
        summary=development.summary,
        words=Quoted(each.quotation, None),
    )
