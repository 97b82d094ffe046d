"""The matrix of provision: force areas across, values down, each cell fit to stand alone. Pure."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.compare_presenters import MOST_COMPARED, comparing
from programmes.entry import NOT_STATED, Entry
from programmes.found import Counts, Found
from programmes.vocabulary import Dimension
from programmes.wording import word

MOST_HATCHED = 5


@dataclass(frozen=True)
class Cell:
    """A number that stands on its own: what it counts, of what, and which entries those are."""

    number: str
    of_what: str
    query: str
    hatching: int


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: list[Cell]
    compare: str


@dataclass(frozen=True)
class Area:
    """A force area as a column: its slug, its name, and how many entries it has."""

    slug: str
    name: str
    entries: int
    stated: str = ""
    """The month of the oldest facts counted, for cells that may be cut out of their page."""


def areas(names: dict[str, str], listed: Found, oldest: date | None) -> list[Area]:
    """The force areas, one for entries that name none, and all of them together.

    `oldest` is the day of the oldest facts counted.
    """
    numbers = {area: here[area] for area, here in listed.by_area("area").items()}
    stated = date_format(oldest, "M Y") if oldest else ""
    known = [Area(slug, name, numbers.get(slug, 0), stated) for slug, name in names.items()]
    unnamed = numbers.get(NOT_STATED, 0)
    rest = [Area(NOT_STATED, _("Force area not stated"), unnamed, stated)] if unnamed else []
    return [*known, *rest, Area("", _("All of Wales"), len(listed), stated)]


def area(of: ForceArea, entries: int) -> Area:
    return Area(of.slug, getattr(of, f"name_{get_language()}"), entries)


def matrix(
    told: list[Entry], counts: Counts, dimension: Dimension, areas: list[Area]
) -> list[MatrixRow]:
    """A row for each value and a last one for silence; a cell for each area, and for all.

    `told` are the entries told one by one, which can be compared.
    """
    return [
        MatrixRow(
            label=_label(dimension, value),
            cells=[_cell(counts, dimension, value, area) for area in areas],
            compare=_compare(told, dimension, value),
        )
        for value in (*dimension.terms.values, NOT_STATED)
    ]


def _label(dimension: Dimension, value: str) -> str:
    return _("Entries that do not say") if value == NOT_STATED else word(dimension.terms, value)


def _cell(counts: Counts, dimension: Dimension, value: str, area: Area) -> Cell:
    everywhere = not area.slug
    here = counts.values() if everywhere else [counts.get(area.slug, {})]
    number = sum(values.get(value, 0) for values in here)
    chosen = {"stage": "community", dimension.name: value}
    if value == NOT_STATED:
        text = _("%(number)d of %(of)d do not say") % {"number": number, "of": area.entries}
        what = str(dimension.label)
    else:
        text = ngettext("%(number)d says so", "%(number)d say so", number) % {"number": number}
        what = _label(dimension, value)
    return Cell(
        number=text,
        of_what=_("%(what)s, %(area)s (entries: %(entries)d, %(date)s)")
        % {"what": what, "area": area.name, "entries": area.entries, "date": area.stated},
        query=urlencode(chosen if everywhere else {"area": area.slug, **chosen}),
        hatching=min(number, MOST_HATCHED),
    )


def _compare(entries: list[Entry], dimension: Dimension, value: str) -> str:
    """The query that compares the entries of a row, where they are few enough to compare."""
    found = [entry for entry in entries if value in entry.terms()[dimension.name]]
    if value == NOT_STATED or not 2 <= len(found) <= MOST_COMPARED:
        return ""
    return comparing(entry.address for entry in found)
