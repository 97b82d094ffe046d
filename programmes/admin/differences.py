"""Differences between two states of an entry or a force area, for whoever edits them.

They are worded as the public page of changes words them; what only editors see is added.
"""

from collections.abc import Iterator
from dataclasses import fields

from forces.models import ForceArea
from programmes.changes.presenters import Difference, Noted, Said, compare, lines
from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import Contact, Entry, Funding, Quotation, same_document
from programmes.models import Edition, Programme
from programmes.presentation.entry import kind_of
from programmes.presentation.text import when, word
from programmes.publishing.draft import briefing_of, entry_of
from programmes.publishing.editions import standing_edition
from programmes.vocabulary import (
    Arrangement,
    Audience,
    Basis,
    DeliveryLanguage,
    Funder,
    FundingPeriod,
)

UNSHOWN = Difference(
    "Something that no page shows, such as its address or the order of rows", [], []
)


def unpublished(programme: Programme) -> list[Difference]:
    """What publishing would change; all of an entry that was never published is new.

    One that was withdrawn is compared with what the public saw last.
    """
    edition = standing_edition(programme)
    return differences(edition.entry if edition else None, entry_of(programme))


def unpublished_of_area(area: ForceArea) -> list[Difference]:
    """What publishing would change of a force area: whom to ask there, and its developments."""
    edition = Edition.objects.areas().filter(area=area.slug).first()
    return compare(_of_area(edition.briefing) if edition else [], _of_area(briefing_of(area)))


def since_its_predecessor(edition: Edition) -> list[Difference]:
    """What an edition changed: all of it where it was the first."""
    earlier = Edition.objects.filter(programme=edition.programme, pk__lt=edition.pk)
    before = earlier.order_by("-pk").first()
    return differences(before.entry if before else None, edition.entry)


def differences(before: Entry | None, after: Entry) -> list[Difference]:
    found = compare(_of_entry(before) if before else [], _of_entry(after))
    return found or ([] if same_document(before, after) else [UNSHOWN])


def _of_entry(entry: Entry) -> Iterator[tuple[str, Said]]:
    yield from lines(entry)
    yield "area", ("Force area", _noted(entry.area_name.en))
    yield "fundings", ("Funding, row by row", _noted(*map(_funding, entry.fundings)))
    for contact in entry.contacts:
        yield f"contact {contact.id}", (f"Contact: {contact.team.en}", _contact(contact))
    yield "older", ("Welsh older than its English", _noted(*_older_welsh(entry)))
    yield from _of_quotations(entry)


def _of_quotations(entry: Entry) -> Iterator[tuple[str, Said]]:
    """Where each stands and what rests on it, beside its words."""
    for quotation in entry.quotations:
        replaced = entry.quotation(quotation.replaces)
        told = [quotation.place.en, quotation.place.cy, quotation.source.title.en]
        told += [quotation.words_cy, word(Basis, quotation.basis)]
        told += [f"replaces {_quoted(replaced)}"] if replaced else []
        yield f"quotation {quotation.id}", (f"Where {_quoted(quotation)} stands", _noted(*told))
    rows = {field.name: getattr(entry, field.name) for field in fields(entry)}
    for name, part in (rows | {name: (each,) for name, each in entry.readings.items()}).items():
        each_of = part if isinstance(part, tuple) else ()
        quotations = [entry.quotation(getattr(row, "rests_on", None)) for row in each_of]
        title = name.replace("_", " ").capitalize()
        words = [_quoted(quotation) for quotation in quotations if quotation]
        yield f"rests {name}", (f"{title}: rests on", _noted(*words))


def _older_welsh(entry: Entry) -> list[str]:
    summaries = [row.summary for rows in (entry.evaluations, entry.developments) for row in rows]
    texts = [entry.name, entry.summary, *summaries]
    older = [text.cy for text in texts if text.cy_older]
    return [*older, *(each.words_cy for each in entry.quotations if each.words_cy_older)]


def _contact(contact: Contact) -> list[Noted]:
    told = [contact.team.cy, contact.page, contact.email, contact.phone, contact.source.title.en]
    told += [word(Audience, contact.audience), word(DeliveryLanguage, contact.languages)]
    return _noted(contact.team.en, *told, f"checked on {contact.checked_on:%-d %B %Y}")


def _funding(row: Funding) -> str:
    told = [word(Funder, row.funder), word(FundingPeriod, row.period)]
    told += [word(Arrangement, row.arrangement), f"{when(row.start)}–{when(row.end)}".strip("–")]
    return ", ".join(filter(None, told))


def _of_area(briefing: Briefing) -> Iterator[tuple[str, Said]]:
    yield "ask", ("Whom to ask", _noted(briefing.ask.en, briefing.ask.cy))
    yield "page", ("Page of whom to ask", _noted(briefing.ask_page.en, briefing.ask_page.cy))
    yield "day", ("Whom to ask: looked at on", _noted(str(briefing.ask_checked_on or "")))
    rows = [_development(each) for each in briefing.developments]
    yield "developments", ("Developments", _noted(*rows))


def _development(each: AreaDevelopment) -> str:
    row, words = each.development, each.quotation
    told = [kind_of(row), when(row.when), row.summary.en, row.summary.cy, _quoted(words)]
    told += [words.place.en, words.place.cy, "all of Wales" if each.all_wales else ""]
    return ", ".join(filter(None, told))


def _quoted(quotation: Quotation) -> str:
    return f"“{quotation.words}”"


def _noted(*texts: str) -> list[Noted]:
    return [(text, "") for text in texts if text]
