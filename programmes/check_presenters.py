"""Puts words to the result of a referral check, for a professional or for the person. Pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import presenters
from programmes.briefing import Briefing
from programmes.eligibility import (
    Case,
    Finding,
    Ground,
    Group,
    Outcome,
    Question,
    Reason,
    Referrer,
    RouteFinding,
    RouteOutcome,
    Verdict,
    may_be_asked,
)
from programmes.entry import Entry, SourceDocument, sources_of
from programmes.presenters import Ask, Quoted, asks, involved
from programmes.vocabulary import Answer, Audience, DeliveryLanguage, Field, Route, Status
from programmes.wording import badge, status, word, words

HEADINGS = {
    Group.FITTED: gettext_lazy("Fitted what was stated in November 2023"),
    Group.SOMEONE_ELSE_REFERS: gettext_lazy("May fit, but someone else makes the referral"),
    Group.ASK_FIRST: gettext_lazy("Too little is stated: ask first"),
    Group.DOES_NOT_FIT: gettext_lazy("Something stated does not fit"),
    Group.NOT_RUNNING: gettext_lazy("Stopped, or not confirmed as started, when last stated"),
}
TOPICS = {
    Question.ORDER: gettext_lazy("order or caution"),
    Question.RISK: gettext_lazy("risk level"),
    Question.SEX: gettext_lazy("whether for men, women or others"),
    Question.STALKING: gettext_lazy("stalking"),
    Question.CHILDREN: gettext_lazy("children"),
    Question.RELATIONSHIP: gettext_lazy("whether the relationship is to continue: no advice"),
    Question.WILLING: gettext_lazy("willing to take part"),
}
SILENCES = {
    Question.RISK: gettext_lazy("It does not say which risk level it takes."),
    Question.SEX: gettext_lazy("It does not say whom it serves: ask."),
}
PARTIAL_SILENCES = {
    Question.RISK: gettext_lazy(
        "What it says of risk leaves this level open: confirm that it takes it."
    ),
    Question.STALKING: gettext_lazy(
        "It is named for stalking; whether it takes others is not stated."
    ),
}


TO_BE_ASKED = (Group.FITTED, Group.ASK_FIRST)
"""The groups whose entries are worth turning to."""

SAID_OF_WILLING = (Outcome.FITS, Outcome.CONFLICT)


@dataclass(frozen=True)
class Line:
    """Something found, in a few words."""

    label: str
    texts: list[str]


@dataclass(frozen=True)
class Row:
    """One entry in a result: what decided it, the rest, the words it rests on, whom to ask."""

    entry: Entry
    badge: str
    status: str
    why: list[str]
    lines: list[Line]
    quotations: list[Quoted]
    involved: list[presenters.Line]
    contacts: list[Ask]
    offices: list[Briefing]
    """Public offices, where no contact is for the reader."""

    @property
    def anchor(self) -> str:
        return f"{self.entry.area_slug}-{self.entry.slug}"


@dataclass(frozen=True)
class GroupOfRows:
    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Result:
    """Everything that a result says beside the case itself."""

    groups: list[GroupOfRows]
    asked_about: tuple[Row, str] | None
    to_self: bool
    warn: bool
    nothing_compared: bool
    nothing_fitted: bool
    sources: list[SourceDocument]
    unstated: list[str]


def result(
    found: dict[Group, list[Verdict]],
    case: Case,
    offices: list[Briefing],
    programme: Entry | None,
    today: datetime.date,
) -> Result:
    """`programme` is the entry that the case is checked against, if any."""
    to_self = case.referrer == Referrer.SELF
    entries = [verdict.entry for verdicts in found.values() for verdict in verdicts]
    groups = [
        GroupOfRows(str(HEADINGS[group]), [row(each, case, offices, today) for each in verdicts])
        for group, verdicts in found.items()
    ]
    rows = ((row, group.heading) for group in groups for row in group.rows)
    return Result(
        groups=groups,
        asked_about=next((pair for pair in rows if pair[0].entry == programme), None),
        to_self=to_self,
        warn=not to_self and case.answer(Question.RISK) in (None, "high"),
        nothing_compared=case == Case(),
        nothing_fitted=not found[Group.FITTED] or case.answer(Question.WILLING) == "no",
        sources=sources_of(entries),
        unstated=_unstated(entries),
    )


def row(verdict: Verdict, case: Case, offices: list[Briefing], today: datetime.date) -> Row:
    entry = verdict.entry
    here = [office for office in offices if entry.area in (None, office.area)]
    audience = Audience.SELF if case.referrer == Referrer.SELF else Audience.PROFESSIONALS
    return Row(
        entry=entry,
        badge=badge(entry),
        status=status(entry),
        why=list(_why(verdict, case)),
        lines=[line for line in _lines(verdict, case) if line.texts],
        quotations=_quotations(verdict),
        involved=involved(entry),
        contacts=asks(entry, today, first=audience),
        offices=[] if any(c.audience == audience for c in entry.contacts) else here,
    )


def _why(verdict: Verdict, case: Case) -> Iterator[str]:
    """What decided the group, in a sentence each."""
    for ground in verdict.decided_by:
        match ground:
            case Ground(Reason.STATUS):
                yield f"{status(verdict.entry)}."
            case Ground(Reason.CONFLICT, Question() as question):
                yield _conflict(verdict.entry, question, case)
            case Ground(Reason.ROUTE_NOT_STATED):
                yield _unread(verdict.entry, Field.REFERRAL_ROUTE) or _(
                    "How to refer is not stated."
                )
            case Ground(Reason.ELIGIBILITY_NOT_STATED):
                yield _unread(verdict.entry, Field.ELIGIBILITY) or _(
                    "Whom it is for is not stated."
                )
            case Ground(Reason.SILENCE, Question() as question):
                yield _silence(question, case, partial=bool(ground.rests_on))
            case Ground(Reason.SOMEONE_ELSE_REFERS):
                yield _someone_else(verdict.route, case)


def _unread(entry: Entry, field: Field) -> str:
    """Where there are words that none of our terms was read from, they are not silence."""
    return _("Its words on this are in none of our terms: read them.") if entry.words(field) else ""


def _silence(question: Question, case: Case, *, partial: bool) -> str:
    if question == Question.RISK and case.answer(Question.RISK) == "high":
        return _(
            "It does not say that it takes high risk: do not propose it without the MARAC or an "
            "IDVA."
        )
    words = (PARTIAL_SILENCES if partial else SILENCES).get(question)
    return str(words or _("Not stated for this case: %(topic)s.") % {"topic": TOPICS[question]})


def _conflict(entry: Entry, question: Question, case: Case) -> str:
    """What the entry says that this case is not, in its own terms."""
    if question == Question.WILLING:
        if case.referrer == Referrer.SELF:
            return _("Attendance is voluntary: taking part is your choice.")
        return _("Attendance is voluntary, and the person is not willing.")
    said = [c for c in entry.criteria if c.answer.startswith(f"{question}:")]
    left_out = [c.answer for c in said if not c.accepted]
    if f"{question}:{case.answer(question)}" in left_out:
        answers = "; ".join(words(Answer, left_out))
        return _("It says whom it does not take: %(left_out)s.") % {"left_out": answers}
    taken = "; ".join(words(Answer, [c.answer for c in said if c.accepted]))
    return _("It says whom it takes, and this case is another: %(taken)s.") % {"taken": taken}


def _someone_else(route: RouteFinding, case: Case) -> str:
    if case.referrer != Referrer.SELF:
        if route.routes == (Route.SELF,):
            return _("The person refers themself: no other route is worded.")
        return _("Someone else makes the referral.")
    if route.routes_are_all and Route.MARAC in route.routes:
        return _("It chooses people through agencies; you cannot apply.")
    if route.routes_are_all:
        return _("Only others make the referral; you cannot apply.")
    return _(
        "It says who can refer, and does not say whether you can ask for yourself. Someone who "
        "already works with you, such as your GP, could ask."
    )


def _lines(verdict: Verdict, case: Case) -> Iterator[Line]:
    by_outcome = {outcome: list(_topics(verdict, case, outcome)) for outcome in Outcome}
    yield _route(verdict, case)
    yield Line(_("Fits what is stated"), by_outcome[Outcome.FITS])
    if verdict.group == Group.NOT_RUNNING:
        yield Line(_("Does not fit"), by_outcome[Outcome.CONFLICT])
    yield Line(_("It does not say"), by_outcome[Outcome.SILENT])
    yield Line(_("Depends on what you left open"), by_outcome[Outcome.OPEN])
    required = [criterion.answer for criterion in verdict.also_required]
    yield Line(_("Also required"), words(Answer, required))


def _topics(verdict: Verdict, case: Case, outcome: Outcome) -> Iterator[str]:
    """Questions told in a few words; what decided the group was told in full."""
    for finding in _told(verdict):
        # Of what the person is not asked, they are not told that they left it open.
        asked = may_be_asked(finding.question, case.referrer)
        if finding.outcome == outcome and asked and not finding.matters:
            yield str(TOPICS[finding.question])


def _told(verdict: Verdict) -> Iterator[Finding]:
    """All findings but those that say of an entry what is said once for all of them."""
    for finding in verdict.findings:
        if finding.question != Question.WILLING or finding.outcome in SAID_OF_WILLING:
            yield finding


def _route(verdict: Verdict, case: Case) -> Line:
    usable = verdict.route.outcome == RouteOutcome.USABLE and verdict.group in TO_BE_ASKED
    worded = verdict.route.routes if usable else [r.route for r in verdict.entry.referrals]
    # Whoever asks for themself is told no more of MARAC than that agencies choose.
    untold = Route.MARAC if case.referrer == Referrer.SELF else None
    told = [code for code in worded if code != untold]
    texts = [word(Route, code) for code in told]
    if not usable:
        return Line(_("Who makes the referral, as worded"), texts)
    if told[:1] == [Route.THIRD_PARTY]:
        texts.append(_("we read this as any organisation: confirm that it includes yours"))
    return Line(_("Route to use first"), texts)


def _quotations(verdict: Verdict) -> list[Quoted]:
    """What decided it first, then how to refer and whom it is for, blank cells too; each once."""
    entry = verdict.entry
    numbers = [number for ground in verdict.decided_by for number in ground.rests_on]
    fields = [Field.REFERRAL_ROUTE, Field.ELIGIBILITY]
    if entry.known_status != Status.LISTED:
        fields.append(Field.STATUS)
    numbers += [q.id for field in fields for q in entry.quotations_about(field)]
    numbers += [number for finding in _told(verdict) for number in finding.rests_on]
    found = (entry.quotation(number) for number in dict.fromkeys(numbers))
    return [Quoted(quotation, entry.replacement(quotation)) for quotation in found if quotation]


def _unstated(entries: list[Entry]) -> list[str]:
    """What none of these entries says of itself, and someone with a case would want to know."""
    answers = {c.answer for entry in entries for c in entry.criteria if c.accepted}
    in_welsh = {DeliveryLanguage.WELSH, DeliveryLanguage.BOTH}
    asked = {
        _("that it serves women"): Answer.WOMAN in answers,
        _("that it works in Welsh"): any(
            entry.delivery_language.value in in_welsh for entry in entries
        ),
    }
    # The directory has no term for these yet, so nothing can state them.
    never = [_("that it serves LGBT+ people"), _("that it serves people under 18")]
    return [what for what, stated in asked.items() if not stated] + never
