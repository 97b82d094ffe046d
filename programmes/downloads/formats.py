"""The formats of downloads, and a download as a response."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from programmes.domain.entry import Entry
from programmes.downloads import entry_tables
from programmes.downloads.tables import Row, Table
from programmes.downloads.workbook import as_xlsx
from programmes.listing.provenance import Provenance

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
