"""The page of Welsh beside English: what is missing, and what may be out of date."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from programmes.admin.entry_pages import EditorRequest, Page, entry_page, find_entries
from programmes.publishing.draft import entry_of
from programmes.publishing.translations import missing_texts, older_texts, problems_outside_entries


@entry_page("welsh/", of_all=True)
def welsh_page(request: EditorRequest) -> Page:
    """Texts of the entries that the editor sees, and those that entries share."""
    entries = [(each, entry_of(each)) for each in find_entries(request)]
    in_entries = ((each, [*missing_texts(e), *older_texts(e)]) for each, e in entries)
    shared = [(_page(row), row, [each]) for row, each in problems_outside_entries()]
    found = [each for each in shared if _may(request, "view", each[1])]
    own = [each for each in found if _may(request, "change", each[1])]
    return {
        "title": "Welsh beside English",
        "entries": [each for each in in_entries if each[-1]],
        "own": own,
        "others": [each for each in found if each not in own],
    }


def _may(request: HttpRequest, verb: str, row: Model) -> bool:
    page = admin.site.get_model_admin(type(row))
    allowed = getattr(page, f"has_{verb}_permission")(request, row)
    return allowed and page.get_object(request, str(row.pk)) is not None


def _page(row: Model) -> str:
    return reverse(admin_urlname(row._meta, "change"), args=[row.pk])  # type: ignore[arg-type]
