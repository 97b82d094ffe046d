"""What is read of an entry, fact by fact, beside the source's words. Pure."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.domain.entry import GROUPS, OTHER, Bilingual, Criterion, Entry, Quotation
from programmes.presentation.text import in_language, reading_words, renewal, status, when, words
from programmes.readings import DIMENSIONS, SERVICE_READINGS
from programmes.vocabulary import Answer, Arrangement, Field, Funder, OrganisationRole, Route, label


@dataclass(frozen=True)
class Named:
    """An organisation by its name, and its page where it has one."""

    name: Bilingual
    page: str


Value = str | Bilingual | Named
"""A term in words, or a name, which may be in another language than the page."""


def plain(value: Value) -> str:
    """Without mark-up."""
    text = value.name if isinstance(value, Named) else value
    return in_language(text) if isinstance(text, Bilingual) else text


@dataclass(frozen=True)
class Line:
    """One of our terms and its values in words; no values means: not stated.

    `plain`: beside the title of its fact the values need no label.
    """

    label: str
    values: Sequence[Value]
    note: str = ""
    plain: bool = False


@dataclass(frozen=True)
class Quoted:
    """A source's words, and the newer ones that replace them."""

    quotation: Quotation
    newer: Quotation | None


@dataclass(frozen=True)
class Fact:
    """Our reading of one thing beside the source's words; `confirmed` says when it last was."""

    id: str
    title: str
    lines: list[Line]
    words: list[Quoted]
    confirmed: str = ""


def facts(entry: Entry, today: datetime.date) -> list[Fact]:
    """In the order of the page; “The service” only where a source says something of it."""
    attendance = Line(_("Attendance"), term_words(entry, "attendance"), plain=True)
    how_long = term_words(entry, "longevity")
    # What says until when it is funded is not silent on how long.
    is_plain = bool(how_long) or not entry.funding_ends
    longevity = Line(_("How long"), how_long, renewal(entry, today), plain=is_plain)
    running = Line(_("Running?"), [status(entry)], plain=True)
    always = [
        _referral(entry),
        _eligibility(entry),
        _fact(entry, Field.ATTENDANCE, _("Attendance"), [attendance]),
        _funding(entry),
        _fact(entry, Field.LONGEVITY, _("How long"), [longevity]),
        _fact(entry, Field.STATUS, _("Running?"), [running]),
    ]
    service = _service(entry)
    return [*always, service] if service.words else always


def quoted(entry: Entry, quotations: Iterable[Quotation]) -> list[Quoted]:
    return [Quoted(quotation, entry.replacement(quotation)) for quotation in quotations]


def _fact(entry: Entry, about: Field, title: str, lines: list[Line]) -> Fact:
    day, words = entry.confirmed_on.get(about), quoted(entry, entry.quotations_about(about))
    told = about in entry.told_in_writing
    sentence = _("The provider told us on %(date)s.") if told else _("Confirmed on %(date)s.")
    confirmed = sentence % {"date": date_format(day)} if day else ""
    return Fact(about.value, title, lines, words, confirmed)


def _referral(entry: Entry) -> Fact:
    usual = label(Route, [referral.route for referral in entry.referrals if referral.usual])
    note = _("No other route is given.") if entry.routes_are_all else ""
    lines = [Line(_("Who could refer"), term_words(entry, "route"), note, plain=True)]
    lines += [Line(_("Mostly"), usual)] if usual else []
    return _fact(entry, Field.REFERRAL_ROUTE, _("Who could refer"), lines)


