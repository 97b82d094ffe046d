"""Puts words to changes: what was stated of an entry, and what is stated now. Queries nothing.

A change of a contact is named, but the contact is not shown: it may no longer be right.
"""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.domain.entry import Bilingual, Entry, SourceDocument
from programmes.domain.overview_rows import events as placed
from programmes.models import Edition
from programmes.presentation.developments import Event, developments, evaluations
from programmes.presentation.facts import Line, Value, facts, plain
from programmes.presentation.text import area_name, check_outcome, in_language, titled, word
from programmes.publishing.changes import Changed, shown
from programmes.vocabulary import NOT_STATED_LABEL, ChangeKind, Field, Stage, Status, label

Noted = tuple[Value, str]
"""A value and, of a source's words, their date."""


@dataclass(frozen=True)
class Difference:
    """One thing stated of an entry: what was, and what is now; nothing is "not stated"."""

    label: str
    was: list[Noted]
    now: list[Noted]


@dataclass(frozen=True)
class ChangeInWords:
    """What became of one entry."""

    edition: Edition
    sources: list[SourceDocument]
    """What an entry that was added rests on."""
    kinds: Sequence[str]
    differences: Sequence[Difference]
    notes: Sequence[str]
    why: Bilingual | None
    """The reason of a withdrawal, which is public; no other reason is."""


def change(changed: Changed) -> ChangeInWords:
    edition, kinds = changed.after, changed.kinds
    before, after = shown(changed.before), shown(edition)
    differences = compare(lines(before), lines(after)) if before and after else []
    return ChangeInWords(
        edition=edition,
        sources=edition.entry.sources if ChangeKind.ADDED in kinds else [],
        kinds=label(ChangeKind, kinds),
        differences=differences,
        notes=list(_notes(changed, differences)),
        why=edition.reason if ChangeKind.WITHDRAWN in kinds else None,
    )


def identifier(edition: Edition) -> str:
    """The same for ever, whatever the site's address: nobody is to read a change twice."""
    own = uuid.UUID(edition.entry.uuid)
    return uuid.uuid5(own, f"edition {edition.pk} {get_language()}").urn


def _notes(changed: Changed, differences: list[Difference]) -> Iterator[str]:
    before, after = shown(changed.before), shown(changed.after)
    if before and after:
        contacts = list(_contact_notes(before, after))
        yield from contacts
        if ChangeKind.CHECK_TAKEN_BACK in changed.kinds:
            yield _("A check had been recorded by mistake, and counts no longer.")
        if ChangeKind.CHANGED in changed.kinds and not differences and not contacts:
            yield _("Where the words stand, or which of them a reading rests on, was put right.")
        if not changed.kinds:
            yield _("The same at both ends: what was changed was changed back.")
    elif after and changed.before:
        yield _("It had been withdrawn, and was published again.")
    elif not after and not before:
        yield _("Added and withdrawn again in between.")


def _contact_notes(before: Entry, after: Entry) -> Iterator[str]:
    was = {contact.id: contact for contact in before.contacts}
    now = {contact.id: contact for contact in after.contacts}
    if now.keys() - was.keys():
        yield _("A contact was added.")
    if was.keys() - now.keys():
        yield _("A contact is no longer shown.")
    if any(was[known] != now[known] for known in was.keys() & now.keys()):
        yield _("A contact was changed.")


Said = tuple[str, list[Noted]]
"""What is stated of an entry under a label."""


def compare(
    before: Iterable[tuple[str, Said]], after: Iterable[tuple[str, Said]]
) -> list[Difference]:
    """Line by line, by the keys of the lines and in their order."""
    was, now = dict(before), dict(after)
    nothing: Said = ("", [])
    both = [(was.get(key, nothing), now.get(key, nothing)) for key in now | was]
    return [Difference(new[0] or old[0], old[1], new[1]) for old, new in both if old[1] != new[1]]


