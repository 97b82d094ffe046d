"""Who funded what, and for how long: funders down, lengths across, programmes named. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.domain.entry import NOT_STATED, Entry
from programmes.overviews.forms import SHOWN
from programmes.overviews.matrix import Column, Row, figure, grouped, mention
from programmes.presentation.facts import in_other_words, plain, term_words
from programmes.presentation.text import area_name, when, words
from programmes.readings import terms
from programmes.vocabulary import Arrangement, Funder

FUNDER, LONGEVITY = SHOWN["funder"], SHOWN["longevity"]
FUNDS = (Arrangement.GRANT, Arrangement.NAMED_FUND)
"""Arrangements that may have a name of their own, which is told in the source's words."""


def money(funders: Iterable[Row]) -> dict[str, Any]:
    rows = list(funders)
    found = {code for row in rows for code in row.found}
    columns = [Column(code, label) for code, label in LONGEVITY.choices if code in found]
    return figure(rows, columns, "longevity")


def funders(entries: list[Entry]) -> Iterator[Row]:
    """A row for those who fund together, in the order of the vocabulary; silence comes last."""
    codes, names = {e.uuid: terms(e) for e in entries}, Counter(e.name.en for e in entries)
    order = [code for code, _label in FUNDER.choices]
    by_funder = sorted(entries, key=lambda e: [order.index(c) for c in codes[e.uuid]["funder"]])
    for (label, quoted), here in grouped((_funders(e), e) for e in by_funder).items():
        wide = len({e.area for e in here}) > 1
        named = ((e, area_name(e) if wide or names[e.name.en] > 1 else "") for e in here)
        found = grouped(
            (codes[e.uuid]["longevity"][0], mention(e, "longevity", note=_note(e), place=place))
            for e, place in named
        )
        silent = codes[here[0].uuid]["funder"] == (NOT_STATED,)
        yield Row(label, found, kind="silent" if silent else "", quoted=quoted)


def money_summary(longevity: Mapping[str, int], total: int, ending: int) -> str:
    """How many are annual, also those that were to change, and how many give an end date."""
    moving = longevity.get("annual-to-multi-year", 0)
    annual = longevity.get("annual", 0) + moving
    said = ngettext(
        "%(annual)d of %(total)d is described as annual",
        "%(annual)d of %(total)d are described as annual",
        annual,
    )
    ends = ngettext("%(ends)d gives an end date", "%(ends)d give an end date", ending)
    if moving:
        said = f"{said}, {_('%(moving)d of them moving towards multi-year')}"
    parts = [said, ends if ending else _("no end date is given for any")]
    numbers = {"annual": annual, "total": total, "ends": ending, "moving": moving}
    return "; ".join(parts) % numbers + "."


def _funders(entry: Entry) -> tuple[str, bool]:
    """Our terms or, of a fund with a name, the source's words; and whether it is these."""
    current = entry.current_fundings
    quotations = [entry.quotation(f.rests_on) for f in current if f.arrangement in FUNDS]
    if fund := " ".join(dict.fromkeys(q.words for q in quotations if q)):
        return f"“{fund}”", True
    ours = ", ".join(map(plain, term_words(entry, "funder")))
    return ours or _("No funder given"), bool(in_other_words(entry, "funder"))


def _note(entry: Entry) -> str:
    """Who funded it before the present funder, and until when it is funded."""
    current = entry.current_fundings
    former = words(Funder, [f.funder for f in entry.fundings if f.former])
    taken_over = former and any(f.funder != NOT_STATED for f in current)
    is_first = any(f.arrangement == Arrangement.SUCCESSOR for f in current)
    said = _("originally: %(who)s") if is_first else _("formerly: %(who)s")
    notes = [said % {"who": ", ".join(former)}] if taken_over else []
    ends = dict.fromkeys(map(when, entry.funding_ends))
    return "; ".join([*notes, *(_("until %(date)s") % {"date": end} for end in ends)])
