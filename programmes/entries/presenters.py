"""The page of one entry: facts, each quotation once, what to ask, what a report adds. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from programmes.domain.entry import Entry, Quotation
from programmes.presentation.developments import Event
from programmes.presentation.entry import EntryPage
from programmes.presentation.facts import Fact, Line, Value, plain
from programmes.presentation.text import badge, in_language
from programmes.vocabulary import DevelopmentKind, Field, Funder, FundingPeriod, Status


@dataclass(frozen=True)
class Row:
    """One thing about an entry: the source's words, and our terms where they say more."""

    id: str
    label: str
    lines: list[Line] = field(default_factory=list)
    words: list[Quotation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    silent: str = ""
    told: list["Told"] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        return not (self.lines or self.words or self.told)


@dataclass(frozen=True)
class Told:
    """An event, and its words where the page has not quoted them before."""

    event: Event
    quotation: Quotation | None


@dataclass(frozen=True)
class Report:
    """What a source says beyond the facts, and the words that newer ones replaced."""

    events: list[Told]
    sentences: list[Quotation]
    replaced: list[Quotation]


class OnceEach:
    """Hands out the standing words of an entry, each once, the newest first."""

    def __init__(self, entry: Entry) -> None:
        standing = [q for q in entry.standing if q.words and q.field != Field.PROGRAMME]
        by_age = sorted(standing, key=lambda q: q.source.dated, reverse=True)
        self.left = [q for q in by_age if not any(_is_part(q, of) for of in by_age)]

    def take(self, wanted: Iterable[int]) -> list[Quotation]:
        ids = set(wanted)
        taken = [q for q in self.left if q.id in ids]
        self.left = [q for q in self.left if q.id not in ids]
        return taken


def _is_part(quotation: Quotation, of: Quotation) -> bool:
    """Whether a sentence stands whole in a longer one of the same source."""
    in_text = not (quotation.in_table or of.in_table) and quotation.source == of.source
    return in_text and quotation.words != of.words and quotation.words in of.words


def rows(page: EntryPage, words: OnceEach) -> list[Row]:
    """The facts in the order of the page; then, in one line, what else nobody says."""
    facts = {fact.id: fact for fact in page.facts}
    money = [facts[Field.FUNDING], facts[Field.LONGEVITY]]
    known = [
        _row(_("Who could refer"), [facts[Field.REFERRAL_ROUTE]], words),
        _row(_("Who it is for"), [facts[Field.ELIGIBILITY]], words),
        _row(_("Attendance"), [facts[Field.ATTENDANCE]], words),
        _row(_("Money and length"), money, words),
        Row("evaluation", _("Evaluation"), told=told(page.evaluations, words)),
    ]
    running = _row(_("Running?"), [facts[Field.STATUS]], words)
    # The band says once that we do not know.
    if page.entry.known_status != Status.LISTED or running.words or running.notes:
        known.append(running)
    if "service" in facts:
        known.append(_row(_("The service"), [facts["service"]], words))
    silent = [
        *page.unstated,
        *([] if page.entry.coverage else [_("which council areas it covers")]),
    ]
    return [*known, Row("unstated", _("Also not given"), notes=["; ".join(silent)])]


def _row(label: str, facts: list[Fact], words: OnceEach) -> Row:
    quotations = words.take(_in_row(facts))
    lines = [line for fact in facts for line in fact.lines]
    silent = [line.label.lower() for line in lines if line.plain and not line.values]
    confirmed = (fact.confirmed for fact in facts)
    quoted = [w.quotation for fact in facts for w in fact.words]
    return Row(
        id=facts[0].id,
        label=label,
        lines=[each for each in lines if each.values and not says_the_same(each.values, quoted)],
        words=quotations,
        notes=[*filter(None, (each.note for each in lines)), *filter(None, confirmed)],
        silent=", ".join(silent),
    )


def _in_row(facts: list[Fact]) -> set[int]:
    """The words that a row quotes: the cells of a table, and the text of sources without one."""
    every = [(fact, words.quotation) for fact in facts for words in fact.words]
    tables = {q.source.slug for fact, q in every if q.in_table and q.field == fact.id}
    return {q.id for _fact, q in every if q.in_table or q.source.slug not in tables}


def says_the_same(values: Iterable[Value], quotations: Iterable[Quotation]) -> bool:
    """Whether every word of our terms begins a word of the source: “Annual”, “Annually”."""
    said = re.findall(r"\w+", " ".join(quotation.words for quotation in quotations).lower())
    ours = re.findall(r"\w+", " ".join(map(plain, values)).lower())
    return all(any(word.startswith(own) for word in said) for own in ours)


def told(events: list[Event], words: OnceEach) -> list[Told]:
    return [Told(e, next(iter(words.take([e.words.quotation.id])), None)) for e in events]


def report(page: EntryPage, words: OnceEach) -> Report:
    """Read last: its sentences are those that nothing else on the page quotes."""
    events = told(page.developments, words)
    replaced = [q for q in page.entry.quotations if page.entry.replacement(q) and q.words]
    return Report(events, [q for q in words.left if not q.in_table], replaced)


def tag(entry: Entry) -> str:
    """Its badge; of what was decommissioned and can still be bought, both."""
    kinds = {development.kind for development in entry.developments}
    if DevelopmentKind.DECOMMISSIONING in kinds and entry.known_status == Status.SPOT_PURCHASE:
        return _("Decommissioned; bought case by case")
    return badge(entry)


def office_role(entry: Entry) -> str:
    """What the PCC's office has to do with an entry, as far as a source says."""
    periods = {funding.period for funding in entry.fundings if funding.funder == Funder.PCC}
    if FundingPeriod.CURRENT in periods:
        return _("The PCC is named as a funder.")
    if FundingPeriod.FORMER in periods:
        return _("The PCC’s office is named as a former commissioner.")
    return _("This office may know who runs the programme. It is not named as a funder.")


def questions(entry: Entry) -> str:
    """What to ask, to be copied: it names the programme and the police area, and no case."""
    area = _("Police area: %(area)s") % {"area": in_language(entry.area_name)}
    return "\n".join(
        [
            _("Programme: %(name)s") % {"name": in_language(entry.name)},
            *([area] if entry.area else []),
            _("1. Does it still run?"),
            _("2. Who is it for, and at which risk levels?"),
            _("3. Who can refer, and how?"),
            _("4. How soon could someone start?"),
            _("5. What support do partners and ex-partners get?"),
            _("6. Can it be taken in Welsh?"),
        ]
    )
