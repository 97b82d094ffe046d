"""Puts words to entries, in the language of the page. Pure: reads an `Entry`, queries nothing."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.briefing import AreaDevelopment, Briefing
from programmes.entry import (
    GROUPS,
    NOT_STATED,
    Bilingual,
    Contact,
    Criterion,
    Development,
    Entry,
    Evaluation,
    PartialDate,
    Quotation,
)
from programmes.vocabulary import (
    COLUMNS,
    SUBMISSION,
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
    Precision,
    Risk,
    Route,
    Stage,
    Status,
    TakingReferrals,
    label,
)


@dataclass(frozen=True)
class Line:
    """One of our terms and its values in words; no values means: not stated."""

    label: str
    values: Sequence[str | Bilingual]
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
    """A contact: for whom it is, in which languages, and the contact itself."""

    audience: str
    languages: list[str]
    contact: Contact


@dataclass(frozen=True)
class Card:
    """An entry in a list."""

    entry: Entry
    badge: str
    stage: str
    age: str
    lines: list[Line]


@dataclass(frozen=True)
class EntryPage:
    entry: Entry
    badge: str
    stage: str
    status: str
    age: str
    renewal: str
    facts: list[Fact]
    contacts: list[Ask]
    evaluations: list[Event]
    developments: list[Event]
    more_words: list[Quoted]
    unstated: list[str]


@dataclass(frozen=True)
class AreaCounts:
    """A force area, and how many community and other entries it has."""

    area: ForceArea
    community: int
    others: int

    @property
    def label_at(self) -> tuple[int, int]:
        """The middle of its tiles on the map, in the map's units: 126 across, 70 down a tile."""
        tiles = self.area.authorities.all()
        column = sum(tile.column for tile in tiles) / len(tiles)
        row = sum(tile.row for tile in tiles) / len(tiles)
        return round((column + 0.5) * 126), round((row + 0.5) * 70)


@dataclass(frozen=True)
class TableRow:
    """A row of the submission's table: the entry, and a quotation a cell."""

    entry: Entry
    cells: list[Quotation]


@dataclass(frozen=True)
class AreaPage:
    """What is said of one force area."""

    table: list[TableRow]
    others: list[Entry]
    events: list[Event]
    all_wales: list[Event]
    briefing: Briefing


def areas_with_counts(
    areas: Iterable[ForceArea], counts: dict[str, dict[str, int]]
) -> list[AreaCounts]:
    """Each area with its numbers of entries; `counts` is area → stage → number."""
    found = []
    for area in areas:
        stages = counts.get(area.slug, {})
        community = stages.get(Stage.COMMUNITY, 0)
        found.append(AreaCounts(area, community, sum(stages.values()) - community))
    return found


def area_page(entries: list[Entry], briefing: Briefing) -> AreaPage:
    rows = [TableRow(entry, _cells(entry)) for entry in entries if _cells(entry)]
    of_area = [_area_event(each) for each in briefing.developments if not each.all_wales]
    of_entries = [
        Event(
            kind=f"{in_language(entry.name)}: {event.kind}",
            when=event.when,
            summary=event.summary,
            words=event.words,
        )
        for entry in entries
        for event in (_development(entry, each) for each in entry.developments)
    ]
    return AreaPage(
        table=rows,
        others=[entry for entry in entries if not _cells(entry)],
        events=of_entries + of_area,
        all_wales=[_area_event(each) for each in briefing.developments if each.all_wales],
        briefing=briefing,
    )


def card(entry: Entry, today: datetime.date) -> Card:
    terms = entry.terms()
    return Card(
        entry=entry,
        badge=badge(entry),
        stage=_one(Stage, entry.stage),
        age=age(entry, today),
        lines=[
            Line(_("Referral route"), _words(Route, terms["route"])),
            Line(_("Risk level"), _words(Risk, terms["risk"])),
            Line(_("For whom"), [*_words(Group, terms["group"]), *_required(entry)]),
            Line(_("Attendance"), _words(Attendance, terms["attendance"])),
            Line(_("Current funder, on that date"), _words(Funder, terms["funder"])),
            Line(_("How long"), _words(Longevity, terms["longevity"])),
        ],
    )


def entry_page(entry: Entry, today: datetime.date) -> EntryPage:
    facts = [_referral(entry), _eligibility(entry), _attendance(entry), _funding(entry)]
    facts += [_longevity(entry), _running(entry)]
    if (service := _service(entry)).words:
        facts.append(service)
    shown = {words.quotation.id for fact in facts for words in fact.words}
    shown |= {evaluation.rests_on for evaluation in entry.evaluations}
    shown |= {development.rests_on for development in entry.developments}
    return EntryPage(
        entry=entry,
        badge=badge(entry),
        stage=_one(Stage, entry.stage),
        status=status(entry),
        age=age(entry, today),
        renewal=renewal(entry, today),
        facts=facts,
        contacts=[_ask(contact) for contact in entry.contacts],
        evaluations=[_evaluation(entry, evaluation) for evaluation in entry.evaluations],
        developments=[_development(entry, development) for development in entry.developments],
        more_words=_quoted(
            entry,
            [q for q in entry.quotations if q.id not in shown and not q.in_table],
        ),
        unstated=_unstated(entry),
    )


