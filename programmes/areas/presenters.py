"""What the pages of force areas show. Queries nothing."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.entry import NOT_STATED, Bilingual, Entry, SourceDocument, sources_of
from programmes.domain.overview_rows import WALES_CODE, PlacedDevelopment, events
from programmes.listing.results import Counts
from programmes.presentation.developments import developments
from programmes.presentation.entry import asks
from programmes.presentation.facts import Quoted, involved, quoted
from programmes.vocabulary import COLUMNS, Risk, Stage, Status


@dataclass(frozen=True)
class SubmittedTable:
    """What one source's table says of entries: in each row their words, None where it has none."""

    source: SourceDocument
    headings: list[str]
    rows: list[tuple[Entry, list[tuple[str, Quoted | None]]]]


def areas_in_brief(
    areas: Iterable[ForceArea], counts: Counts, others: list[Entry]
) -> Iterator[tuple[ForceArea | None, str, list[Bilingual]]]:
    """Each area, how many community programmes it has, and the names of `others`; last no area."""
    for area in (*areas, None):
        slug = area.slug if area else NOT_STATED
        stages = Counter(counts.get(slug))
        community, all_ = stages[Stage.COMMUNITY], stages.total()
        names = [entry.name for entry in others if entry.area_slug == slug]
        if names and community + len(names) == all_:
            yield area, _("%(number)d, and") % {"number": community} if community else "", names
        elif area or all_:
            number = ngettext("%(number)d programme", "%(number)d programmes", all_)
            yield area, number % {"number": all_}, []


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
    told: dict[bool, list[PlacedDevelopment]] = {True: [], False: []}
    for row in events(entries, [briefing]):
        if row.area != WALES_CODE or not row.development.is_background:
            told[row.area == WALES_CODE].append(row)
    return {
        "tables": _tables(entries),
        "events": developments(told[False], today),
        "all_wales": developments(told[True], today),
        "briefing": briefing,
        "asks": [
            (entry, involved(entry), asks(entry, today))
            for entry in entries
            if entry.contacts or entry.involvements
        ],
        # Where an entry has no contact of its own, the public office is asked.
        "asks_office": not entries or any(not entry.contacts for entry in entries),
    }


def _tables(entries: list[Entry]) -> list[SubmittedTable]:
    """Each source's table as submitted, the newest first."""
    with_table = {q.source.slug for entry in entries for q in entry.quotations if q.in_table}
    sources = [source for source in sources_of(entries) if source.slug in with_table]
    return [_table(entries, source) for source in reversed(sources)]


def _table(entries: list[Entry], source: SourceDocument) -> SubmittedTable:
    names = (_("Attendance"), _("Referral route"), _("Eligibility"), _("Funding"), _("Longevity"))
    headings = dict(zip(COLUMNS, names, strict=True))
    rows = [
        (entry, [(name, cells.get(column)) for column, name in headings.items()])
        for entry in entries
        if (cells := _cells(entry, source))
    ]
    return SubmittedTable(source, [*names], rows)


def _cells(entry: Entry, source: SourceDocument) -> dict[str, Quoted]:
    """An entry's cells in the table of a source, by column."""
    cells = [q for q in entry.quotations if q.in_table and q.source.slug == source.slug]
    return {words.quotation.field: words for words in quoted(entry, cells)}
