"""The rules of the referral check: what an entry's sources say about one case. Plain Python.

A source's silence is never a "no". What a programme's name alone says is never met, nor is
willingness.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from programmes.domain.entry import STOPPED, Criterion, Entry, Reading, Referral


class Question(StrEnum):
    """A question about a case; the first that conflicts decides."""

    ORDER = "order"
    RISK = "risk"
    SEX = "sex"
    STALKING = "stalking"
    CHILDREN = "children"
    RELATIONSHIP = "relationship"
    WILLING = "willing"


@dataclass(frozen=True)
class QuestionRule:
    """The answers to a question, and those on which nobody may rely on an entry that is silent."""

    answers: tuple[str, ...]
    matter_when_silent: tuple[str, ...] = ()
    asked_of_self: bool = True


RISK_LEVELS = ("high", "medium", "standard")
QUESTIONS = {
    Question.ORDER: QuestionRule(("probation", "conditional-caution", "neither")),
    Question.RISK: QuestionRule(RISK_LEVELS, RISK_LEVELS, asked_of_self=False),
    Question.SEX: QuestionRule(("man", "woman", "another"), ("woman", "another")),
    Question.STALKING: QuestionRule(("yes", "no")),
    Question.CHILDREN: QuestionRule(("yes", "no")),
    Question.RELATIONSHIP: QuestionRule(("continuing", "ended"), asked_of_self=False),
    Question.WILLING: QuestionRule(("yes", "no"), ("no",)),
}

POLICE, PROBATION, SELF = "police", "probation", "self"
MARAC, CRIMINAL_JUSTICE = "marac", "criminal-justice"
OUT_OF_COURT, LAUNCHING, VOLUNTARY = "out-of-court", "launching", "voluntary"
OPEN_TO_ANY_ORGANISATION = ("any-agency", "third-party", "open")
ANOTHER_WAY_IN = (MARAC, POLICE, CRIMINAL_JUSTICE)
"""The routes that can be the only ones: others refer, or choose."""

OPEN_ROUTES: dict[str | None, tuple[str, ...]] = {
    POLICE: ("police", *OPEN_TO_ANY_ORGANISATION),
    "childrens-services": ("childrens-services", *OPEN_TO_ANY_ORGANISATION),
    **dict.fromkeys((PROBATION, "health", "victim-support", "other"), OPEN_TO_ANY_ORGANISATION),
    SELF: ("self", "open"),
}
"""Who asks → the routes open to them in any case; a third party is read as any organisation."""


@dataclass(frozen=True)
class Case:
    """One case. What is not given, or not known, is left open and never conflicts."""

    referrer: str | None = None
    going_to_marac: bool | None = None
    answers: Mapping[Question, str] = field(default_factory=dict)

    def answer(self, question: Question) -> str | None:
        answer = self.answers.get(question)
        return answer if answer in QUESTIONS[question].answers else None


def routes_open_in(case: Case, entry: Entry) -> set[str]:
    """With MARAC for a case that goes there; with cautions for the police, who give them; and with
    courts for probation, which refers after a conviction."""
    routes = {*OPEN_ROUTES.get(case.referrer, ())}
    if case.going_to_marac and case.referrer != SELF:
        routes.add(MARAC)
    gives_cautions = case.referrer == POLICE and entry.stage == OUT_OF_COURT
    if gives_cautions or case.referrer == PROBATION:
        routes.add(CRIMINAL_JUSTICE)
    return routes


class Outcome(StrEnum):
    """SILENT is the source's silence on a question, OPEN the case's."""

    MET = "met"
    CONFLICT = "conflict"
    SILENT = "silent"
    OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """One question and its quotations; `matters` marks what must be asked about first."""

    question: Question
    outcome: Outcome
    matters: bool = False
    rests_on: tuple[int, ...] = ()


class RouteOutcome(StrEnum):
    """ELSEWHERE: the source's words leave no route but one that others take."""

    OPEN = "open"
    ELSEWHERE = "elsewhere"
    OTHERS_REFER = "others-refer"
    NOT_STATED = "not-stated"


