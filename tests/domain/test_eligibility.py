"""The rules of the referral check, on small entries made by hand. No database."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.domain.eligibility import (
    NOT_RUNNING,
    QUESTIONS,
    SERVES,
    Case,
    Ground,
    Outcome,
    Question,
    Reason,
    Referrer,
    RouteOutcome,
    VerdictGroup,
    asks_about_marac,
    questions_for,
    verdict,
    verdicts,
)
from programmes.domain.entry import Criterion, Entry, Reading, Referral
from programmes.open_referral.statuses import STATUSES, status_of
from programmes.vocabulary import Answer, Attendance, Route, Stage, Status
from tests.domain.slow_verdict import slow_verdict
from tests.domain.test_entry import EMPTY

NAME, ATTENDANCE, ROUTE, ELIGIBILITY, TEXT = range(1, 6)
"""The quotations that readings rest on."""

SILENT = Reading()
PLAIN = replace(
    EMPTY,
    referrals=(Referral("any-agency", ROUTE),),
    criteria=(Criterion("access:open", ELIGIBILITY),),
)
"""An open entry to which any agency refers, and of which no more is stated."""


def entry(**columns) -> Entry:
    """One with some parts of its own, its status and attendance by their names."""
    single = {name: columns.pop(name) for name in ("status", "attendance") if name in columns}
    return replace(PLAIN, readings=PLAIN.readings | single, **columns)


def taking(*answers: str) -> Entry:
    """ "!" before an answer excludes it, "=" says that no other will do."""
    rows = (
        Criterion(answer.lstrip("!="), number, not answer.startswith("!"), answer.startswith("="))
        for number, answer in enumerate(answers, start=ELIGIBILITY)
    )
    return entry(criteria=tuple(rows))


def case(referrer: str | None = "organisation", marac: bool | None = None, **answers: str) -> Case:
    return Case(
        Referrer(referrer) if referrer else None,
        marac,
        {Question(question): answer for question, answer in answers.items()},
    )


def finding(found, question: str):
    """(outcome, matters, rests on) of one question; None where there is no finding."""
    findings = {f.question: (f.outcome, f.matters, f.rests_on) for f in found.findings}
    return findings.get(Question(question))


ONE_QUESTION = [
    # an entry takes, the case answers → outcome, matters, quotations
    (["=risk:high"], "high", ("fits", False, (4,))),
    (["=risk:high"], "medium", ("conflict", False, (4,))),
    (["=risk:medium", "=risk:standard"], "standard", ("fits", False, (5,))),
    (["=risk:medium", "=risk:standard"], "high", ("conflict", False, (4, 5))),
    (["!risk:high"], "high", ("conflict", False, (4,))),
    (["!risk:high"], "medium", ("silent", True, (4,))),
    (["risk:medium", "!risk:high"], "high", ("conflict", False, (5,))),
    (["risk:medium", "!risk:high"], "standard", ("silent", True, (4, 5))),
    (["=risk:medium", "!risk:high"], "standard", ("conflict", False, (4,))),
    (["risk:high"], "medium", ("silent", True, (4,))),
    (["risk:other"], "high", ("silent", True, (4,))),
    (["access:open"], "standard", ("silent", True, ())),
    (["access:open"], None, None),
    (["risk:other"], None, ("silent", False, (4,))),
    (["=risk:high"], None, ("open", False, (4,))),
    (["!risk:high"], None, ("open", False, (4,))),
    (["=risk:high"], "dont-know", ("open", False, (4,))),
    (["access:open"], "dont-know", None),
]


@pytest.mark.parametrize(("takes", "answer", "expected"), ONE_QUESTION)
def test_what_an_entry_says_to_one_answer(takes, answer, expected):
    answers = {"risk": answer} if answer else {}
    assert finding(verdict(taking(*takes), case(**answers)), "risk") == expected


SILENCES = [
    ("order", "probation", False),
    ("order", "neither", False),
    ("risk", "high", True),
    ("risk", "medium", True),
    ("risk", "standard", True),
    ("sex", "man", False),
    ("sex", "woman", True),
    ("sex", "another", True),
    ("stalking", "yes", False),
    ("stalking", "no", False),
    ("children", "no", False),
    ("relationship", "ended", False),
    ("willing", "no", False),
]


@pytest.mark.parametrize(("question", "answer", "matters"), SILENCES)
def test_which_silences_of_the_source_matter(question, answer, matters):
    found = verdict(entry(), case(**{question: answer}))
    assert finding(found, question) == ("silent", matters, ())
    assert found.group is (VerdictGroup.ASK_FIRST if matters else VerdictGroup.FITTED)


def test_a_name_alone_turns_nobody_away():
    stalking = entry(criteria=(Criterion("stalking:yes", NAME),))
    found = verdict(stalking, case(stalking="no"))
    assert (found.group, found.decided_by) == (
        VerdictGroup.ASK_FIRST,
        (Ground(Reason.SILENCE, Question.STALKING, (NAME,)),),
    )


WILLING = [
    # attendance, willing → outcome, quotations, group
    (Reading("voluntary", ATTENDANCE), "no", ("conflict", False, (ATTENDANCE,)), 4),
    (Reading("voluntary", ATTENDANCE), "yes", ("fits", False, (ATTENDANCE,)), 1),
    (Reading("voluntary", ATTENDANCE), None, ("open", False, (ATTENDANCE,)), 1),
    (Reading("required", ATTENDANCE), "no", ("silent", False, ()), 1),
    (Reading("required", ATTENDANCE), None, None, 1),
    (SILENT, "no", ("silent", False, ()), 1),
]


@pytest.mark.parametrize(("attendance", "answer", "expected", "group"), WILLING)
def test_a_voluntary_entry_takes_only_the_willing(attendance, answer, expected, group):
    found = verdict(entry(attendance=attendance), case(**({"willing": answer} if answer else {})))
    assert (finding(found, "willing"), found.group) == (expected, group)


SERVED = {
    "police": {"police", "any-agency", "third-party", "open"},
    "childrens-services": {"childrens-services", "any-agency", "third-party", "open"},
    "probation-or-court": {"criminal-justice", "any-agency", "third-party", "open"},
    "organisation": {"any-agency", "third-party", "open"},
    "self": {"self", "open"},
}


@pytest.mark.parametrize("referrer", SERVED)
@pytest.mark.parametrize("route", Route.values)
def test_who_can_use_which_route(referrer, route):
    found = verdict(entry(referrals=(Referral(route, ROUTE),)), case(referrer))
    served = route in SERVED[referrer]
    assert found.route.outcome == ("usable" if served else "someone-else-refers")
    assert found.group == (1 if served else 2)
    assert (found.route.routes, found.route.rests_on) == ((route,), (ROUTE,))


@pytest.mark.parametrize(
    ("referrer", "stage", "outcome"),
    [
        ("police", "out-of-court", "usable"),
        ("police", "statutory", "someone-else-refers"),
        ("probation-or-court", "out-of-court", "usable"),
        ("probation-or-court", "statutory", "usable"),
        ("organisation", "out-of-court", "someone-else-refers"),
        ("self", "out-of-court", "someone-else-refers"),
        (None, "out-of-court", "open"),
    ],
)
def test_the_police_refer_by_criminal_justice_before_court_alone(referrer, stage, outcome):
    found = verdict(
        entry(stage=stage, referrals=(Referral("criminal-justice", ROUTE),)), case(referrer)
    )
    assert found.route.outcome == outcome


@pytest.mark.parametrize(
    ("referrer", "marac", "outcome"),
    [
        ("police", True, "usable"),
        ("organisation", True, "usable"),
        ("organisation", False, "someone-else-refers"),
        ("organisation", None, "someone-else-refers"),
        ("self", True, "someone-else-refers"),
        (None, True, "usable"),
        (None, False, "open"),
        (None, None, "open"),
    ],
)
def test_marac_is_a_route_for_cases_that_go_there(referrer, marac, outcome):
    found = verdict(entry(referrals=(Referral("marac", ROUTE),)), case(referrer, marac))
    assert found.route.outcome == outcome


def test_the_usual_route_comes_first_then_the_order_of_the_source():
    referrals = (
        Referral("third-party", 3),
        Referral("self", 3),
        Referral("open", 4),
        Referral("childrens-services", 5, usual=True),
    )
    several = entry(referrals=referrals)
    usable = verdict(several, case("childrens-services")).route
    assert usable.routes == ("childrens-services", "third-party", "open")
    assert usable.rests_on == (5, 3, 4)
    assert verdict(several, case("self")).route.routes == ("self", "open")
    left_open = verdict(several, case(None)).route
    assert left_open.routes == ("childrens-services", "third-party", "self", "open")


@pytest.mark.parametrize("all_of_them", [True, False])
def test_whether_other_routes_are_left_decides_nothing(all_of_them):
    found = verdict(entry(routes_are_all=all_of_them), case("self"))
    assert (found.group, found.route.routes_are_all) == (
        VerdictGroup.SOMEONE_ELSE_REFERS,
        all_of_them,
    )


MAN_ONLY = (Criterion("sex:man", ELIGIBILITY, only=True),)
STOPPED = Reading("stopped", TEXT)
PRECEDENCE = [
    # columns, answers → group, what decided
    ({}, {}, 1, []),
    ({"status": STOPPED}, {"risk": "high"}, 5, [("status", None, (TEXT,))]),
    ({"status": Reading("launching", TEXT)}, {}, 5, [("status", None, (TEXT,))]),
    ({"status": Reading("spot-purchase", TEXT)}, {}, 1, []),
    (
        {"status": STOPPED, "criteria": MAN_ONLY, "referrals": ()},
        {"sex": "woman"},
        5,
        [("status", None, (TEXT,))],
    ),
    (
        {"criteria": MAN_ONLY, "referrals": ()},
        {"sex": "woman", "risk": "high"},
        4,
        [("conflict", "sex", (ELIGIBILITY,))],
    ),
    ({"referrals": ()}, {}, 3, [("route-not-stated", None, ())]),
    ({"criteria": ()}, {}, 3, [("eligibility-not-stated", None, ())]),
    (
        {"referrals": (), "criteria": ()},
        {"risk": "high", "sex": "woman", "stalking": "no"},
        3,
        [
            ("route-not-stated", None, ()),
            ("eligibility-not-stated", None, ()),
            ("silence", "risk", ()),
            ("silence", "sex", ()),
        ],
    ),
    (
        {"referrals": (Referral("police", ROUTE),)},
        {"risk": "high"},
        3,
        [("silence", "risk", ())],
    ),
    (
        {"referrals": (Referral("police", ROUTE),)},
        {"stalking": "no"},
        2,
        [("someone-else-refers", None, (ROUTE,))],
    ),
]


@pytest.mark.parametrize(("columns", "answers", "group", "decided"), PRECEDENCE)
def test_which_group_yields_to_which(columns, answers, group, decided):
    found = verdict(entry(**columns), case(**answers))
    grounds = [(ground.reason, ground.question, ground.rests_on) for ground in found.decided_by]
    assert (found.group, grounds) == (group, decided)


def test_conflicts_are_cited_in_the_order_of_the_questions():
    strict = entry(
        attendance=Reading("voluntary", ATTENDANCE),
        criteria=tuple(
            Criterion(answer, ELIGIBILITY, only=True)
            for answer in (
                "relationship:continuing",
                "children:yes",
                "stalking:yes",
                "sex:man",
                "risk:high",
                "order:probation",
            )
        ),
    )
    left = {
        Question.WILLING: "no",
        Question.RELATIONSHIP: "ended",
        Question.CHILDREN: "no",
        Question.STALKING: "no",
        Question.SEX: "woman",
        Question.RISK: "medium",
        Question.ORDER: "neither",
    }
    cited = []
    while left:
        (ground,) = verdict(strict, Case(answers=left)).decided_by
        assert ground.question
        cited.append(ground.question)
        left = {question: answer for question, answer in left.items() if question not in cited}
    assert cited == [
        "order",
        "risk",
        "sex",
        "stalking",
        "children",
        "relationship",
        "willing",
    ]


def test_an_entry_that_does_not_run_still_has_all_its_findings():
    found = verdict(entry(status=STOPPED, criteria=MAN_ONLY), case(sex="woman"))
    assert finding(found, "sex") == ("conflict", False, (ELIGIBILITY,))
    assert found.route.outcome is RouteOutcome.USABLE


def test_a_person_is_asked_neither_risk_nor_relationship_whatever_is_given():
    strict = taking("=risk:high", "=relationship:continuing")
    found = verdict(strict, case("self", risk="medium", relationship="ended"))
    assert finding(found, "risk") == ("open", False, (4,))
    assert finding(found, "relationship") == ("open", False, (5,))


def test_conditions_without_a_question_decide_nothing():
    strict = taking("=age:adult", "=conviction:ipv", "family:whole", "=sex:man", "access:open")
    found = verdict(strict, case(sex="man"))
    assert found.group is VerdictGroup.FITTED
    assert [criterion.answer for criterion in found.also_required] == [
        "age:adult",
        "conviction:ipv",
    ]


def test_every_entry_is_in_one_of_the_five_groups_in_its_order():
    first, second, stopped = entry(), taking("access:open"), entry(status=STOPPED)
    groups = verdicts([first, stopped, second], case())
    assert {group: [found.entry for found in groups[group]] for group in groups} == {
        VerdictGroup.FITTED: [first, second],
        VerdictGroup.SOMEONE_ELSE_REFERS: [],
        VerdictGroup.ASK_FIRST: [],
        VerdictGroup.DOES_NOT_FIT: [],
        VerdictGroup.NOT_RUNNING: [stopped],
    }
    assert list(groups) == [1, 2, 3, 4, 5]


VOLUNTARY = Reading("voluntary", ATTENDANCE)


@pytest.mark.parametrize(
    ("entries", "referrer", "questions"),
    [
        ([], "police", []),
        ([entry()], "police", []),
        ([entry(attendance=VOLUNTARY)], "police", ["willing"]),
        ([entry(attendance=VOLUNTARY)], "self", ["willing"]),
        ([entry(attendance=Reading("required", ATTENDANCE))], "police", []),
        ([taking("sex:man"), taking("order:probation")], "police", ["order", "sex"]),
        ([taking("!risk:high", "relationship:continuing")], None, ["risk", "relationship"]),
        ([taking("!risk:high", "relationship:continuing", "children:yes")], "self", ["children"]),
        ([taking("risk:other")], "police", ["risk"]),
        ([taking("risk:other")], "self", []),
    ],
)
def test_only_what_some_entry_speaks_of_is_asked(entries, referrer, questions):
    assert questions_for(entries, Referrer(referrer) if referrer else None) == questions


@pytest.mark.parametrize(
    ("routes", "referrer", "asked"),
    [
        (["marac"], "police", True),
        (["self", "marac"], None, True),
        (["marac"], "self", False),
        (["police"], "police", False),
        ([], "police", False),
    ],
)
def test_marac_is_asked_of_where_some_entry_names_it(routes, referrer, asked):
    entries = [entry(), *(entry(referrals=(Referral(route, ROUTE),)) for route in routes)]
    assert asks_about_marac(entries, Referrer(referrer) if referrer else None) is asked


def test_the_codes_of_the_rules_are_those_of_the_vocabulary():
    answers = {
        f"{question}:{code}" for question in Question for code in QUESTIONS[question].answers
    }
    asked = {answer for answer in Answer.values if answer.split(":")[0] in set(Question)}
    raised = {code for asked in QUESTIONS.values() for code in asked.raised_by}
    assert asked - raised <= answers
    assert raised <= set(Answer.values)
    assert {route for routes in SERVES.values() for route in routes} | {"marac", "other"} == set(
        Route.values
    )
    assert set(NOT_RUNNING) <= set(Status.values)
    assert {"out-of-court"} <= set(Stage.values)
    assert {"voluntary"} <= set(Attendance.values)
    assert (set(QUESTIONS), set(SERVES)) == (set(Question), set(Referrer))


IDS = st.integers(1, 5)
ENTRIES = st.builds(
    entry,
    stage=st.sampled_from(Stage.values),
    # Half of them run, so that the other groups are met too.
    status=st.builds(Reading, st.sampled_from(["listed", "listed", *Status.values]), IDS),
    check_outcome=st.sampled_from(["", "", "", "confirmed", "stopped"]),
    attendance=st.just(SILENT) | st.builds(Reading, st.sampled_from(Attendance.values), IDS),
    routes_are_all=st.booleans(),
    referrals=st.lists(
        st.builds(Referral, st.sampled_from(Route.values), IDS, st.booleans()),
        max_size=4,
        unique_by=lambda referral: referral.route,
    ).map(tuple),
    criteria=st.lists(
        st.builds(Criterion, st.sampled_from(Answer.values), IDS, st.booleans(), st.booleans()),
        max_size=5,
        unique_by=lambda criterion: criterion.answer,
    ).map(tuple),
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question: st.sampled_from([*asked.answers, "dont-know"])
        for question, asked in QUESTIONS.items()
    },
)
CASES = st.builds(Case, st.none() | st.sampled_from(Referrer), st.none() | st.booleans(), ANSWERS)

thoroughly = settings(deadline=None, max_examples=500)


@thoroughly
@given(ENTRIES, CASES)
def test_the_verdict_is_that_of_the_slow_and_obvious_one(entry, case):
    found = verdict(entry, case)
    group, decided, route, routes, findings = slow_verdict(entry, case)
    assert (found.group, found.route.outcome, list(found.route.routes)) == (group, route, routes)
    assert [ground.question or ground.reason for ground in found.decided_by] == decided
    assert {f.question: (f.outcome, f.matters, set(f.rests_on)) for f in found.findings} == findings
    assert [f.question for f in found.findings] == list(findings)


@thoroughly
@given(ENTRIES, CASES)
def test_a_blank_yields_neither_fit_nor_conflict(entry, case):
    found = verdict(entry, case)
    said = {criterion.answer.split(":")[0] for criterion in entry.criteria}
    said |= {"willing"} if entry.reading("attendance").value == "voluntary" else set()
    for finding in found.findings:
        if finding.outcome in (Outcome.FITS, Outcome.CONFLICT):
            assert finding.question in said
            assert finding.rests_on
    if not (entry.criteria and entry.referrals):
        assert found.group in (
            VerdictGroup.ASK_FIRST,
            VerdictGroup.DOES_NOT_FIT,
            VerdictGroup.NOT_RUNNING,
        )


@thoroughly
@given(ENTRIES, CASES)
def test_what_the_case_leaves_open_never_conflicts(entry, case):
    for finding in verdict(entry, case).findings:
        if case.answers.get(finding.question, "dont-know") == "dont-know":
            assert finding.outcome in (Outcome.OPEN, Outcome.SILENT)
            assert not finding.matters


@thoroughly
@given(ENTRIES, CASES, st.none() | st.sampled_from(Referrer), st.none() | st.booleans())
def test_who_refers_is_never_why_something_does_not_fit(entry, case, referrer, marac):
    found = verdict(entry, case)
    other = verdict(entry, Case(referrer, marac, case.answers))
    if Referrer.SELF not in (case.referrer, referrer):  # who is not asked everything
        assert (found.group == VerdictGroup.DOES_NOT_FIT) == (
            other.group == VerdictGroup.DOES_NOT_FIT
        )
    if found.group == VerdictGroup.DOES_NOT_FIT:
        assert found.decided_by[0].question


@thoroughly
@given(ENTRIES, CASES, ANSWERS)
def test_no_answer_makes_an_entry_run(entry, case, more):
    before = verdict(entry, case).group == VerdictGroup.NOT_RUNNING
    after = verdict(entry, Case(case.referrer, case.going_to_marac, {**case.answers, **more}))
    assert (
        before == (after.group == VerdictGroup.NOT_RUNNING) == (entry.known_status in NOT_RUNNING)
    )


def test_the_feed_has_a_status_for_each_of_ours():
    assert STATUSES == {
        "listed": "active",
        "stopped": "inactive",
        "spot-purchase": "inactive",
        "launching": "inactive",
        "said-to-run": "active",
    }
    assert set(STATUSES) == set(Status.values)


@thoroughly
@given(ENTRIES, CASES)
def test_nothing_that_does_not_run_is_active_in_the_feed(entry, case):
    if verdict(entry, case).group is VerdictGroup.NOT_RUNNING:
        assert status_of(entry) == "inactive"
