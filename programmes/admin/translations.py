"""Welsh beside English: what is missing, and what may be out of date."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from programmes.admin.entry_pages import OfOneEntry
from programmes.domain.entry import Entry
from programmes.publishing.draft import entry_of
from programmes.publishing.translations import (
    NAMES,
    Text,
    missing,
    missing_texts,
    older,
    older_texts,
    texts_of,
    texts_of_no_entry,
)


@dataclass
class Tally:
    """Of one kind of text: how many there are, and how many the page has to say something of."""

    what: str
    texts: int = 0
    in_welsh: int = 0
    missing: int = 0
    older: int = 0

    def add(self, text: Text) -> None:
        self.texts += 1
        self.in_welsh += bool(text.text.cy)
        self.missing += bool(text.lacks)
        self.older += text.text.cy_older


def tallies(texts: Iterable[Text]) -> list[Tally]:
    """By kind; a text that several entries share is one text, and a blank one is none."""
    each = {(text.what, text.key): text for text in texts}
    found: dict[str, Tally] = {}
    for text in each.values():
        if len(text.missing) < len(NAMES):
            found.setdefault(text.what, Tally(text.what)).add(text)
    return sorted(found.values(), key=lambda tally: tally.what)


class Parity(OfOneEntry):
    """The page, beside the list of entries; of entries it tells those of the editor's areas."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.welsh_view)
        return [path("welsh/", view, name="programmes_programme_welsh"), *super().get_urls()]

    def welsh_view(self, request: HttpRequest) -> HttpResponse:
        self.demand(self.has_view_permission(request))
        entries = [(each, entry_of(each)) for each in self.get_queryset(request)]
        of_none = list(texts_of_no_entry())
        texts = chain(*(texts_of(entry) for _programme, entry in entries))
        context = {
            **self.admin_site.each_context(request),
            "title": "Welsh beside English",
            "tallies": tallies(chain(texts, (text for _row, text in of_none))),
            "entries": [(each, found) for each, entry in entries if (found := _of_entry(entry))],
            "others": [(_page(row), row, found) for row, text in of_none if (found := _of(text))],
            "opts": self.opts,
        }
        return render(request, "admin/programmes/programme/welsh.html", context)


def _of_entry(entry: Entry) -> list[str]:
    return [*missing_texts(entry), *older_texts(entry)]


def _of(text: Text) -> list[str]:
    return [*missing(text), *older(text)]


def _page(row: Model) -> str:
    return reverse(f"admin:programmes_{row._meta.model_name}_change", args=[row.pk])