def badge(entry: Entry) -> str:
    """A few words that never say that an entry runs today."""
    words = {
        Status.STOPPED: pgettext("badge", "Stopped"),
        Status.SPOT_PURCHASE: pgettext("badge", "Bought case by case"),
        Status.LAUNCHING: status(entry),
    }
    named = pgettext("badge", "Named %(date)s") % {"date": date_format(entry.source.dated, "M Y")}
    return words.get(Status(entry.status.value), named)


def status(entry: Entry) -> str:
    """What is stated of whether it runs; of a launch, with its date or the want of one."""
    rests_on = entry.quotation(entry.status.rests_on)
    if entry.status.value == Status.LISTED and rests_on and rests_on.source.slug != SUBMISSION:
        return _("Named on %(date)s; whether it runs today is not stated") % {
            "date": date_format(rests_on.source.dated)
        }
    if entry.status.value != Status.LAUNCHING:
        return _one(Status, entry.status.value)
    launches = [d.when for d in entry.developments if d.kind == DevelopmentKind.LAUNCH and d.when]
    if not launches:
        return _("Launch date not stated")
    return _("Launch date given as %(date)s; not confirmed") % {"date": when(launches[0])}


def age(entry: Entry, today: datetime.date) -> str:
    """How old the facts are, and whether somebody has checked them since."""
    if entry.last_checked:
        outcomes = {
            "changed": _("something had changed"),
            "stopped": _("it had stopped"),
            "confirmed": ", ".join(label(Field, entry.confirmed)).lower(),
        }
        return _("Stated on %(stated)s; checked on %(checked)s: %(outcome)s.") % {
            "stated": date_format(entry.source.dated),
            "checked": date_format(entry.last_checked),
            "outcome": outcomes[entry.check_outcome],
        }
    years = _whole_years(entry.source.dated, today)
    if years == 0:
        return _("Stated on %(stated)s; not checked since.") % {
            "stated": date_format(entry.source.dated)
        }
    return ngettext(
        "Stated %(years)d year ago, on %(stated)s; not checked since.",
        "Stated %(years)d years ago, on %(stated)s; not checked since.",
        years,
    ) % {"years": years, "stated": date_format(entry.source.dated)}


def in_language(text: Bilingual) -> str:
    """The text in the language of the page, else in the one there is."""
    return getattr(text, get_language() or "en") or text.en or text.cy


def renewal(entry: Entry, today: datetime.date) -> str:
    """What must have come up for a decision since the facts were stated; "" where none is due."""
    years = _whole_years(entry.source.dated, today)
    if entry.status.value == Status.STOPPED or years == 0:
        return ""
    if entry.longevity.value == Longevity.ANNUAL:
        return _("Its funding was decided year by year: it has come up for renewal since.")
    if entry.longevity.value == Longevity.ANNUAL_TO_MULTI_YEAR:
        return _(
            "Its funding was annual, moving towards multi-year: it may have come up for renewal "
            "since."
        )
    if entry.longevity.value == Longevity.MULTI_YEAR:
        return _("Its funding ran for several years; no end is stated, so it may have ended since.")
    return _("How long it is funded is not stated, so it may have ended since.")


def when(date: PartialDate | None) -> str:
    """A date as exactly as its source gives it, "" where it gives none."""
    if date is None:
        return ""
    if date.precision == Precision.FINANCIAL_YEAR:
        return f"{date.day.year}/{(date.day.year + 1) % 100:02d}"
    formats = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
    return date_format(date.day, formats[Precision(date.precision)])


def _whole_years(since: datetime.date, today: datetime.date) -> int:
    before_anniversary = (today.month, today.day) < (since.month, since.day)
    return today.year - since.year - before_anniversary


def _words(terms, codes) -> list[str]:
    """The labels of codes; none for "not stated", which the page says in its own way."""
    return label(terms, [code for code in codes if code != NOT_STATED])


def _one(terms, code: str) -> str:
    return label(terms, [code])[0]


def _quoted(entry: Entry, quotations: Iterable[Quotation]) -> list[Quoted]:
    return [Quoted(quotation, entry.replacement(quotation)) for quotation in quotations]


def _rested_on(entry: Entry, number: int) -> Quoted:
    """The words an event rests on; a document without them would not be one."""
    return _quoted(entry, [q for q in entry.quotations if q.id == number])[0]


def _fact(entry: Entry, about: Field, title: str, lines: list[Line]) -> Fact:
    return Fact(about.value, title, lines, _quoted(entry, entry.quotations_about(about)))


