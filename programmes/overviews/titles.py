"""Titles of the page of provision: the answer of each comparison, for any numbers. Pure."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from programmes.domain.entry import NOT_STATED
from programmes.readings import Dimension
from programmes.vocabulary import Longevity, Risk, Route

COUNTED: dict[str, tuple[str, ...]] = {
    "risk": (Risk.HIGH,),
    "route": (Route.SELF,),
    "longevity": (Longevity.ANNUAL, Longevity.ANNUAL_TO_MULTI_YEAR),
}
"""The values that a title counts; of another dimension it counts whatever is stated."""

# In Welsh the verb stands first: it is part of `programmes`, and these go on from there.
SAID = {
    "risk": ngettext_lazy(
        "%(programmes)s is listed for high risk",
        "%(programmes)s are listed for high risk",
        "number",
    ),
    "route": ngettext_lazy(
        "%(programmes)s is listed as taking self-referrals",
        "%(programmes)s are listed as taking self-referrals",
        "number",
    ),
    "funder": ngettext_lazy(
        "%(programmes)s names a funder", "%(programmes)s name a funder", "number"
    ),
    "longevity": ngettext_lazy(
        "%(programmes)s is described as annual",
        "%(programmes)s are described as annual",
        "number",
    ),
    "evaluation": ngettext_lazy(
        "%(programmes)s is described as evaluated",
        "%(programmes)s are described as evaluated",
        "number",
    ),
    "": ngettext_lazy("%(programmes)s says: %(what)s", "%(programmes)s say: %(what)s", "number"),
}
UNSAID = {
    "risk": ngettext_lazy("%(silent)s gives no risk level", "%(silent)s give no risk level", "of"),
    "route": ngettext_lazy(
        "%(silent)s does not say who could refer", "%(silent)s do not say who could refer", "of"
    ),
    "longevity": ngettext_lazy("%(silent)s gives no length", "%(silent)s give no length", "of"),
    "evaluation": ngettext_lazy("%(silent)s is not", "%(silent)s are not", "of"),
    "": ngettext_lazy("%(silent)s does not", "%(silent)s do not", "of"),
}


def title(dimension: Dimension, numbers: dict[str, int], total: int) -> str:
    """`numbers` are those of entries by value."""
    if not total:
        return _("No community programme is published here")
    silent = numbers.get(NOT_STATED, 0)
    counted = COUNTED.get(dimension.name)
    number = sum(numbers.get(value, 0) for value in counted) if counted else total - silent
    said, unsaid = (each.get(dimension.name, each[""]) for each in (SAID, UNSAID))
    words = {"programmes": _programmes(number, total), "what": dimension.label}
    parts = [said % {"number": number or 1, **words}]
    if silent:
        parts.append(unsaid % {"of": silent, "silent": _in_words(silent)})
    return capfirst("; ".join(parts))


def _programmes(number: int, total: int) -> str:
    if not number:
        return _("no community programme")
    if total == 1:
        return _("one community programme")
    numbers = {"number": _in_words(number), "total": total}
    return _("%(number)s of %(total)d community programmes") % numbers


def _in_words(number: int) -> str:
    words = pgettext("of programmes", "one two three four five six seven eight nine ten").split()
    return words[number - 1] if number <= len(words) else str(number)
