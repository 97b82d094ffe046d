"""Reasons for the group of an entry, in sentences for a professional or for the person. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.eligibility import (
    Case,
    Ground,
    Question,
    Reason,
    Referrer,
    RouteFinding,
    RouteOutcome,
    Verdict,
    VerdictGroup,
)
from programmes.domain.entry import Entry
from programmes.presentation.text import status, words
from programmes.vocabulary import Answer, Route

TOPICS = {
    Question.ORDER: gettext_lazy("order or caution"),
    Question.RISK: gettext_lazy("risk level"),
    Question.SEX: gettext_lazy("whether for men, women or others"),
    Question.STALKING: gettext_lazy("stalking"),
    Question.CHILDREN: gettext_lazy("children"),
    Question.RELATIONSHIP: gettext_lazy("whether the relationship is to continue"),
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
BY_ROUTE = {
    Route.ANY_AGENCY: gettext_lazy("Any agency can refer, as stated."),
    Route.POLICE: gettext_lazy("Referral is by the police only, as stated."),
    Route.MARAC: gettext_lazy("Referral is through MARAC, as stated: agencies choose there."),
    Route.THIRD_PARTY: gettext_lazy("A third-party organisation can refer, as stated."),
    Route.CHILDRENS_SERVICES: gettext_lazy("Children’s Services can refer, as stated."),
    Route.SELF: gettext_lazy("The person refers themself, as stated."),
    Route.CRIMINAL_JUSTICE: gettext_lazy(
        "Referral is through the criminal justice system, as stated."
    ),
    Route.OPEN: gettext_lazy("The route is worded “open”."),
    Route.OTHER: gettext_lazy("It describes the route in words of its own."),
}

ANYONE = {Route.ANY_AGENCY, Route.THIRD_PARTY}
AGENCIES = {*ANYONE, Route.CHILDRENS_SERVICES}
"""Routes by which a person can be referred if they ask; a GP is one of `ANYONE`."""


def why(verdict: Verdict, case: Case) -> Iterator[str]:
    for ground in verdict.decided_by:
        match ground:
            case Ground(Reason.STATUS):
                yield f"{status(verdict.entry)}."
            case Ground(Reason.CONFLICT, Question() as question):
                yield _conflict(verdict.entry, question, case)
            case Ground(Reason.ROUTE_NOT_STATED):
                yield _("How to refer is not stated.")
            case Ground(Reason.ELIGIBILITY_NOT_STATED):
                yield _("Whom it is for is not stated.")
            case Ground(Reason.SILENCE, Question() as question):
                yield _silence(question, case, partial=bool(ground.rests_on))
            case Ground(Reason.SOMEONE_ELSE_REFERS):
                yield _who_refers(verdict.route, case)
    others_refer = verdict.route.outcome == RouteOutcome.SOMEONE_ELSE_REFERS
    if verdict.group == VerdictGroup.ASK_FIRST and others_refer:
        yield _who_refers(verdict.route, case)


def _silence(question: Question, case: Case, *, partial: bool) -> str:
    if question == Question.RISK and case.answer(Question.RISK) == "high":
        return _(
            "It does not say that it takes high risk: do not propose it without the MARAC or an "
            "IDVA."
        )
    words = (PARTIAL_SILENCES if partial else SILENCES).get(question)
    return str(words or _("Not stated for these answers: %(topic)s.") % {"topic": TOPICS[question]})


def _conflict(entry: Entry, question: Question, case: Case) -> str:
    if question == Question.WILLING:
        if case.referrer == Referrer.SELF:
            return _("Attendance is voluntary: taking part is your choice.")
        return _("Attendance is voluntary, and the person is not willing.")
    criteria = [c for c in entry.criteria if c.answer.startswith(f"{question}:")]
    left_out = [c.answer for c in criteria if not c.accepted]
    if f"{question}:{case.answer(question)}" in left_out:
        answers = "; ".join(words(Answer, left_out))
        return _("It says whom it does not take: %(left_out)s.") % {"left_out": answers}
    taken = "; ".join(words(Answer, [c.answer for c in criteria if c.accepted]))
    return _("It says whom it takes: %(taken)s. You answered otherwise.") % {"taken": taken}


def _who_refers(route: RouteFinding, case: Case) -> str:
    sentences = _others_to_self if case.referrer == Referrer.SELF else _others
    return " ".join(sentences(route))


def _others(route: RouteFinding) -> Iterator[str]:
    for each in route.routes:
        yield str(BY_ROUTE[Route(each)])
    if not route.routes_are_all:
        yield _("No other route is stated.")


def _others_to_self(route: RouteFinding) -> Iterator[str]:
    """For the person, who is told no more of MARAC than that agencies choose."""
    for each in route.routes:
        if each != Route.MARAC:
            yield str(BY_ROUTE[Route(each)])
    if not route.routes_are_all:
        yield _("It does not say whether you can ask for yourself.")
    elif Route.MARAC in route.routes:
        yield _("It chooses people through agencies; you cannot apply.")
    else:
        yield _("You cannot apply.")
    if ANYONE & set(route.routes):
        yield _("Someone who already works with you, such as your GP, could ask.")