def _eligibility(entry: Entry) -> Fact:
    lines = [
        Line(_("Risk level"), term_words(entry, "risk"), plain=True),
        Line(_("Client group"), term_words(entry, "group"), plain=True),
        Line(_("Council areas covered"), [each.authority.name for each in entry.coverage]),
    ]
    if access := _answers(entry, lambda c: c.accepted and c.answer == Answer.MULTI_AGENCY):
        lines.insert(0, Line(_("How people are chosen"), access, plain=True))
    # "Not high" is a risk term of its own, shown among those.
    shown = {"risk:high"} if "not-high" in entry.risk_levels() else set()
    more = {
        _("Also required"): required(entry),
        _("Also taken"): _answers(entry, lambda c: c.accepted and not c.only and _is_other(c)),
        _("Not taken"): _answers(entry, lambda c: not c.accepted and c.answer not in shown),
        _("Formerly required"): words(Answer, [c.answer for c in entry.criteria if c.former]),
    }
    lines += [Line(label, answers) for label, answers in more.items() if answers]
    fact = _fact(entry, Field.ELIGIBILITY, _("Who it is for"), lines)
    covered = quoted(entry, entry.quotations_about(Field.COVERAGE))
    return replace(fact, words=[*fact.words, *(each for each in covered if each not in fact.words)])


def _answers(entry: Entry, wanted: Callable[[Criterion], bool]) -> list[str]:
    return words(Answer, [c.answer for c in entry.current_criteria if wanted(c)])


def _is_other(criterion: Criterion) -> bool:
    """Whether it has no line of its own: neither risk nor access nor a client group."""
    return criterion.answer not in GROUPS and not criterion.answer.startswith(("risk:", "access:"))


def required(entry: Entry) -> list[str]:
    return _answers(entry, lambda c: c.accepted and c.only and _is_other(c))


def _funding(entry: Entry) -> Fact:
    current = entry.current_fundings
    former = [funding.funder for funding in entry.fundings if funding.former]
    lines = [
        Line(_("Funded by"), term_words(entry, "funder"), plain=True),
        Line(_("Arrangement"), words(Arrangement, [f.arrangement for f in current]), plain=True),
        Line(_("Funded until"), [when(end) for end in entry.funding_ends]),
    ]
    if former:
        lines.insert(1, Line(_("Former funder or commissioner"), words(Funder, former)))
    return _fact(entry, Field.FUNDING, _("Funding"), lines)


def _service(entry: Entry) -> Fact:
    """What the submission never states, as far as later sources do."""
    # What changes soonest comes first.
    stated = [each for each in reversed(SERVICE_READINGS) if each.name in entry.readings]
    lines = involved(entry)
    lines += [Line(str(each.label), reading_words(entry, each.name)) for each in stated]
    rested_on = {entry.reading(each.name).rests_on for each in stated}
    rested_on |= {involvement.rests_on for involvement in entry.involvements}
    quotations = [q for q in entry.quotations if q.id in rested_on or q.field == Field.PROVIDER]
    return Fact("service", _("The service"), lines, quoted(entry, quotations))


def involved(entry: Entry) -> list[Line]:
    """Who provides and who commissions an entry, a line a role; none where nothing is stated."""
    named = [(each.role, Named(each.organisation, each.page)) for each in entry.involvements]
    roles = [role for role in OrganisationRole if role in dict(named)]
    return [Line(str(role.label), [n for of, n in named if of == role]) for role in roles]


def term_words(entry: Entry, name: str) -> list[Value]:
    """The labels of a dimension's codes, and the source's words where no term of ours fits them."""
    [dimension] = (each for each in DIMENSIONS if each.name == name)
    labels = words(dimension.terms, (c for c in dimension.codes(entry) if c != OTHER))
    return [*labels, *(Bilingual(en=f"“{q.words}”") for q in in_other_words(entry, name))]


def in_other_words(entry: Entry, dimension: str) -> list[Quotation]:
    """The source's words that no term of ours fits, in one dimension."""
    single = entry.reading(dimension)
    codes: list[tuple[Any, ...]] = [(dimension, single.value, single.rests_on)]
    codes += [("route", each.route, each.rests_on) for each in entry.referrals]
    codes += [(*each.answer.split(":"), each.rests_on) for each in entry.current_criteria]
    codes += [("funder", f.funder, f.rests_on) for f in entry.current_fundings]
    rested_on = {rests_on for *read, rests_on in codes if read == [dimension, OTHER]}
    return [quotation for quotation in entry.quotations if quotation.id in rested_on]
