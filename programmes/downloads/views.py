"""What can be taken away: the files of the list, and the page that explains all files."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.domain.entry import Entry, sources_of
from programmes.downloads import data_dictionary, entry_tables
from programmes.downloads.tables import Row, Table
from programmes.downloads.workbook import as_xlsx
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.provenance import Provenance, provenance
from programmes.presentation import structured_data

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the suffix of an address."""

Write = Callable[[list[Entry], Provenance], bytes]
"""Makes a file of entries and what is said of them all."""


def _csv(name: str, rows: Callable[[list[Entry]], Iterable[Row]]) -> Write:
    return lambda entries, _about: Table(name, rows(entries)).as_csv()


CSV = _csv("programmes", entry_tables.programmes)
STATEMENTS = _csv("statements", entry_tables.statements)
READINGS = _csv("readings", entry_tables.readings)
XLSX, JSON = as_xlsx, entry_tables.list_as_json


def as_file(request: HttpRequest, content: bytes, day: date) -> HttpResponse:
    """A download named for its address and its day.

    Without a `Link`: readers of CSV on the Web take whatever it names for the table's metadata.
    """
    name, _dot, suffix = request.path.rpartition("/")[2].partition(".")
    named = f'attachment; filename="{name}-{day}.{suffix}"'
    return HttpResponse(content, MEDIA_TYPES[suffix], headers={"Content-Disposition": named})


def refusal(why: str | list[dict[str, Any]], status: int = 400) -> HttpResponse:
    """Why a file is not given, in words: whoever asks for one does not see the form."""
    if not isinstance(why, str):
        lines = (f"{e['parameter']}: {e['message']} {', '.join(e['values'])}" for e in why)
        why = "\n".join(map(str.rstrip, lines))
    return HttpResponse(why, MEDIA_TYPES["txt"], status=status)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    tables = [(f"{name}-csv", "text/csv") for name in data_dictionary.FILES]
    lists = [(f"programmes-{suffix}", MEDIA_TYPES[suffix]) for suffix in ("json", "xlsx")]
    context = {
        "files": data_dictionary.titles(),
        "columns": data_dictionary.columns(),
        "codes": data_dictionary.codes(),
        "licence": settings.DATA_LICENCE,
        "structured": structured_data.dataset([*tables, *lists]),
        "today": timezone.localdate(),
    }
    return render(request, "downloads/data.html", context)


@require_safe
def package(request: HttpRequest) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(data_dictionary.data_package()), MEDIA_TYPES["json"])


def download(write: Write) -> Callable[[HttpRequest], HttpResponse]:
    """The list as a file: the same query and entries, all its pages at once."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection = ProgrammeFilterSet(request.GET)
        if not selection.is_valid():
            if write is JSON:
                errors = msgspec.json.encode({"errors": selection.form.problems()})
                return HttpResponse(errors, MEDIA_TYPES["json"], status=400)
            return refusal(selection.form.problems())
        entries = [edition.entry for edition in selection.qs]
        about = provenance(selection, sources_of(entries), len(entries))
        return as_file(request, write(entries, about), about.as_at)

    return view