def _referral(entry: Entry) -> Fact:
    usual = label(Route, [referral.route for referral in entry.referrals if referral.usual])
    stopped = entry.status.value == Status.STOPPED
    lines = [
        Line(
            _("Referral route, as worded"),
            _words(Route, entry.terms()["route"]),
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
        Line(_("Risk level"), _words(Risk, terms["risk"])),
        Line(_("For whom"), _words(Group, terms["group"])),
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
    return _words(Answer, [c.answer for c in entry.criteria if wanted(c)])


def _is_other(criterion: Criterion) -> bool:
    """Whether it has no line of its own: neither risk nor access nor a client group."""
    return criterion.answer not in GROUPS and not criterion.answer.startswith(("risk:", "access:"))


def _required(entry: Entry) -> list[str]:
    return _answers(entry, lambda c: c.accepted and c.only and _is_other(c))


def _attendance(entry: Entry) -> Fact:
    lines = [Line(_("Attendance"), _words(Attendance, [entry.attendance.value]))]
    return _fact(entry, Field.ATTENDANCE, _("Attendance"), lines)


def _funding(entry: Entry) -> Fact:
    current = [f for f in entry.fundings if f.period == "current"]
    former = [f.funder for f in entry.fundings if f.period == "former"]
    ends = [when(f.end) for f in current if f.end]
    arrangements = [f.arrangement for f in current]
    lines = [
        Line(_("Current funder, on that date"), _words(Funder, [f.funder for f in current])),
        Line(_("Arrangement"), _words(Arrangement, arrangements)),
        Line(_("Funded until"), ends),
    ]
    if former:
        lines.insert(1, Line(_("Former funder"), _words(Funder, former)))
    return _fact(entry, Field.FUNDING, _("Funding"), lines)


def _longevity(entry: Entry) -> Fact:
    lines = [Line(_("As stated"), _words(Longevity, [entry.longevity.value]))]
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
    lines = [
        Line(_one(OrganisationRole, involvement.role), [involvement.organisation])
        for involvement in entry.involvements
    ]
    lines += [Line(name, [_one(terms, reading.value)]) for name, (terms, reading) in stated.items()]
    rested_on = {reading.rests_on for _terms, reading in stated.values()}
    rested_on |= {involvement.rests_on for involvement in entry.involvements}
    quotations = [q for q in entry.quotations if q.id in rested_on or q.field == Field.PROVIDER]
    return Fact("service", _("The service"), lines, _quoted(entry, quotations))


def _cells(entry: Entry) -> list[Quotation]:
    """An entry's cells in the order of the submission's columns; none where no table has it."""
    cells = {q.field: q for q in entry.quotations if q.in_table}
    return [cells[column] for column in COLUMNS] if cells else []


def _area_event(each: AreaDevelopment) -> Event:
    development = each.development
    return Event(
        kind=_kind(development),
        when=when(development.when),
        summary=development.summary,
        words=Quoted(each.quotation, None),
    )


def _ask(contact: Contact) -> Ask:
    languages = _words(DeliveryLanguage, [contact.languages])
    return Ask(_one(Audience, contact.audience), languages, contact)


def _evaluation(entry: Entry, evaluation: Evaluation) -> Event:
    return Event(
        kind=_one(EvaluationState, evaluation.state),
        when=when(evaluation.published),
        summary=evaluation.summary,
        words=_rested_on(entry, evaluation.rests_on),
    )


def _kind(development: Development) -> str:
    kind = _one(DevelopmentKind, development.kind)
    if development.expected:
        return _("%(kind)s: expected by the source; not confirmed") % {"kind": kind}
    return kind


def _development(entry: Entry, development: Development) -> Event:
    return Event(
        kind=_kind(development),
        when=when(development.when),
        summary=development.summary,
        words=_rested_on(entry, development.rests_on),
    )


def _unstated(entry: Entry) -> list[str]:
    """What referrers ask for and no statement about this entry says."""
    asked = {
        _("a contact"): bool(entry.contacts),
        _("who provides it"): bool(entry.quotations_about(Field.PROVIDER)),
        _("whether it takes referrals now"): entry.taking_referrals.value != NOT_STATED,
        _("support for partners and ex-partners"): entry.partner_support.value != NOT_STATED,
        _("accreditation"): entry.accreditation.value != NOT_STATED,
        _("the language of delivery"): entry.delivery_language.value != NOT_STATED,
        _("whether it serves women"): any(c.answer.startswith("sex:") for c in entry.criteria),
        _("whether it serves people under 18"): any(
            c.answer.startswith("age:") for c in entry.criteria
        ),
        _("an evaluation"): bool(entry.evaluations),
    }
    # The directory has no term for these yet, so nothing can state them.
    never = [
        _("whether it serves LGBT+ people"),
        _("how many people it can take"),
        _("what it costs"),
    ]
    return [what for what, is_stated in asked.items() if not is_stated] + never
