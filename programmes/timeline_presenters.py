"""What happened and what was expected, in words and on a scale of time. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.entry import Bilingual, Entry, PartialDate
from programmes.presenters import Quoted, kind_of
from programmes.provision import Event
from programmes.vocabulary import DevelopmentKind, Precision
from programmes.wording import in_language, when

STOPS = (DevelopmentKind.STOP, DevelopmentKind.DECOMMISSIONING)


@dataclass(frozen=True)
class TimedEvent:
    """One development: when, where, what, whether it happened or was only expected."""

    when: str
    place: str
    entry: Entry | None
    kind: str
    expected: bool
    is_stop: bool
    summary: Bilingual
    words: Quoted


def timed_event(row: Event) -> TimedEvent:
    return TimedEvent(
        when=when(row.development.when),
        place=in_language(row.place) or _("Force area not stated"),
        entry=row.entry,
        kind=kind_of(row.development),
        expected=row.development.expected,
        is_stop=row.development.kind in STOPS and not row.development.expected,
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
