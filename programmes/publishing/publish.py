"""Publishing and withdrawing of entries."""

import datetime
import hashlib
import json
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from programmes.domain.entry import Entry
from programmes.domain.values import same_document
from programmes.models import Edition, Handover, Programme
from programmes.publishing import editions
from programmes.publishing.data_checks import obstacles
from programmes.publishing.draft import entry_of, for_entries
from programmes.publishing.translations import missing_texts


class NothingToPublishError(Exception):
    """The public sees the same already."""


class NotReadyError(Exception):
    """The entry has obstacles, or lacks a text in one language."""


class OvertakenError(Exception):
    """The entry was changed since its editor looked at it."""


def publish(
    programme: Programme,
    *,
    by: User | None,
    why: str,
    language_due: datetime.date | None = None,
    language_why: str = "",
    seen: str = "",
) -> Edition:
    """Make the entry as it is now public. `seen` is the `fingerprint` of what its editor saw.

    Raises NotReadyError, unless it is said by when and why later missing texts follow,
    OvertakenError and NothingToPublishError.
    """
    with editions.logged_change(programme, by=by, message=f"publish: {why}") as programme:
        entry = entry_of(programme)
        missing = missing_texts(entry)
        if problems := obstacles(entry) or ([] if language_due else missing):
            raise NotReadyError(" ".join(problems))
        if seen and seen != fingerprint(entry):
            raise OvertakenError
        follows: Any = {"language_due": language_due, "language_why": language_why}
        if not missing:
            follows = {"language_due": None, "language_why": ""}
        public = editions.public_edition(programme)
        same = public and same_document(public.entry, entry)
        if same and all(getattr(public, name) == value for name, value in follows.items()):
            raise NothingToPublishError
        edition = editions.write(programme, entry, by=by, why=why, **follows)
        Handover.objects.filter(programme=programme).delete()
        return edition


def publish_first_editions(programmes: QuerySet[Programme], why: str) -> int:
    """Publish transcribed entries that have no edition, or raise NotReadyError; return how many."""
    rows = for_entries(programmes).iterator(chunk_size=500)
    drafts = [(programme, entry_of(programme)) for programme in rows]
    if problems := [problem for _programme, entry in drafts for problem in obstacles(entry)]:
        raise NotReadyError(" ".join(problems))
    return editions.write_first(drafts, why)


def withdraw(programme: Programme, *, by: User | None, why: str, why_cy: str = "") -> Edition:
    """Write a last edition that says why. Raises NothingToPublishError if nothing is public."""
    with editions.logged_change(programme, by=by, message=f"withdraw: {why}") as programme:
        public = editions.public_edition(programme)
        if public is None:
            raise NothingToPublishError
        return editions.write(
            programme, public.entry, by=by, why=why, why_cy=why_cy.strip(), withdrawn=True
        )


def is_changed(programme: Programme) -> bool:
    public = editions.public_edition(programme)
    return public is None or not same_document(public.entry, entry_of(programme))


def is_withdrawn(programme: Programme) -> bool:
    standing = editions.standing_edition(programme)
    return standing is not None and standing.withdrawn


def has_unpublished_changes(programme: Programme) -> bool:
    return not is_withdrawn(programme) and is_changed(programme)


def fingerprint(entry: Entry) -> str:
    """The same for two entries that say the same."""
    return hashlib.sha256(json.dumps(entry.as_document(), sort_keys=True).encode()).hexdigest()
