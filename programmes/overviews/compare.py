"""Two to four entries side by side, what differs first: as a page, and as files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.domain.entry import Entry, sources_of
from programmes.downloads.views import Write, as_file, refusal
from programmes.listing.filters import select
from programmes.listing.provenance import Provenance, provenance
from programmes.models import Edition
from programmes.models.edition import ADDRESS
from programmes.overviews.matrix import MOST_SHOWN, grouped
from programmes.presentation.as_at import page_address
from programmes.presentation.developments import evaluations
from programmes.presentation.facts import Fact, facts
from programmes.presentation.text import name_and_area, word
from programmes.vocabulary import Field, Stage

MOST_COMPARED = 4


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    addresses, chosen, problem, status = _to_compare(request)
    editions = Edition.objects.current().order_by("area_position", "search_name")
    offered = [edition.entry for edition in editions[:MOST_SHOWN]]
    context: dict[str, Any] = {
        "problem": problem,
        "query": comparing(addresses),
        "readable": comparing(entry.address for entry in chosen[:MOST_COMPARED]),
        "chosen": chosen,
        "offered": [*chosen, *(entry for entry in offered if entry not in chosen)],
    }
    if len(chosen) > 1 and not problem:
        context |= {"comparison": comparison(chosen), "about": _of_these(chosen)}
    return render(request, "overviews/compare.html", context, status=status)


def compare_file(write: Write) -> Callable[[HttpRequest], HttpResponse]:
    """The compared entries as the list would download them."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        _addresses, chosen, problem, status = _to_compare(request)
        if problem or len(chosen) < 2:
            return refusal(problem or _("Choose at least two programmes."), max(status, 400))
        about = _of_these(chosen)
        return as_file(request, write(chosen, about), about.as_at)

    return view


def _to_compare(request: HttpRequest) -> tuple[list[str], list[Entry], str, int]:
    """The addresses asked for and their entries; what is wrong, and the status that says so."""
    asked = list(dict.fromkeys(filter(None, request.GET.getlist("programme"))))
    known = [address for address in asked if ADDRESS.fullmatch(address)][: MOST_COMPARED + 1]
    entries = {edition.address: edition.entry for edition in Edition.objects.current().at(known)}
    chosen = [entries[address] for address in known if address in entries]
    if len(asked) > MOST_COMPARED:
        return asked, chosen, _("Choose no more than four programmes."), 400
    if len(chosen) < len(asked):
        return asked, chosen, _("There is no such programme here."), 404
    return asked, chosen, "", 200


def comparing(addresses: Iterable[str]) -> str:
    return urlencode([("programme", address) for address in addresses], safe="/")


def _of_these(chosen: list[Entry]) -> Provenance:
    """What a comparison says of itself: the entries by name, since no filter chose them."""
    page = page_address("compare", comparing(entry.address for entry in chosen))
    about = provenance(select(""), sources_of(chosen), len(chosen), page)
    return replace(about, selection=f"{'; '.join(map(name_and_area, chosen))}.")


@dataclass(frozen=True)
class Row:
    """One thing, and what each entry states of it; no values means: not stated."""

    label: str
    cells: list[tuple[Entry, list[Any]]]

    @property
    def kind(self) -> str:
        """Silence is no agreement."""
        first, *others = (values for _entry, values in self.cells)
        if not any((first, *others)):
            return "silent"
        return "same" if all(each == first for each in others) else "differing"


def comparison(entries: list[Entry]) -> dict[str, list[Row]]:
    words = [row for row in _rows(entries, _words) if row.kind != "silent"]
    return grouped((row.kind, row) for row in _rows(entries, _readings)) | {"words": words}


Stated = dict[tuple[int, str], list[Any]]
"""The place of a row and its label → what one entry states."""
LAST = 99


def _rows(entries: list[Entry], read: Callable[[Entry], Stated]) -> list[Row]:
    found = [read(entry) for entry in entries]
    keys = sorted(dict.fromkeys(key for each in found for key in each), key=itemgetter(0))
    return [
        Row(key[1], [(e, of.get(key, [])) for e, of in zip(entries, found, strict=True)])
        for key in keys
    ]


def _facts(entry: Entry) -> Iterable[tuple[int, Fact]]:
    """Whether it runs comes first."""
    found = facts(entry, timezone.localdate())
    return enumerate(sorted(found, key=lambda fact: fact.id != Field.STATUS))


def _readings(entry: Entry) -> Stated:
    lines = {(n, line.label): [*line.values] for n, fact in _facts(entry) for line in fact.lines}
    lines[LAST, _("Stage")] = [word(Stage, entry.stage)]
    lines[LAST, _("Evaluation")] = [event.kind for event in evaluations(entry)]
    return lines


def _words(entry: Entry) -> Stated:
    """The mere name says no more than its column does."""
    words: Stated = {
        (n, fact.title): [each for each in fact.words if each.quotation.field != Field.PROGRAMME]
        for n, fact in _facts(entry)
    }
    words[LAST, _("Evaluation")] = [event.words for event in evaluations(entry)]
    return words
