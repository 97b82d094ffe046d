"""Puts words to a selection: what was chosen, and what else could be found. Queries nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from core.forms import labels_of
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.suggestions import FilterToDrop, ValueToAdd
from programmes.vocabulary import NOT_STATED, Risk


@dataclass(frozen=True)
class Chip:
    """One thing that was chosen, and the selection without it as a query string."""

    group: str
    value: str
    query: str


@dataclass(frozen=True)
class Suggestion:
    """A sentence that says what another selection would find, and that selection."""

    text: str
    query: str


def chips(selection: ProgrammeFilterSet) -> list[Chip]:
    found = []
    if selection.words:
        query = selection.query_with({"q": []})
        found.append(Chip(_("Search"), f"“{selection.words}”", query))
    for name, values in selection.chosen.items():
        for value in values:
            rest = [other for other in values if other != value]
            query = selection.query_with({name: rest})
            found.append(Chip(_group(selection, name), _label(selection, name, value), query))
    if selection.day:
        query = selection.query_with({"as-at": []})
        found.append(Chip(_("As at the end of"), date_format(selection.day), query))
    return found


def in_words(selection: ProgrammeFilterSet) -> str:
    """The selection as a sentence, for readers who cannot see the form."""
    searched = [_in_words(_("Search"), [f"“{selection.words}”"])] if selection.words else []
    chosen = [_chosen_in_words(selection, name) for name in selection.chosen]
    return " ".join(f"{part}." for part in (*searched, *chosen)) or _("All entries.")


def _chosen_in_words(selection: ProgrammeFilterSet, name: str) -> str:
    values = [_label(selection, name, value) for value in selection.chosen[name]]
    return _in_words(_group(selection, name), values)


def _in_words(group: str, values: list[str]) -> str:
    # Labels after a colon: in Welsh, "neu" and prepositions would change the words after them.
    words = {"group": group, "values": ", ".join(values)}
    if len(values) == 1:
        return _("%(group)s: %(values)s") % words
    return _("%(group)s, any of these: %(values)s") % words


def areas(selection: ProgrammeFilterSet) -> list[str]:
    """The force areas chosen, for titles: two entries may have one name."""
    return [
        _label(selection, "area", v) for v in selection.chosen.get("area", []) if v != NOT_STATED
    ]


def _group(selection: ProgrammeFilterSet, name: str) -> str:
    return str(selection.form.fields[name].label)


def _label(selection: ProgrammeFilterSet, name: str, value: str) -> str:
    return str(labels_of(selection.form.fields[name])[value])


LEFT_OUT = {
    ("area", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because its force area is not stated: include it",
        "%(number)d more are left out only because their force area is not stated: include them",
        "number",
    ),
    ("route", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because it does not state a referral route: include it",
        "%(number)d more are left out only because they do not state a referral route: include "
        "them",
        "number",
    ),
    ("risk", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because it does not state a risk level: include it",
        "%(number)d more are left out only because they do not state a risk level: include them",
        "number",
    ),
    ("risk", Risk.NOT_HIGH): ngettext_lazy(
        "%(number)d more says only “not high risk”: include it",
        "%(number)d more say only “not high risk”: include them",
        "number",
    ),
    ("group", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because it names no client group: include it",
        "%(number)d more are left out only because they name no client group: include them",
        "number",
    ),
    ("attendance", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because it does not state attendance: include it",
        "%(number)d more are left out only because they do not state attendance: include them",
        "number",
    ),
    ("funder", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because it states no funder on that date: include it",
        "%(number)d more are left out only because they state no funder on that date: include them",
        "number",
    ),
    ("longevity", NOT_STATED): ngettext_lazy(
        "%(number)d more is left out only because it does not state for how long: include it",
        "%(number)d more are left out only because they do not state for how long: include them",
        "number",
    ),
}
"""What to say of entries left out for a value of a dimension, each a whole sentence."""

LEFT_OUT_FOR_SILENCE = ngettext_lazy(
    "%(number)d more is left out only because this is not stated (%(what)s): include it",
    "%(number)d more are left out only because this is not stated (%(what)s): include them",
    "number",
)
"""Of dimensions that have no sentence of their own."""


def suggest_adding(selection: ProgrammeFilterSet, values: Iterable[ValueToAdd]) -> list[Suggestion]:
    return [Suggestion(_left_out_in_words(selection, each), each.query) for each in values]


def _left_out_in_words(selection: ProgrammeFilterSet, each: ValueToAdd) -> str:
    sentence = LEFT_OUT.get((each.dimension, each.value), LEFT_OUT_FOR_SILENCE)
    return sentence % {"number": each.number, "what": _group(selection, each.dimension)}


def suggest_dropping(
    selection: ProgrammeFilterSet, filters: Iterable[FilterToDrop]
) -> list[Suggestion]:
    return [Suggestion(_without_in_words(selection, each), each.query) for each in filters]


def _without_in_words(selection: ProgrammeFilterSet, each: FilterToDrop) -> str:
    filter_ = _("Search") if each.name == "q" else _chosen_in_words(selection, each.name)
    return ngettext(
        "%(number)d entry without the filter “%(filter)s”",
        "%(number)d entries without the filter “%(filter)s”",
        each.number,
    ) % {"filter": filter_, "number": each.number}
