"""Who funds what, alone or jointly, in a picture and a table for each force area. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.entry import NOT_STATED, Entry
from programmes.listing.results import Counts
from programmes.overviews.matrix import Area, totals
from programmes.presentation.text import when, word, words
from programmes.vocabulary import Arrangement, Funder, Longevity


@dataclass(frozen=True)
class MoneyRow:
    """Who pays for one entry, how, and for how long, as far as it is stated."""

    entry: Entry
    funders: list[str]
    how: list[str]
    former: list[str]
    how_long: list[str]
    ends: list[str]

    @property
    def columns(self) -> list[tuple[str, list[str]]]:
        """What stands in each column beside the name, with its heading for a phone."""
        return [
            (_("Funder, on that date"), self.funders),
            (_("Arrangement"), self.how),
            (_("Former funder"), self.former),
            (_("How long, as stated"), self.how_long),
            (_("Funded until"), self.ends),
        ]


@dataclass(frozen=True)
class Silence:
    """How many of some entries name no funder."""

    number: int
    entries: int


@dataclass(frozen=True)
class MoneySummary:
    """Of some entries, how many name no funder, and how many give an end: those, where shown."""

    entries: int
    silent: list[tuple[str, Silence]]
    """All of them, or, where there are other than community entries, the two kinds apart."""
    ending: int
    ends: list[tuple[Entry, str]]


@dataclass(frozen=True)
class Square:
    """One entry in the picture: funded alone, jointly, or with no funder stated."""

    kind: str
    x: int


@dataclass(frozen=True)
class Bar:
    """In one area, the entries of one funder: so many in all, so many of them jointly."""

    label: str
    total: int
    jointly: int
    squares: list[Square]
    """One for each entry, or none where an area has more than fit."""


@dataclass(frozen=True)
class AreaMoney:
    name: str
    entries: int
    bars: list[Bar]
    rows: list[MoneyRow]


SQUARE, MOST_SQUARES = 22, 14
"""In a picture 320 units wide: a square with its gap, and how many of them fit."""


def money_by_area(
    entries: list[Entry], funders: Counts, coverage: Counts, areas: list[Area]
) -> list[AreaMoney]:
    """`funders` and `coverage` count all of an area; `entries` are those told one by one."""
    return [
        AreaMoney(
            name=area.name,
            entries=area.entries,
            bars=_bars(funders[area.slug], coverage.get(area.slug, {})),
            rows=[_money_row(entry) for entry in entries if entry.area_slug == area.slug],
        )
        for area in areas
        if area.slug in funders
    ]


def money_summary(
    entries: list[Entry], funders: Counts, coverage: Counts, number: int, community: Silence | None
) -> MoneySummary:
    """Of `number` entries, some of them of the `community`; counts are as in `money_by_area`."""
    ends = [
        (entry, end)
        for entry in entries
        for end in dict.fromkeys(f.end for f in entry.fundings if f.end and f.period == "current")
    ]
    ends.sort(key=lambda each: each[1].day)
    return MoneySummary(
        entries=number,
        silent=_silent(Silence(totals(funders)[NOT_STATED], number), community),
        ending=totals(coverage)["funding-end"],
        ends=[(entry, when(end)) for entry, end in ends],
    )


def _silent(all_: Silence, community: Silence | None) -> list[tuple[str, Silence]]:
    if community is None or community.entries == all_.entries:
        return [("", all_)]
    others = Silence(all_.number - community.number, all_.entries - community.entries)
    return [(_("community:"), community), (_("others:"), others)]


def _bars(funders: dict[str, int], coverage: dict[str, int]) -> list[Bar]:
    """A bar for each current funder, and one for entries that name none."""
    shown = [funder for funder in (*Funder.values, NOT_STATED) if funder in funders]
    # A row of squares that stopped at the edge would belie the number beside it.
    drawn = all(funders[funder] <= MOST_SQUARES for funder in shown)
    return [
        _bar(funder, funders[funder], coverage.get(f"joint:{funder}", 0), drawn) for funder in shown
    ]


def _bar(funder: str, total: int, jointly: int, drawn: bool) -> Bar:
    silent = funder == NOT_STATED
    kinds = ["silent" if silent else "alone"] * (total - jointly) + ["joint"] * jointly
    return Bar(
        label=_("No funder stated") if silent else word(Funder, funder),
        total=total,
        jointly=jointly,
        squares=[Square(kind, SQUARE * n) for n, kind in enumerate(kinds)] if drawn else [],
    )


def _money_row(entry: Entry) -> MoneyRow:
    current = [funding for funding in entry.fundings if funding.period == "current"]
    former = [funding.funder for funding in entry.fundings if funding.period != "current"]
    return MoneyRow(
        entry=entry,
        funders=words(Funder, [funding.funder for funding in current]),
        how=words(Arrangement, [funding.arrangement for funding in current]),
        former=words(Funder, former),
        how_long=words(Longevity, [entry.reading("longevity").value]),
        ends=[when(funding.end) for funding in current if funding.end],
    )
