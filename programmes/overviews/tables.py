"""The rows that the overviews count, as tables to take away, and the sources of them all."""

import datetime
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.domain import overview_rows
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Entry, sources_of
from programmes.downloads import overview_tables
from programmes.downloads.tables import Row, Table
from programmes.downloads.views import as_file, refusal
from programmes.listing.filters import ProgrammeFilterSet, entries_of, select
from programmes.listing.provenance import provenance
from programmes.models import Edition
from programmes.overviews.forms import ProvisionForm
from programmes.overviews.matrix import MOST_SHOWN
from programmes.presentation.as_at import page_address
from programmes.readings import COVERAGE, OF_SOURCE
from programmes.vocabulary import Stage

COMMUNITY = f"stage={Stage.COMMUNITY}"
"""The entries of the submission's tables, as the list selects them."""


def briefings(day: datetime.date | None, areas: Collection[str] = ()) -> list[Briefing]:
    """What was public about these force areas, else all, at the end of a day; None is now."""
    editions = Edition.objects.areas(day).order_by("area_position")
    return [each.briefing for each in editions if not areas or each.area in areas]


def table(name: str, page: str, suffix: str) -> Callable[[HttpRequest], HttpResponse]:
    """A view of the rows that a page counts; without parameters, of what the page itself shows."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection, form = ProgrammeFilterSet(request.GET), ProvisionForm(request.GET)
        for asked in (selection.form, form):
            if not asked.is_valid():
                return refusal(asked.problems())
        if not selection.query_now:
            selection = select(COMMUNITY if page == "provision" else "", selection.day)
        entries = entries_of(selection)
        rows = Table(name, _rows(name, entries, selection, form.dimension))
        by = urlencode({"by": request.GET["by"]}) if "by" in request.GET else ""
        address = page_address(page, "&".join(filter(None, (by, selection.query))))
        about = provenance(selection, sources_of(entries), len(entries), address)
        content = rows.as_json(about) if suffix == "json" else rows.as_csv()
        return as_file(request, content, about.as_at)

    return view


def _rows(name: str, entries: list[Entry], selection: ProgrammeFilterSet, by: str) -> Iterable[Row]:
    if name == "provision":
        return overview_tables.provision(entries, by)
    if name == "money":
        return map(overview_tables.money_columns, overview_rows.money(entries))
    if name == "evidence":
        return overview_tables.evidence(entries)
    areas = briefings(selection.day, selection.areas)
    return map(overview_tables.development_columns, overview_rows.events(entries, areas))


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "overviews/sources.html", {"rows": _newest_first()})


@require_safe
def sources_file(request: HttpRequest) -> HttpResponse:
    page = settings.SITE_URL + page_address("sources")
    rows = (
        overview_tables.used_source_columns(use["source"], use["number"], page)
        for use in _newest_first()
    )
    return as_file(request, Table("sources", rows).as_csv(), timezone.localdate())


def _newest_first() -> list[dict[str, Any]]:
    """The sources of what is public, with how many entries, the first of them, and developments."""
    editions = Edition.objects.current().in_source_order()
    numbers = editions.count_terms([COVERAGE])[COVERAGE]
    told = [edition.entry for edition in editions.covering("development")]
    dated = overview_rows.events(told, briefings(None))
    topics = [topic for topic in numbers if topic.startswith(OF_SOURCE)]
    resting = {t: [e.entry for e in editions.covering(t)[:MOST_SHOWN]] for t in topics}
    every = [each for found in resting.values() for entry in found for each in entry.every_source]
    known = {each.slug: each for each in (*every, *(event.quotation.source for event in dated))}
    return [
        {
            "source": source,
            "number": numbers.get(OF_SOURCE + source.slug, 0),
            "entries": resting.get(OF_SOURCE + source.slug, []),
            "developments": [e for e in dated if e.quotation.source.slug == source.slug],
        }
        for source in sorted(known.values(), key=lambda s: (-s.dated.toordinal(), s.slug))
    ]
