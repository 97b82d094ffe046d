"""Presenters of the result of a referral check, for a professional or for the person. Pure."""

import datetime
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.briefing import Briefing
from programmes.domain.checks import checked_on
from programmes.domain.eligibility import (
    Case,
    Outcome,
    Question,
    Referrer,
    RouteFinding,
    RouteOutcome,
    Verdict,
    VerdictGroup,
    may_be_asked,
)
from programmes.domain.entry import Entry, SourceDocument, sources_of
from programmes.presentation.entry import Ask, asks
from programmes.presentation.facts import Line, Quoted, involved
from programmes.presentation.text import badge, word, words
from programmes.referral_check.reasons import AGENCIES, TOPICS, why
from programmes.vocabulary import Answer, Audience, DeliveryLanguage, Field, Route, Status


class Place(StrEnum):
    """A section of the page, in this order: the verdict's groups, with two more.

    NOT_COMPARED fitted only because nothing was compared; CLOSED has what neither the person nor an
    agency for them can ask for.
    """

    FITTED = "fitted"
    NOT_COMPARED = "not-compared"
    SOMEONE_ELSE_REFERS = "someone-else-refers"
    ASK_FIRST = "ask-first"
    CLOSED = "closed"
    DOES_NOT_FIT = "does-not-fit"
    NOT_RUNNING = "not-running"


HEADINGS = {
    Place.FITTED: gettext_lazy("Fitted what was stated, %(when)s"),
    Place.NOT_COMPARED: gettext_lazy("Not compared with any answer"),
    Place.SOMEONE_ELSE_REFERS: gettext_lazy("May fit, but someone else makes the referral"),
    Place.ASK_FIRST: gettext_lazy("Too little is stated: ask first"),
    Place.DOES_NOT_FIT: gettext_lazy("Something stated does not fit"),
    Place.NOT_RUNNING: gettext_lazy("Stopped, or not confirmed as started, when last stated"),
}
HEADINGS_TO_SELF = HEADINGS | {
    Place.FITTED: gettext_lazy("You can ask for yourself, as stated, %(when)s"),
    Place.SOMEONE_ELSE_REFERS: gettext_lazy("An agency could ask for you"),
    Place.CLOSED: gettext_lazy("You cannot ask for these yourself"),
}
TO_BE_ASKED = (Place.FITTED, Place.ASK_FIRST)


@dataclass(frozen=True)
class EntryResult:
    """One entry in a result; `first` has the lines that are shown before the others."""

    entry: Entry
    badge: str
    why: list[str]
    decided_by: list[Quoted]
    first: list[Line]
    lines: list[Line]
    quotations: list[Quoted]
    refers: str
    involved: list[Line]
    contacts: list[Ask]

    @property
    def anchor(self) -> str:
        return f"{self.entry.area_slug}-{self.entry.slug}"


@dataclass(frozen=True)
class ResultGroup:
    place: Place
    heading: str
    rows: list[EntryResult]

    @property
    def by_name(self) -> bool:
        """Whether its entries are named at the top of the page."""
        return self.place in (*TO_BE_ASKED, Place.SOMEONE_ELSE_REFERS)


@dataclass(frozen=True)
class Result:
    """The result of a check. `offices` are for entries without a contact for the reader, `ages` has
    what is stated about age, on which there is no question."""

    groups: list[ResultGroup]
    asked_about: tuple[EntryResult, str] | None
    to_self: bool
    warn: bool
    nothing_compared: bool
    nothing_fitted: bool
    offices: list[Briefing]
    sources: list[SourceDocument]
    checked: int
    entries: int
    ages: list[tuple[EntryResult, str]]
    with_caution: list[EntryResult]
    unstated: list[str]


