"""Puts words to entries, in the language of the page. Pure: reads an `Entry`, queries nothing."""

import datetime
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.contact_rules import is_old
from programmes.domain.entry import (
    GROUPS,
    NOT_STATED,
    Bilingual,
    Contact,
    Criterion,
    Development,
    Entry,
    Evaluation,
    Quotation,
)
from programmes.presentation.text import (
    age,
    badge,
    caution,
    contact_age,
    renewal,
    status,
    when,
    word,
    words,
)
from programmes.vocabulary import (
    Accreditation,
    Answer,
    Arrangement,
    Attendance,
    Audience,
    DeliveryLanguage,
    DevelopmentKind,
    EvaluationState,
    Field,
    Funder,
    Group,
    Longevity,
    OrganisationRole,
    PartnerSupport,
    Risk,
    Route,
    Stage,
    Status,
    TakingReferrals,
    label,
)


@dataclass(frozen=True)
class Named:
    """An organisation by its name, and its page where it has one."""

    name: Bilingual
    page: str


Value = str | Bilingual | Named
"""A term in words, or a name, which may be in another language than the page."""


@dataclass(frozen=True)
class Line:
    """One of our terms and its values in words; no values means: not stated."""

    label: str
    values: Sequence[Value]
    note: str = ""


@dataclass(frozen=True)
class Quoted:
    """A source's words, and the newer ones that replace them."""

    quotation: Quotation
    newer: Quotation | None


@dataclass(frozen=True)
class Fact:
    """One thing about an entry: our reading, and beside it the source's words."""

    id: str
    title: str
    lines: list[Line]
    words: list[Quoted]


@dataclass(frozen=True)
class Event:
    """An evaluation or a development: what it is, when, and what is said of it."""

    kind: str
    when: str
    summary: Bilingual
    words: Quoted


@dataclass(frozen=True)
class Ask:
    """A contact: for whom, in which languages, when it was checked, and the contact itself."""

    audience: str
    languages: list[str]
    age: str
    is_old: bool
    contact: Contact


@dataclass(frozen=True)
class Card:
    """An entry in a list."""

    entry: Entry
    badge: str
    stage: str
    age: str
    lines: list[Line]
    silent: list[str]
    """What is not stated, by the labels that its lines would have."""
    why: list[Quotation]
    """What the source says of an entry that is more, or less, than named."""


@dataclass(frozen=True)
class EntryPage:
    entry: Entry
    badge: str
    stage: str
    age: str
    caution: str
    facts: list[Fact]
    contacts: list[Ask]
    evaluations: list[Event]
    developments: list[Event]
    more_words: list[Quoted]
    unstated: list[str]


def card(entry: Entry, today: datetime.date) -> Card:
    terms = entry.terms()
    lines = [
        Line(_("Referral route"), words(Route, terms["route"])),
        Line(_("Risk level"), words(Risk, terms["risk"])),
        Line(_("Client group"), [*words(Group, terms["group"]), *_required(entry)]),
        Line(_("Attendance"), words(Attendance, terms["attendance"])),
        Line(_("Funder, on that date"), words(Funder, terms["funder"])),
        Line(_("How long"), words(Longevity, terms["longevity"])),
    ]
    return Card(
        entry=entry,
        badge=badge(entry),
        stage=word(Stage, entry.stage),
        age=age(entry, today),
        lines=[line for line in lines if line.values],
        silent=[line.label for line in lines if not line.values],
        why=[] if entry.status.value == Status.LISTED else entry.quotations_about(Field.STATUS),
    )


def entry_page(entry: Entry, today: datetime.date) -> EntryPage:
    facts = [_referral(entry), _eligibility(entry), _attendance(entry), _funding(entry)]
    facts += [_longevity(entry, today), _running(entry)]
    if (service := _service(entry)).words:
        facts.append(service)
    shown = {words.quotation.id for fact in facts for words in fact.words}
    shown |= {evaluation.rests_on for evaluation in entry.evaluations}
    shown |= {development.rests_on for development in entry.developments}
    return EntryPage(
        entry=entry,
        badge=badge(entry),
        stage=word(Stage, entry.stage),
        age=age(entry, today),
        caution=caution(entry),
        facts=facts,
        contacts=asks(entry, today),
        evaluations=[_evaluation(entry, evaluation) for evaluation in entry.evaluations],
        developments=[development_event(entry, development) for development in entry.developments],
        more_words=_quoted(
            entry,
            [q for q in entry.quotations if q.id not in shown and not q.in_table],
        ),
        unstated=unstated(entry.told()),
    )


