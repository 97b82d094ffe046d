"""An entry, from which pages, spreadsheets and feeds are written. Plain Python, no Django.

It comes from an edition's document for the public, and from the working tables for a preview.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from programmes.domain.values import Bilingual, Document, PartialDate

NOT_STATED = "not-stated"
OTHER = "other"
STOPPED = "stopped"
TO_CONFIRM = ("referral_route", "eligibility", "status")
"""Fields of which each must be confirmed before an entry counts as checked."""

NO_CHECK: dict[str, Any] = {"last_checked": None, "check_outcome": ""}
NO_CHECK |= {"confirmed": (), "confirmed_on": {}, "told_in_writing": ()}


@dataclass(frozen=True)
class SourceDocument:
    slug: str
    kind: str
    title: Bilingual
    dated: datetime.date
    address: str = ""
    publisher: Bilingual = dataclasses.field(default_factory=Bilingual)
    licence: Bilingual = dataclasses.field(default_factory=Bilingual)


@dataclass(frozen=True)
class Quotation:
    """A source's words about one thing; empty for a blank cell."""

    id: int
    field: str
    words: str
    place: Bilingual
    source: SourceDocument
    basis: str
    in_table: bool = False
    words_cy: str = ""
    as_extracted: str = ""
    replaces: int | None = None
    link: str = ""
    words_cy_older: bool = dataclasses.field(default=False, compare=False)


@dataclass(frozen=True)
class Reading:
    """A term of ours and the quotation it rests on; no quotation where nothing is stated."""

    value: str = NOT_STATED
    rests_on: int | None = None


@dataclass(frozen=True)
class Referral:
    route: str
    rests_on: int
    usual: bool = False


@dataclass(frozen=True)
class Criterion:
    """`question:answer`, whether the entry takes it, and whether no other answer will do.

    A `former` one held in the past only: it is shown, and counts for nothing.
    """

    answer: str
    rests_on: int
    accepted: bool = True
    only: bool = False
    former: bool = False


@dataclass(frozen=True)
class Funding:
    funder: str
    period: str
    arrangement: str
    rests_on: int
    start: PartialDate | None = None
    end: PartialDate | None = None

    @property
    def former(self) -> bool:
        return self.period != "current"


@dataclass(frozen=True)
class Evaluation:
    state: str
    summary: Bilingual
    rests_on: int
    published: PartialDate | None = None


@dataclass(frozen=True)
class LaterDevelopment:
    """What tells the outcome of an expectation, by its key, with words of its own source."""

    id: int
    statement: Quotation
    when: PartialDate | None = None


@dataclass(frozen=True)
class Development:
    """What happened, or was expected and came about, or not; `subject` is of the wider system."""

    kind: str
    expected: bool
    summary: Bilingual
    rests_on: int
    when: PartialDate | None = None
    id: int | None = None
    subject: str = ""
    outcome: str = ""
    came_about: LaterDevelopment | None = None

    @property
    def is_background(self) -> bool:
        return self.kind == "background"


@dataclass(frozen=True)
class Authority:
    slug: str
    name: Bilingual


@dataclass(frozen=True)
class Coverage:
    authority: Authority
    rests_on: int


@dataclass(frozen=True)
class Involvement:
    role: str
    organisation: Bilingual
    rests_on: int
    page: str = ""
    uuid: str = ""


Row = Referral | Criterion | Funding | Evaluation | Development | Involvement | Coverage
"""A reading of which an entry may have several."""

FIELDS_OF_ROWS = {
    "referrals": "referral_route",
    "criteria": "eligibility",
    "fundings": "funding",
    "evaluations": "evaluation",
    "developments": "development",
    "involvements": "provider",
    "coverage": "coverage",
}
"""The rows of an entry → the field that they are read from."""


@dataclass(frozen=True)
class Contact:
    team: Bilingual
    audience: str
    source: SourceDocument
    checked_on: datetime.date
    page: str = ""
    email: str = ""
    phone: str = ""
    languages: str = NOT_STATED
    id: int | None = None


