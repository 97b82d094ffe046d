"""Amendments, public at once and alone: a check recorded or taken back, a contact hidden."""

from contextlib import AbstractContextManager

from django.utils import timezone

from accounts.models import User
from programmes.models import Contact, Edition, Mistake, Programme, Verification
from programmes.publishing.draft import for_entries, last_check
from programmes.publishing.editions import amend, logged_change, public_edition, standing_edition
from programmes.vocabulary import ChangeKind


def record_verification(verification: Verification, *, by: User) -> Edition | None:
    """Keep a verification, and publish it at once and alone; None where nothing public changes."""
    outcome = verification.get_outcome_display()
    with logged_change(verification.programme, by=by, message=f"check: {outcome}") as programme:
        verification.by = by
        verification.save()
        why = f"A check was recorded: {outcome.lower()}."
        return _show_last_check(programme.pk, by, why, ChangeKind.CHECKED)


def take_back_verification(verification: Verification, *, by: User, why: str) -> Edition | None:
    """Keep that one was recorded by mistake, and publish the entry without it."""
    message = f"check recorded by mistake: {verification}"
    with logged_change(verification.programme, by=by, message=message) as programme:
        mistake = {"why": why.strip(), "by": by}
        Mistake.objects.get_or_create(verification=verification, defaults=mistake)
        outcome = verification.get_outcome_display().lower()
        why = f"A check had been recorded by mistake: {outcome}."
        return _show_last_check(programme.pk, by, why, ChangeKind.CHECK_TAKEN_BACK)


def _show_last_check(number: int, by: User, why: str, kind: ChangeKind) -> Edition | None:
    programme = for_entries(Programme.objects.all()).get(pk=number)
    return amend(programme, by=by, why=why, checks=[kind], **last_check(programme))


def hide_contact(contact: Contact, *, by: User, why: str) -> Edition | None:
    """Publish the public entry without a contact; None where it did not show it."""
    with _logged(contact, by, "hidden") as programme:
        # The reason may name somebody, and an edition is never deleted, so it stays with the row.
        hidden = {"hidden_at": timezone.now(), "hidden_by": by, "hidden_why": why.strip()}
        programme.contacts.filter(pk=contact.pk, hidden_at=None).update(**hidden)
        public = public_edition(programme)
        shown = public.entry.contacts if public else ()
        left = tuple(each for each in shown if each.id != contact.pk)
        return amend(programme, by=by, why="A contact was hidden.", contacts=left)


def show_contact_again(contact: Contact, *, by: User) -> None:
    with _logged(contact, by, "to be shown again") as programme:
        shown = {"hidden_at": None, "hidden_by": None, "hidden_why": ""}
        programme.contacts.filter(pk=contact.pk).update(**shown)


def standing_contact_ids(programme: Programme) -> set[int | None]:
    """Keys of the contacts in the standing edition, even if it is a withdrawal."""
    edition = standing_edition(programme)
    return {contact.id for contact in edition.entry.contacts} if edition else set()


def _logged(contact: Contact, by: User, done: str) -> AbstractContextManager[Programme]:
    # The log outlasts a name: it has the number alone.
    return logged_change(contact.programme, by=by, message=f"Contact {contact.pk} is {done}.")
