"""Who funds what, alone or jointly, in a picture and a table for each force area. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.entry import NOT_STATED, Entry
from programmes.matrix_presenters import Area
from programmes.provision import Money
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
    y: int

    @property
    def words_at(self) -> int:
        """Where there is room for words after the squares."""
        return SQUARE * len(self.squares) + 6


@dataclass(frozen=True)
class AreaMoney:
    name: str
    bars: list[Bar]
    rows: list[MoneyRow]

    @property
    def height(self) -> int:
        return BAR * len(self.bars)


BAR, SQUARE, MOST_SQUARES = 52, 22, 14
"""In a picture 320 units wide: a bar's height, a square with its gap, and how many of them fit."""


def money_by_area(rows: list[Money], areas: list[Area]) -> list[AreaMoney]:
    return [
        AreaMoney(area.name, _bars(here), _money_rows(here))
        for area in areas
        if (here := [row for row in rows if row.entry.area_slug == area.slug])
    ]


def _bars(rows: list[Money]) -> list[Bar]:
    """A bar for each current funder, and one for entries that name none."""
    current = [row for row in rows if row.is_current]
    funders = [f for f in (*Funder.values, NOT_STATED) if any(row.funder == f for row in current)]
    return [
        _bar(funder, [row for row in current if row.funder == funder], BAR * number)
        for number, funder in enumerate(funders)
    ]


def _bar(funder: str, rows: list[Money], y: int) -> Bar:
    silent = funder == NOT_STATED
    jointly = sum(row.arrangement == Arrangement.JOINT for row in rows)
    kinds = ["silent" if silent else "alone"] * (len(rows) - jointly) + ["joint"] * jointly
    return Bar(
        label=_("No funder stated") if silent else word(Funder, funder),
        total=len(rows),
        jointly=jointly,
        squares=[Square(kind, SQUARE * n) for n, kind in enumerate(kinds[:MOST_SQUARES])],
        y=y,
    )


def _money_rows(rows: list[Money]) -> list[MoneyRow]:
    entries = {row.entry.uuid: row.entry for row in rows}
    return [_money_row(entry) for entry in entries.values()]


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
