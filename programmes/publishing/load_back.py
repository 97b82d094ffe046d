"""Loading an edition back into the working tables: the reverse of `draft`."""

from dataclasses import replace

from accounts.models import User
from programmes.domain.entry import NO_CHECK, Entry, Reading
from programmes.models import Edition, Programme, Statement
from programmes.publishing.amendments import standing_contact_ids
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import logged_change
from programmes.publishing.publish import OvertakenError, fingerprint
from programmes.publishing.rows import bilingual_columns, row_from_part
from programmes.readings import ROW_READINGS, SINGLE_READINGS
from programmes.vocabulary import SUBMISSION


def load_back(programme: Programme, edition: Edition, *, by: User | None, seen: str = "") -> None:
    """Make the working tables say what an earlier edition said, and publish nothing.

    What was added since goes, statements of later sources too. Four things stay: the address,
    verifications, hidden contacts and contacts that are public now (an editor hides those).

    `seen` is the `fingerprint` of what the editor saw. Raises OvertakenError.
    """
    if edition.programme_id != programme.pk:
        raise ValueError(f"{edition} is not of {programme}.")
    entry = edition.entry
    with logged_change(programme, by=by, message=f"loaded back: {edition}") as programme:
        if seen and seen != fingerprint(entry_of(programme)):
            raise OvertakenError
        _clear_readings(programme)
        _write_statements(programme, entry)
        _write_readings(programme, entry)
        _write_contacts(programme, entry)


def as_loaded_back(programme: Programme, edition: Edition) -> Entry:
    now, staying = entry_of(programme), _staying_contacts(programme, edition.entry)
    back = [contact for contact in edition.entry.contacts if contact.id not in staying]
    kept = [contact for contact in now.contacts if contact.id in staying]
    return replace(
        edition.entry,
        contacts=tuple(sorted((*back, *kept), key=lambda contact: contact.id or 0)),
        **{name: getattr(now, name) for name in NO_CHECK},
    )


def _staying_contacts(programme: Programme, entry: Entry) -> set[int]:
    """Hidden contacts, and public ones that the entry does not have."""
    hidden = {contact.pk for contact in programme.contacts.all() if contact.hidden_at}
    known = {contact.id for contact in entry.contacts}
    return hidden | {pk for pk in standing_contact_ids(programme) - known if pk}


def _clear_readings(programme: Programme) -> None:
    for reading in ROW_READINGS:
        getattr(programme, reading.rows).all().delete()
    _set_single_readings(programme, {})
    programme.save()


def _set_single_readings(programme: Programme, readings: dict[str, Reading]) -> None:
    """What has no reading is not stated, but for the status, which always has one."""
    for kind in SINGLE_READINGS:
        reading = readings.get(kind.name, Reading())
        setattr(programme, f"{kind.name}_rests_on_id", reading.rests_on)
        if kind.may_be_silent or kind.name in readings:
            setattr(programme, kind.name, reading.value)


def _write_statements(programme: Programme, entry: Entry) -> None:
    """Those of the submission never change."""
    later = programme.statements.exclude(source__slug=SUBMISSION)
    later.update(replaces=None)
    later.exclude(pk__in=[quotation.id for quotation in entry.quotations]).delete()
    for position, quotation in enumerate(entry.quotations):
        if quotation.source.slug != SUBMISSION:
            row = row_from_part(quotation) | {"programme": programme, "position": position}
            Statement.objects.update_or_create(pk=row.pop("id"), defaults=row)


def _write_readings(programme: Programme, entry: Entry) -> None:
    texts = bilingual_columns(name=entry.name, summary=entry.summary)
    kept = {"stage": entry.stage, "routes_are_all": entry.routes_are_all}
    for name, value in (texts | kept | {"version": programme.version + 1}).items():
        setattr(programme, name, value)
    _set_single_readings(programme, entry.readings)
    programme.save()
    for reading in ROW_READINGS:
        for row in getattr(entry, reading.rows):
            getattr(programme, reading.rows).create(**row_from_part(row))


def _write_contacts(programme: Programme, entry: Entry) -> None:
    staying = _staying_contacts(programme, entry)
    programme.contacts.exclude(pk__in=staying).delete()
    for contact in entry.contacts:
        if contact.id not in staying:
            programme.contacts.create(**row_from_part(contact))
