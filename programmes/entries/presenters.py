"""The page of one entry: facts, each quotation once, what to ask, what a report adds. Pure."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.entry import Entry, Quotation
from programmes.domain.overview_rows import events as placed
from programmes.presentation.developments import Event, developments, evaluations
from programmes.presentation.entry import unstated
from programmes.presentation.facts import Fact, Line, Value, facts, plain
from programmes.presentation.text import badge
from programmes.readings import stated_topics
from programmes.vocabulary import DevelopmentKind, Field, Funder, FundingPeriod, Status

Told = tuple[Event, Quotation | None]
"""An event, and its words where the page has not quoted them before."""


@dataclass(frozen=True)
class Row:
    """One thing about an entry: the source's words, and our terms where they say more."""

    id: str
    label: str
    lines: list[Line] = field(default_factory=list)
    words: list[Quotation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    silent: str = ""
    told: list[Told] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        return not (self.lines or self.words or self.told)


class OnceEach:
    """Hands out the standing words of an entry, each once, the newest first."""

    def __init__(self, entry: Entry) -> None:
        standing = [q for q in entry.standing if q.words and q.field != Field.PROGRAMME]
        by_age = sorted(standing, key=lambda q: q.source.dated, reverse=True)
        self.left = [q for q in by_age if not any(_is_part(q, of) for of in by_age)]

    def take(self, wanted: Iterable[int]) -> list[Quotation]:
        ids = set(wanted)
        taken = [q for q in self.left if q.id in ids]
        self.left = [q for q in self.left if q.id not in ids]
        return taken


def _is_part(quotation: Quotation, of: Quotation) -> bool:
    """Whether a sentence stands whole in a longer one of the same source."""
    in_text = not (quotation.in_table or of.in_table) and quotation.source == of.source
    return in_text and quotation.words != of.words and quotation.words in of.words


def entry_page(entry: Entry, today: datetime.date) -> dict[str, Any]:
    """Its facts, what a report adds that no fact quotes, words replaced since, and what to ask."""
    words = OnceEach(entry)
    return {
        "rows": rows(entry, today, words),
        "events": told(developments(placed([entry], ()), today), words),
        "sentences": [q for q in words.left if not q.in_table],
        "replaced": [q for q in entry.quotations if entry.replacement(q) and q.words],
        "tag": tag(entry),
        "office_role": office_role(entry),
    }


def rows(entry: Entry, today: datetime.date, words: OnceEach) -> list[Row]:
    """The facts in the order of the page; then, in one line, what else nobody says."""
    of = {fact.id: fact for fact in facts(entry, today)}
    known = [
        _row(_("Who could refer"), [of[Field.REFERRAL_ROUTE]], words),
        _row(_("Who it is for"), [of[Field.ELIGIBILITY]], words),
        _row(_("Attendance"), [of[Field.ATTENDANCE]], words),
        _row(_("Money and length"), [of[Field.FUNDING], of[Field.LONGEVITY]], words),
        Row("evaluation", _("Evaluation"), told=told(evaluations(entry), words)),
    ]
    running = _row(_("Running?"), [of[Field.STATUS]], words)
    # The band says once that we do not know.
    if entry.known_status != Status.LISTED or running.words or running.notes:
        known.append(running)
    if "service" in of:
        known.append(_row(_("The service"), [of["service"]], words))
    silent = unstated(stated_topics(entry))
    silent += [] if entry.coverage else [_("which council areas it covers")]
    return [*known, Row("unstated", _("Also not given"), notes=["; ".join(silent)])]


def _row(label: str, facts: list[Fact], words: OnceEach) -> Row:
    lines = [line for fact in facts for line in fact.lines]
    quoted = [w.quotation for fact in facts for w in fact.words]
    notes = [*(line.note for line in lines), *(fact.confirmed for fact in facts)]
    return Row(
        id=facts[0].id,
        label=label,
        lines=[each for each in lines if each.values and not says_the_same(each.values, quoted)],
        words=words.take(_in_row(facts)),
        notes=[*filter(None, notes)],
        silent=", ".join(each.label.lower() for each in lines if each.plain and not each.values),
    )


def _in_row(facts: list[Fact]) -> set[int]:
    """The words that a row quotes: the cells of a table, and the text of sources without one."""
    every = [(fact, words.quotation) for fact in facts for words in fact.words]
    tables = {q.source.slug for fact, q in every if q.in_table and q.field == fact.id}
    return {q.id for _fact, q in every if q.in_table or q.source.slug not in tables}


def says_the_same(values: Iterable[Value], quotations: Iterable[Quotation]) -> bool:
    """Whether every word of our terms begins a word of the source: “Annual”, “Annually”."""
    said = re.findall(r"\w+", " ".join(quotation.words for quotation in quotations).lower())
    ours = re.findall(r"\w+", " ".join(map(plain, values)).lower())
    return all(any(word.startswith(own) for word in said) for own in ours)


def told(events: list[Event], words: OnceEach) -> list[Told]:
    return [(e, next(iter(words.take([e.words.quotation.id])), None)) for e in events]


def tag(entry: Entry) -> str:
    """Its badge; of what was decommissioned and can still be bought, both."""
    kinds = {development.kind for development in entry.developments}
    if DevelopmentKind.DECOMMISSIONING in kinds and entry.known_status == Status.SPOT_PURCHASE:
        return _("Decommissioned; bought case by case")
    return badge(entry)


def office_role(entry: Entry) -> str:
    """What the PCC's office has to do with an entry, as far as a source says."""
    periods = {funding.period for funding in entry.fundings if funding.funder == Funder.PCC}
    if FundingPeriod.CURRENT in periods:
        return _("The PCC is named as a funder.")
    if FundingPeriod.FORMER in periods:
        return _("The PCC’s office is named as a former commissioner.")
    return _("This office may know who runs the programme. It is not named as a funder.")
