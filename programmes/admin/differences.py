"""Differences between two states of an entry or a force area, for whoever edits them.

They are worded as the public page of changes words them; what only editors see is added.
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from forces.models import ForceArea
from programmes import vocabulary
from programmes.changes.presenters import Difference, Noted, Said, compare, lines
from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import Contact, Entry, Funding, Quotation
from programmes.domain.values import same_document
from programmes.models import Programme
from programmes.presentation.developments import kind_of
from programmes.presentation.text import when, word
from programmes.publishing.areas import public_and_draft
from programmes.publishing.data_checks import name_of_reading
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import standing_edition
from programmes.publishing.translations import texts_of
from programmes.readings import ROW_READINGS

UNSHOWN = Difference(
    "Something that no page shows, such as its address or the order of rows", [], []
)


def unpublished(programme: Programme) -> list[Difference]:
    """What publishing would change of what the public saw last; all, where it saw nothing."""
    edition = standing_edition(programme)
    return differences(edition.entry if edition else None, entry_of(programme))


def unpublished_of_area(area: ForceArea, ask_of: ForceArea | None) -> list[Difference]:
    """What publishing would change of a force area: whom to ask there, and its developments."""
    public, draft = public_and_draft(area, ask_of is not None)
    return compare(_area_lines(public) if public else [], _area_lines(draft))


def differences(before: Entry | None, after: Entry) -> list[Difference]:
    changed = compare(_entry_lines(before) if before else [], _entry_lines(after))
    return changed or ([] if same_document(before, after) else [UNSHOWN])


def _entry_lines(entry: Entry) -> Iterator[tuple[str, Said]]:
    yield from lines(entry)
    yield "area", ("Force area", _noted(entry.area_name.en))
    yield "fundings", ("Funding, row by row", _noted(*map(_funding, entry.fundings)))
    for contact in entry.contacts:
        yield f"contact {contact.id}", (f"Contact: {contact.team.en}", _contact(contact))
    older = dict.fromkeys(each.text.cy for each in texts_of(entry) if each.text.cy_older)
    yield "older", ("Welsh older than its English", _noted(*older))
    yield from _quotation_lines(entry)


def _quotation_lines(entry: Entry) -> Iterator[tuple[str, Said]]:
    """Where each stands and what rests on it, beside its words."""
    for quotation in entry.quotations:
        replaced = entry.quotation(quotation.replaces)
        place = [quotation.place.en, quotation.place.cy, quotation.source.title.en]
        place += [quotation.words_cy, word(vocabulary.Basis, quotation.basis)]
        place += [f"replaces {_quoted(replaced)}"] if replaced else []
        yield f"quotation {quotation.id}", (f"Where {_quoted(quotation)} stands", _noted(*place))
    readings = {kind.rows: getattr(entry, kind.rows) for kind in ROW_READINGS}
    readings |= {name: (reading,) for name, reading in entry.readings.items()}
    for name, rows in readings.items():
        quotations = filter(None, (entry.quotation(row.rests_on) for row in rows))
        title = name_of_reading(name).capitalize()
        yield f"rests {name}", (f"{title}: rests on", _noted(*map(_quoted, quotations)))


def _contact(contact: Contact) -> list[Noted]:
    texts = [contact.team.en, contact.team.cy, contact.page, contact.email, contact.phone]
    texts += [contact.source.title.en, word(vocabulary.Audience, contact.audience)]
    texts += [word(vocabulary.DeliveryLanguage, contact.languages)]
    return _noted(*texts, f"checked on {_day(contact.checked_on)}")


def _funding(row: Funding) -> str:
    terms = [word(vocabulary.Funder, row.funder), word(vocabulary.FundingPeriod, row.period)]
    terms.append(word(vocabulary.Arrangement, row.arrangement))
    terms.append(f"{when(row.start)}–{when(row.end)}".strip("–"))
    return ", ".join(filter(None, terms))


def _area_lines(briefing: Briefing) -> Iterator[tuple[str, Said]]:
    yield "developments", ("Developments", _noted(*map(_development, briefing.developments)))
    yield "ask", ("Whom to ask", _noted(briefing.ask.en, briefing.ask.cy))
    yield "page", ("Page of whom to ask", _noted(briefing.ask_page.en, briefing.ask_page.cy))
    numbers = _noted(briefing.ask_phone, briefing.ask_email, _day(briefing.ask_seen_on))
    yield "numbers", ("Telephone and e-mail of whom to ask, and when they were seen", numbers)
    yield "day", ("Whom to ask: looked at on", _noted(_day(briefing.ask_checked_on)))
    yield "older", ("Welsh older than its English", _noted(briefing.ask.cy * briefing.ask.cy_older))


def _development(each: AreaDevelopment) -> str:
    row, words = each.development, each.quotation
    subject = "".join(vocabulary.label(vocabulary.Subject, [row.subject]))
    texts = [kind_of(row, timezone.localdate()), when(row.when), subject]
    texts += [row.summary.en, row.summary.cy, _quoted(words)]
    texts += [words.place.en, words.place.cy, "all of Wales" if each.all_wales else ""]
    return ", ".join(filter(None, texts))


def _quoted(quotation: Quotation) -> str:
    return f"“{quotation.words}”"


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _noted(*texts: str) -> list[Noted]:
    return [(text, "") for text in texts if text]