def result(
    by_group: dict[VerdictGroup, list[Verdict]],
    case: Case,
    offices: list[Briefing],
    programme: Entry | None,
    today: datetime.date,
) -> Result:
    """`programme` is the entry that the case is checked against, if any."""
    to_self = case.referrer == Referrer.SELF
    groups = list(_groups(by_group, case, today))
    rows = [row for group in groups for row in group.rows]
    entries = [row.entry for row in rows]
    pairs = ((row, group.heading) for group in groups for row in group.rows)
    fitted = any(group.place == Place.FITTED for group in groups)
    return Result(
        groups=groups,
        asked_about=next((pair for pair in pairs if pair[0].entry == programme), None),
        to_self=to_self,
        warn=not to_self and case.answer(Question.RISK) in (None, "high"),
        nothing_compared=case == Case(),
        nothing_fitted=case != Case() and (not fitted or case.answer(Question.WILLING) == "no"),
        offices=_offices(offices, entries, _audience(case)),
        sources=sources_of(entries),
        checked=sum(checked_on(entry) is not None for entry in entries),
        entries=len(entries),
        ages=[(row, "; ".join(age)) for row in rows if (age := _age(row.entry))],
        with_caution=[row for row in rows if Answer.CONDITIONAL_CAUTION in _accepted([row.entry])],
        unstated=_unstated(entries, case),
    )


def _groups(
    by_group: dict[VerdictGroup, list[Verdict]], case: Case, today: datetime.date
) -> Iterator[ResultGroup]:
    """Groups that have entries; the entries that fit most come first."""
    placed: dict[Place, list[Verdict]] = {place: [] for place in Place}
    for verdicts in by_group.values():
        for verdict in verdicts:
            placed[_place(verdict, case)].append(verdict)
    headings = HEADINGS_TO_SELF if case.referrer == Referrer.SELF else HEADINGS
    for place, verdicts in placed.items():
        if place == Place.FITTED:
            verdicts.sort(key=_fits, reverse=True)
        if verdicts:
            when = _months(sources_of(verdict.entry for verdict in verdicts))
            heading = str(headings[place]) % {"when": when}
            yield ResultGroup(
                place, heading, [_entry_result(each, case, today) for each in verdicts]
            )


def _place(verdict: Verdict, case: Case) -> Place:
    group, route = verdict.group, verdict.route
    is_usable = route.outcome == RouteOutcome.USABLE
    if group == VerdictGroup.FITTED and not _fits(verdict) and not is_usable:
        return Place.NOT_COMPARED
    others = (VerdictGroup.SOMEONE_ELSE_REFERS, VerdictGroup.ASK_FIRST)
    if group in others and _is_closed(route, case):
        return Place.CLOSED
    return Place[group.name]


def _fits(verdict: Verdict) -> int:
    return sum(finding.outcome == Outcome.FITS for finding in verdict.findings)


def _is_closed(route: RouteFinding, case: Case) -> bool:
    """Whether neither the person nor an agency can refer, as stated."""
    others = case.referrer == Referrer.SELF and route.outcome == RouteOutcome.SOMEONE_ELSE_REFERS
    return others and route.routes_are_all and not AGENCIES & set(route.routes)


def _months(sources: list[SourceDocument]) -> str:
    ends = (sources[0].dated, sources[-1].dated)
    return " – ".join(dict.fromkeys(date_format(day, "F Y") for day in ends))


def _entry_result(verdict: Verdict, case: Case, today: datetime.date) -> EntryResult:
    entry = verdict.entry
    place = _place(verdict, case)
    # The person reads of MARAC only in the source's words, and not first.
    grounds = () if place == Place.CLOSED else verdict.decided_by
    decided_by = [number for ground in grounds for number in ground.rests_on]
    route = _route(verdict, case)
    fits, *others = _lines(verdict, case)
    # How to refer comes first, unless it is what stands in the way.
    leads = _is_usable(verdict, case) or not verdict.decided_by
    first, later = ([route], []) if leads else ([], [route])
    if place == Place.ASK_FIRST:
        # Whoever asks what is not stated should know what is.
        decided_by += [q.id for q in entry.quotations_about(Field.ELIGIBILITY) if q.words]
        first.append(fits)
    else:
        later.append(fits)
    return EntryResult(
        entry=entry,
        badge=badge(entry),
        why=list(why(verdict, case)),
        decided_by=_quoted(entry, decided_by),
        first=_stated(first),
        lines=_stated([*later, *others]),
        quotations=_quoted(entry, _quotation_ids(verdict), without=decided_by),
        refers="; ".join(map(str, route.values)),
        involved=involved(entry),
        contacts=asks(entry, today, first=_audience(case)),
    )


def _audience(case: Case) -> Audience:
    return Audience.SELF if case.referrer == Referrer.SELF else Audience.PROFESSIONALS


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
    return words(Answer, [c.answer for c in entry.criteria if c.answer.startswith("age:")])


