"""What happened and what was expected: in words, on a scale of time, and that as a picture."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.domain import overview_rows
from programmes.domain.entry import PartialDate, sources_of
from programmes.domain.values import MONTHS
from programmes.downloads.views import as_file, refusal
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.provenance import provenance
from programmes.listing.results import results_of
from programmes.overviews.tables import briefings
from programmes.presentation.as_at import as_at_context, page_address
from programmes.presentation.developments import Event, developments, once_each, outcome
from programmes.presentation.text import in_language, word
from programmes.vocabulary import DevelopmentKind

WIDTH, LEFT, RIGHT = 960, 420, 12
"""Of the picture: all of it, what its words take, and the margin after its axis."""
LINE, LETTERS = 18, 56
"""The height of a line of words, and how many letters it holds."""


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return render(request, "no_such_day.html", {"form": selection.form}, status=400)
    return render(request, "overviews/timeline.html", timeline_context(selection))


@require_safe
def svg(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return refusal(selection.form.problems())
    context = timeline_context(selection)
    drawn = render_to_string("overviews/timeline_picture.html", context, request)
    return as_file(request, drawn.encode(), context["about"].as_at)


def timeline_context(selection: ProgrammeFilterSet) -> dict[str, Any]:
    editions = selection.narrowed().covering("development").in_source_order()
    entries = [edition.entry for edition in editions]
    areas = briefings(selection.day, selection.areas)
    today = selection.day or timezone.localdate()
    rows = overview_rows.events(entries, areas)
    shown = once_each(developments((r for r in rows if not r.development.is_background), today))
    results = results_of(selection)
    page, sources = page_address("timeline", selection.query), sources_of([*entries, *areas])
    return {
        **as_at_context(selection.day, selection.query_now),
        "picture": picture(shown, today),
        "stopped": [event for event in shown if is_stop(event)],
        "happened": [event for event in shown if not event.planned and not is_stop(event)],
        "expected": [event for event in shown if event.planned],
        "about": provenance(selection, sources, len(results), page, results.total()),
    }


def is_stop(event: Event) -> bool:
    """Whether a programme had stopped, or was commissioned no longer."""
    stops = (DevelopmentKind.STOP, DevelopmentKind.DECOMMISSIONING)
    return event.stated.kind in stops and not event.planned


@dataclass(frozen=True)
class Axis:
    """The years from the first day that is told of to the last, as places on the picture."""

    first: int
    last: int

    def across(self, day: datetime.date) -> int:
        months = 12 * (day.year - self.first) + day.month - 1 + (day.day - 1) / 31
        return LEFT + round(self.months(months))

    def months(self, number: float) -> float:
        return (WIDTH - LEFT - RIGHT) * number / (12 * (self.last - self.first + 1))

    def mark(self, date: PartialDate) -> dict[str, int]:
        """A day, or a span of the month or year that the source leaves open."""
        return {"x": self.across(date.day), "width": round(self.months(MONTHS[date.precision]))}


def picture(events: list[Event], today: datetime.date) -> dict[str, Any]:
    """Dated events below each other, on one axis; how many have no date."""
    dated = [(event.stated.when, event) for event in events if event.stated.when]
    sources = sorted({event.words.quotation.source.dated for _date, event in dated})
    days = [today, *sources, *(date.day for date, _event in dated)]
    axis = Axis(min(days).year, max(days).year)
    top, rows = 3 * LINE, []
    for date, event in dated:
        lines, later = list(_lines(event)), event.stated.came_about
        rows.append(
            {
                "event": event,
                "lines": [(top + LINE * n, *line) for n, line in enumerate(lines, start=1)],
                "y": top + LINE,
                **axis.mark(date),
                "later": axis.mark(later.when) if later and later.when else None,
            }
        )
        top += LINE * len(lines) + 10
    years = range(axis.first, axis.last + 1)
    return {
        "rows": rows,
        "width": WIDTH,
        "bottom": top,
        "height": top + 2 * LINE,
        "years": [(axis.across(datetime.date(year, 1, 1)), year) for year in years],
        "sources": [(axis.across(day), day) for day in sources],
        "today": (axis.across(today), today),
        "undated": len(events) - len(dated),
    }


def _lines(event: Event) -> Iterator[tuple[str, bool]]:
    """Where and of which programme, in bold; what and when, and what came of it; its summary."""
    names = dict.fromkeys(in_language(entry.name) for entry in event.entries)
    yield from ((line, True) for line in wrap(" · ".join([event.place, *names]), LETTERS))
    brief = f"{word(DevelopmentKind, event.stated.kind)}, {event.when}"
    if event.planned:
        brief += f": {outcome(event.stated) or _('planned, not confirmed here')}"
    # The name of a programme says what it is about.
    about = "" if event.entries else in_language(event.summary)
    yield from ((line, False) for line in [*wrap(brief, LETTERS), *wrap(about, LETTERS)])
