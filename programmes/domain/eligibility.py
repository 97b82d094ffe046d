"""The rules of the referral check: what an entry's sources say about one case. Plain Python.

The source's silence differs from the case's. A blank never decides for or against, and who refers
is never a "no".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from programmes.domain.entry import Criterion, Entry, Reading, Referral


class Referrer(StrEnum):
    """Who refers. An organisation is one of health, housing or a school, an IDVA, or another."""

    POLICE = "police"
    CHILDRENS_SERVICES = "childrens-services"
    PROBATION_OR_COURT = "probation-or-court"
    ORGANISATION = "organisation"
    SELF = "self"


class Question(StrEnum):
    """A question about a case; conflicts are cited in this order."""

    ORDER = "order"
    RISK = "risk"
    SEX = "sex"
    STALKING = "stalking"
    CHILDREN = "children"
    RELATIONSHIP = "relationship"
    WILLING = "willing"


@dataclass(frozen=True)
class QuestionRule:
    """The answers to a question, and what an entry's silence on it means.

    `matter_when_silent` are the answers on which nobody may rely on an entry that is silent.
    `raised_by` are criteria by which the source says that the question counts, but not which answer
    it takes ("identified based on risk").
    """

    answers: tuple[str, ...]
    matter_when_silent: tuple[str, ...] = ()
    asked_of_self: bool = True
    raised_by: tuple[str, ...] = ()


QUESTIONS = {
    Question.ORDER: QuestionRule(("probation", "conditional-caution", "neither")),
    Question.RISK: QuestionRule(
        ("high", "medium", "standard"),
        matter_when_silent=("high", "medium", "standard"),
        asked_of_self=False,
        raised_by=("risk:other",),
    ),
    Question.SEX: QuestionRule(
        ("man", "woman", "another"), matter_when_silent=("woman", "another")
    ),
    Question.STALKING: QuestionRule(("yes", "no")),
    Question.CHILDREN: QuestionRule(("yes", "no")),
    Question.RELATIONSHIP: QuestionRule(("continuing", "ended"), asked_of_self=False),
    Question.WILLING: QuestionRule(("yes", "no")),
}

MARAC = "marac"
CRIMINAL_JUSTICE = "criminal-justice"

SERVES = {
    Referrer.POLICE: ("police", CRIMINAL_JUSTICE, "any-agency", "third-party", "open"),
    Referrer.CHILDRENS_SERVICES: ("childrens-services", "any-agency", "third-party", "open"),
    Referrer.PROBATION_OR_COURT: (CRIMINAL_JUSTICE, "any-agency", "third-party", "open"),
    Referrer.ORGANISATION: ("any-agency", "third-party", "open"),
    Referrer.SELF: ("self", "open"),
}
"""Who refers → the routes that serve them; a third-party organisation is read as any organisation.
MARAC is apart: the case goes there, not whoever refers."""

NOT_RUNNING = ("stopped", "launching")


@dataclass(frozen=True)
class Case:
    """One case. What is not given, or not known, is left open and never conflicts."""

    referrer: Referrer | None = None
    going_to_marac: bool | None = None
    answers: Mapping[Question, str] = field(default_factory=dict)

    def answer(self, question: Question) -> str | None:
        """None where left open, or where the person themself is not to be asked."""
        answer = self.answers.get(question)
        known = answer in QUESTIONS[question].answers
        return answer if known and may_be_asked(question, self.referrer) else None

    def is_served_by(self, route: str, entry: Entry) -> bool:
        if route == MARAC:
            return self.going_to_marac is True and self.referrer is not Referrer.SELF
        if route == CRIMINAL_JUSTICE and self.referrer is Referrer.POLICE:
            # The police give cautions; after a conviction, probation and the courts refer.
            return entry.stage == "out-of-court"
        return self.referrer is not None and route in SERVES[self.referrer]


class Outcome(StrEnum):
    """SILENT is the source's silence on a question, OPEN the case's."""

    FITS = "fits"
    CONFLICT = "conflict"
    SILENT = "silent"
    OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """One question and its quotations; `matters` marks a silence to be asked about first."""

    question: Question
    outcome: Outcome
    matters: bool = False
    rests_on: tuple[int, ...] = ()


class RouteOutcome(StrEnum):
    USABLE = "usable"
    SOMEONE_ELSE_REFERS = "someone-else-refers"
    NOT_STATED = "not-stated"
    OPEN = "open"


@dataclass(frozen=True)
class RouteFinding:
    """The routes that whoever asks can use, or else all, the usual ones first."""

    outcome: RouteOutcome
    referrals: tuple[Referral, ...]
    routes_are_all: bool

    @property
    def routes(self) -> tuple[str, ...]:
        return tuple(referral.route for referral in self.referrals)

    @property
    def rests_on(self) -> tuple[int, ...]:
        return _ids(self.referrals)


class VerdictGroup(IntEnum):
    """Where a result shows an entry."""

    FITTED = 1
    SOMEONE_ELSE_REFERS = 2
    ASK_FIRST = 3
    DOES_NOT_FIT = 4
    NOT_RUNNING = 5


class Reason(StrEnum):
    STATUS = "status"
    CONFLICT = "conflict"
    ROUTE_NOT_STATED = "route-not-stated"
    ELIGIBILITY_NOT_STATED = "eligibility-not-stated"
    SILENCE = "silence"
    SOMEONE_ELSE_REFERS = "someone-else-refers"


@dataclass(frozen=True)
class Ground:
    """One reason why an entry is in its group, its question and its quotations, if any."""

    reason: Reason
    question: Question | None = None
    rests_on: tuple[int, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one entry's sources say about one case. Never "eligible", never "not eligible".

    `decided_by` is empty where nothing stood in the way. `findings` has every question that the
    case answers or the entry raises, `also_required` conditions on which there is no question.
    """

    entry: Entry
    group: VerdictGroup
    decided_by: tuple[Ground, ...]
    route: RouteFinding
    findings: tuple[Finding, ...]
    also_required: tuple[Criterion, ...]