def lines(entry: Entry) -> Iterator[tuple[str, Said]]:
    """Everything that the page of an entry states, each thing with a key of its own."""
    for key, name, text in (
        ("name en", _("Name, in English"), Bilingual(en=entry.name.en)),
        ("name cy", _("Name, in Welsh"), Bilingual(cy=entry.name.cy)),
        ("summary en", _("Summary, in English"), Bilingual(en=entry.summary.en)),
        ("summary cy", _("Summary, in Welsh"), Bilingual(cy=entry.summary.cy)),
    ):
        yield key, (name, [(text, "")] if text else [])
    yield "stage", (_("Stage"), [(word(Stage, entry.stage), "")])
    # A draft without words of a source has no page yet.
    if entry.quotations:
        yield from _lines_of_page(entry)


def _lines_of_page(entry: Entry) -> Iterator[tuple[str, Said]]:
    # Always as of the same day: what grows old by itself is no change.
    day = entry.source.dated
    for fact in facts(entry, day):
        for line in fact.lines:
            yield f"{fact.id} {line.label}", _values(fact.title, line)
    yield "evaluations", (_("Evaluation"), _events(evaluations(entry)))
    events = developments(placed([entry], ()), day)
    yield "developments", (_("Dates and developments"), _events(events))
    checked = _("Not checked")
    if entry.last_checked:
        checked = f"{date_format(entry.last_checked)}: {check_outcome(entry)}"
    yield "check", (_("Last checked"), [(checked, "")])
    for field in Field.values:
        words = [q for q in entry.quotations if q.field == field and q.words]
        name = _("The source’s words: %(field)s") % {"field": word(Field, field)}
        dated = [(Bilingual(en=f"“{q.words}”"), date_format(q.source.dated)) for q in words]
        yield f"words {field}", (name, [*dated])


def _values(title: str, line: Line) -> Said:
    notes: list[Noted] = [(line.note, "")] if line.note else []
    name = line.label if line.label == title else f"{title}: {line.label}"
    return name, [*((value, "") for value in line.values), *notes]


def _events(events: list[Event]) -> list[Noted]:
    noted: list[Noted] = []
    for event in events:
        noted.append((", ".join(filter(None, (event.kind, event.when))), ""))
        for text in (Bilingual(en=event.summary.en), Bilingual(cy=event.summary.cy)):
            noted += [(text, "")] if text else []
    return noted


def counts(then: dict[str, int], now: dict[str, int], days: dict[str, datetime.date]) -> list[str]:
    """How many there were before the first day and at the end of the last, by status."""
    dates = {name: date_format(day) for name, day in days.items()}
    listed = _("Programmes listed: %(then)d before %(since)s, %(now)d at the end of %(until)s.")
    stopped = _("Of these, reported as stopped: %(then)d, then %(now)d.")
    numbers = {"then": sum(then.values()), "now": sum(now.values())}
    of_these = {"then": then.get(Status.STOPPED, 0), "now": now.get(Status.STOPPED, 0)}
    return [listed % (numbers | dates), stopped % of_these]


# Without mark-up, for feeds and files.


def rows(change: ChangeInWords) -> Iterator[dict[str, str]]:
    """A row for each thing that changed of an entry, and one where nothing is said in detail."""
    shared = {"changed_on": change.edition.day.isoformat(), "changes": ", ".join(change.kinds)}
    for each in change.differences or [Difference(" ".join(change.notes), [], [])]:
        was, now = (_plain(values) if values else "" for values in (each.was, each.now))
        yield {**shared, "what": each.label, "was": was, "now": now}


def title(change: ChangeInWords) -> str:
    return f"{named(change.edition.entry)}: {', '.join(change.kinds)}"


def named(entry: Entry) -> str:
    """With its area: two entries may have one name."""
    return f"{in_language(entry.name)}, {area_name(entry)}"


def summary(change: ChangeInWords) -> str:
    parts = [
        f"{each.label}. {_('Was:')} {_plain(each.was)}. {_('Now:')} {_plain(each.now)}."
        for each in change.differences
    ]
    parts += change.notes
    if change.why:
        parts.append(f"{_('Why')}: {in_language(change.why)}")
    parts += [f"{_('Source')}: {titled(source)}." for source in change.sources]
    return " ".join(parts) or title(change)


def _plain(values: list[Noted]) -> str:
    texts = [plain(value) + (f" ({note})" if note else "") for value, note in values]
    # The sentence around it ends with a stop of its own.
    return "; ".join(texts).rstrip(".") or str(NOT_STATED_LABEL)
