"""An entry as plain text: HSDS has no place for a quotation. Silence is named as such."""

import datetime
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.domain.entry import Bilingual, Contact, Entry, Funding, Quotation, SourceDocument
from programmes.presentation import text
from programmes.presentation.entry import unstated
from programmes.presentation.facts import Fact, Line, Quoted, plain, quoted
from programmes.readings import stated_topics
from programmes.vocabulary import (
    NOT_STATED_LABEL,
    Arrangement,
    Audience,
    Basis,
    CheckOutcome,
    Field,
    Funder,
    Status,
    TakingReferrals,
)


def alert(entry: Entry) -> str:
    """What is stated of whether it runs, and how old that is.

    Only a check that confirmed just this takes "whether it runs today is not stated" away.
    """
    confirmed = entry.check_outcome == CheckOutcome.CONFIRMED and Field.STATUS in entry.confirmed
    known = [] if confirmed and entry.known_status == Status.LISTED else [f"{text.status(entry)}."]
    referrals = entry.reading("taking_referrals").value
    if referrals in (TakingReferrals.PAUSED, TakingReferrals.NO):
        known.append(f"{''.join(text.reading_words(entry, 'taking_referrals'))}.")
    return " ".join([*known, text.age(entry)])


def description(entry: Entry, facts: Iterable[str]) -> str:
    """A paragraph each: its age, what it is, its area, each fact, and what nobody states."""
    area = text.area_name(entry)
    sources = "; ".join(f"{text.titled(s)} ({text.details(s)})" for s in entry.sources)
    paragraphs = [
        f"{text.age(entry)} {text.caution(entry)} {_('Check before you refer.')}",
        marked(entry.summary),
        f"{_('Force area')}: {area}." if entry.area else f"{area}.",
        *facts,
        f"{_('Not stated about this entry')}: {'; '.join(unstated(stated_topics(entry)))}.",
        f"{_('Sources:')} {sources}.",
    ]
    return "\n\n".join(filter(None, paragraphs))


def fact_text(fact: Fact, entry: Entry) -> str:
    """One fact: our reading, then the source's words, or that there are none."""
    lines = " ".join(f"{_line_text(line)}." for line in fact.lines)
    if not fact.lines or fact.lines[0].label != fact.title:
        lines = f"{fact.title}. {lines}"
    quotations = "; ".join(map(_words_text, fact.words)) or _silence(entry.source)
    return f"{lines} {_('The source’s words')}: {quotations}."


def contact_text(contact: Contact, today: datetime.date) -> str:
    """Whom to ask, how, and when that was checked."""
    reached_by = ", ".join(filter(None, (contact.phone, contact.email, contact.page)))
    who = f"{marked(contact.team)} ({text.word(Audience, contact.audience)})"
    source = f"{_('Source')}: {text.titled(contact.source)}."
    return f"{who}: {reached_by}. {text.contact_age(contact, today)} {source}"


def funding_text(funding: Funding, entry: Entry) -> str:
    who = _("Former funder or commissioner") if funding.former else _("Funded by")
    lines = [
        Line(who, [text.word(Funder, funding.funder)]),
        Line(_("Arrangement"), text.words(Arrangement, [funding.arrangement])),
    ]
    if funding.end:
        lines.append(Line(_("Funded until"), [text.when(funding.end)]))
    quotation = entry.quotation(funding.rests_on)
    return fact_text(Fact("", who, lines, quoted(entry, [quotation] if quotation else [])), entry)


def marked(stated: Bilingual) -> str:
    """A text that is no name, with its language where that is another: HSDS has no field for it."""
    words = text.in_language(stated)
    if not words or getattr(stated, get_language() or "en"):
        return words
    return f"{words} ({_('in English') if stated.en else _('in Welsh')})"


def _line_text(line: Line) -> str:
    values = "; ".join(map(plain, line.values)) or str(NOT_STATED_LABEL)
    return f"{line.label}: {values}" + (f" ({line.note.rstrip('.')})" if line.note else "")


def _words_text(quoted: Quoted) -> str:
    words = _quoted(quoted.quotation)
    if quoted.newer:
        words += f" {_('Replaced by newer words, of')} {date_format(quoted.newer.source.dated)}"
    return words


def _quoted(quotation: Quotation) -> str:
    if not quotation.words:
        return _silence(quotation.source)
    about = [] if get_language() == "en" else [_("in English")]
    if quotation.basis != Basis.STATED:
        about.append(str(Basis(quotation.basis).label))
    words = f"“{quotation.words}” ({'; '.join([*about, text.titled(quotation.source)])})"
    if quotation.link:
        words += f" {_('The source gives this link:')} {quotation.link}"
    if get_language() == "cy" and quotation.words_cy:
        ours = _("The directory’s translation, not the source’s words:")
        words += f" {ours} “{quotation.words_cy}”"
    return words


def _silence(source: SourceDocument) -> str:
    return f"{_('Not stated in the source')} ({text.titled(source)})"