def verdict(entry: Entry, case: Case) -> Verdict:
    route, findings = _route(entry, case), tuple(_findings(entry, case))
    group, decided_by = _decision(entry, route, findings)
    return Verdict(entry, group, decided_by, route, findings, tuple(_also_required(entry)))


def verdicts(entries: Iterable[Entry], case: Case) -> dict[VerdictGroup, list[Verdict]]:
    """Every entry in its group, each group in the order of the entries; none is left out."""
    groups: dict[VerdictGroup, list[Verdict]] = {group: [] for group in VerdictGroup}
    for entry in entries:
        reached = verdict(entry, case)
        groups[reached.group].append(reached)
    return groups


def questions_for(entries: Sequence[Entry], referrer: Referrer | None) -> list[Question]:
    """The questions on which some entry says something."""
    return [
        question
        for question in Question
        if may_be_asked(question, referrer)
        and any(_listed(entry, question) or _raised(entry, question) for entry in entries)
    ]


def asks_about_marac(entries: Iterable[Entry], referrer: Referrer | None) -> bool:
    """Whether to ask if the case is going to MARAC; the person is never asked."""
    worded = any(referral.route == MARAC for entry in entries for referral in entry.referrals)
    return worded and referrer is not Referrer.SELF


def _decision(
    entry: Entry, route: RouteFinding, findings: tuple[Finding, ...]
) -> tuple[VerdictGroup, tuple[Ground, ...]]:
    if entry.known_status in NOT_RUNNING:
        ground = Ground(Reason.STATUS, rests_on=_ids([entry.reading("status")]))
        return VerdictGroup.NOT_RUNNING, (ground,)
    if conflict := next((f for f in findings if f.outcome is Outcome.CONFLICT), None):
        ground = Ground(Reason.CONFLICT, conflict.question, conflict.rests_on)
        return VerdictGroup.DOES_NOT_FIT, (ground,)
    if unstated := tuple(_unstated(entry, route, findings)):
        return VerdictGroup.ASK_FIRST, unstated
    if route.outcome is RouteOutcome.SOMEONE_ELSE_REFERS:
        ground = Ground(Reason.SOMEONE_ELSE_REFERS, rests_on=route.rests_on)
        return VerdictGroup.SOMEONE_ELSE_REFERS, (ground,)
    return VerdictGroup.FITTED, ()


