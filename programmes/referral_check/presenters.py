"""Presenters of the result of a referral check, for a professional or for the person. Pure."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.briefing import Briefing
from programmes.domain.eligibility import SELF, Case, Question, RouteOutcome, Verdict, VerdictGroup
from programmes.domain.entry import Entry, sources_of
from programmes.presentation.developments import wider_system
from programmes.presentation.entry import contacts_of, unserved
from programmes.presentation.facts import Quoted, involved
from programmes.presentation.text import in_language, word
from programmes.referral_check.forms import CaseForm
from programmes.referral_check.reasons import LISTED_FOR, reasons
from programmes.vocabulary import Answer, Audience, DeliveryLanguage, Field, Status, Subject

HEADINGS = {
    VerdictGroup.MATCH: gettext_lazy("Match your answers (%(when)s details)"),
    VerdictGroup.ELSEWHERE: gettext_lazy("Another way in: MARAC, the police or a court"),
    VerdictGroup.ASK: gettext_lazy("Ask first: not enough is known"),
    VerdictGroup.NO: gettext_lazy("Do not match your answers"),
    VerdictGroup.STOPPED: gettext_lazy("Reported as stopped"),
}
TAKING_SELF_REFERRALS = gettext_lazy("Listed as taking self-referrals")
ANOTHER_WAY_IN_TO_SELF = gettext_lazy("Another way in: an agency, the police or a court")


Group = dict[str, Any]
"""A group's code and heading, and its rows: each an entry, why it stands there, and the words."""


def result(
    by_group: dict[VerdictGroup, list[Verdict]],
    form: CaseForm,
    offices: list[Briefing],
    programme: Entry | None,
    today: datetime.date,
) -> dict[str, Any]:
    """`programme` is the entry that the case is checked against, if any."""
    case = form.case
    to_self = case.referrer == SELF
    groups = list(_groups(by_group, to_self=to_self))
    under = {row["entry"].address: group["heading"] for group in groups for row in group["rows"]}
    entries = [row["entry"] for group in groups for row in group["rows"]]
    no_match = not (to_self or by_group[VerdictGroup.MATCH])
    not_willing = case.answer(Question.WILLING) == "no"
    # The person is told no more of agencies’ meetings than what programmes say of them.
    without = (Subject.MARAC, Subject.MATAC) if to_self else ()
    wider = wider_system(offices, today, without)
    first = [] if to_self else list(_first(case))
    matac = wider.pop(word(Subject, Subject.MATAC), []) if form.area and _is_urgent(case) else []
    return {
        "first": first,
        "matac": matac,
        "groups": groups,
        "asked_about": programme and under.get(programme.address),
        "to_self": to_self,
        "no_match": no_match,
        "wider_first": no_match or not_willing,
        "wider_open": not_willing,
        "wider_system": wider,
        "offices": [] if to_self else offices,
        "unstated": _unstated(entries),
        "ages": _ages(entries),
        # For a professional's record of the case.
        "notes": "" if to_self else "\n".join(_notes(form, first, groups, today)),
    }


def _is_urgent(case: Case) -> bool:
    """Whether risk is high, or nobody has said that it is lower."""
    return case.referrer != SELF and case.answer(Question.RISK) in (None, "high")


def _first(case: Case) -> Iterator[str]:
    """What comes before any programme, for a professional."""
    yield _("Agree any contact with whoever supports the victim. A programme is not a safety plan.")
    if _is_urgent(case):
        yield _(
            "High or unassessed risk: follow your safeguarding procedure now, and that of MARAC, "
            "the meeting of agencies about people at high risk."
        )
    if case.answer(Question.CHILDREN) == "yes":
        yield _("There are children: follow your child-protection procedure first.")
    else:
        yield _("Children, or somebody under 18? Follow your child-protection procedure first.")


