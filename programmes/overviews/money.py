"""Who funds what, alone or jointly, in a picture and a table for each force area. Pure."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.entry import NOT_STATED, Entry
from programmes.listing.results import Counts
from programmes.overviews.matrix import Area, totals
from programmes.presentation.facts import Value, term_words
from programmes.presentation.text import when, word, words
from programmes.vocabulary import Arrangement, Funder

Silence = tuple[int, int]
"""How many of some entries name no funder, and how many these are."""

SQUARE, MOST_SQUARES = 22, 14
"""In a picture 320 units wide: a square with its gap, and how many of them fit."""


def money_by_area(
    entries: list[Entry], funders: Counts, coverage: Counts, areas: list[Area]
) -> list[dict[str, Any]]:
    """`funders` and `coverage` count all of an area; `entries` are those shown one by one."""
    return [
        {
            "name": area.name,
            "entries": area.entries,
            "bars": _bars(funders[area.slug], coverage.get(area.slug, {})),
            "rows": [(each, _columns(each)) for each in entries if each.area_slug == area.slug],
        }
        for area in areas
        if area.slug in funders
    ]


def money_summary(
    entries: list[Entry], funders: Counts, coverage: Counts, number: int, community: Silence | None
) -> dict[str, Any]:
    """Of `number` entries, some of them of the `community`; counts are as in `money_by_area`."""
    ends = [
        (entry, end)
        for entry in entries
        for end in dict.fromkeys(f.end for f in entry.fundings if f.end and f.period == "current")
    ]
    ends.sort(key=lambda each: each[1].day)
    return {
        "entries": number,
        "silent": _silent((totals(funders)[NOT_STATED], number), community),
        "ending": totals(coverage)["funding-end"],
        "ends": [(entry, when(end)) for entry, end in ends],
    }


def _silent(all_: Silence, community: Silence | None) -> list[tuple[str, int, int]]:
    """Of all of them or, where there are other than community entries, of the two kinds apart."""
    if community is None or community[1] == all_[1]:
        return [("", *all_)]
    others = (all_[0] - community[0], all_[1] - community[1])
    return [(_("community:"), *community), (_("others:"), *others)]


def _bars(funders: dict[str, int], coverage: dict[str, int]) -> list[dict[str, Any]]:
    """A bar for each current funder, and one for entries that name none."""
    shown = [funder for funder in (*Funder.values, NOT_STATED) if funder in funders]
    # A row of squares that stopped at the edge would belie the number beside it.
    drawn = all(funders[funder] <= MOST_SQUARES for funder in shown)
    return [
        {
            "label": _("No funder stated") if funder == NOT_STATED else word(Funder, funder),
            "total": funders[funder],
            "jointly": (jointly := coverage.get(f"joint:{funder}", 0)),
            "squares": _squares(funder, funders[funder], jointly) if drawn else [],
        }
        for funder in shown
    ]


def _squares(funder: str, total: int, jointly: int) -> list[tuple[str, int]]:
    """One for each entry: funded alone, jointly, or with no funder stated; and where it stands."""
    alone = "silent" if funder == NOT_STATED else "alone"
    kinds = [alone] * (total - jointly) + ["joint"] * jointly
    return [(kind, SQUARE * number) for number, kind in enumerate(kinds)]


def _columns(entry: Entry) -> list[tuple[str, Sequence[Value]]]:
    """Who pays for an entry, how, and for how long, each with its heading for a phone."""
    current = [funding for funding in entry.fundings if funding.period == "current"]
    former = [funding.funder for funding in entry.fundings if funding.period != "current"]
    return [
        (_("Funder, on that date"), term_words(entry, "funder")),
        (_("Arrangement"), words(Arrangement, [funding.arrangement for funding in current])),
        (_("Former funder or commissioner"), words(Funder, former)),
        (_("How long, as stated"), term_words(entry, "longevity")),
        (_("Funded until"), [when(funding.end) for funding in current if funding.end]),
    ]