def _quoted(entry: Entry, quotations: Iterable[Quotation]) -> list[Quoted]:
    return [Quoted(quotation, entry.replacement(quotation)) for quotation in quotations]


def _rested_on(entry: Entry, number: int) -> Quoted:
    """The words an event rests on; a document without them would not be one."""
    return _quoted(entry, [q for q in entry.quotations if q.id == number])[0]


def _fact(entry: Entry, about: Field, title: str, lines: list[Line]) -> Fact:
    return Fact(about.value, title, lines, _quoted(entry, entry.quotations_about(about)))


def _referral(entry: Entry) -> Fact:
    usual = label(Route, [referral.route for referral in entry.referrals if referral.usual])
    stopped = entry.known_status == Status.STOPPED
    lines = [
        Line(
            _("Referral route, as worded"),
            words(Route, entry.terms()["route"]),
            note=_("The source’s words leave no other route.") if entry.routes_are_all else "",
        )
    ]
    if usual:
        lines.append(Line(_("Worded as predominant"), usual))
    title = _("How referrals were made") if stopped else _("How to refer")
    return _fact(entry, Field.REFERRAL_ROUTE, title, lines)


def _eligibility(entry: Entry) -> Fact:
    terms = entry.terms()
    lines = [
        Line(_("Risk level"), words(Risk, terms["risk"])),
        Line(_("Client group"), words(Group, terms["group"])),
    ]
    if access := _answers(entry, lambda c: c.accepted and c.answer.startswith("access:")):
        lines.insert(0, Line(_("Access, as worded"), access))
    if required := _required(entry):
        lines.append(Line(_("Also required"), required))
    if taken := _answers(entry, lambda c: c.accepted and not c.only and _is_other(c)):
        lines.append(Line(_("Also taken"), taken))
    # "Not high" is a risk term of its own, and stands among those.
    shown = {"risk:high"} if "not-high" in terms["risk"] else set()
    if excluded := _answers(entry, lambda c: not c.accepted and c.answer not in shown):
        lines.append(Line(_("Not taken"), excluded))
    return _fact(entry, Field.ELIGIBILITY, _("Who it is for"), lines)


def _answers(entry: Entry, wanted: Callable[[Criterion], bool]) -> list[str]:
    return words(Answer, [c.answer for c in entry.criteria if wanted(c)])


def _is_other(criterion: Criterion) -> bool:
    """Whether it has no line of its own: neither risk nor access nor a client group."""
    return criterion.answer not in GROUPS and not criterion.answer.startswith(("risk:", "access:"))


def _required(entry: Entry) -> list[str]:
    return _answers(entry, lambda c: c.accepted and c.only and _is_other(c))


def _attendance(entry: Entry) -> Fact:
    lines = [Line(_("Attendance"), words(Attendance, [entry.attendance.value]))]
    return _fact(entry, Field.ATTENDANCE, _("Attendance"), lines)


def _funding(entry: Entry) -> Fact:
    current = [f for f in entry.fundings if f.period == "current"]
    former = [f.funder for f in entry.fundings if f.period == "former"]
    ends = [when(f.end) for f in current if f.end]
    arrangements = [f.arrangement for f in current]
    lines = [
        Line(_("Funder, on that date"), words(Funder, [f.funder for f in current])),
        Line(_("Arrangement"), words(Arrangement, arrangements)),
        Line(_("Funded until"), ends),
    ]
    if former:
        lines.insert(1, Line(_("Former funder"), words(Funder, former)))
    return _fact(entry, Field.FUNDING, _("Funding"), lines)