def _lines(verdict: Verdict, case: Case) -> Iterator[Line]:
    by_outcome = {outcome: list(_topics(verdict, case, outcome)) for outcome in Outcome}
    yield Line(_("Fits what is stated"), by_outcome[Outcome.FITS])
    if verdict.group == VerdictGroup.NOT_RUNNING:
        yield Line(_("Does not fit"), by_outcome[Outcome.CONFLICT])
    yield Line(_("It does not say"), [*_unasked_risk(verdict, case), *by_outcome[Outcome.SILENT]])
    yield Line(_("Depends on what you left open"), by_outcome[Outcome.OPEN])
    required = [criterion.answer for criterion in verdict.also_required]
    yield Line(_("Also required"), words(Answer, required))


def _unasked_risk(verdict: Verdict, case: Case) -> Iterator[str]:
    """The risk, where neither case nor source mentions it: else the entry seems to fit better."""
    spoken = any(finding.question == Question.RISK for finding in verdict.findings)
    may_fit = verdict.group in (VerdictGroup.FITTED, VerdictGroup.SOMEONE_ELSE_REFERS)
    if may_fit and case.referrer != Referrer.SELF and not spoken:
        yield str(TOPICS[Question.RISK])


def _topics(verdict: Verdict, case: Case, outcome: Outcome) -> Iterator[str]:
    """The questions with an outcome, but for those that decided the group."""
    for finding in verdict.findings:
        # The person is not told that they left open what they are not asked.
        asked = may_be_asked(finding.question, case.referrer)
        # The page says once that attendance is voluntary.
        known = finding.question == Question.WILLING and outcome in (Outcome.SILENT, Outcome.OPEN)
        if finding.outcome == outcome and asked and not finding.matters and not known:
            yield str(TOPICS[finding.question])


def _stated(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.values]


def _is_usable(verdict: Verdict, case: Case) -> bool:
    usable = verdict.route.outcome == RouteOutcome.USABLE
    return usable and _place(verdict, case) in TO_BE_ASKED


def _route(verdict: Verdict, case: Case) -> Line:
    usable = _is_usable(verdict, case)
    worded = verdict.route.routes if usable else [r.route for r in verdict.entry.referrals]
    # The person is told no more of MARAC than that agencies choose.
    to_self = case.referrer == Referrer.SELF
    shown = [code for code in worded if not (to_self and code == Route.MARAC)]
    texts = [word(Route, code) for code in shown]
    if not usable:
        return Line(_("Who can refer, as worded"), texts)
    if shown[:1] == [Route.THIRD_PARTY]:
        texts.append(_("we read this as any organisation: confirm that it includes yours"))
    return Line(_("How to ask, as worded") if to_self else _("Route to use first"), texts)


def _quotation_ids(verdict: Verdict) -> list[int]:
    """The quotations on how to refer, whom it is for and the answers; blank cells too."""
    entry = verdict.entry
    fields = [Field.REFERRAL_ROUTE, Field.ELIGIBILITY]
    if entry.known_status != Status.LISTED:
        fields.append(Field.STATUS)
    ids = [q.id for field in fields for q in entry.quotations_about(field)]
    for finding in verdict.findings:
        if finding.question != Question.WILLING or finding.outcome == Outcome.CONFLICT:
            ids += finding.rests_on
    return ids


def _quoted(entry: Entry, ids: list[int], without: Container[int] = ()) -> list[Quoted]:
    quotations = (entry.quotation(each) for each in dict.fromkeys(ids) if each not in without)
    return [Quoted(each, entry.replacement(each)) for each in quotations if each]


def _accepted(entries: Iterable[Entry]) -> set[str]:
    return {c.answer for entry in entries for c in entry.criteria if c.accepted}


def _unstated(entries: list[Entry], case: Case) -> list[str]:
    """What none of these entries states, and whoever has a case would want to know."""
    answers = _accepted(entries)
    topics = {answer.partition(":")[0] for answer in answers}
    in_welsh = {DeliveryLanguage.WELSH, DeliveryLanguage.BOTH}
    asked = {
        _("a risk level"): case.referrer == Referrer.SELF or Question.RISK in topics,
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
