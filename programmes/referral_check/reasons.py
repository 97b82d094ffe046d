"""Reasons for the group of an entry: sentences, each with the quotations it rests on. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.eligibility import (
    OPEN_TO_ANY_ORGANISATION,
    SELF,
    Case,
    Finding,
    Outcome,
    Question,
    RouteOutcome,
    Verdict,
    VerdictGroup,
)
from programmes.domain.entry import Entry
from programmes.presentation.text import status
from programmes.referral_check.forms import WORDINGS
from programmes.vocabulary import Answer, Field, Route, Status

LISTED_FOR = {
    Answer.RISK_HIGH: gettext_lazy("high risk"),
    Answer.RISK_MEDIUM: gettext_lazy("medium risk"),
    Answer.RISK_STANDARD: gettext_lazy("standard risk"),
    Answer.MAN: gettext_lazy("men or males"),
    Answer.WOMAN: gettext_lazy("women"),
    Answer.ANOTHER_SEX: gettext_lazy("people of another description"),
    Answer.ADULT: gettext_lazy("adults"),
    Answer.STALKING: gettext_lazy("stalking"),
    Answer.CHILDREN: gettext_lazy("people with children"),
    Answer.CONTINUING: gettext_lazy("people who want to continue their relationship"),
    Answer.CONDITIONAL_CAUTION: gettext_lazy("people with a conditional caution"),
    Answer.PROBATION_ORDER: gettext_lazy("people with a probation order"),
    Answer.IPV_CONVICTION: gettext_lazy("people convicted of an intimate partner violence offence"),
}
"""What an entry accepts or leaves out, after a colon."""

BY_ROUTE: dict[str, object] = {
    Route.ANY_AGENCY: gettext_lazy("Any agency could refer."),
    Route.POLICE: gettext_lazy("Only the police could refer."),
    Route.MARAC: gettext_lazy("Refer the case to MARAC: people are chosen there."),
    Route.THIRD_PARTY: gettext_lazy(
        "Third-party organisations could refer. We take this to mean any organisation: check that "
        "it includes yours."
    ),
    Route.CHILDRENS_SERVICES: gettext_lazy("Children’s Services are named as a referrer."),
    Route.SELF: gettext_lazy("Listed as self-referral."),
    Route.CRIMINAL_JUSTICE: gettext_lazy("It is reached through the police or a court."),
    Route.OPEN: gettext_lazy("Referral is described as “open”."),
    Route.OTHER: gettext_lazy("How to refer is described in other words."),
}
TO_SELF = BY_ROUTE | {
    Route.MARAC: gettext_lazy("Agencies choose people for it."),
    Route.THIRD_PARTY: gettext_lazy("Third-party organisations could refer."),
    Route.SELF: gettext_lazy("Listed as taking self-referrals."),
}
"""For the person, who is told no more of MARAC than that agencies choose."""


Reason = tuple[str, tuple[int, ...]]
"""A sentence, and the keys of the quotations that it rests on."""


def reasons(verdict: Verdict) -> Iterator[Reason]:
    entry, case = verdict.entry, verdict.case
    if entry.known_status != Status.LISTED:
        rests_on = entry.reading("status").rests_on
        yield f"{status(entry)}.", (rests_on,) if rests_on else ()
    if verdict.group is VerdictGroup.STOPPED:
        return
    if conflict := verdict.conflict:
        said = _("You said: %(answer)s.") % {"answer": _answer(conflict, case)}
        yield f"{_listed_for(entry, conflict)} {said}", conflict.rests_on
        return
    yield " ".join(_route(verdict)), verdict.route.rests_on
    if not entry.current_criteria:
        quotations = entry.quotations_about(Field.ELIGIBILITY)
        quoted = tuple(quotation.id for quotation in quotations if quotation.words)
        yield _("Who it is for is not given."), quoted
    for finding in verdict.findings:
        # What another way in does not say is for those to ask who take it, high risk apart.
        asked_there = verdict.group is VerdictGroup.ELSEWHERE and finding.outcome is Outcome.SILENT
        high = finding.question is Question.RISK and case.answer(Question.RISK) == "high"
        if text := "" if asked_there and not high else _finding(entry, finding, case):
            yield text, finding.rests_on


def _route(verdict: Verdict) -> Iterator[str]:
    route, to_self = verdict.route, verdict.case.referrer == SELF
    sentences = TO_SELF if to_self else BY_ROUTE
    named = [code for code in route.routes if code not in OPEN_TO_ANY_ORGANISATION]
    # Where a route names whoever asks, they need not ask whether another includes them.
    for code in (route.distance == 0 and named) or route.routes:
        yield str(sentences[code])
    if route.outcome is RouteOutcome.NOT_STATED:
        yield _("How to refer is not given.")
    elif route.outcome is RouteOutcome.ELSEWHERE and to_self:
        yield _("You cannot apply.")
    elif Route.OTHER in route.routes:
        return
    elif route.outcome is RouteOutcome.OTHERS_REFER and not to_self:
        yield _("No other route is given.")
    elif route.outcome is RouteOutcome.OTHERS_REFER:
        yield _("It does not say whether you can ask for yourself.")
        if {*route.routes} & {*OPEN_TO_ANY_ORGANISATION}:
            yield _("Someone who already works with you, such as your GP, could ask.")


def _finding(entry: Entry, finding: Finding, case: Case) -> str:
    listed = _listed_for(entry, finding)
    if finding.outcome is not Outcome.SILENT:
        return listed
    match finding.question:
        case Question.RISK if not listed:
            return " ".join(_silence_on_risk(finding, case))
        case Question.SEX if finding.matters and not listed:
            return _("It does not say whether it is for men, women or others.")
        case Question.STALKING if listed:
            return _("It names stalking, but does not say who else it takes.")
        case Question.WILLING if finding.matters and case.referrer == SELF:
            return _("Attendance was listed as voluntary: taking part is your choice.")
        case Question.WILLING if finding.matters:
            return _("Ask whether it takes someone who does not want to change.")
    if listed and case.answer(finding.question):
        check = _("Check whether it takes: %(answer)s.") % {"answer": _answer(finding, case)}
        return f"{listed} {check}"
    return ""


def _silence_on_risk(finding: Finding, case: Case) -> Iterator[str]:
    if finding.rests_on:
        yield _("It describes risk in other words and gives no level.")
    if case.answer(Question.RISK) in (None, "high"):
        yield _(
            "It does not say that it takes high risk: do not propose it before MARAC or the IDVA."
        )
    elif not finding.rests_on:
        yield _("No risk level is given.")


def _listed_for(entry: Entry, finding: Finding) -> str:
    """What the quotations of a finding say that the entry takes, or leaves out."""
    read = [c for c in entry.current_criteria if c.rests_on in finding.rests_on]
    words = [(str(LISTED_FOR[Answer(c.answer)]), c) for c in read if c.answer in LISTED_FOR]
    if taken := "; ".join(text for text, criterion in words if criterion.accepted):
        return _("Listed for: %(taken)s.") % {"taken": taken}
    left_out = "; ".join(text for text, _criterion in words)
    return _("It says only: not %(left_out)s.") % {"left_out": left_out} if left_out else ""


def _answer(finding: Finding, case: Case) -> str:
    """After a colon, so in small letters."""
    label = str(WORDINGS[finding.question].answers[case.answers[finding.question]])
    return label[:1].lower() + label[1:]