def _longevity(entry: Entry, today: datetime.date) -> Fact:
    since = renewal(entry, today)
    lines = [Line(_("As stated"), words(Longevity, [entry.longevity.value]), note=since)]
    return _fact(entry, Field.LONGEVITY, _("How long (funding or service)"), lines)


def _running(entry: Entry) -> Fact:
    lines = [Line(_("As stated"), [status(entry)])]
    return _fact(entry, Field.STATUS, _("Whether it runs"), lines)


def _service(entry: Entry) -> Fact:
    """What the submission never states, as far as later sources do."""
    readings = {
        _("Takes referrals"): (TakingReferrals, entry.taking_referrals),
        _("Partners and ex-partners"): (PartnerSupport, entry.partner_support),
        _("Accreditation"): (Accreditation, entry.accreditation),
        _("Language of delivery"): (DeliveryLanguage, entry.delivery_language),
    }
    stated = {name: pair for name, pair in readings.items() if pair[1].value != NOT_STATED}
    lines = involved(entry)
    lines += [Line(name, [word(terms, reading.value)]) for name, (terms, reading) in stated.items()]
    rested_on = {reading.rests_on for _terms, reading in stated.values()}
    rested_on |= {involvement.rests_on for involvement in entry.involvements}
    quotations = [q for q in entry.quotations if q.id in rested_on or q.field == Field.PROVIDER]
    return Fact("service", _("The service"), lines, _quoted(entry, quotations))


def involved(entry: Entry) -> list[Line]:
    """Who provides and who commissions an entry, a line a role; none where nothing is stated."""
    by_role: dict[str, list[Value]] = {}
    for each in entry.involvements:
        by_role.setdefault(each.role, []).append(Named(each.organisation, each.page))
    return [
        Line(word(OrganisationRole, role), by_role[role])
        for role in OrganisationRole.values
        if role in by_role
    ]


def asks(entry: Entry, today: datetime.date, first: str = Audience.PROFESSIONALS) -> list[Ask]:
    """The contacts of an entry, those for the audience `first` before the others."""
    contacts = sorted(entry.contacts, key=lambda contact: contact.audience != first)
    return [
        Ask(
            audience=word(Audience, contact.audience),
            languages=words(DeliveryLanguage, [contact.languages]),
            age=contact_age(contact, today),
            is_old=is_old(contact.checked_on, today),
            contact=contact,
        )
        for contact in contacts
    ]


def _evaluation(entry: Entry, evaluation: Evaluation) -> Event:
    return Event(
        kind=word(EvaluationState, evaluation.state),
        when=when(evaluation.published),
        summary=evaluation.summary,
        words=_rested_on(entry, evaluation.rests_on),
    )


def kind_of(development: Development) -> str:
    kind = word(DevelopmentKind, development.kind)
    if development.expected:
        return _("%(kind)s: expected by the source; not confirmed") % {"kind": kind}
    return kind


def development_event(entry: Entry, development: Development) -> Event:
    return Event(
        kind=kind_of(development),
        when=when(development.when),
        summary=development.summary,
        words=_rested_on(entry, development.rests_on),
    )


def unstated(told: Container[str]) -> list[str]:
    """What referrers ask for and is not told: of one entry, or by none of several."""
    asked = {
        "contact": _("a contact"),
        "provider": _("who provides it"),
        "taking-referrals": _("whether it takes referrals now"),
        "partner-support": _("that partners and ex-partners are supported"),
        "accreditation": _("accreditation"),
        "delivery-language": _("the language of delivery"),
        "evaluation": _("an evaluation"),
    }
    silent = [words for what, words in asked.items() if what not in told]
    # The directory has no term for the last two yet, so nothing can state them.
    return [*silent, *unserved(told), _("how many people it can take"), _("what it costs")]


def unserved(told: Container[str]) -> list[str]:
    """Whom nothing is said to serve. The directory has no term yet for the last two."""
    women = [] if "women" in told else [_("that it serves women")]
    return [*women, _("that it serves people under 18"), _("that it serves LGBT+ people")]