@dataclass(frozen=True)
class RouteFinding:
    """The routes that whoever asks can use, or else all, the usual ones first."""

    outcome: RouteOutcome
    referrals: tuple[Referral, ...]

    @property
    def routes(self) -> tuple[str, ...]:
        return tuple(referral.route for referral in self.referrals)

    @property
    def rests_on(self) -> tuple[int, ...]:
        return _ids(self.referrals)

    @property
    def distance(self) -> int:
        """0 where a route names whoever asks, 1 where one is open to them, else 2."""
        if self.outcome is not RouteOutcome.OPEN:
            return 2
        return int({*self.routes} <= {*OPEN_TO_ANY_ORGANISATION})


class VerdictGroup(StrEnum):
    """A section of the result, in this order unless another way in meets the risk or the order."""

    MATCH = "match"
    ASK = "ask"
    ELSEWHERE = "elsewhere"
    NO = "no"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Verdict:
    """What one entry's sources say about one case. Never "eligible", never "not eligible".

    `findings` has every question that the case answers or the entry raises, and the risk.
    """

    entry: Entry
    case: Case
    route: RouteFinding
    findings: tuple[Finding, ...]

    @property
    def met(self) -> set[Question]:
        return _met(self.findings)

    @property
    def conflict(self) -> Finding | None:
        return next((f for f in self.findings if f.outcome is Outcome.CONFLICT), None)

    @cached_property
    def group(self) -> VerdictGroup:
        if self.entry.known_status == STOPPED:
            return VerdictGroup.STOPPED
        if self.conflict:
            return VerdictGroup.NO
        needs_order = any(c.accepted and c.only for c in _listed(self.entry, Question.ORDER))
        awaits_order = needs_order and self.case.answer(Question.ORDER) is None
        if awaits_order or self.route.outcome is RouteOutcome.ELSEWHERE:
            return VerdictGroup.ELSEWHERE
        return VerdictGroup.MATCH if self._is_match() else VerdictGroup.ASK

    def _is_match(self) -> bool:
        if self.route.outcome is not RouteOutcome.OPEN or self.case.referrer in (None, SELF):
            return False
        waiting = {finding.question for finding in self.findings if finding.matters}
        if Question.ORDER in self.met:
            waiting.discard(Question.RISK)
        is_met = bool(self.met & {Question.ORDER, Question.RISK})
        return is_met and not waiting and self.entry.known_status != LAUNCHING

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        first, second = 0, 0
        if self.group is VerdictGroup.ELSEWHERE:
            first, second = Question.RISK not in self.met, Question.ORDER not in self.met
        elif self.group in (VerdictGroup.MATCH, VerdictGroup.ASK):
            first, second = self.route.distance, -len(self.met)
        return first, second, self.entry.name.en.casefold(), self.entry.address


def verdict(entry: Entry, case: Case) -> Verdict:
    findings = tuple(_require_all_parts(entry, [*_findings(entry, case)]))
    return Verdict(entry, case, _route(entry, case), findings)


def verdicts(entries: Iterable[Entry], case: Case) -> dict[VerdictGroup, list[Verdict]]:
    """Every entry in its group, all in the order of the page; none is left out."""
    found = sorted((verdict(entry, case) for entry in entries), key=lambda each: each.sort_key)
    groups = {group: [each for each in found if each.group is group] for group in VerdictGroup}
    first = [VerdictGroup.MATCH]
    if any({Question.RISK, Question.ORDER} & each.met for each in groups[VerdictGroup.ELSEWHERE]):
        first.append(VerdictGroup.ELSEWHERE)
    return {group: groups[group] for group in first} | groups


def questions_for(entries: Sequence[Entry], case: Case) -> list[Question]:
    """The questions whose answer would change what is said of some entry, but for the risk."""
    asked = (q for q in Question if q is not Question.RISK and may_be_asked(q, case.referrer))
    return [question for question in asked if _would_change(question, entries, case)]


def _would_change(question: Question, entries: Iterable[Entry], case: Case) -> bool:
    without = replace(case, answers={**case.answers, question: ""})
    about = (e for e in entries if _listed(e, question) or _raised(e, question))
    return any(_is_undecided(entry, without) for entry in about)


def may_be_asked(question: Question, referrer: str | None) -> bool:
    return QUESTIONS[question].asked_of_self or referrer != SELF


def asks_about_marac(entries: Iterable[Entry], case: Case) -> bool:
    """Whether to ask if the case is going to MARAC; the person is never asked."""
    chosen_there = (e for e in entries if any(r.route == MARAC for r in e.referrals))
    return case.referrer != SELF and any(_is_undecided(e, case) for e in chosen_there)