def _notes(
    form: CaseForm, first: list[str], groups: list[Group], today: datetime.date
) -> Iterator[str]:
    """Plain text; its first lines say what it is not."""
    entries = [row["entry"] for group in groups for row in group["rows"]]
    checked = sum(entry.checked_on is not None for entry in entries)
    age = _("Details of %(days)s, unchecked.")
    if checked:
        age = _("Details of %(days)s. Checked since: %(checked)s of %(entries)s.")
    age %= {"days": _dates(entries), "checked": checked, "entries": len(entries)}
    keep = _("Do not keep where the person can read it.")
    yield " ".join([_("Not a risk assessment."), age, keep])
    yield ""
    yield f"{date_format(today)}: {' · '.join(form.in_brief)}"
    yield from first
    for group in groups:
        yield ""
        yield group["heading"]
        yield from (f"- {in_language(row['entry'].name)}: {row['why']}" for row in group["rows"])


def _groups(by_group: dict[VerdictGroup, list[Verdict]], *, to_self: bool) -> Iterator[Group]:
    """Groups that have entries; for the person, what takes self-referrals apart from the rest."""
    for code, verdicts in by_group.items():
        taking, heading = [], HEADINGS[code]
        if to_self and code is VerdictGroup.ASK:
            taking = [each for each in verdicts if each.route.outcome is RouteOutcome.OPEN]
        elif to_self and code is VerdictGroup.ELSEWHERE:
            heading = ANOTHER_WAY_IN_TO_SELF
        # Routes that are open come first.
        for words, part in ((TAKING_SELF_REFERRALS, taking), (heading, verdicts[len(taking) :])):
            if part:
                when = _dates((verdict.entry for verdict in part), "F Y")
                rows = [_entry_result(verdict, to_self=to_self) for verdict in part]
                yield {"code": code, "heading": str(words) % {"when": when}, "rows": rows}


def _dates(entries: Iterable[Entry], style: str | None = None) -> str:
    """When the oldest and the newest source of some entries are from."""
    sources = sources_of(entries)
    ends = (date_format(each.dated, style) for each in (*sources[:1], *sources[-1:]))
    return " – ".join(dict.fromkeys(ends))


def _entry_result(verdict: Verdict, *, to_self: bool) -> dict[str, Any]:
    entry = verdict.entry
    why = list(dict.fromkeys(reasons(verdict)))
    audience = Audience.SELF if to_self else Audience.PROFESSIONALS
    return {
        "entry": entry,
        "why": " ".join(text for text, _ids in why),
        "quotations": _quoted(entry, [each for _text, ids in why for each in ids]),
        "involved": involved(entry),
        "contacts": contacts_of(entry, audience),
    }


def _ages(entries: list[Entry]) -> str:
    """What is given about age, on which there is no question."""
    named = [
        f"{in_language(entry.name)} ({LISTED_FOR[Answer(criterion.answer)]})"
        for entry in entries
        for criterion in entry.current_criteria
        if criterion.answer.startswith("age:")
    ]
    return _("Age is given only for: %(named)s.") % {"named": "; ".join(named)} if named else ""


def _quoted(entry: Entry, ids: list[int]) -> list[Quoted]:
    """Those, and what is said on how to refer, whom it is for and whether it runs, if blank too."""
    fields = [Field.REFERRAL_ROUTE, Field.ELIGIBILITY]
    if entry.known_status != Status.LISTED:
        fields.append(Field.STATUS)
    about = (quotation.id for field in fields for quotation in entry.quotations_about(field))
    quotations = (entry.quotation(each) for each in dict.fromkeys([*ids, *about]))
    return [Quoted(each, entry.replacement(each)) for each in quotations if each]


def _unstated(entries: list[Entry]) -> str:
    """What none of these entries states, and whoever has a case would want to know."""
    accepted = {c.answer for e in entries for c in e.current_criteria if c.accepted}
    languages = {entry.reading("delivery_language").value for entry in entries}
    silent = unserved(["women"] if Answer.WOMAN in accepted else [])
    if not languages & {DeliveryLanguage.WELSH, DeliveryLanguage.BOTH}:
        silent.append(_("that it works in Welsh"))
    return _("No programme here says: %(what)s.") % {"what": "; ".join(silent)}
