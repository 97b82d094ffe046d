"""One entry: now, as it was, or why it is not shown."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.caching.drawn_page import drawn_once
from programmes.changes import history
from programmes.changes import presenters as change_presenters
from programmes.domain.entry import Entry
from programmes.entries import presenters
from programmes.listing.forms import DayForm
from programmes.models import Edition
from programmes.models.edition import EditionQuerySet
from programmes.presentation import structured_data
from programmes.presentation.as_at import as_at_context
from programmes.presentation.entry import contacts_of

CHANGES_SHOWN = 5


@require_safe
def entry(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return render(request, "no_such_day.html", {"form": asked}, status=400)
    editions = Edition.objects.as_at(asked.day).filter(area=area, slug=slug)
    edition = editions.only("area", "slug", "name").first()
    if edition is None:
        return not_shown(request, area, slug, asked.day)
    return _page(request, edition, asked.day)


def _page(request: HttpRequest, edition: Edition, day: datetime.date | None) -> HttpResponse:
    beside = editions_beside(edition.area, edition.slug, edition.name, day)
    return drawn_once(
        request,
        "entries/entry.html",
        lambda: [edition.pk, *beside.values_list("pk", flat=True)],
        lambda: entry_context(edition.entry, beside, day),
    )


def editions_beside(
    area: str, slug: str, name: str, day: datetime.date | None = None
) -> EditionQuerySet:
    """What the page of an entry shows of others: its area, and entries of the same name."""
    of_area = Edition.objects.areas(day).filter(area=area)
    of_name = Edition.objects.as_at(day).filter(name=name).exclude(area=area, slug=slug)
    return (of_area | of_name).order_by("area_position")


def entry_context(
    shown: Entry, beside: EditionQuerySet, day: datetime.date | None = None
) -> dict[str, Any]:
    """What the page of one entry needs, whether it is published, past or only previewed."""
    today = day or timezone.localdate()
    changed = history.of_entry(shown.address, day, CHANGES_SHOWN)
    return {
        **as_at_context(day),
        **presenters.entry_page(shown, today),
        # Contacts are shown only as they are now.
        "contacts": [] if day else contacts_of(shown),
        "entry": shown,
        "structured": structured_data.entry_page(shown),
        # Where no area is stated, no public office is any more likely to know than another.
        "offices": [edition.briefing for edition in beside if edition.programme_id is None],
        "same_name": [edition.entry for edition in beside if edition.programme_id],
        "changes": [change_presenters.change(each) for each in changed],
        "cited_on": today,
    }


def not_shown(
    request: HttpRequest, area: str, slug: str, day: datetime.date | None = None
) -> HttpResponse:
    """What stands where no entry does: when and why it was taken back, or first published."""
    withdrawn = Edition.objects.withdrawn_entries(day).filter(area=area, slug=slug).first()
    every = Edition.objects.history().filter(area=area, slug=slug).order_by("pk")
    edition = withdrawn or every.first()
    if edition is None:
        raise Http404
    name, status = ("withdrawn", 410) if withdrawn else ("not_yet", 404)
    context = {**as_at_context(day), "entry": edition.entry, "edition": edition}
    return render(request, f"entries/{name}.html", context, status=status)
