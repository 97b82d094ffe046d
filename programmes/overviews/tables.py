"""The rows that the overviews count, as tables to take away."""

import datetime
from collections.abc import Callable, Collection, Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
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
from programmes.presentation.as_at import page_address
from programmes.vocabulary import Stage

COMMUNITY = f"stage={Stage.COMMUNITY}"
"""The entries of the submission's tables, as the list selects them."""


def briefings(day: datetime.date | None, areas: Collection[str] = ()) -> list[Briefing]:
    """What was public about these force areas, else all, at the end of a day; None is now."""
    editions = Edition.objects.areas(day).order_by("area_position")
    return [each.briefing for each in editions if not areas or each.area in areas]


def table(name: str, page: str, suffix: str) -> Callable[[HttpRequest], HttpResponse]:
    """A view of the rows that a page counts, of the entries that the list's parameters select.

    Without any parameter but the day, it selects what the page itself does.
    """

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection, form = ProgrammeFilterSet(request.GET), ProvisionForm(request.GET)
        for asked in (selection, form):
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
