"""Puts words to changes: what was said of an entry, and what is said now. Queries nothing.

Contacts are told of, never shown: those that are no longer right are nobody's to ring.
"""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes.changes.history import Happening, Together
from programmes.domain.entry import Bilingual, Entry, Quotation, SourceDocument, sources_of
from programmes.presentation.entry import Event, entry_page
from programmes.presentation.facts import Line, Named, Value
from programmes.presentation.text import check_outcome, in_language, word
from programmes.publishing.changes import Changed, shown
from programmes.vocabulary import NOT_STATED_LABEL, ChangeKind, Field, Stage, label

Noted = tuple[Value, str]
"""A value and, of a source's words, their date."""


@dataclass(frozen=True)
class Difference:
    """One thing that is said of an entry: what was, and what is now; nothing is "not stated"."""

    label: str
    was: list[Noted]
    now: list[Noted]


@dataclass(frozen=True)
class ChangeInWords:
    """What became of one entry."""

    id: str
    at: datetime.datetime
    day: datetime.date
    entry: Entry
    kinds: list[str]
    differences: list[Difference]
    notes: list[str]
    sources: list[SourceDocument]
    """What an entry that was added rests on."""
    why: str
    """The reason of a withdrawal, which is public; no other reason is."""


@dataclass(frozen=True)
class TogetherInWords:
    """Many entries that were added at one moment."""

    id: str
    at: datetime.datetime
    day: datetime.date
    text: str
    entries: list[Entry]
    sources: list[SourceDocument]
    more: int


InWords = ChangeInWords | TogetherInWords


def in_words(happening: Happening) -> InWords:
    return _together(happening) if isinstance(happening, Together) else change(happening)


def by_day(happenings: Iterable[Happening]) -> list[tuple[datetime.date, list[InWords]]]:
    told = (in_words(happening) for happening in happenings)
    return [(day, list(group)) for day, group in groupby(told, key=lambda each: each.day)]


def change(changed: Changed) -> ChangeInWords:
    before, after = shown(changed.before), shown(changed.after)
    kinds = changed.kinds
    found = compare(lines(before), lines(after)) if before and after else []
    return ChangeInWords(
        id=_id(changed.after.entry, f"edition {changed.after.pk}"),
        at=changed.after.published_at,
        day=changed.day,
        entry=changed.after.entry,
        kinds=label(ChangeKind, kinds),
        differences=found,
        notes=list(_notes(changed, found)),
        sources=changed.after.entry.sources if ChangeKind.ADDED in kinds else [],
        why=changed.after.why if ChangeKind.WITHDRAWN in kinds else "",
    )


def _together(many: Together) -> TogetherInWords:
    entries = [edition.entry for edition in many.editions]
    first = many.editions[0]
    text = ngettext(
        "%(number)d entry was first published here",
        "%(number)d entries were first published here",
        many.number,
    )
    return TogetherInWords(
        id=_id(first.entry, f"edition {first.pk} and {many.number}"),
        at=first.published_at,
        day=first.day,
        text=text % {"number": many.number},
        entries=entries,
        sources=sources_of(entries),
        more=many.number - len(entries),
    )


def _id(entry: Entry, what: str) -> str:
    """The same for ever, whatever the site's address: nobody is to read a change twice."""
    return uuid.uuid5(uuid.UUID(entry.uuid), f"{what} {get_language()}").urn


def _notes(changed: Changed, found: list[Difference]) -> Iterator[str]:
    before, after = shown(changed.before), shown(changed.after)
    if before and after:
        contacts = list(_of_contacts(before, after))
        yield from contacts
        if ChangeKind.CHECK_TAKEN_BACK in changed.kinds:
            yield _("A check had been recorded by mistake, and counts no longer.")
        if ChangeKind.CHANGED in changed.kinds and not found and not contacts:
            yield _("Where the words stand, or which of them a reading rests on, was put right.")
        if not changed.kinds:
            yield _("The same at both ends: what was changed was changed back.")
    elif after and changed.before:
        yield _("It had been withdrawn, and was published again.")
    elif not after and not before:
        yield _("Added and withdrawn again in between.")


def _of_contacts(before: Entry, after: Entry) -> Iterator[str]:
    was = {contact.id: contact for contact in before.contacts}
    now = {contact.id: contact for contact in after.contacts}
    if now.keys() - was.keys():
        yield _("A contact was added.")
    if was.keys() - now.keys():
        yield _("A contact is no longer shown.")
    if any(was[known] != now[known] for known in was.keys() & now.keys()):
        yield _("A contact was changed.")


