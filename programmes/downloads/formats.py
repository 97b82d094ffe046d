"""The formats of downloads, and a download as a response."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse

from programmes.domain.entry import Entry
from programmes.downloads import entry_tables
from programmes.downloads.tables import Table
from programmes.downloads.workbook import as_xlsx
from programmes.listing.provenance import Provenance


@dataclass(frozen=True)
class Format:
    media_type: str
    write: Callable[[list[Entry], Provenance], bytes]

    def file(self, path: str, entries: list[Entry], about: Provenance) -> HttpResponse:
        return as_file(path, self.write(entries, about), self.media_type, about.as_at)


def _csv(table: Callable[[list[Entry]], Table]) -> Format:
    return Format("text/csv; charset=utf-8", lambda entries, _about: table(entries).as_csv())


CSV = _csv(entry_tables.programmes)
STATEMENTS = _csv(entry_tables.statements)
READINGS = _csv(entry_tables.readings)
XLSX = Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx)
JSON = Format("application/json", entry_tables.list_as_json)


def as_file(path: str, content: bytes, media_type: str, day: date) -> HttpResponse:
    """A download named for its address and its day.

    Without a `Link`: readers of CSV on the Web take whatever it names for the table's metadata.
    """
    name, _dot, suffix = path.rpartition("/")[2].partition(".")
    named = f'attachment; filename="{name}-{day}.{suffix}"'
    return HttpResponse(content, media_type, headers={"Content-Disposition": named})


def refusal(why: str | list[dict[str, Any]], status: int = 400) -> HttpResponse:
    """Why a file is not given, in words: whoever asks for one does not see the form."""
    if not isinstance(why, str):
        lines = (f"{e['parameter']}: {e['message']} {', '.join(e['values'])}" for e in why)
        why = "\n".join(map(str.rstrip, lines))
    return HttpResponse(why, "text/plain; charset=utf-8", status=status)