def _is_undecided(entry: Entry, case: Case) -> bool:
    return verdict(entry, case).group not in (VerdictGroup.NO, VerdictGroup.STOPPED)


def _met(findings: Iterable[Finding]) -> set[Question]:
    return {finding.question for finding in findings if finding.outcome is Outcome.MET}


def _route(entry: Entry, case: Case) -> RouteFinding:
    worded = tuple(sorted(entry.referrals, key=lambda referral: not referral.usual))
    if usable := tuple(each for each in worded if each.route in routes_open_in(case, entry)):
        return RouteFinding(RouteOutcome.OPEN, usable)
    if not worded:
        return RouteFinding(RouteOutcome.NOT_STATED, ())
    only_these = entry.routes_are_all and {r.route for r in worded} <= {*ANOTHER_WAY_IN}
    outcome = RouteOutcome.ELSEWHERE if only_these else RouteOutcome.OTHERS_REFER
    return RouteFinding(outcome, worded)


def _findings(entry: Entry, case: Case) -> Iterator[Finding]:
    for question in Question:
        if may_be_asked(question, case.referrer):
            listed, raised = _listed(entry, question), _raised(entry, question)
            if answer := case.answer(question):
                yield _answered(question, answer, listed, raised)
            elif listed or raised or question is Question.RISK:
                yield _left_open(question, listed, raised)


def _answered(
    question: Question, answer: str, listed: list[Criterion], raised: tuple[int, ...]
) -> Finding:
    named = [criterion for criterion in listed if criterion.answer == f"{question}:{answer}"]
    accepted = [criterion for criterion in listed if criterion.accepted]
    if excluding := [criterion for criterion in named if not criterion.accepted]:
        return Finding(question, Outcome.CONFLICT, rests_on=_ids(excluding))
    if named:
        return Finding(question, Outcome.MET, rests_on=_ids(named))
    if any(criterion.only for criterion in accepted):
        return Finding(question, Outcome.CONFLICT, rests_on=_ids(accepted))
    matters = answer in QUESTIONS[question].matter_when_silent
    return Finding(question, Outcome.SILENT, matters, _ids(listed) or raised)


def _left_open(question: Question, listed: list[Criterion], raised: tuple[int, ...]) -> Finding:
    """As the answer that suits best; but a risk left open always has to be asked about."""
    answered = [_answered(question, each, listed, raised) for each in QUESTIONS[question].answers]
    in_doubt = all(each.matters or each.outcome is Outcome.CONFLICT for each in answered)
    outcome = Outcome.OPEN if listed else Outcome.SILENT
    matters = in_doubt or question is Question.RISK
    return Finding(question, outcome, matters, _ids(listed) or raised)


def _require_all_parts(entry: Entry, findings: list[Finding]) -> Iterator[Finding]:
    """A condition of several parts in one quotation is met only whole."""
    met = _met(findings)
    for finding in findings:
        parts = {
            question
            for question in Question
            for part in _listed(entry, question)
            if part.accepted and part.only and part.rests_on in finding.rests_on
        }
        if finding.outcome is Outcome.MET and not parts <= met:
            matters = bool(QUESTIONS[finding.question].matter_when_silent)
            finding = replace(finding, outcome=Outcome.OPEN, matters=matters)
        yield finding


def _about(entry: Entry, question: Question) -> list[Criterion]:
    return [c for c in entry.current_criteria if c.answer.startswith(f"{question}:")]


def _listed(entry: Entry, question: Question) -> list[Criterion]:
    answers = {f"{question}:{answer}" for answer in QUESTIONS[question].answers}
    names = {quotation.id for quotation in entry.quotations if quotation.field == "programme"}
    listed = (c for c in _about(entry, question) if c.rests_on not in names)
    return [criterion for criterion in listed if criterion.answer in answers]


def _raised(entry: Entry, question: Question) -> tuple[int, ...]:
    """The words (`risk:other`) that say that a question counts, but not which answer is taken."""
    if question is Question.WILLING:
        attendance = entry.reading("attendance")
        return _ids([attendance]) if attendance.value == VOLUNTARY else ()
    listed = _listed(entry, question)
    return _ids(criterion for criterion in _about(entry, question) if criterion not in listed)


def _ids(readings: Iterable[Reading | Criterion | Referral]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(r.rests_on for r in readings if r.rests_on is not None))
