"""What became of the entries: a page that is filtered like the list, and a feed to follow."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.changes import history, presenters
from programmes.changes.forms import ChangeFilterSet
from programmes.downloads.tables import NOT_IN_XML, Table, entry_columns
from programmes.downloads.views import as_file, refusal
from programmes.listing.presenters import areas, in_words
from programmes.listing.provenance import licences
from programmes.models import Edition
from programmes.models.edition import ONE_DAY
from programmes.presentation.as_at import page_address

PER_PAGE = 20
IN_FEED = 50
IN_PART = 500
"""Editions of a file that are read at once: databases take so many parameters and no more."""


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    selection = ChangeFilterSet(request.GET)
    # Where something is wrong with the form, it stands there without any change.
    context, status = {"form": selection.form, "query": request.GET.urlencode()}, 400
    if selection.is_valid():
        try:
            number = selection.form.cleaned_data["page"] or 1
            context |= _context(selection, _pages(selection, PER_PAGE).page(number))
            status = 200
        except EmptyPage:
            selection.form.add_error("page", _("This list has no such page."))
            status = 404
    return render(request, "changes/changes.html", context, status=status)


def _context(selection: ChangeFilterSet, page: Page) -> dict[str, Any]:
    number = {"page": [str(page.number)]} if page.number > 1 else {}
    return {
        "filters": selection,
        "selection": _selection(selection),
        "areas": areas(selection),
        "page": page,
        "changes": _changes(selection, page),
        "counts": _counts(selection),
        "query": selection.query_with(number),
    }


def _selection(selection: ChangeFilterSet) -> str:
    entry = selection.entry
    of_list = in_words(selection) if selection.narrows or not entry else ""
    return " ".join(filter(None, (f"{presenters.named(entry)}." if entry else "", of_list)))


def _pages(selection: ChangeFilterSet, size: int) -> Paginator:
    """The editions that made changes, or the last of each entry that differs between two days."""
    editions, days = selection.qs, selection.between
    shown = history.told_once(editions, days[1]) if days else history.newest_first(editions)
    return Paginator(shown, size)


def _changes(selection: ChangeFilterSet, page: Page) -> list[presenters.ChangeInWords]:
    return list(map(presenters.change, history.changes_of(page, selection.between)))


def _counts(selection: ChangeFilterSet) -> list[str]:
    """How many were public at both ends of a period; nothing of one entry, or without a first."""
    since, until = selection.days
    if since is None or selection.entry:
        return []
    until = until or timezone.localdate()
    then, now = (
        selection.narrow(Edition.objects.as_at(day)).count_terms(["status"])["status"]
        for day in (since - ONE_DAY, until)
    )
    return presenters.counts(then, now, {"since": since, "until": until})


@require_safe
def changes_file(request: HttpRequest) -> HttpResponse:
    """All changes that the page would show on its pages, a row for each thing that changed."""
    selection = ChangeFilterSet(request.GET)
    if not selection.is_valid():
        return refusal(selection.form.problems())
    # As in all files, what is ours has one language, and each row its own address.
    with translation.override("en"):
        rows = [
            (each.edition.entry, row)
            for page in _pages(selection, IN_PART)
            for each in _changes(selection, page)
            for row in presenters.rows(each)
        ]
    table = Table("changes", (entry_columns(entry) | row for entry, row in rows))
    return as_file(request, table.as_csv(), timezone.localdate())


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest changes, of the same parameters as the page, as Atom."""
    selection = ChangeFilterSet(request.GET)
    if not selection.is_valid():
        return refusal(selection.form.problems())
    language = get_language()
    atom = Atom1Feed(
        title=_("What changed: domestic abuse perpetrator programmes in Wales"),
        link=settings.SITE_URL + page_address("changes", selection.query),
        description=None,
        subtitle=_legible(_selection(selection)),
        language=language,
        feed_url=settings.SITE_URL + page_address("changes-feed", selection.query),
        author_name=settings.PUBLISHER[language],
        feed_copyright=_("Our readings: %(name)s, %(path)s.") % settings.DATA_LICENCE,
    )
    for changed in history.changes_of(history.newest_first(selection.qs)[:IN_FEED]):
        change, day = presenters.change(changed), changed.day.isoformat()
        # Which changes show this one: those of its day and its entry.
        shown = {"since": day, "until": day, "entry": changed.after.address}
        atom.add_item(
            title=_legible(presenters.title(change)),
            link=settings.SITE_URL + page_address("changes", urlencode(shown, safe="/")),
            # Atom1Feed declares a summary to be HTML.
            description=escape(_legible(presenters.summary(change))),
            unique_id=presenters.identifier(change.edition),
            updateddate=change.edition.published_at,
            pubdate=change.edition.published_at,
            categories=[*changed.kinds, changed.after.area],
            item_copyright=licences(changed.after.entry.sources),
        )
    return HttpResponse(atom.writeString("utf-8"), atom.content_type)


def _legible(text: str) -> str:
    """Without the control characters that XML cannot hold: one of them would end the whole feed."""
    return NOT_IN_XML.sub(" ", text)
