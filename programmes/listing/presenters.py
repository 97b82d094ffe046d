"""Presenters of a selection: what was chosen, in words."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.forms import labels_of
from forces.models import area_of
from programmes.listing.filters import ProgrammeFilterSet
from programmes.presentation.text import coverage_note
from programmes.readings import AUTHORITY
from programmes.vocabulary import NOT_STATED


@dataclass(frozen=True)
class Chip:
    """One thing that was chosen, and the selection without it as a query string."""

    group: str
    value: str
    query: str


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
    return " ".join(filter(None, sentences)) or _("All entries.")


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
