"""Presenters of the result of a referral check, for a professional or for the person. Pure."""

import datetime
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.briefing import Briefing
from programmes.domain.checks import checked_on
from programmes.domain.eligibility import (
    SELF,
    Case,
    Question,
    RouteOutcome,
    Verdict,
    VerdictGroup,
)
from programmes.domain.entry import Entry, SourceDocument, sources_of
from programmes.presentation.entry import Ask, asks
from programmes.presentation.facts import Line, Quoted, involved
from programmes.presentation.text import words
from programmes.referral_check.reasons import reasons
from programmes.vocabulary import Answer, Audience, DeliveryLanguage, Field, Status

HEADINGS = {
    VerdictGroup.MATCH: gettext_lazy("Match your answers (%(when)s details)"),
    VerdictGroup.ELSEWHERE: gettext_lazy("Another way in: MARAC, the police or a court"),
    VerdictGroup.ASK: gettext_lazy("Ask first: not enough is known"),
    VerdictGroup.NO: gettext_lazy("Do not match your answers"),
    VerdictGroup.STOPPED: gettext_lazy("Reported as stopped"),
}
TAKING_SELF_REFERRALS = gettext_lazy("Listed as taking self-referrals")
ANOTHER_WAY_IN_TO_SELF = gettext_lazy("Another way in: an agency, the police or a court")


@dataclass(frozen=True)
class Reasoned:
    """A reason and the words it rests on, but for those that an earlier one quotes."""

    text: str
    quotations: list[Quoted]


@dataclass(frozen=True)
class EntryResult:
    """One entry in a result; `quotations` has the words that no reason quotes."""

    entry: Entry
    reasons: list[Reasoned]
    quotations: list[Quoted]
    involved: list[Line]
    contacts: list[Ask]

    @property
    def anchor(self) -> str:
        return f"{self.entry.area_slug}-{self.entry.slug}"


@dataclass(frozen=True)
class ResultGroup:
    code: VerdictGroup
    heading: str
    rows: list[EntryResult]


@dataclass(frozen=True)
class Result:
    """The result of a check. `offices` are for entries without a contact for the reader, `ages` has
    what is stated about age, on which there is no question."""

    groups: list[ResultGroup]
    asked_about: tuple[EntryResult, str] | None
    to_self: bool
    warn: bool
    no_match: bool
    offices: list[Briefing]
    sources: list[SourceDocument]
    checked: int
    entries: int
    ages: list[tuple[EntryResult, str]]
    unstated: list[str]


def result(
    by_group: dict[VerdictGroup, list[Verdict]],
    case: Case,
    offices: list[Briefing],
    programme: Entry | None,
    today: datetime.date,
) -> Result:
    """`programme` is the entry that the case is checked against, if any."""
    to_self = case.referrer == SELF
    groups = list(_groups(by_group, case, today))
    rows = [row for group in groups for row in group.rows]
    entries = [row.entry for row in rows]
    pairs = ((row, group.heading) for group in groups for row in group.rows)
    return Result(
        groups=groups,
        asked_about=next((pair for pair in pairs if pair[0].entry == programme), None),
        to_self=to_self,
        warn=not to_self and case.answer(Question.RISK) in (None, "high"),
        no_match=not (to_self or by_group[VerdictGroup.MATCH]),
        offices=_offices(offices, entries, _audience(case)),
        sources=sources_of(entries),
        checked=sum(checked_on(entry) is not None for entry in entries),
        entries=len(entries),
        ages=[(row, "; ".join(age)) for row in rows if (age := _age(row.entry))],
        unstated=_unstated(entries, case),
    )


def _groups(
    by_group: dict[VerdictGroup, list[Verdict]], case: Case, today: datetime.date
) -> Iterator[ResultGroup]:
    """Groups that have entries."""
    for code, verdicts in by_group.items():
        for heading, part in _parts(code, verdicts, case):
            if part:
                when = _months(sources_of(verdict.entry for verdict in part))
                rows = [_entry_result(verdict, case, today) for verdict in part]
                yield ResultGroup(code, str(heading) % {"when": when}, rows)


