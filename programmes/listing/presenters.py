"""Presenters of a selection: what was chosen, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.forms import labels_of
from forces.gazetteer import gazetteer
from programmes.domain.entry import sources_of
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.rows import DrawnRow
from programmes.presentation.text import coverage_note
from programmes.readings import AUTHORITY
from programmes.vocabulary import NOT_STATED, Attendance, Sort


@dataclass(frozen=True)
class Choice:
    """What was chosen in one parameter: its label, and the labels of the values."""

    name: str
    group: str
    labels: dict[str, str]

    def __str__(self) -> str:
        # Labels after a colon: in Welsh, "neu" and prepositions would change the words after them.
        words = {"group": self.group, "values": ", ".join(self.labels.values())}
        if len(self.labels) == 1:
            return _("%(group)s: %(values)s") % words
        return _("%(group)s, any of these: %(values)s") % words


def table(selection: ProgrammeFilterSet, rows: list[DrawnRow]) -> dict[str, Any]:
    by_area = selection.order == Sort.AREA and not selection.location
    groups = groupby(rows, key=attrgetter("area") if by_area else lambda row: "")
    sources = sources_of(rows)
    years = {str(each.dated.year): "" for each in (sources[0], sources[-1])}
    return {
        "groups": [(area, list(rows)) for area, rows in groups],
        "funded_by": _("Funded by (%(years)s)") % {"years": "–".join(years)},
        "sources": sources,
        "checked": sum(row.is_checked for row in rows),
    }


def heading(selection: ProgrammeFilterSet) -> str:
    if location := selection.location:
        return _("Programmes in the %(area)s police area") % {"area": location.area.name}
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
        number = attendance[Attendance.VOLUNTARY]
        every = _("Attendance was listed as voluntary at all %(number)d.") % {"number": number}
        yield every if number > 1 else _("Attendance was listed as voluntary.")
    elif attendance:
        field = selection.form.fields["attendance"]
        known = ((label, attendance.get(term)) for term, label in labels_of(field).items())
        numbers = ", ".join(f"{label} {number}" for label, number in known if number)
        yield f"{field.label}: {numbers}."


def choices(selection: ProgrammeFilterSet) -> list[Choice]:
    words = {selection.words: f"“{selection.words}”"}
    chosen = [Choice("q", _("Search"), words)] if selection.words else []
    for name, values in selection.chosen.items():
        field = selection.form.fields[name]
        labels = labels_of(field)
        chosen.append(Choice(name, str(field.label), {each: str(labels[each]) for each in values}))
    return chosen


def chips(selection: ProgrammeFilterSet, chosen: list[Choice]) -> Iterator[dict[str, str]]:
    """Each thing that was chosen, and the selection without it as a query string."""
    for each in chosen:
        for value, label in each.labels.items():
            rest = [other for other in each.labels if other != value]
            query = selection.query_with({each.name: rest})
            yield {"group": each.group, "value": label, "query": query}
    if selection.day:
        shown = {"group": _("As at the end of"), "value": date_format(selection.day)}
        yield shown | {"query": selection.query_now}


def in_words(selection: ProgrammeFilterSet) -> str:
    """The selection as a sentence, for readers who cannot see the form."""
    sentences = [*(f"{each}." for each in choices(selection)), whole_area(selection)]
    return " ".join(filter(None, sentences)) or _("All programmes.")


def whole_area(selection: ProgrammeFilterSet) -> str:
    """That sources leave open whom of a force area a programme serves, for a local authority."""
    if not selection.authority:
        return ""
    area = gazetteer().locations[selection.authority].area
    counts = selection.everything.filter(area=area.slug).count_terms([AUTHORITY])
    return coverage_note(area, counts[AUTHORITY])


def areas(selection: ProgrammeFilterSet) -> list[str]:
    """The force areas and council area chosen, for titles: two entries may have one name."""
    named = (each.labels for each in choices(selection) if each.name in ("area", AUTHORITY))
    return [label for labels in named for value, label in labels.items() if value != NOT_STATED]
