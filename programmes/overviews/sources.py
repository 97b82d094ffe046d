"""All sources: what each is, and what rests on it, as a page and as a table to take away."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.domain import overview_rows
from programmes.downloads.overview_tables import used_source_columns
from programmes.downloads.tables import Table
from programmes.downloads.views import as_file
from programmes.models import Edition
from programmes.overviews.matrix import MOST_SHOWN
from programmes.overviews.tables import briefings
from programmes.presentation.as_at import page_address
from programmes.readings import COVERAGE, OF_SOURCE


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "overviews/sources.html", {"rows": _newest_first()})


@require_safe
def sources_file(request: HttpRequest) -> HttpResponse:
    page = settings.SITE_URL + page_address("sources")
    rows = (used_source_columns(use["source"], use["number"], page) for use in _newest_first())
    return as_file(request, Table("sources", rows).as_csv(), timezone.localdate())


def _newest_first() -> list[dict[str, Any]]:
    """What something public rests on: the sources, how many entries, the first, developments.

    Terms count the entries, so that few are read.
    """
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
