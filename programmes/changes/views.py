"""What became of the entries: a page that is filtered like the list, and a feed to follow."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.changes import history
from programmes.changes import presenters as change_presenters
from programmes.changes.forms import ChangesAsked
from programmes.changes.presenters import InWords, TogetherInWords
from programmes.downloads.formats import refusal
from programmes.downloads.spreadsheets import NOT_IN_XML, problems_as_text
from programmes.listing.presenters import areas, in_words

PER_PAGE = 20
IN_FEED = 50


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    asked = ChangesAsked(request.GET)
    if not asked.is_valid():
        return _refused(request, asked, 400)
    try:
        page = _paginator(asked).page(asked.of_entries.page)
    except EmptyPage:
        asked.of_entries.form.add_error("page", _("This list has no such page."))
        return _refused(request, asked, 404)
    return render(request, "changes/changes.html", _context(asked, page))


def _paginator(asked: ChangesAsked) -> Paginator:
    if asked.between:
        return Paginator(history.net(asked.editions, asked.until), PER_PAGE)
    return Paginator(history.moments(asked.editions), PER_PAGE)


def _context(asked: ChangesAsked, page: Page) -> dict[str, Any]:
    number = f"page={page.number}" if page.number > 1 else ""
    return {
        "form": asked.form,
        "of_entries": asked.of_entries.form,
        "selection": _selection(asked),
        "areas": areas(asked.of_entries),
        "page": page,
        "days": _days(asked, page),
        "is_net": bool(asked.between),
        "changes_query": asked.query,
        "query": "&".join(filter(None, (asked.query, number))),
        "feed": _address("changes-feed", asked.query),
    }


def _selection(asked: ChangesAsked) -> str:
    """Of which entries, as a sentence."""
    entry = asked.entry
    one = f"{change_presenters.named(entry)}." if entry else ""
    others = in_words(asked.of_entries) if asked.of_entries.query or not one else ""
    return " ".join(filter(None, (one, others)))


def _days(asked: ChangesAsked, page: Page) -> list[tuple[datetime.date | None, list[InWords]]]:
    """Changes under the days on which they were published; what differs between two, under none."""
    if days := asked.between:
        found = history.since_then(page, days[0])
        return [(None, [change_presenters.change(each) for each in found])] if found else []
    return [*change_presenters.by_day(history.happenings(asked.editions, page))]


def _refused(request: HttpRequest, asked: ChangesAsked, status: int) -> HttpResponse:
    """The forms with what is wrong with them, and no change at all."""
    context = {
        "form": asked.form,
        "of_entries": asked.of_entries.form,
        "is_refused": True,
        "query": request.GET.urlencode(),
    }
    return render(request, "changes/changes.html", context, status=status)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest changes, of the same parameters as the page, as Atom."""
    asked = ChangesAsked(request.GET)
    if not asked.is_valid():
        return refusal(problems_as_text(asked.problems()))
    language = get_language()
    atom = Atom1Feed(
        title=_("What changed: domestic abuse perpetrator programmes in Wales"),
        link=settings.SITE_URL + _address("changes", asked.query),
        description=None,
        subtitle=_legible(_selection(asked)),
        language=language,
        feed_url=settings.SITE_URL + _address("changes-feed", asked.query),
        author_name=settings.PUBLISHER[language],
    )
    for happening in history.latest(asked.editions, IN_FEED):
        _add(atom, change_presenters.in_words(happening))
    return HttpResponse(atom.writeString("utf-8"), atom.content_type)


def _add(atom: Atom1Feed, told: InWords) -> None:
    atom.add_item(
        title=_legible(change_presenters.title(told)),
        link=settings.SITE_URL + _address("changes", _where(told)),
        # Atom1Feed says that a summary is HTML.
        description=escape(_legible(change_presenters.summary(told))),
        unique_id=told.id,
        updateddate=told.at,
        pubdate=told.at,
    )


def _legible(text: str) -> str:
    """Without the control characters that XML cannot hold: one of them would end the whole feed."""
    return NOT_IN_XML.sub(" ", text)


def _where(told: InWords) -> str:
    """Which changes show one: those of its day and, where it is of one, of its entry."""
    day = {"since": told.day.isoformat(), "until": told.day.isoformat()}
    entry = {} if isinstance(told, TogetherInWords) else {"entry": told.entry.address}
    return urlencode(day | entry, safe="/")


def _address(name: str, query: str) -> str:
    path = reverse(f"{get_language()}:{name}")
    return f"{path}?{query}" if query else path
