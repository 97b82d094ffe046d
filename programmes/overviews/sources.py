"""All sources: what each is, and what rests on it, as a page and as a table to take away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from programmes.domain import overview_rows
from programmes.domain.entry import Entry, SourceDocument
from programmes.domain.overview_rows import PlacedDevelopment
from programmes.downloads import overview_tables
from programmes.downloads.formats import CSV, as_file
from programmes.models import Edition
from programmes.overviews.matrix import MOST_SHOWN
from programmes.overviews.tables import briefings
from programmes.readings import COVERAGE, OF_SOURCE


@dataclass(frozen=True)
class SourceUse:
    """A source, how many entries rest on it, the first of those, and its developments."""

    source: SourceDocument
    number: int
    entries: list[Entry]
    developments: list[PlacedDevelopment]


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "overviews/sources.html", {"rows": _newest_first()})


@require_safe
def sources_file(request: HttpRequest) -> HttpResponse:
    page = settings.SITE_URL + reverse(f"{get_language()}:sources")
    table = overview_tables.sources(((use.source, use.number) for use in _newest_first()), page)
    return as_file(request.path, table.as_csv(), CSV.media_type, timezone.localdate())


def _newest_first() -> list[SourceUse]:
    return sorted(_in_use(), key=lambda use: (-use.source.dated.toordinal(), use.source.slug))


def _in_use() -> Iterator[SourceUse]:
    """Sources that something public rests on; terms count entries, so that few are read."""
    editions = Edition.objects.current().in_source_order()
    numbers = editions.count_terms([COVERAGE])[COVERAGE]
    dated = overview_rows.events(
        [edition.entry for edition in editions.covering("development")], briefings(None)
    )
    known = {event.quotation.source.slug: event.quotation.source for event in dated}
    resting: dict[str, list[Entry]] = {}
    for topic in numbers:
        slug = topic.removeprefix(OF_SOURCE)
        if slug != topic:
            first = editions.covering(topic)[:MOST_SHOWN]
            resting[slug] = [edition.entry for edition in first]
            known |= {each.slug: each for e in resting[slug] for each in e.every_source}
    for slug, source in known.items():
        events = [event for event in dated if event.quotation.source.slug == slug]
        yield SourceUse(source, numbers.get(OF_SOURCE + slug, 0), resting.get(slug, []), events)
