"""From an edition back into the working tables: the reverse of what `draft` does."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from programmes.domain.entry import Entry, Reading
from programmes.models import Edition, Programme, Statement
from programmes.publishing.contacts import public_contacts
from programmes.publishing.draft import entry_of
from programmes.publishing.log import log_change
from programmes.publishing.publish import OvertakenError, fingerprint
from programmes.publishing.rows import columns, pairs
from programmes.readings import ROW_READINGS, SINGLE_READINGS
from programmes.vocabulary import SUBMISSION


def load_back(
    programme: Programme, edition: Edition, *, by: User | None, only_if: str = ""
) -> None:
    """Make the working tables say what an earlier edition of the same entry said.

    Everything the public could see then comes back, routes, criteria and funding included; what was
    added since goes, statements of later sources too. Four things stay: the address, checks (they
    are never undone), hidden contacts (they stay hidden) and contacts that are public now: those
    are hidden by whoever takes them away, lest nobody could any more. Nothing is published by it.

    `only_if` is the `fingerprint` of what somebody has looked at, and gives up. Raises
    OvertakenError when the entry is something else by now.
    """
    if edition.programme_id != programme.pk:
        raise ValueError(f"{edition} is not of {programme}.")
    entry = edition.entry
    with transaction.atomic():
        programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
        if only_if and only_if != fingerprint(entry_of(programme)):
            raise OvertakenError
        _let_go(programme)
        _quote(programme, entry)
        _write(programme, entry)
        _contacts(programme, entry)
        log_change(programme, by=by, message=f"loaded back: {edition}")


def as_loaded_back(programme: Programme, edition: Edition) -> Entry:
    """What the entry would be after `load_back`: its checks and some of its contacts stay."""
    now, staying = entry_of(programme), _staying(programme, edition.entry)
    back = [contact for contact in edition.entry.contacts if contact.id not in staying]
    kept = [contact for contact in now.contacts if contact.id in staying]
    return replace(
        edition.entry,
        contacts=tuple(sorted((*back, *kept), key=lambda contact: contact.id or 0)),
        last_checked=now.last_checked,
        check_outcome=now.check_outcome,
        confirmed=now.confirmed,
    )


def _staying(programme: Programme, entry: Entry) -> set[int]:
    """The contacts that no loading back touches: hidden ones, and public ones it does not know."""
    hidden = {contact.pk for contact in programme.contacts.all() if contact.hidden_at}
    known = {contact.id for contact in entry.contacts}
    return hidden | {pk for pk in public_contacts(programme) - known if pk}


def _let_go(programme: Programme) -> None:
    """Take away the rows that rest on statements, so that statements can go as well."""
    for reading in ROW_READINGS:
        getattr(programme, reading.rows).all().delete()
    _say(programme, {})
    programme.save()


def _say(programme: Programme, readings: dict[str, Reading]) -> None:
    """What has no reading is not stated; the status, which always has one, stays for the while."""
    for kind in SINGLE_READINGS:
        said = readings.get(kind.name, Reading())
        setattr(programme, f"{kind.name}_rests_on_id", said.rests_on)
        if kind.may_be_silent or kind.name in readings:
            setattr(programme, kind.name, said.value)


def _quote(programme: Programme, entry: Entry) -> None:
    """The statements that the edition quotes. What the submission says never changes."""
    later = programme.statements.exclude(source__slug=SUBMISSION)
    later.update(replaces=None)
    later.exclude(pk__in=[quotation.id for quotation in entry.quotations]).delete()
    for position, quotation in enumerate(entry.quotations):
        if quotation.source.slug != SUBMISSION:
            said = columns(quotation) | {"programme": programme, "position": position}
            Statement.objects.update_or_create(pk=said.pop("id"), defaults=said)


def _write(programme: Programme, entry: Entry) -> None:
    texts = pairs(name=entry.name, summary=entry.summary)
    kept = {"stage": entry.stage, "routes_are_all": entry.routes_are_all}
    for name, value in (texts | kept | {"version": programme.version + 1}).items():
        setattr(programme, name, value)
    _say(programme, entry.readings)
    programme.save()
    for reading in ROW_READINGS:
        for row in getattr(entry, reading.rows):
            getattr(programme, reading.rows).create(**columns(row))


def _contacts(programme: Programme, entry: Entry) -> None:
    """A contact that was hidden since stays hidden, whatever an edition of before shows."""
    staying = _staying(programme, entry)
    programme.contacts.exclude(pk__in=staying).delete()
    for contact in entry.contacts:
        if contact.id not in staying:
            programme.contacts.create(**columns(contact))
