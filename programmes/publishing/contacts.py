"""Hides a contact at once; shows it again with the next publishing."""

from contextlib import AbstractContextManager

from django.utils import timezone

from accounts.models import User
from programmes.models import Contact, Edition, Programme
from programmes.publishing import editions
from programmes.publishing.log import logged_change


def hide_contact(contact: Contact, *, by: User, why: str) -> Edition | None:
    """Publish the public entry without a contact; None where it did not show it."""
    with _logged(contact, by, "hidden") as programme:
        # The reason may name somebody, and an edition is never deleted, so it stays with the row.
        hidden = {"hidden_at": timezone.now(), "hidden_by": by, "hidden_why": why.strip()}
        programme.contacts.filter(pk=contact.pk, hidden_at=None).update(**hidden)
        public = editions.public_edition(programme)
        shown = public.entry.contacts if public else ()
        left = tuple(each for each in shown if each.id != contact.pk)
        return editions.amend(programme, by=by, why="A contact was hidden.", contacts=left)


def show_contact_again(contact: Contact, *, by: User) -> None:
    with _logged(contact, by, "to be shown again") as programme:
        shown = {"hidden_at": None, "hidden_by": None, "hidden_why": ""}
        programme.contacts.filter(pk=contact.pk).update(**shown)


def standing_contact_ids(programme: Programme) -> set[int | None]:
    """Keys of the contacts in the standing edition, even if it is a withdrawal."""
    edition = editions.standing_edition(programme)
    return {contact.id for contact in edition.entry.contacts} if edition else set()


def _logged(contact: Contact, by: User, done: str) -> AbstractContextManager[Programme]:
    # The log outlasts a name: it has the number alone.
    return logged_change(contact.programme, by=by, message=f"Contact {contact.pk} is {done}.")
