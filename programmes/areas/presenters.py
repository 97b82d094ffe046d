"""What the pages of force areas show. Queries nothing."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.entry import NOT_STATED, Bilingual, Entry, SourceDocument, sources_of
from programmes.domain.overview_rows import WALES_CODE, events
from programmes.listing.results import Counts
from programmes.presentation.developments import Event, developments
from programmes.presentation.facts import Quoted, quoted
from programmes.vocabulary import COLUMNS, Risk, Stage, Status


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
    return f"{area.name}: {', '.join(parts) or _('no programme named')}"


def events_of(
    entries: list[Entry], briefing: Briefing, today: datetime.date
) -> dict[str, list[Event]]:
    placed = events(entries, [briefing])
    # What is said of all Wales and is no event stands on the page of provision.
    here = (row for row in placed if row.area != WALES_CODE)
    of_wales = (r for r in placed if r.area == WALES_CODE and not r.development.is_background)
    return {"events": developments(here, today), "all_wales": developments(of_wales, today)}


def tables(entries: list[Entry]) -> Iterator[dict[str, Any]]:
    """Each source's table as submitted, the newest first; None where it has no such cell."""
    names = (_("Attendance"), _("Referral route"), _("Eligibility"), _("Funding"), _("Longevity"))
    for source in reversed(sources_of(entries)):
        rows = [
            (entry, [(name, cells.get(c)) for c, name in zip(COLUMNS, names, strict=True)])
            for entry in entries
            if (cells := _cells(entry, source))
        ]
        if rows:
            yield {"source": source, "headings": names, "rows": rows}


def _cells(entry: Entry, source: SourceDocument) -> dict[str, Quoted]:
    """An entry's cells in the table of a source, by column."""
    cells = [q for q in entry.quotations if q.in_table and q.source.slug == source.slug]
    return {words.quotation.field: words for words in quoted(entry, cells)}
