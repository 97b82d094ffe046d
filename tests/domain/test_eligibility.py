"""The rules of the referral check, on small entries made by hand. No database."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from programmes.domain.eligibility import (
    ANOTHER_WAY_IN,
    CRIMINAL_JUSTICE,
    LAUNCHING,
    MARAC,
    OPEN_ROUTES,
    OUT_OF_COURT,
    QUESTIONS,
    VOLUNTARY,
    Case,
    Outcome,
    Question,
    VerdictGroup,
    asks_about_marac,
    questions_for,
    verdict,
    verdicts,
)
from programmes.domain.entry import Bilingual, Criterion, Entry, Reading, Referral
from programmes.open_referral.taxonomies import STATUSES
from programmes.vocabulary import Answer, Attendance, Referrer, Route, Stage, Status
from tests.domain.slow_verdict import slow_order, slow_verdict
from tests.domain.test_entry import EMPTY

NAME, ATTENDANCE, ROUTE, ELIGIBILITY, TEXT = range(1, 6)
"""The quotations that readings rest on; `EMPTY` has the first, its name."""

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


def taking(*answers: str, **columns) -> Entry:
    """ "!" before an answer excludes it, "=" says that no other will do; each has a cell."""
    rows = (
        Criterion(answer.lstrip("!="), number, not answer.startswith("!"), answer.startswith("="))
        for number, answer in enumerate(answers, start=ELIGIBILITY)
    )
    return entry(criteria=tuple(rows), **columns)


def case(referrer: str | None = "other", marac: bool | None = None, **answers: str) -> Case:
    given = {Question(question): answer for question, answer in answers.items()}
    return Case(referrer, marac, given)


def finding(found, question: str):
    """(outcome, matters, rests on) of one question; None where there is no finding."""
    findings = {f.question: (f.outcome, f.matters, f.rests_on) for f in found.findings}
    return findings.get(Question(question))


ONE_QUESTION = [
    # an entry takes, the case answers → outcome, matters, quotations
    (["=risk:high"], "high", ("met", False, (4,))),
    (["=risk:high"], "medium", ("conflict", False, (4,))),
    (["=risk:medium", "=risk:standard"], "standard", ("met", False, (5,))),
    (["=risk:medium", "=risk:standard"], "high", ("conflict", False, (4, 5))),
    (["!risk:high"], "high", ("conflict", False, (4,))),
    (["!risk:high"], "medium", ("silent", True, (4,))),
    (["risk:medium", "!risk:high"], "high", ("conflict", False, (5,))),
    (["risk:medium", "!risk:high"], "standard", ("silent", True, (4, 5))),
    (["=risk:medium", "!risk:high"], "standard", ("conflict", False, (4,))),
    (["risk:high"], "medium", ("silent", True, (4,))),
    (["risk:other"], "high", ("silent", True, (4,))),
    (["risk:other"], "high", ("silent", True, (4,))),
    (["=risk:other"], "medium", ("silent", True, (4,))),
    (["=risk:other"], None, ("silent", True, (4,))),
    (["=risk:other", "risk:high"], "high", ("met", False, (5,))),
    (["access:open"], "standard", ("silent", True, ())),
    (["access:open"], None, ("silent", True, ())),
    (["risk:other"], None, ("silent", True, (4,))),
    (["=risk:high"], None, ("open", True, (4,))),
    (["!risk:high"], None, ("open", True, (4,))),
    (["=risk:high"], "unknown", ("open", True, (4,))),
    (["access:open"], "unknown", ("silent", True, ())),
]


@pytest.mark.parametrize(("takes", "answer", "expected"), ONE_QUESTION)
def test_what_an_entry_says_to_one_answer(takes, answer, expected):
    answers = {"risk": answer} if answer else {}
    assert finding(verdict(taking(*takes), case(**answers)), "risk") == expected


SILENCES = [
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
    ("willing", "yes", False),
    ("willing", "no", True),
]


@pytest.mark.parametrize(("question", "answer", "matters"), SILENCES)
def test_which_silences_of_the_source_matter(question, answer, matters):
    found = verdict(entry(), case(**{question: answer}))
    assert finding(found, question) == ("silent", matters, ())
    # All else being met, only such a silence takes a match away.
    met = taking("=order:probation")
    answered = verdict(met, case(order="probation", **{question: answer}))
    is_match = not matters or question == "risk"
    assert answered.group == ("match" if is_match else "ask")


@pytest.mark.parametrize("answer", ["yes", "no"])
@pytest.mark.parametrize("only", [True, False])
def test_a_name_alone_is_never_met_and_turns_nobody_away(answer, only):
    stalking = entry(criteria=(Criterion("stalking:yes", NAME, only=only),))
    found = verdict(stalking, case(stalking=answer))
    assert (found.group, finding(found, "stalking")) == ("ask", ("silent", False, (NAME,)))
    stated = verdict(taking("=stalking:yes"), case(stalking=answer))
    assert finding(stated, "stalking")[0] == {"yes": "met", "no": "conflict"}[answer]


@pytest.mark.parametrize("attendance", ["voluntary", "required"])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_willingness_is_never_met_and_never_conflicts(attendance, answer):
    high = taking("=risk:high", attendance=Reading(attendance, ATTENDANCE))
    found = verdict(high, case(risk="high", willing=answer))
    rests_on = (ATTENDANCE,) if attendance == "voluntary" else ()
    assert finding(found, "willing") == ("silent", answer == "no", rests_on)
    assert found.group == {"yes": "match", "no": "ask"}[answer]


FAMILIES = entry(
    criteria=(
        Criterion("children:yes", ELIGIBILITY, only=True),
        Criterion("relationship:continuing", ELIGIBILITY, only=True),
    )
)
PARTS = [
    # answers → what is met, what conflicts
    ({"children": "yes", "relationship": "continuing"}, {"children", "relationship"}, None),
    ({"children": "yes"}, set(), None),
    ({"relationship": "continuing"}, set(), None),
    ({"children": "yes", "relationship": "ended"}, set(), "relationship"),
    ({"children": "no", "relationship": "continuing"}, set(), "children"),
    ({}, set(), None),
]


@pytest.mark.parametrize(("answers", "met", "conflict"), PARTS)
def test_a_condition_of_several_parts_is_met_only_whole(answers, met, conflict):
    found = verdict(FAMILIES, case(**answers))
    decided = found.conflict.question if found.conflict else None
    assert (found.met, decided) == (met, conflict)
    # The person is not asked whether the relationship is to continue.
    assert verdict(FAMILIES, case("self", children="yes")).met == set()


OPEN = {
    "police": {"police", "any-agency", "third-party", "open"},
    "childrens-services": {"childrens-services", "any-agency", "third-party", "open"},
    "probation": {"any-agency", "third-party", "open"},
    "health": {"any-agency", "third-party", "open"},
    "victim-support": {"any-agency", "third-party", "open"},
    "other": {"any-agency", "third-party", "open"},
    "self": {"self", "open"},
}


@pytest.mark.parametrize("referrer", OPEN)
def test_routes_open_to_a_referrer_whatever_the_case(referrer):
    assert {*OPEN_ROUTES[referrer]} == OPEN[referrer]


@pytest.mark.parametrize("referrer", OPEN)
@pytest.mark.parametrize("route", Route.values)
@pytest.mark.parametrize("only_these", [True, False])
def test_who_can_use_which_route(referrer, route, only_these):
    one = taking("=risk:high", referrals=(Referral(route, ROUTE),), routes_are_all=only_these)
    found = verdict(one, case(referrer, risk="high"))
    is_open = route in OPEN[referrer] or (referrer, route) == ("probation", "criminal-justice")
    exclusive = only_these and route in ("police", "marac", "criminal-justice")
    closed = "elsewhere" if exclusive else "others-refer"
    assert found.route.outcome == ("open" if is_open else closed)
    if is_open:
        assert found.group == ("ask" if referrer == "self" else "match")
    else:
        assert found.group == ("elsewhere" if exclusive else "ask")
    assert (found.route.routes, found.route.rests_on) == ((route,), (ROUTE,))


@pytest.mark.parametrize(
    ("referrer", "stage", "outcome"),
    [
        ("police", "out-of-court", "open"),
        ("police", "statutory", "elsewhere"),
        ("probation", "out-of-court", "open"),
        ("probation", "statutory", "open"),
        ("health", "out-of-court", "elsewhere"),
        ("self", "out-of-court", "elsewhere"),
        (None, "out-of-court", "elsewhere"),
    ],
)
def test_the_police_give_cautions_and_a_court_gives_orders(referrer, stage, outcome):
    referrals = (Referral("criminal-justice", ROUTE),)
    found = verdict(entry(stage=stage, referrals=referrals, routes_are_all=True), case(referrer))
    assert found.route.outcome == outcome


@pytest.mark.parametrize(
    ("referrer", "marac", "group"),
    [
        ("police", True, "match"),
        ("other", True, "match"),
        ("other", False, "elsewhere"),
        ("other", None, "elsewhere"),
        ("self", True, "elsewhere"),
        (None, True, "ask"),
        (None, False, "elsewhere"),
    ],
)
def test_marac_is_a_route_for_cases_that_go_there(referrer, marac, group):
    high = taking("=risk:high", referrals=(Referral("marac", ROUTE),), routes_are_all=True)
    assert verdict(high, case(referrer, marac, risk="high")).group == group


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


MAN_ONLY = (Criterion("sex:man", ELIGIBILITY, only=True),)
HIGH = (Criterion("risk:high", ELIGIBILITY, only=True),)
ORDER = (Criterion("order:probation", ELIGIBILITY, only=True),)
STOPPED = Reading("stopped", TEXT)
GROUPS = [
    # columns, answers → group
    ({}, {}, "ask"),
    ({"criteria": HIGH}, {"risk": "high"}, "match"),
    ({"criteria": HIGH}, {}, "ask"),
    ({"criteria": HIGH}, {"risk": "unknown"}, "ask"),
    ({"criteria": HIGH, "status": Reading("launching", TEXT)}, {"risk": "high"}, "ask"),
    ({"criteria": HIGH, "status": Reading("spot-purchase", TEXT)}, {"risk": "high"}, "match"),
    ({"criteria": HIGH, "status": STOPPED}, {"risk": "high"}, "stopped"),
    ({"criteria": HIGH, "status": STOPPED}, {"risk": "medium"}, "stopped"),
    ({"criteria": HIGH, "referrals": ()}, {"risk": "high"}, "ask"),
    ({"criteria": HIGH, "referrals": (Referral("self", ROUTE),)}, {"risk": "high"}, "ask"),
    ({"criteria": HIGH}, {"risk": "high", "sex": "woman"}, "ask"),
    ({"criteria": HIGH}, {"risk": "high", "willing": "no"}, "ask"),
    ({"criteria": MAN_ONLY}, {"sex": "woman", "risk": "high"}, "no"),
    ({"criteria": MAN_ONLY}, {"sex": "man", "risk": "high"}, "ask"),
    ({"criteria": ORDER}, {}, "elsewhere"),
    ({"criteria": ORDER}, {"order": "unknown"}, "elsewhere"),
    ({"criteria": ORDER}, {"order": "probation"}, "match"),
    ({"criteria": ORDER}, {"order": "probation", "risk": "high"}, "match"),
    ({"criteria": ORDER}, {"order": "neither"}, "no"),
    ({"criteria": (*ORDER, *MAN_ONLY)}, {"sex": "woman"}, "no"),
    ({"criteria": (), "referrals": ()}, {"risk": "high", "sex": "woman"}, "ask"),
]


@pytest.mark.parametrize(("columns", "answers", "group"), GROUPS)
def test_which_group_an_entry_is_in(columns, answers, group):
    assert verdict(entry(**columns), case(**answers)).group == group


def test_conflicts_are_cited_in_the_order_of_the_questions():
    answers = ("relationship:continuing", "children:yes", "stalking:yes", "sex:man", "risk:high")
    strict = taking(*(f"={answer}" for answer in (*answers, "order:probation")))
    left = {
        Question.RELATIONSHIP: "ended",
        Question.CHILDREN: "no",
        Question.STALKING: "no",
        Question.SEX: "woman",
        Question.RISK: "medium",
        Question.ORDER: "neither",
    }
    cited: list[Question] = []
    while left:
        conflict = verdict(strict, Case("other", answers=left)).conflict
        assert conflict
        cited.append(conflict.question)
        left = {question: answer for question, answer in left.items() if question not in cited}
    assert cited == ["order", "risk", "sex", "stalking", "children", "relationship"]


def test_a_person_is_asked_neither_risk_nor_relationship_whatever_is_given():
    strict = taking("=risk:high", "=relationship:continuing")
    found = verdict(strict, case("self", risk="medium", relationship="ended"))
    assert (found.group, found.findings) == ("ask", ())


def named(name: str, *answers: str, **columns) -> Entry:
    return taking(*answers, slug=name, name=Bilingual(name), **columns)


def order(entries: list[Entry], asked: Case) -> list[tuple[str, list[str]]]:
    groups = verdicts(entries, asked)
    return [(g, [each.entry.slug for each in groups[g]]) for g in groups if groups[g]]


CLOSED = {"referrals": (Referral("marac", ROUTE),), "routes_are_all": True}
SEVERAL = [
    named("a-self", referrals=(Referral("self", ROUTE),)),
    named("b-open"),
    named("C-open-and-a-man", "sex:man"),
    named("d-named", referrals=(Referral("police", ROUTE),)),
    named("e-marac", "=risk:high", **CLOSED),
    named("f-order", "=order:probation", **CLOSED),
    named("g-neither", **CLOSED),
    named("h-medium", "=risk:medium"),
    named("i-stopped", status=STOPPED),
]
ASK = ["d-named", "C-open-and-a-man", "b-open"]
IN_ORDER = [
    # answers → groups
    (
        {"risk": "high", "order": "probation"},
        [
            ("elsewhere", ["e-marac", "f-order", "g-neither"]),
            ("ask", [*ASK, "a-self"]),
            ("no", ["h-medium"]),
            ("stopped", ["i-stopped"]),
        ],
    ),
    (
        {"risk": "medium"},
        [
            ("match", ["h-medium"]),
            ("ask", [*ASK, "a-self"]),
            ("elsewhere", ["f-order", "g-neither"]),
            ("no", ["e-marac"]),
            ("stopped", ["i-stopped"]),
        ],
    ),
    (
        {"order": "probation"},
        [
            ("elsewhere", ["f-order", "e-marac", "g-neither"]),
            ("ask", [*ASK, "h-medium", "a-self"]),
            ("stopped", ["i-stopped"]),
        ],
    ),
]


@pytest.mark.parametrize(("answers", "expected"), IN_ORDER)
def test_groups_and_entries_stand_in_the_order_of_the_page(answers, expected):
    assert order(SEVERAL[::-1], case("police", sex="man", **answers)) == expected


@pytest.mark.parametrize(
    ("entries", "referrer", "questions"),
    [
        ([], "police", []),
        ([], "self", []),
        ([entry(attendance=Reading(VOLUNTARY, ATTENDANCE))], "police", ["willing"]),
        ([entry(attendance=Reading(VOLUNTARY, ATTENDANCE))], "self", ["willing"]),
        ([entry(attendance=Reading("required", ATTENDANCE))], "police", []),
        ([taking("sex:man"), taking("order:probation")], "police", ["order", "sex"]),
        ([taking("!risk:high", "relationship:continuing")], None, ["relationship"]),
        ([taking("!risk:high", "relationship:continuing", "children:yes")], "self", ["children"]),
        ([entry(criteria=(Criterion("stalking:yes", NAME),))], "self", ["stalking"]),
        ([taking("risk:other")], "self", []),
    ],
)
def test_only_what_some_entry_speaks_of_is_asked_beside_the_risk(entries, referrer, questions):
    assert questions_for(entries, Case(referrer)) == questions


def test_what_decides_nothing_any_more_is_not_asked():
    men_on_probation = taking("=sex:man", "=order:probation")
    case = Case("police", answers={Question.ORDER: "neither"})
    assert questions_for([men_on_probation], case) == ["order"]
    case = Case("police", answers={Question.SEX: "woman"})
    assert questions_for([men_on_probation], case) == ["sex"]


@pytest.mark.parametrize(
    ("routes", "case", "asked"),
    [
        (["marac"], Case("police"), True),
        (["self", "marac"], Case(), True),
        (["marac"], Case("self"), False),
        (["police"], Case("police"), False),
        ([], Case("police"), False),
    ],
)
def test_marac_is_asked_of_where_some_entry_names_it(routes, case, asked):
    entries = [entry(), *(entry(referrals=(Referral(route, ROUTE),)) for route in routes)]
    assert asks_about_marac(entries, case) is asked


def test_the_codes_of_the_rules_are_those_of_the_vocabulary():
    answers = {
        f"{question}:{code}" for question in Question for code in QUESTIONS[question].answers
    }
    asked = {answer for answer in Answer.values if answer.split(":")[0] in set(Question)}
    assert asked - {"risk:other"} <= answers
    routes = {route for referrer in OPEN_ROUTES for route in OPEN_ROUTES[referrer]}
    assert routes | {MARAC, CRIMINAL_JUSTICE, "other"} == set(Route.values)
    assert set(ANOTHER_WAY_IN) <= set(Route.values)
    assert LAUNCHING in Status.values
    assert OUT_OF_COURT in Stage.values
    assert VOLUNTARY in Attendance.values
    assert (set(QUESTIONS), set(OPEN_ROUTES)) == (set(Question), set(Referrer.values))


IDS = st.integers(1, 5)
# Words about risk that name no level we know are a criterion too.
ANY_ANSWER = st.sampled_from([*Answer.values, "risk:other"])
ENTRIES = st.builds(
    entry,
    slug=st.sampled_from("abc"),
    name=st.builds(Bilingual, st.sampled_from(["A", "b", "B"])),
    stage=st.sampled_from(Stage.values),
    # Half of them run, so that the other groups are met too.
    status=st.builds(Reading, st.sampled_from(["listed", "listed", *Status.values]), IDS),
    check_outcome=st.sampled_from(["", "", "", "confirmed", "stopped"]),
    attendance=st.just(Reading()) | st.builds(Reading, st.sampled_from(Attendance.values), IDS),
    routes_are_all=st.booleans(),
    referrals=st.lists(
        st.builds(Referral, st.sampled_from(Route.values), IDS, st.booleans()),
        max_size=4,
        unique_by=lambda referral: referral.route,
    ).map(tuple),
    criteria=st.lists(
        st.builds(Criterion, ANY_ANSWER, IDS, st.booleans(), st.booleans()),
        max_size=5,
        unique_by=lambda criterion: criterion.answer,
    ).map(tuple),
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question: st.sampled_from([*asked.answers, "unknown"])
        for question, asked in QUESTIONS.items()
    },
)
CASES = st.builds(
    Case, st.none() | st.sampled_from(Referrer.values), st.none() | st.booleans(), ANSWERS
)


@given(ENTRIES, CASES)
def test_the_verdict_is_that_of_the_slow_and_obvious_one(entry, case):
    found = verdict(entry, case)
    group, route, routes, findings = slow_verdict(entry, case)
    assert (found.group, found.route.outcome, list(found.route.routes)) == (group, route, routes)
    assert {f.question: (f.outcome, f.matters, set(f.rests_on)) for f in found.findings} == findings
    assert [f.question for f in found.findings] == list(findings)


@given(st.lists(ENTRIES, max_size=4, unique_by=lambda each: each.address), CASES)
def test_the_order_is_that_of_the_slow_and_obvious_one(entries, case):
    groups = verdicts(entries, case)
    found = [(g, [each.entry.address for each in groups[g]]) for g in groups if groups[g]]
    assert found == slow_order(entries, case)


RANKS = {"match": 0, "ask": 1, "elsewhere": 1, "no": 2, "stopped": 3}


@given(ENTRIES, CASES, st.sampled_from(Question))
def test_no_question_left_open_makes_an_entry_better_than_its_best_answer(entry, case, question):
    answers = [{**case.answers, question: answer} for answer in QUESTIONS[question].answers]
    left_open = {q: answer for q, answer in case.answers.items() if q != question}
    # No source turns away every answer there is.
    turned = {c.answer for c in entry.criteria if not c.accepted}
    assume(not {f"{question}:{a}" for a in QUESTIONS[question].answers} <= turned)
    best = min(RANKS[verdict(entry, replace(case, answers=given)).group] for given in answers)
    for unanswered in (left_open, left_open | {question: "unknown"}):
        assert RANKS[verdict(entry, replace(case, answers=unanswered)).group] >= best


@given(ENTRIES, CASES, st.none() | st.booleans())
def test_nobody_left_unnamed_gets_a_better_group_than_whom_it_suits_best(entry, case, marac):
    for referrer, going in ((None, case.going_to_marac), (case.referrer, None)):
        others = Referrer.values if referrer is None else [referrer]
        asked = [
            replace(case, referrer=r, going_to_marac=m) for r in others for m in (going, marac)
        ]
        best = min(RANKS[verdict(entry, each).group] for each in asked)
        unnamed = replace(case, referrer=referrer, going_to_marac=going)
        assert RANKS[verdict(entry, unnamed).group] >= best


@given(ENTRIES, CASES)
def test_a_match_has_its_risk_or_order_met_and_is_for_professionals(entry, case):
    found = verdict(entry, case)
    if found.group is VerdictGroup.MATCH:
        assert case.referrer in set(Referrer.values) - {"self"}
        assert found.met & {Question.RISK, Question.ORDER}
        assert case.answer(Question.RISK) or Question.ORDER in found.met
        assert found.route.outcome == "open"


@given(ENTRIES, CASES)
def test_a_blank_is_neither_met_nor_a_conflict(entry, case):
    found = verdict(entry, case)
    said = {criterion.answer.split(":")[0] for criterion in entry.criteria}
    for finding in found.findings:
        if finding.outcome in (Outcome.MET, Outcome.CONFLICT):
            assert finding.question in said
            assert finding.question != Question.WILLING
            assert finding.rests_on
            assert NAME not in finding.rests_on


@given(ENTRIES, CASES)
def test_what_the_case_leaves_open_never_conflicts(entry, case):
    for finding in verdict(entry, case).findings:
        if case.answers.get(finding.question, "unknown") == "unknown":
            assert finding.outcome in (Outcome.OPEN, Outcome.SILENT)


@given(ENTRIES, CASES, st.none() | st.sampled_from(Referrer.values), st.none() | st.booleans())
def test_who_refers_is_never_why_something_does_not_match(entry, case, referrer, marac):
    found = verdict(entry, case)
    other = verdict(entry, Case(referrer, marac, case.answers))
    if "self" not in (case.referrer, referrer):  # who is not asked everything
        assert (found.group == VerdictGroup.NO) == (other.group == VerdictGroup.NO)
    if found.group == VerdictGroup.NO:
        assert found.conflict


@given(ENTRIES, CASES, ANSWERS)
def test_no_answer_makes_an_entry_run(entry, case, more):
    stopped = entry.known_status == "stopped"
    for answers in (case.answers, {**case.answers, **more}):
        found = verdict(entry, replace(case, answers=answers))
        assert (found.group is VerdictGroup.STOPPED) == stopped


def test_the_feed_has_a_status_for_each_of_ours():
    assert STATUSES == {
        "listed": "active",
        "stopped": "inactive",
        "spot-purchase": "inactive",
        "launching": "inactive",
        "said-to-run": "active",
    }
    assert set(STATUSES) == set(Status.values)


@given(ENTRIES, CASES)
def test_nothing_that_stopped_or_waits_for_its_launch_is_active_in_the_feed(entry, case):
    if entry.known_status in ("stopped", LAUNCHING):
        assert verdict(entry, case).group is not VerdictGroup.MATCH
        assert STATUSES[entry.known_status] == "inactive"