def _parts(
    code: VerdictGroup, verdicts: list[Verdict], case: Case
) -> Iterator[tuple[object, list[Verdict]]]:
    """A group as one part; for the person, what takes self-referrals apart from what may not."""
    if case.referrer == SELF and code is VerdictGroup.ASK:
        taking = [each for each in verdicts if each.route.outcome is RouteOutcome.OPEN]
        yield TAKING_SELF_REFERRALS, taking
        verdicts = verdicts[len(taking) :]  # routes that are open come first
    to_self = case.referrer == SELF and code is VerdictGroup.ELSEWHERE
    yield ANOTHER_WAY_IN_TO_SELF if to_self else HEADINGS[code], verdicts


def _months(sources: list[SourceDocument]) -> str:
    ends = (sources[0].dated, sources[-1].dated)
    return " – ".join(dict.fromkeys(date_format(day, "F Y") for day in ends))


def _entry_result(verdict: Verdict, case: Case, today: datetime.date) -> EntryResult:
    entry = verdict.entry
    quoted: set[int] = set()
    reasoned = []
    for reason in dict.fromkeys(reasons(verdict, case)):
        reasoned.append(Reasoned(reason.text, _quoted(entry, reason.rests_on, without=quoted)))
        quoted |= {*reason.rests_on}
    return EntryResult(
        entry=entry,
        reasons=reasoned,
        quotations=_quoted(entry, _quotation_ids(entry), without=quoted),
        involved=involved(entry),
        contacts=asks(entry, today, first=_audience(case)),
    )


def _audience(case: Case) -> Audience:
    return Audience.SELF if case.referrer == SELF else Audience.PROFESSIONALS


def _offices(offices: list[Briefing], entries: list[Entry], audience: Audience) -> list[Briefing]:
    """Offices of areas that have an entry without a contact, or no entry."""
    areas = {entry.area for entry in entries}
    without = {
        entry.area
        for entry in entries
        if not any(contact.audience == audience for contact in entry.contacts)
    }
    return [o for o in offices if o.area in without or o.area not in areas]


def _age(entry: Entry) -> list[str]:
    return words(Answer, [c.answer for c in entry.current_criteria if c.answer.startswith("age:")])


def _quotation_ids(entry: Entry) -> list[int]:
    """The quotations on how to refer, whom it is for and whether it runs; blank cells too."""
    fields = [Field.REFERRAL_ROUTE, Field.ELIGIBILITY]
    if entry.known_status != Status.LISTED:
        fields.append(Field.STATUS)
    return [q.id for field in fields for q in entry.quotations_about(field)]


def _quoted(entry: Entry, ids: Iterable[int], without: Container[int]) -> list[Quoted]:
    quotations = (entry.quotation(each) for each in dict.fromkeys(ids) if each not in without)
    return [Quoted(each, entry.replacement(each)) for each in quotations if each]


def _accepted(entries: Iterable[Entry]) -> set[str]:
    return {c.answer for entry in entries for c in entry.current_criteria if c.accepted}


def _unstated(entries: list[Entry], case: Case) -> list[str]:
    """What none of these entries states, and whoever has a case would want to know."""
    answers = _accepted(entries)
    topics = {answer.partition(":")[0] for answer in answers}
    in_welsh = {DeliveryLanguage.WELSH, DeliveryLanguage.BOTH}
    asked = {
        _("a risk level"): case.referrer == SELF or Question.RISK in topics,
        _("that it is for stalking"): case.answer(Question.STALKING) != "yes"
        or Question.STALKING in topics,
        _("that it serves women"): Answer.WOMAN in answers,
        _("that it works in Welsh"): any(
            entry.reading("delivery_language").value in in_welsh for entry in entries
        ),
    }
    # The directory has no term for these yet, so nothing can state them.
    never = [_("that it serves LGBT+ people"), _("that it serves people under 18")]
    return [what for what, stated in asked.items() if not stated] + never