Said = tuple[str, list[Noted]]
"""What is said of an entry under a label."""


def compare(
    before: Iterable[tuple[str, Said]], after: Iterable[tuple[str, Said]]
) -> list[Difference]:
    """Line by line, by the keys of the lines and in their order."""
    was, now = dict(before), dict(after)
    found = []
    for key in [*now, *(gone for gone in was if gone not in now)]:
        old, (name, new) = was.get(key, ("", [])), now.get(key, ("", []))
        if old[1] != new:
            found.append(Difference(name or old[0], old[1], new))
    return found


def lines(entry: Entry) -> Iterator[tuple[str, Said]]:
    """Everything that the page of an entry says of it, each thing with a key of its own."""
    texts = {
        "name en": (_("Name, in English"), Bilingual(en=entry.name.en)),
        "name cy": (_("Name, in Welsh"), Bilingual(cy=entry.name.cy)),
        "summary en": (_("Summary, in English"), Bilingual(en=entry.summary.en)),
        "summary cy": (_("Summary, in Welsh"), Bilingual(cy=entry.summary.cy)),
    }
    for key, (name, text) in texts.items():
        yield key, (name, [(text, "")] if text else [])
    yield "stage", (_("Stage"), [(word(Stage, entry.stage), "")])
    # A draft without words of a source has no page yet.
    if entry.quotations:
        yield from _lines_of_page(entry)


def _lines_of_page(entry: Entry) -> Iterator[tuple[str, Said]]:
    # Always as of the same day: what grows old by itself is no change.
    page = entry_page(entry, entry.source.dated)
    for fact in page.facts:
        for line in fact.lines:
            yield f"{fact.id} {line.label}", _of_line(fact.title, line)
    yield "evaluations", (_("Evaluation"), _events(page.evaluations))
    yield "developments", (_("Dates and developments"), _events(page.developments))
    yield "check", (_("Last checked"), [(_check(entry), "")])
    for field in Field.values:
        words = [q for q in entry.quotations if q.field == field]
        name = _("The source’s words: %(field)s") % {"field": word(Field, field)}
        yield f"words {field}", (name, [_words(q) for q in words if q.words])


def _of_line(title: str, line: Line) -> Said:
    notes: list[Noted] = [(line.note, "")] if line.note else []
    name = line.label if line.label == title else f"{title}: {line.label}"
    return name, [*((value, "") for value in line.values), *notes]


def _events(events: list[Event]) -> list[Noted]:
    found: list[Noted] = []
    for event in events:
        found.append((", ".join(filter(None, (event.kind, event.when))), ""))
        for text in (Bilingual(en=event.summary.en), Bilingual(cy=event.summary.cy)):
            found += [(text, "")] if text else []
    return found


def _words(quotation: Quotation) -> Noted:
    return Bilingual(en=f"“{quotation.words}”"), date_format(quotation.source.dated)


def _check(entry: Entry) -> str:
    if not entry.last_checked:
        return _("Not checked")
    return f"{date_format(entry.last_checked)}: {check_outcome(entry)}"


# Without mark-up, for feeds.


def title(told: InWords) -> str:
    if isinstance(told, TogetherInWords):
        return told.text
    return f"{named(told.entry)}: {', '.join(told.kinds)}"


def named(entry: Entry) -> str:
    """With its area: two entries may have one name."""
    area = in_language(entry.area_name) or _("Force area not stated")
    return f"{in_language(entry.name)}, {area}"


def summary(told: InWords) -> str:
    """A change as sentences."""
    sources = [
        f"{_('Source')}: {in_language(source.title)}, {date_format(source.dated)}."
        for source in told.sources
    ]
    if isinstance(told, TogetherInWords):
        names = ", ".join(in_language(entry.name) for entry in told.entries)
        return " ".join([f"{told.text}: {names}.", *sources])
    lines = [
        f"{each.label}. {_('Was:')} {_plain(each.was)}. {_('Now:')} {_plain(each.now)}."
        for each in told.differences
    ]
    why = [f"{_('Why')}: {told.why}"] if told.why else []
    return " ".join([*lines, *told.notes, *why, *sources]) or title(told)


def _plain(values: list[Noted]) -> str:
    texts = [_text(value) + (f" ({note})" if note else "") for value, note in values]
    # The sentence around it ends with a stop of its own.
    return "; ".join(texts).rstrip(".") or str(NOT_STATED_LABEL)


def _text(value: Value) -> str:
    if isinstance(value, Named):
        return in_language(value.name)
    return in_language(value) if isinstance(value, Bilingual) else value
