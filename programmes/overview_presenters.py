"""Puts words to the overviews: the matrix, money, evidence and time. Pure, as `presenters` is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.entry import NOT_STATED, Bilingual, Entry, PartialDate
from programmes.models import Edition
from programmes.presenters import Quoted, kind_of, unstated
from programmes.provision import Counts, Event, Evidence, Money, evidence, money
from programmes.vocabulary import (
    Arrangement,
    Dimension,
    EvaluationState,
    Funder,
    Longevity,
    Precision,
)
from programmes.wording import in_language, when, word, words

MOST_HATCHED = 5
MOST_COMPARED = 4


@dataclass(frozen=True)
class Cell:
    """A number that stands on its own: what it counts, of what, and which entries those are."""

    number: str
    of_what: str
    query: str
    hatching: int


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: list[Cell]
    compare: str


@dataclass(frozen=True)
class Area:
    """A force area as a column: its slug, its name, and how many entries it has."""

    slug: str
    name: str
    entries: int
    stated: str = ""
    """The month of the oldest facts counted, for cells that may be cut out of their page."""


def areas(names: dict[str, str], counts: Counts, entries: list[Entry]) -> list[Area]:
    """The force areas, one for entries that name none, and all of them together."""
    oldest = min((entry.source.dated for entry in entries), default=None)
    stated = date_format(oldest, "M Y") if oldest else ""
    numbers = {slug: counts.entries.get(slug, 0) for slug in names}
    known = [Area(slug, name, numbers[slug], stated) for slug, name in names.items()]
    unnamed = counts.entries.get(NOT_STATED, 0)
    rest = [Area(NOT_STATED, _("Force area not stated"), unnamed, stated)] if unnamed else []
    return [*known, *rest, Area("", _("All of Wales"), len(entries), stated)]


def area(of: ForceArea, entries: list[Entry]) -> Area:
    """A force area whose entries these are."""
    return Area(of.slug, getattr(of, f"name_{get_language()}"), len(entries))


def matrix(
    entries: list[Entry], counts: Counts, dimension: Dimension, areas: list[Area]
) -> list[MatrixRow]:
    """A row for each value and a last one for silence; a cell for each area, and for all."""
    return [
        MatrixRow(
            label=_label(dimension, value),
            cells=[_cell(counts, dimension, value, area) for area in areas],
            compare=_compare(entries, dimension, value),
        )
        for value in (*dimension.terms.values, NOT_STATED)
    ]


def comparing(addresses: Iterable[str]) -> str:
    """The query that compares entries by their addresses."""
    return urlencode([("programme", address) for address in addresses], safe="/")


def _label(dimension: Dimension, value: str) -> str:
    return _("Entries that do not say") if value == NOT_STATED else word(dimension.terms, value)


def _cell(counts: Counts, dimension: Dimension, value: str, area: Area) -> Cell:
    everywhere = not area.slug
    number = (
        sum(n for (_area, each), n in counts.by_area.items() if each == value)
        if everywhere
        else counts.of(area.slug, value)
    )
    chosen = {"stage": "community", dimension.name: value}
    if value == NOT_STATED:
        text = _("%(number)d of %(of)d do not say") % {"number": number, "of": area.entries}
        what = str(dimension.label)
    else:
        text = ngettext("%(number)d says so", "%(number)d say so", number) % {"number": number}
        what = _label(dimension, value)
    return Cell(
        number=text,
        of_what=_("%(what)s, %(area)s (entries: %(entries)d, %(date)s)")
        % {"what": what, "area": area.name, "entries": area.entries, "date": area.stated},
        query=urlencode(chosen if everywhere else {"area": area.slug, **chosen}),
        hatching=min(number, MOST_HATCHED),
    )


def _compare(entries: list[Entry], dimension: Dimension, value: str) -> str:
    """The query that compares the entries of a row, where they are few enough to compare."""
    found = [entry for entry in entries if value in entry.terms()[dimension.name]]
    if value == NOT_STATED or not 2 <= len(found) <= MOST_COMPARED:
        return ""
    return comparing(entry.address for entry in found)


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


@dataclass(frozen=True)
class EvidenceRow:
    entry: Entry
    state: str
    when: str
    summary: object
    words: Quoted


def evaluations(rows: Iterable[Evidence]) -> list[EvidenceRow]:
    found = []
    for row in rows:
        quotation = row.evaluation and row.entry.quotation(row.evaluation.rests_on)
        if row.evaluation and quotation:
            found.append(
                EvidenceRow(
                    entry=row.entry,
                    state=word(EvaluationState, row.evaluation.state),
                    when=when(row.evaluation.published),
                    summary=row.evaluation.summary,
                    words=Quoted(quotation, row.entry.replacement(quotation)),
                )
            )
    return found


@dataclass(frozen=True)
class TimedEvent:
    """One development: when, where, what, whether it happened or was only expected."""

    when: str
    place: str
    entry: Entry | None
    kind: str
    expected: bool
    summary: object
    words: Quoted


def timed_event(row: Event) -> TimedEvent:
    return TimedEvent(
        when=when(row.development.when),
        place=in_language(row.place) or _("Force area not stated"),
        entry=row.entry,
        kind=kind_of(row.development),
        expected=row.development.expected,
        summary=row.development.summary,
        words=Quoted(row.quotation, None),
    )


@dataclass(frozen=True)
class Mark:
    """A dated event, and where on a scale of time 320 units wide its date may be drawn.

    `left` and `width` are the period that the source's date leaves open.
    """

    event: TimedEvent
    left: int
    width: int

    @property
    def middle(self) -> int:
        return self.left + self.width // 2

    @property
    def words_before(self) -> bool:
        """Whether the date stands before its mark, since there is no room after it."""
        return self.middle > WIDTH // 2


@dataclass(frozen=True)
class Picture:
    """Dated events on one scale of time, and how many have no date to be drawn at."""

    marks: list[Mark]
    years: list[tuple[int, int]]
    undated: int


WIDTH, LEFT = 320, 12
MONTHS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 12, Precision.FINANCIAL_YEAR: 12}
"""How many months a date leaves open."""


def picture(rows: list[Event]) -> Picture:
    """From the first year to the end of the last."""
    dated = [(row.development.when, row) for row in rows if row.development.when]
    first = min((date.day.year for date, _row in dated), default=2023)
    last = max((date.day.year for date, _row in dated), default=first) + 1
    month = (WIDTH - 2 * LEFT) / (12 * (last - first))
    marks = [
        Mark(
            event=timed_event(row),
            left=round(LEFT + month * (12 * (date.day.year - first) + _months_in(date))),
            width=round(month * MONTHS[Precision(date.precision)]),
        )
        for date, row in dated
    ]
    years = [(round(LEFT + 12 * month * (year - first)), year) for year in range(first, last + 1)]
    return Picture(marks, years, len(rows) - len(marks))


def _months_in(date: PartialDate) -> float:
    return date.day.month - 1 + (date.day.day - 1) / 31


def named(entries: list[Entry]) -> str:
    """Entries by name and area, since two may have one name."""
    texts = [
        ", ".join(filter(None, (in_language(entry.name), in_language(entry.area_name))))
        for entry in entries
    ]
    return f"{'; '.join(texts)}."


def stated_by_none(entries: list[Entry]) -> list[str]:
    """What none of these entries states; it shrinks as editors fill it."""
    silences = [unstated(entry) for entry in entries]
    return [what for what in (silences[0] if silences else []) if all(what in s for s in silences)]


@dataclass(frozen=True)
class Choice:
    """An entry of a comparison, or one that could be added, and the query after that."""

    name: Bilingual
    area: str
    query: str


def chosen(entries: list[Entry]) -> list[Choice]:
    """What is compared, and the comparison without it."""
    return [
        Choice(
            entry.name,
            in_language(entry.area_name) or _("Force area not stated"),
            comparing(other.address for other in entries if other != entry),
        )
        for entry in entries
    ]


def offers(
    editions: Iterable[Edition], entries: list[Entry], areas: dict[str, str]
) -> list[Choice]:
    """What could be added to a comparison, and the comparison with it."""
    unnamed, taken = _("Force area not stated"), [entry.address for entry in entries]
    return [
        Choice(Bilingual(e.name), areas.get(e.area, unnamed), comparing([*taken, e.address]))
        for e in editions
        if e.address not in taken
    ]


def overview(entries: list[Entry], areas: list[Area]) -> dict[str, Any]:
    """What the pages of all Wales and of one force area both show."""
    by_area = money_by_area(money(entries), areas)
    return {
        "money": by_area,
        "no_end": not any(row.ends for area in by_area for row in area.rows),
        "evidence": evaluations(evidence(entries)),
        "unstated": stated_by_none(entries),
    }
