"""The referral check once more: slow, obvious, sharing no code with the real one.

Written from section 5 of the design and part 5 of the domain reading. Its answer is plain tuples.
"""

PROFESSIONALS = ["police", "childrens-services", "probation", "health", "victim-support", "other"]
ANSWERS = {
    "order": ["probation", "conditional-caution", "neither"],
    "risk": ["high", "medium", "standard"],
    "sex": ["man", "woman", "another"],
    "stalking": ["yes", "no"],
    "children": ["yes", "no"],
    "relationship": ["continuing", "ended"],
    "willing": ["yes", "no"],
}
NAMES_NOBODY = ["any-agency", "third-party", "open"]


def given_answer(case, question):
    for key, value in case.answers.items():
        if str(key) == question and value in ANSWERS[question]:
            return value
    return None


def is_name(entry, row):
    return any(q.id == row.rests_on and q.field == "programme" for q in entry.quotations)


def rows_on(entry, question, *, in_doubt=False):
    return [
        row
        for row in entry.criteria
        if not row.former
        and row.answer.split(":")[0] == question
        and (is_name(entry, row) or row.answer.split(":")[1] not in ANSWERS[question]) == in_doubt
    ]


def silent_or_open(entry, case, question, words):
    """A silence of the source, or a question left open: (outcome, matters, ids)."""
    rows = rows_on(entry, question)
    ids = [row.rests_on for row in rows] or words
    answer = given_answer(case, question)
    if answer is not None:
        worrying = {"risk": ANSWERS["risk"], "sex": ["woman", "another"], "willing": ["no"]}
        return "silent", answer in worrying.get(question, []), ids
    # Left open, it is as good as the answer that suits best, but for the risk.
    taken = {row.answer.split(":")[1] for row in rows if row.accepted}
    turned = {row.answer.split(":")[1] for row in rows if not row.accepted}
    doubtful = question == "risk" or turned >= set(ANSWERS[question])
    if question == "sex":
        doubtful = not taken and "man" in turned
    return ("open" if rows else "silent"), doubtful, ids


def one_question(entry, case, question):
    """(outcome, matters, ids), or None where neither the case nor the entry says a word."""
    answer = given_answer(case, question)
    words = [row.rests_on for row in rows_on(entry, question, in_doubt=True)]
    if question == "willing":
        attendance = entry.reading("attendance")
        is_voluntary = attendance.value == "voluntary" and attendance.rests_on is not None
        words = [attendance.rests_on] if is_voluntary else []
    rows = rows_on(entry, question)
    if answer is None and not rows and not words and question != "risk":
        return None
    for row in rows:
        if answer is not None and row.answer == f"{question}:{answer}":
            return ("met" if row.accepted else "conflict"), False, [row.rests_on]
    taken = [row for row in rows if row.accepted]
    if answer is not None and any(row.only for row in taken):
        return "conflict", False, [row.rests_on for row in taken]
    return silent_or_open(entry, case, question, words)


def can_use(entry, case, route):
    who = case.referrer
    if route == "marac":
        return bool(case.going_to_marac) and who != "self"
    if route in ("any-agency", "third-party"):
        return who in PROFESSIONALS
    if route == "open":
        return who is not None
    if route == "criminal-justice":
        return who == "probation" or (who == "police" and entry.stage == "out-of-court")
    # Words of a source's own name nobody, and also not the "other" who is asking.
    return who is not None and who == route and route != "other"


def whole(entry, findings, question):
    """Whether all the parts of the condition that a finding is a part of are met."""
    _outcome, _matters, words = findings[question]
    for other in ANSWERS:
        for row in rows_on(entry, other):
            in_one_cell = row.rests_on in words and row.accepted and row.only
            if in_one_cell and findings.get(other, ("",))[0] != "met":
                return False
    return True


def slow_verdict(entry, case):
    """(group, route outcome, routes, questions' findings)."""
    usual = [row for row in entry.referrals if row.usual]
    others = [row for row in entry.referrals if not row.usual]
    usable = [row.route for row in usual + others if can_use(entry, case, row.route)]
    worded = [row.route for row in usual + others]
    exclusive = entry.routes_are_all and set(worded) <= {"marac", "police", "criminal-justice"}
    if usable:
        route, routes = "open", usable
    elif not worded:
        route, routes = "not-stated", []
    else:
        route, routes = ("elsewhere" if exclusive else "others-refer"), worded

    alone = {}
    for question in ANSWERS:
        if case.referrer == "self" and question in ("risk", "relationship"):
            continue
        found = one_question(entry, case, question)
        if found is not None:
            alone[question] = found
    findings = {}
    for question, (outcome, matters, words) in alone.items():
        if outcome == "met" and not whole(entry, alone, question):
            outcome, matters = "open", question in ("risk", "sex")
        findings[question] = (outcome, matters, set(words))

    outcomes = {question: found[0] for question, found in findings.items()}
    to_ask = {question for question, found in findings.items() if found[1]}
    for_an_order = any(row.accepted and row.only for row in rows_on(entry, "order"))
    order_met, risk_met = outcomes.get("order") == "met", outcomes.get("risk") == "met"
    if entry.check_outcome == "stopped" or entry.reading("status").value == "stopped":
        group = "stopped"
    elif "conflict" in outcomes.values():
        group = "no"
    elif route == "elsewhere" or (for_an_order and given_answer(case, "order") is None):
        group = "elsewhere"
    elif (
        case.referrer in PROFESSIONALS
        and usable
        and (order_met or risk_met)
        and not to_ask - ({"risk"} if order_met else set())
        and entry.reading("status").value != "launching"
    ):
        group = "match"
    else:
        group = "ask"
    return group, route, routes, findings


def slow_order(entries, case):
    """[(group, addresses)], as a page has them; empty groups left out."""
    found = [(entry, *slow_verdict(entry, case)) for entry in entries]
    met = {e.address: {q for q in f if f[q][0] == "met"} for e, _g, _o, _r, f in found}

    def nearness(outcome, routes):
        if outcome != "open":
            return "c"
        return "a" if any(route not in NAMES_NOBODY for route in routes) else "b"

    def key(row):
        entry, group, outcome, routes, _findings = row
        stated = met[entry.address]
        by_name = (entry.name.en.casefold(), entry.address)
        if group in ("match", "ask"):
            return (nearness(outcome, routes), len(ANSWERS) - len(stated), *by_name)
        if group == "elsewhere":
            return ("a" if "risk" in stated else "b", "order" not in stated, *by_name)
        return ("", 0, *by_name)

    order = ["match", "ask", "elsewhere", "no", "stopped"]
    if any(row[1] == "elsewhere" and {"risk", "order"} & met[row[0].address] for row in found):
        order = ["match", "elsewhere", "ask", "no", "stopped"]
    pages = [
        (name, [row[0].address for row in sorted(found, key=key) if row[1] == name])
        for name in order
    ]
    return [(name, addresses) for name, addresses in pages if addresses]
