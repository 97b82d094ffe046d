"""All sources: what each is, and what rests on it, as a page and as a table to take away."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from programmes.domain.overview_rows import SourceUse, sources_in_use
from programmes.downloads import overview_tables
from programmes.downloads.formats import CSV, as_file
from programmes.listing.filters import select
from programmes.listing.provenance import provenance
from programmes.models import Edition
from programmes.overviews.presenters import MOST_SHOWN
from programmes.overviews.tables import briefings


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    context = {"rows": _in_use(), "most": MOST_SHOWN, "most_slice": f":{MOST_SHOWN}"}
    return render(request, "overviews/sources.html", context)


@require_safe
def sources_file(request: HttpRequest) -> HttpResponse:
    rows, path = _in_use(), reverse(f"{get_language()}:sources")
    table = overview_tables.sources(rows, settings.SITE_URL + path)
    about = provenance(select(""), [row.source for row in rows], len(rows), path)
    return as_file(request.path, table.as_csv(), CSV.media_type, about)


def _in_use() -> list[SourceUse]:
    editions = Edition.objects.current().in_source_order()
    return sources_in_use([edition.entry for edition in editions], briefings(None))
