"""Hiding a contact of an entry at once, and showing it again with the next publishing."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from programmes.models import Contact, Edition, Programme
from programmes.publishing import editions
from programmes.publishing.log import log_change


def hide_contact(contact: Contact, *, by: User, why: str) -> Edition | None:
    """Take one contact out of sight at once, and publish nothing else of what has changed.

    The new edition is the standing one without the contact; None where it did not show it. A
    withdrawn entry shows no contacts, and the day and reason of its withdrawal stay as they are.
    The reason stays with the row: it may tell of somebody, and an edition keeps its words for good.
    """
    with transaction.atomic():
        programme = editions.locked(contact.programme)
        hidden = {"hidden_at": timezone.now(), "hidden_by": by, "hidden_why": why.strip()}
        programme.contacts.filter(pk=contact.pk, hidden_at=None).update(**hidden)
        _log(programme, contact, by, "hidden")
        public = editions.public_edition(programme)
        if public is None:
            return None
        left = tuple(shown for shown in public.entry.contacts if shown.id != contact.pk)
        if left == public.entry.contacts:
            return None
        entry, why = replace(public.entry, contacts=left), "A contact was hidden."
        exception = editions.to_follow(public)
        return editions.write(programme, entry, by=by, why=why, to_follow=exception)


def show_contact_again(contact: Contact, *, by: User) -> None:
    """Let the contact become public with the next publishing."""
    with transaction.atomic():
        contact.hidden_at, contact.hidden_by, contact.hidden_why = None, None, ""
        contact.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
        _log(contact.programme, contact, by, "to be shown again")


def public_contacts(programme: Programme) -> set[int | None]:
    """The keys of those that the last edition shows, or showed before a withdrawal."""
    edition = editions.standing_edition(programme)
    return {contact.id for contact in edition.entry.contacts} if edition else set()


def _log(programme: Programme, contact: Contact, by: User, did: str) -> None:
    # The log outlasts a name: it has the number alone.
    log_change(programme, by=by, message=f"Contact {contact.pk} is {did}.")
