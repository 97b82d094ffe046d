"""The page of Welsh beside English: what is missing, and what may be out of date."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from accounts.areas import open_areas
from forces.models import ForceArea
from programmes.admin.entry_pages import EditorRequest, Page, entry_page, find_entries
from programmes.models import Organisation, Source
from programmes.publishing.draft import entry_of
from programmes.publishing.translations import missing_texts, older_texts, problems_outside_entries


@entry_page("welsh/", of_all=True)
def welsh_page(request: EditorRequest) -> Page:
    """Texts of the entries that the editor sees, and those that entries share."""
    entries = [(each, entry_of(each)) for each in find_entries(request)]
    in_entries = ((each, [*missing_texts(e), *older_texts(e)]) for each, e in entries)
    areas, shared = open_areas(request), problems_outside_entries()
    found = [(_page(row), row, [problem]) for row, problem in shared if _is_open(row, areas)]
    own = [each for each in found if _may_change(request, each[1])]
    return {
        "title": "Welsh beside English",
        "entries": [each for each in in_entries if each[-1]],
        "own": own,
        "others": [each for each in found if each not in own],
    }


def _may_change(request: HttpRequest, row: Model) -> bool:
    page = admin.site._registry.get(type(row))
    return page is not None and page.has_change_permission(request, row)


def _is_open(row: Model, areas: frozenset[int] | None) -> bool:
    """Developments of no entry, and their words, are open to whoever sees all of Wales."""
    if areas is None or isinstance(row, ForceArea):
        return areas is None or row.pk in areas
    return isinstance(row, Source | Organisation)


def _page(row: Model) -> str:
    return reverse(admin_urlname(row._meta, "change"), args=[row.pk])  # type: ignore[arg-type]