def _unstated(entry: Entry, route: RouteFinding, findings: tuple[Finding, ...]) -> Iterator[Ground]:
    if route.outcome is RouteOutcome.NOT_STATED:
        yield Ground(Reason.ROUTE_NOT_STATED)
    if not entry.current_criteria:
        yield Ground(Reason.ELIGIBILITY_NOT_STATED)
    for finding in findings:
        if finding.matters:
            yield Ground(Reason.SILENCE, finding.question, finding.rests_on)


def _route(entry: Entry, case: Case) -> RouteFinding:
    worded = tuple(sorted(entry.referrals, key=lambda referral: not referral.usual))
    usable = tuple(referral for referral in worded if case.is_served_by(referral.route, entry))
    if usable:
        outcome = RouteOutcome.USABLE
    elif not worded:
        outcome = RouteOutcome.NOT_STATED
    elif case.referrer is None:
        outcome = RouteOutcome.OPEN
    else:
        outcome = RouteOutcome.SOMEONE_ELSE_REFERS
    return RouteFinding(outcome, usable or worded, entry.routes_are_all)


def _findings(entry: Entry, case: Case) -> Iterator[Finding]:
    for question in Question:
        listed, raised = _listed(entry, question), _raised(entry, question)
        answer = case.answer(question)
        if answer is not None:
            yield _answered(question, answer, listed, raised)
        elif listed:
            yield Finding(question, Outcome.OPEN, rests_on=_ids(listed))
        elif raised:
            yield Finding(question, Outcome.SILENT, rests_on=_ids(raised))


def _answered(
    question: Question, answer: str, listed: list[Criterion], raised: list[Criterion]
) -> Finding:
    named = [criterion for criterion in listed if criterion.answer == f"{question}:{answer}"]
    excluding = [criterion for criterion in named if not criterion.accepted]
    accepted = [criterion for criterion in listed if criterion.accepted]
    if excluding:
        return Finding(question, Outcome.CONFLICT, rests_on=_ids(excluding))
    if named:
        return Finding(question, Outcome.FITS, rests_on=_ids(named))
    if any(criterion.only for criterion in accepted):
        return Finding(question, Outcome.CONFLICT, rests_on=_ids(accepted))
    # Words about other answers ("not high risk", a name) leave this one in doubt.
    matters = bool(listed) or answer in QUESTIONS[question].matter_when_silent
    return Finding(question, Outcome.SILENT, matters, _ids(listed or raised))


def _listed(entry: Entry, question: Question) -> list[Criterion]:
    raised_by = QUESTIONS[question].raised_by
    listed = (c for c in _criteria(entry) if c.answer.startswith(f"{question}:"))
    return [criterion for criterion in listed if criterion.answer not in raised_by]


def _raised(entry: Entry, question: Question) -> list[Criterion]:
    return [c for c in entry.current_criteria if c.answer in QUESTIONS[question].raised_by]


def _criteria(entry: Entry) -> Iterator[Criterion]:
    """An entry's criteria, and that a voluntary one takes only the willing."""
    yield from entry.current_criteria
    attendance = entry.reading("attendance")
    if attendance.value == "voluntary" and attendance.rests_on is not None:
        yield Criterion(f"{Question.WILLING}:yes", attendance.rests_on, only=True)


def _also_required(entry: Entry) -> Iterator[Criterion]:
    for criterion in entry.current_criteria:
        if criterion.only and criterion.answer.partition(":")[0] not in set(Question):
            yield criterion


def may_be_asked(question: Question, referrer: Referrer | None) -> bool:
    return QUESTIONS[question].asked_of_self or referrer is not Referrer.SELF


def _ids(readings: Iterable[Reading | Criterion | Referral]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(r.rests_on for r in readings if r.rests_on is not None))
