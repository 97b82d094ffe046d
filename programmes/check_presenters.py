"""Puts words to the result of a referral check, for a professional or for the person. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
)
from programmes.entry import Contact, Entry, Quotation
from programmes.vocabulary import Answer, Audience, Field, Route
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
    Question.RELATIONSHIP: gettext_lazy("whether the relationship is to continue"),
    Question.WILLING: gettext_lazy("willing to take part"),
}
CONFLICTS = {
    Question.ORDER: gettext_lazy(
        "It states an order or caution, and this case has another or none."
    ),
    Question.RISK: gettext_lazy("It states a risk level, and this is another one."),
    Question.SEX: gettext_lazy("It states whom it is for, and this is someone else."),
    Question.STALKING: gettext_lazy("It states that it is for stalking."),
    Question.CHILDREN: gettext_lazy("It states that it is for people with children."),
    Question.RELATIONSHIP: gettext_lazy("It states that the relationship is to continue."),
    Question.WILLING: gettext_lazy("Attendance is voluntary, and the person is not willing."),
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
    quotations: list[Quotation]
    contacts: list[Contact]
    offices: list[Briefing]

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
    nothing_fitted: bool
    unstated: list[str]


def result(
    found: dict[Group, list[Verdict]],
    case: Case,
    offices: list[Briefing],
    programme: Entry | None,
) -> Result:
    """`programme` is the entry that the case is checked against, if any."""
    to_self = case.referrer == Referrer.SELF
    entries = [verdict.entry for verdicts in found.values() for verdict in verdicts]
    groups = [
        GroupOfRows(str(HEADINGS[group]), [row(verdict, case, offices) for verdict in verdicts])
        for group, verdicts in found.items()
    ]
    rows = ((row, group.heading) for group in groups for row in group.rows)
    return Result(
        groups=groups,
        asked_about=next((pair for pair in rows if pair[0].entry == programme), None),
        to_self=to_self,
        warn=not to_self and case.answer(Question.RISK) in (None, "high"),
        nothing_fitted=not found[Group.FITTED] or case.answer(Question.WILLING) == "no",
        unstated=_unstated(entries),
    )


def row(verdict: Verdict, case: Case, offices: list[Briefing]) -> Row:
    entry = verdict.entry
    audience = Audience.SELF if case.referrer == Referrer.SELF else Audience.PROFESSIONALS
    return Row(
        entry=entry,
        badge=badge(entry),
        status=status(entry),
        why=list(_why(verdict, case)),
        lines=[line for line in _lines(verdict, case) if line.texts],
        quotations=_quotations(verdict),
        contacts=[contact for contact in entry.contacts if contact.audience == audience],
        offices=[office for office in offices if entry.area in (None, office.area)],
    )


def _why(verdict: Verdict, case: Case) -> Iterator[str]:
    """What decided the group, in a sentence each."""
    for ground in verdict.decided_by:
        match ground:
            case Ground(Reason.STATUS):
                yield f"{status(verdict.entry)}."
            case Ground(Reason.CONFLICT, Question() as question):
                yield str(CONFLICTS[question])
            case Ground(Reason.ROUTE_NOT_STATED):
                yield _("How to refer is not stated.")
            case Ground(Reason.ELIGIBILITY_NOT_STATED):
                yield _("Whom it is for is not stated.")
            case Ground(Reason.SILENCE, Question() as question):
                yield _silence(question, case, partial=bool(ground.rests_on))
            case Ground(Reason.SOMEONE_ELSE_REFERS):
                yield _someone_else(verdict.route.routes, case)


def _silence(question: Question, case: Case, *, partial: bool) -> str:
    if question == Question.RISK and case.answer(Question.RISK) == "high":
        return _(
            "It does not say that it takes high risk: do not propose it without the MARAC or an "
            "IDVA."
        )
    words = (PARTIAL_SILENCES if partial else SILENCES).get(question)
    return str(words or _("Not stated for this case: %(topic)s.") % {"topic": TOPICS[question]})


def _someone_else(routes: tuple[str, ...], case: Case) -> str:
    if case.referrer != Referrer.SELF:
        if routes == (Route.SELF,):
            return _("The person refers themself: no other route is worded.")
        return _("Someone else makes the referral.")
    if Route.MARAC in routes:
        return _("It chooses people through agencies; you cannot apply.")
    return _("Someone else makes the referral; you cannot apply.")


def _lines(verdict: Verdict, case: Case) -> Iterator[Line]:
    by_outcome = {outcome: list(_topics(verdict, outcome)) for outcome in Outcome}
    yield _route(verdict.route, case)
    yield Line(_("Fits what is stated"), by_outcome[Outcome.FITS])
    if verdict.group == Group.NOT_RUNNING:
        yield Line(_("Does not fit"), by_outcome[Outcome.CONFLICT])
    yield Line(_("It does not say"), by_outcome[Outcome.SILENT])
    if case.referrer == Referrer.SELF:
        yield Line(_("They may also look at"), by_outcome[Outcome.OPEN])
    else:
        yield Line(_("Depends on what you left open"), by_outcome[Outcome.OPEN])
    required = [criterion.answer for criterion in verdict.also_required]
    yield Line(_("Also required"), words(Answer, required))


def _topics(verdict: Verdict, outcome: Outcome) -> Iterator[str]:
    """Questions told in a few words; what decided the group was told in full."""
    for finding in _told(verdict):
        if finding.outcome == outcome and not finding.matters:
            yield str(TOPICS[finding.question])


def _told(verdict: Verdict) -> Iterator[Finding]:
    """All findings but one: that attendance is voluntary is said once for all entries."""
    for finding in verdict.findings:
        if (finding.question, finding.outcome) != (Question.WILLING, Outcome.OPEN):
            yield finding


def _route(route: RouteFinding, case: Case) -> Line:
    # Whoever asks for themself is told no more of MARAC than that agencies choose.
    of_self = case.referrer == Referrer.SELF
    told = [code for code in route.routes if not (of_self and code == Route.MARAC)]
    texts = [word(Route, code) for code in told]
    if route.outcome != RouteOutcome.USABLE:
        return Line(_("Who makes the referral, as worded"), texts)
    if Route.THIRD_PARTY in told and not of_self:
        texts.append(_("we read this as any organisation: confirm that it includes yours"))
    return Line(_("Route to use first"), texts)


def _quotations(verdict: Verdict) -> list[Quotation]:
    """The words that all of this rests on, what decided it first, each once."""
    entry = verdict.entry
    numbers = [number for ground in verdict.decided_by for number in ground.rests_on]
    numbers += verdict.route.rests_on
    numbers += [number for finding in _told(verdict) for number in finding.rests_on]
    numbers += [criterion.rests_on for criterion in verdict.also_required]
    if not entry.criteria:
        numbers += [q.id for q in entry.quotations_about(Field.ELIGIBILITY) if q.words]
    found = (entry.quotation(number) for number in dict.fromkeys(numbers))
    return [quotation for quotation in found if quotation]


def _unstated(entries: list[Entry]) -> list[str]:
    """What none of these entries says of itself, and someone with a case would want to know."""
    answers = {criterion.answer for entry in entries for criterion in entry.criteria}
    languages = {entry.delivery_language.value for entry in entries}
    asked = {
        _("that it serves women"): Answer.WOMAN in answers,
        _("that it works in Welsh"): bool(languages & {"welsh", "both"}),
    }
    # The directory has no term for these yet, so nothing can state them.
    never = [_("that it serves LGBT+ people"), _("that it serves people under 18")]
    return [what for what, stated in asked.items() if not stated] + never
