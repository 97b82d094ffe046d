"""Presenters of a selection: what was chosen, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.forms import labels_of
from forces.models import area_of
from programmes.domain.entry import Entry, sources_of
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.rows import DrawnRow
from programmes.presentation.text import coverage_note
from programmes.readings import AUTHORITY
from programmes.vocabulary import NOT_STATED, Attendance, Sort


@dataclass(frozen=True)
class Chip:
    """One thing that was chosen, and the selection without it as a query string."""

    group: str
    value: str
    query: str


def table(selection: ProgrammeFilterSet, rows: list[DrawnRow]) -> dict[str, Any]:
    """The rows of a page, in groups that have a heading each, and what the caption says of them."""
    by_area = selection.order == Sort.AREA and not place(selection)
    groups = groupby(rows, key=attrgetter("area") if by_area else lambda row: "")
    sources = sources_of(rows)
    years = {str(each.dated.year): "" for each in (sources[0], sources[-1])}
    return {
        "groups": [(area, list(rows)) for area, rows in groups],
        "funded_by": _("Funded by (%(years)s)") % {"years": "–".join(years)},
        "sources": sources,
        "checked": sum(row.is_checked for row in rows),
    }


def place(selection: ProgrammeFilterSet) -> str:
    """The name of the one police area that was chosen, or that of the council area chosen."""
    chosen = selection.chosen.get("area", [])
    if selection.authority and not chosen:
        return str(getattr(area_of(selection.authority), f"name_{get_language()}"))
    return areas(selection)[0] if len(chosen) == len(areas(selection)) == 1 else ""


def where(selection: ProgrammeFilterSet) -> str:
    """The name of the one place that was chosen: a police area or a council area."""
    return areas(selection)[0] if len(areas(selection)) == 1 else ""


def where_slug(selection: ProgrammeFilterSet) -> str:
    """The slug of the one council area or police area that was chosen."""
    chosen = selection.chosen.get("area", [])
    area = chosen[0] if len(chosen) == 1 and place(selection) else ""
    return area or (selection.authority if not chosen else "")


def heading(selection: ProgrammeFilterSet) -> str:
    if area := place(selection):
        return _("Programmes in the %(area)s police area") % {"area": area}
    return _("Programmes")


def count(found: int, total: int) -> str:
    if found < total:
        return _("%(found)d of %(total)d") % {"found": found, "total": total}
    return ngettext("%(number)d listing", "%(number)d listings", total) % {"number": total}


def notes(selection: ProgrammeFilterSet, attendance: dict[str, int]) -> Iterator[str]:
    """What is true of the whole list, a sentence each; `attendance` is term → number."""
    if whole := whole_area(selection):
        yield whole
    if list(attendance) == [Attendance.VOLUNTARY]:
        text = _("Attendance was listed as voluntary at all %(number)d.")
        yield text % {"number": attendance[Attendance.VOLUNTARY]}
    elif attendance:
        labels = labels_of(selection.form.fields["attendance"])
        numbers = [f"{labels[term]} {attendance[term]}" for term in labels if term in attendance]
        yield f"{group_label(selection, 'attendance')}: {', '.join(numbers)}."


def ways_in(elsewhere: list[Entry], by_self: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """What is left out for who asks alone, under the way in that it has."""
    lines = [
        (_("Reached through MARAC, the police or a court instead:"), elsewhere),
        (_("Listed as self-referral:"), by_self),
    ]
    return [(label, entries) for label, entries in lines if entries]


def chips(selection: ProgrammeFilterSet) -> list[Chip]:
    chosen = []
    if selection.words:
        query = selection.query_with({"q": []})
        chosen.append(Chip(_("Search"), f"“{selection.words}”", query))
    for name, values in selection.narrowing.items():
        for value in values:
            rest = [other for other in values if other != value]
            query = selection.query_with({name: rest})
            label = _value_label(selection, name, value)
            chosen.append(Chip(group_label(selection, name), label, query))
    if selection.day:
        query = selection.query_with({"as-at": []})
        chosen.append(Chip(_("As at the end of"), date_format(selection.day), query))
    return chosen


def in_words(selection: ProgrammeFilterSet) -> str:
    """The selection as a sentence, for readers who cannot see the form."""
    searched = [_in_words(_("Search"), [f"“{selection.words}”"])] if selection.words else []
    chosen = [chosen_in_words(selection, name) for name in selection.narrowing]
    sentences = [*(f"{part}." for part in (*searched, *chosen)), whole_area(selection)]
    return " ".join(filter(None, sentences)) or _("All programmes.")


def whole_area(selection: ProgrammeFilterSet) -> str:
    """That sources leave open whom of a force area a programme serves, for a local authority."""
    if not selection.authority:
        return ""
    area = area_of(selection.authority)
    counts = selection.everything.filter(area=area.slug).count_terms([AUTHORITY])
    return coverage_note(area, counts[AUTHORITY])


def chosen_in_words(selection: ProgrammeFilterSet, name: str) -> str:
    values = [_value_label(selection, name, value) for value in selection.narrowing[name]]
    return _in_words(group_label(selection, name), values)


def _in_words(group: str, values: list[str]) -> str:
    # Labels after a colon: in Welsh, "neu" and prepositions would change the words after them.
    words = {"group": group, "values": ", ".join(values)}
    if len(values) == 1:
        return _("%(group)s: %(values)s") % words
    return _("%(group)s, any of these: %(values)s") % words


def areas(selection: ProgrammeFilterSet) -> list[str]:
    """The force areas and council area chosen, for titles: two entries may have one name."""
    return [
        _value_label(selection, name, value)
        for name in ("area", AUTHORITY)
        for value in selection.chosen.get(name, [])
        if value != NOT_STATED
    ]


def group_label(selection: ProgrammeFilterSet, name: str) -> str:
    return str(selection.form.fields[name].label)


def _value_label(selection: ProgrammeFilterSet, name: str, value: str) -> str:
    return str(labels_of(selection.form.fields[name])[value])
