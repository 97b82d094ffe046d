"""Who funds what, alone or jointly, in a picture and a table for each force area. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.entry import NOT_STATED, Entry
from programmes.found import Counts
from programmes.matrix_presenters import Area
from programmes.vocabulary import Arrangement, Funder, Longevity
from programmes.wording import when, word, words


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


@dataclass(frozen=True)
class AreaMoney:
    name: str
    entries: int
    bars: list[Bar]
    rows: list[MoneyRow]


SQUARE, MOST_SQUARES = 22, 14
"""In a picture 320 units wide: a square with its gap, and how many of them fit."""


def money_by_area(
    entries: list[Entry], funders: Counts, told: Counts, areas: list[Area]
) -> list[AreaMoney]:
    """`funders` and `told` count all entries of each area; `entries` are those told one by one."""
    return [
        AreaMoney(
            name=area.name,
            entries=area.entries,
            bars=_bars(funders[area.slug], told.get(area.slug, {})),
            rows=[_money_row(entry) for entry in entries if entry.area_slug == area.slug],
        )
        for area in areas
        if area.slug in funders
    ]


def _bars(funders: dict[str, int], told: dict[str, int]) -> list[Bar]:
    """A bar for each current funder, and one for entries that name none."""
    shown = [funder for funder in (*Funder.values, NOT_STATED) if funder in funders]
    return [_bar(funder, funders[funder], told.get(f"joint:{funder}", 0)) for funder in shown]


def _bar(funder: str, total: int, jointly: int) -> Bar:
    silent = funder == NOT_STATED
    kinds = ["silent" if silent else "alone"] * (total - jointly) + ["joint"] * jointly
    return Bar(
        label=_("No funder stated") if silent else word(Funder, funder),
        total=total,
        jointly=jointly,
        squares=[Square(kind, SQUARE * n) for n, kind in enumerate(kinds[:MOST_SQUARES])],
    )


def _money_row(entry: Entry) -> MoneyRow:
    current = [funding for funding in entry.fundings if funding.period == "current"]
    former = [funding.funder for funding in entry.fundings if funding.period != "current"]
    return MoneyRow(
        entry=entry,
        funders=words(Funder, [funding.funder for funding in current]),
        how=words(Arrangement, [funding.arrangement for funding in current]),
        former=words(Funder, former),
        how_long=words(Longevity, [entry.longevity.value]),
        ends=[when(funding.end) for funding in current if funding.end],
    )
