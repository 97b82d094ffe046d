"""The referral check once more: slow, obvious, sharing no code with the real one.

Written from section 5 of the design and part 5 of the domain reading. Its answer is plain tuples.
"""

PROFESSIONALS = ["police", "childrens-services", "probation-or-court", "organisation"]
ANSWERS = {
    "order": ["probation", "conditional-caution", "neither"],
    "risk": ["high", "medium", "standard"],
    "sex": ["man", "woman", "another"],
    "stalking": ["yes", "no"],
    "children": ["yes", "no"],
    "relationship": ["continuing", "ended"],
    "willing": ["yes", "no"],
}


def given_answer(case, question):
    if case.referrer == "self" and question in ("risk", "relationship"):
        return None
    for key, value in case.answers.items():
        if str(key) == question and value in ANSWERS[question]:
            return value
    return None


def one_question(entry, case, question):
    """(outcome, matters, ids), or None where neither the case nor the entry says a word."""
    answer = given_answer(case, question)
    if question == "willing":
        attendance = entry.reading("attendance")
        if attendance.value == "voluntary" and attendance.rests_on is not None:
            words = [attendance.rests_on]
            if answer is None:
                return "open", False, words
            return ("fits" if answer == "yes" else "conflict"), False, words
        return None if answer is None else ("silent", False, [])

    accepts: dict[str, list[int]] = {}
    excludes: dict[str, list[int]] = {}
    exhaustive, mentioned = False, []
    for row in entry.criteria:
        if row.former or row.answer == "risk:other":
            continue
        asked, code = row.answer.split(":")
        if asked == question:
            mentioned.append(row.rests_on)
            if row.accepted:
                accepts.setdefault(code, []).append(row.rests_on)
                exhaustive = exhaustive or row.only
            else:
                excludes.setdefault(code, []).append(row.rests_on)
    on_risk = [row.rests_on for row in entry.criteria if row.answer == "risk:other"]

    if answer is None:
        if mentioned:
            return "open", False, mentioned
        if question == "risk" and on_risk:
            return "silent", False, on_risk
        return None
    if answer in excludes:
        return "conflict", False, excludes[answer]
    if answer in accepts:
        return "fits", False, accepts[answer]
    if exhaustive:
        return "conflict", False, [row for rows in accepts.values() for row in rows]
    if mentioned:
        return "silent", True, mentioned
    if question == "risk":
        return "silent", True, on_risk
    if question == "sex":
        return "silent", answer != "man", []
    return "silent", False, []


def can_use(entry, case, route):
    who = case.referrer
    if route == "marac":
        return bool(case.going_to_marac) and who != "self"
    if route in ("any-agency", "third-party"):
        return who in PROFESSIONALS
    if route == "open":
        return who is not None
    if route == "criminal-justice":
        return who == "probation-or-court" or (who == "police" and entry.stage == "out-of-court")
    return who is not None and who == route


def slow_verdict(entry, case):
    """(group, questions or reasons that decided, route outcome, routes, questions' findings)."""
    usual = [row for row in entry.referrals if row.usual]
    others = [row for row in entry.referrals if not row.usual]
    usable = [row for row in usual + others if can_use(entry, case, row.route)]
    if usable:
        route, routes = "usable", [row.route for row in usable]
    elif not entry.referrals:
        route, routes = "not-stated", []
    elif case.referrer is None:
        route, routes = "open", [row.route for row in usual + others]
    else:
        route, routes = "someone-else-refers", [row.route for row in usual + others]

    findings = {}
    for question in ANSWERS:
        found = one_question(entry, case, question)
        if found is not None:
            outcome, matters, words = found
            findings[question] = (outcome, matters, set(words))

    conflicts = [question for question in findings if findings[question][0] == "conflict"]
    to_ask = [question for question in findings if findings[question][1]]
    if not entry.criteria:
        to_ask.insert(0, "eligibility-not-stated")
    if route == "not-stated":
        to_ask.insert(0, "route-not-stated")

    found_stopped = entry.check_outcome == "stopped"
    if found_stopped or entry.reading("status").value in ("stopped", "launching"):
        group, decided = 5, ["status"]
    elif conflicts:
        group, decided = 4, [conflicts[0]]
    elif to_ask:
        group, decided = 3, to_ask
    elif route == "someone-else-refers":
        group, decided = 2, ["someone-else-refers"]
    else:
        group, decided = 1, []
    return group, decided, route, routes, findings