@dataclass(frozen=True)
class Entry(Document):
    """One programme in one force area, as its sources state it.

    `area` is the slug of its force area, None where no source names one. `readings` holds
    the single readings that are stated, by name. `last_checked`, `check_outcome` and `confirmed`
    are of the last verification in which somebody was reached; `confirmed_on` has the day of each
    field that one of them confirmed, and `told_in_writing` names those that the provider did.
    """

    uuid: str
    area: str | None
    area_name: Bilingual
    slug: str
    name: Bilingual
    summary: Bilingual
    stage: str
    readings: dict[str, Reading]
    routes_are_all: bool
    referrals: tuple[Referral, ...]
    criteria: tuple[Criterion, ...]
    fundings: tuple[Funding, ...]
    evaluations: tuple[Evaluation, ...]
    developments: tuple[Development, ...]
    involvements: tuple[Involvement, ...]
    contacts: tuple[Contact, ...]
    quotations: tuple[Quotation, ...]
    last_checked: datetime.date | None = None
    check_outcome: str = ""
    confirmed: tuple[str, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    confirmed_on: dict[str, datetime.date] = dataclasses.field(default_factory=dict)
    told_in_writing: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"{self.area_slug}/{self.slug}"

    @property
    def area_slug(self) -> str:
        return self.area or NOT_STATED

    def reading(self, name: str) -> Reading:
        return self.readings.get(name, Reading())

    def known(self, name: str) -> Reading:
        """A reading, or that the entry stopped, where a later verification says so."""
        reading = self.reading(name)
        has_stopped = name == "status" and self.check_outcome == STOPPED != reading.value
        return Reading(STOPPED) if has_stopped else reading

    @property
    def known_status(self) -> str:
        return self.known("status").value

    def quotation(self, rests_on: int | None) -> Quotation | None:
        return next((quotation for quotation in self.quotations if quotation.id == rests_on), None)

    def quotations_about(self, field: str) -> list[Quotation]:
        """The quotations about a field, and those its readings rest on; blank cells included."""
        rested_on = {reading.rests_on for reading in self.readings_about(field)}
        return [q for q in self.quotations if q.field == field or q.id in rested_on]

    def readings_about(self, field: str) -> list[Reading | Row]:
        single = [self.readings[field]] if field in self.readings else []
        rows = [name for name, about in FIELDS_OF_ROWS.items() if about == field]
        return [*single, *(row for name in rows for row in getattr(self, name))]

    def words(self, field: str) -> str:
        """A field as one text of standing words: cells of tables, else the sentences about it.

        A blank cell hides the sentences of its own source alone.
        """
        about = [q for q in self.quotations_about(field) if not self.replacement(q)]
        cells = [q for q in about if q.in_table and q.field == field]
        if stated := [cell.words for cell in cells if cell.words]:
            return "; ".join(dict.fromkeys(stated))
        tables = {cell.source.slug for cell in cells}
        return " ".join(q.words for q in about if q.source.slug not in tables)

    def replacement(self, quotation: Quotation) -> Quotation | None:
        return next((newer for newer in self.quotations if newer.replaces == quotation.id), None)

    @property
    def standing(self) -> list[Quotation]:
        replaced = {quotation.replaces for quotation in self.quotations}
        return [quotation for quotation in self.quotations if quotation.id not in replaced]

    @property
    def sources(self) -> list[SourceDocument]:
        sources = {quotation.source.slug: quotation.source for quotation in self.quotations}
        return sorted(sources.values(), key=lambda source: source.dated)

    @property
    def every_source(self) -> list[SourceDocument]:
        return [*self.sources, *(contact.source for contact in self.contacts)]

    @property
    def source(self) -> SourceDocument:
        return self.sources[0]

    @property
    def first_stated(self) -> datetime.date:
        return min(quotation.source.dated for quotation in self.standing)

    @property
    def last_stated(self) -> datetime.date:
        return max(quotation.source.dated for quotation in self.standing)

    @property
    def checked_on(self) -> datetime.date | None:
        """The day since which all of TO_CONFIRM are confirmed, or that of a recorded stop."""
        if self.check_outcome == STOPPED:
            return self.last_checked
        return None if self.unconfirmed else min(self.confirmed_on[f] for f in TO_CONFIRM)

    @property
    def unconfirmed(self) -> list[str]:
        """Those of TO_CONFIRM that nothing since their newest words confirms; a stop does so."""
        return [field for field in TO_CONFIRM if not self._is_confirmed(field)]

    def _is_confirmed(self, field: str) -> bool:
        day = self.confirmed_on.get(field)
        newer = (q for q in self.quotations_about(field) if day and q.source.dated > day)
        return self.check_outcome == STOPPED or (day is not None and not any(newer))

    @property
    def current_criteria(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if not criterion.former]

    @property
    def current_fundings(self) -> list[Funding]:
        return [funding for funding in self.fundings if not funding.former]

    def risk_levels(self) -> Iterator[str]:
        risk = [c for c in self.current_criteria if c.answer.startswith("risk:")]
        levels = [c.answer.removeprefix("risk:") for c in risk if c.accepted]
        yield from levels
        # "Not high risk" names no level, so it is a term of its own and never "medium, standard".
        if set(levels) <= {OTHER} and any(c.answer == "risk:high" for c in risk):
            yield "not-high"

    def authorities(self) -> tuple[str, ...]:
        return tuple(each.authority.slug for each in self.coverage) or (NOT_STATED,)

    @property
    def funding_ends(self) -> list[PartialDate]:
        return [funding.end for funding in self.current_fundings if funding.end]


def sources_of(entries: Iterable[Any]) -> list[SourceDocument]:
    sources = {source.slug: source for entry in entries for source in entry.sources}
    return sorted(sources.values(), key=lambda source: (source.dated, source.slug))


GROUPS = {
    "family:whole": "families",
    "children:yes": "parents",
    "relationship:continuing": "parents",
    "sex:man": "men",
    "stalking:yes": "stalking",
    "order:conditional-caution": "conditional-caution",
    "access:open": "open",
    "group:other": OTHER,
}
"""Which accepted answer makes an entry one for a client group."""
