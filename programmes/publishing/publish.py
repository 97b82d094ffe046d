"""From the working tables to what the public sees. The only writer of editions."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from forces.models import ForceArea
from programmes.domain.entry import Entry, same_document
from programmes.models import (
    Change,
    Contact,
    Edition,
    Mistake,
    Programme,
    Term,
    Verification,
)
from programmes.models.edition import TOLD
from programmes.publishing.changes import kinds_of, shown
from programmes.publishing.draft import briefing_of, entry_of, for_entries, last_check, obstacles
from programmes.publishing.search_text import searchable
from programmes.publishing.translations import missing_texts
from programmes.vocabulary import ChangeKind

AFTER_ALL_AREAS = 99
"""Where entries stand in lists whose source names no force area."""


class NothingToPublishError(Exception):
    """The public sees all of this already."""


class NotReadyError(Exception):
    """The entry lacks something without which the public would be told an untruth."""


@dataclass(frozen=True)
class ToFollow:
    """An exception: texts that one language still lacks are to follow by a day, for a reason."""

    due: datetime.date
    why: str


class OvertakenError(Exception):
    """The entry is no longer what its publisher has looked at."""


def publish(
    programme: Programme,
    by: User | None,
    why: str,
    to_follow: ToFollow | None = None,
    *,
    only_if: str = "",
) -> Edition:
    """Make the entry's present state what the public sees, and say why.

    `only_if` is the `fingerprint` of what somebody has looked at. Raises OvertakenError when the
    entry is something else by now, NothingToPublishError when the standing edition says the same,
    and NotReadyError when the entry has `obstacles`, or lacks a text in one language and none is
    said to follow.
    """
    with transaction.atomic():
        programme = _locked(programme)
        missing = list(missing_texts(programme))
        if found := obstacles(programme) or ([] if to_follow else missing):
            raise NotReadyError(" ".join(found))
        entry, to_follow = entry_of(programme), to_follow if missing else None
        if only_if and only_if != fingerprint(entry):
            raise OvertakenError
        standing = standing_edition(programme)
        same = standing and not standing.withdrawn and same_document(standing.entry, entry)
        if standing and same and _to_follow(standing) == to_follow:
            raise NothingToPublishError
        return _write(programme, entry, by, why, to_follow=to_follow)


def publish_first_editions(programmes: QuerySet[Programme], why: str) -> int:
    """Publish entries of which there is no edition yet, all or none; how many there were.

    For transcription, where nobody has published yet. Raises NotReadyError as `publish` does.
    """
    with transaction.atomic():
        _in_turn()
        now, editions, terms = timezone.now(), [], []
        for programme in for_entries(programmes).iterator(chunk_size=500):
            if found := obstacles(programme):
                raise NotReadyError(" ".join(found))
            entry = entry_of(programme)
            columns = _columns(programme, entry)
            editions.append(Edition(published_at=now, why=why, **columns))
            terms.append(terms_of(entry))
        Edition.objects.bulk_create(editions, batch_size=500)
        rows = (_terms(*pair) for pair in zip(editions, terms, strict=True))
        Term.objects.bulk_create(chain.from_iterable(rows), batch_size=500)
        added = (Change(edition=edition, kind=ChangeKind.ADDED) for edition in editions)
        Change.objects.bulk_create(added, batch_size=500)
    return len(editions)


def tell_what_is_untold() -> None:
    """Write what editions tell beside their terms, of those that a release wrote which did not.

    A release from before that dimension may have published while it was back in service.
    """
    told = Term.objects.filter(dimension=TOLD, edition=OuterRef("pk"))
    untold = Edition.objects.history().filter(~Exists(told)).order_by("pk")
    for edition in untold.only("pk", "document").iterator(chunk_size=500):
        Term.objects.bulk_create(_terms(edition, {TOLD: edition.entry.told()}))


def withdraw(programme: Programme, by: User | None, why: str) -> Edition:
    """Take the entry back: a last edition says so, with the reason, at its public address.

    Raises NothingToPublishError when the public does not see the entry anyway.
    """
    with transaction.atomic():
        programme = _locked(programme)
        standing = standing_edition(programme)
        if not standing or standing.withdrawn:
            raise NothingToPublishError
        return _write(programme, standing.entry, by, why, withdrawn=True)


def record_check(check: Verification) -> Edition | None:
    """Keep a check, and let the public see at once what came of it.

    The standing edition is followed by one that differs in the check alone: what else waits to be
    published goes on waiting. None where nothing public changes, because the entry is not public,
    nobody was reached or a later check is known.
    """
    with transaction.atomic():
        _locked(check.programme)
        check.save()
        why = f"A check was recorded: {check.get_outcome_display().lower()}."
        return _tell_last_check(check.programme_id, check.by, why, ChangeKind.CHECKED)


def take_back_check(check: Verification, by: User, why: str) -> Edition | None:
    """Keep that a check was recorded by mistake, and let the public see at once what is left.

    Editions that told it stay, as all do. None where nothing public changes.
    """
    with transaction.atomic():
        _locked(check.programme)
        said = {"why": why.strip(), "by": by}
        Mistake.objects.get_or_create(verification=check, defaults=said)
        what = check.get_outcome_display().lower()
        why = f"A check had been recorded by mistake: {what}."
        return _tell_last_check(check.programme_id, by, why, ChangeKind.CHECK_TAKEN_BACK)


def _tell_last_check(number: int, by: User, why: str, kind: ChangeKind) -> Edition | None:
    programme = for_entries(Programme.objects.all()).get(pk=number)
    standing = standing_edition(programme)
    if standing is None or standing.withdrawn:
        return None
    entry = replace(standing.entry, **last_check(programme))
    if entry == standing.entry:
        return None
    return _write(programme, entry, by, why, to_follow=_to_follow(standing), checked=kind)


def hide_contact(contact: Contact, by: User, why: str) -> Edition | None:
    """Take one contact out of sight at once, and publish nothing else of what has changed.

    The new edition is the standing one without the contact; None where it did not show it. A
    withdrawn entry shows no contacts, and the day and reason of its withdrawal stay as they are.
    The reason stays with the row: it may tell of somebody, and an edition keeps its words for good.
    """
    with transaction.atomic():
        programme = _locked(contact.programme)
        hidden = {"hidden_at": timezone.now(), "hidden_by": by, "hidden_why": why.strip()}
        programme.contacts.filter(pk=contact.pk, hidden_at=None).update(**hidden)
        standing = standing_edition(programme)
        if standing is None or standing.withdrawn:
            return None
        left = tuple(shown for shown in standing.entry.contacts if shown.id != contact.pk)
        if left == standing.entry.contacts:
            return None
        entry = replace(standing.entry, contacts=left)
        why = "A contact was hidden."
        return _write(programme, entry, by, why, to_follow=_to_follow(standing))


def publish_area(area: ForceArea, by: User | None, why: str) -> Edition:
    """Make what is known of a force area beside its entries what the public sees.

    Raises NothingToPublishError when the standing edition says the same.
    """
    with transaction.atomic():
        area = ForceArea.objects.select_for_update().get(pk=area.pk)
        briefing = briefing_of(area)
        standing = Edition.objects.areas().filter(area=area.slug).first()
        if standing and same_document(standing.briefing, briefing):
            raise NothingToPublishError
        return _replace(
            programme=None,
            by=by,
            why=why.strip(),
            document=briefing.as_document(),
            area=area.slug,
            area_position=area.position,
            slug="",
            name=area.name_en,
        )


def publish_changed_areas(by: User, why: str) -> list[ForceArea]:
    """Publish every force area that has changed, all or none; which ones they were."""
    with transaction.atomic():
        # Held, so that a second publisher finds that nothing is left to publish.
        list(ForceArea.objects.select_for_update())
        areas = changed_areas()
        for area in areas:
            publish_area(area, by, why)
    return areas


def changed_areas() -> list[ForceArea]:
    """Force areas of which the working tables hold something the public has not been shown."""
    standing = {edition.area: edition.briefing for edition in Edition.objects.areas()}
    areas = ForceArea.objects.all()
    return [a for a in areas if not same_document(standing.get(a.slug), briefing_of(a))]


def standing_edition(programme: Programme) -> Edition | None:
    """The last edition of an entry, a withdrawal included."""
    return next((e for e in programme.editions.all() if e.replaced_at is None), None)


def public_contacts(programme: Programme) -> set[int | None]:
    """The keys of those that the last edition shows, or showed before a withdrawal."""
    edition = standing_edition(programme)
    return {contact.id for contact in edition.entry.contacts} if edition else set()


def is_changed(programme: Programme) -> bool:
    """Whether the working tables hold something the public has not been shown."""
    standing = standing_edition(programme)
    if standing is None or standing.withdrawn:
        return True
    return not same_document(standing.entry, entry_of(programme))


def is_withdrawn(programme: Programme) -> bool:
    standing = standing_edition(programme)
    return standing is not None and standing.withdrawn


def fingerprint(entry: Entry) -> str:
    """The same for two entries that say the same."""
    return hashlib.sha256(json.dumps(entry.as_document(), sort_keys=True).encode()).hexdigest()


def waits(programme: Programme) -> bool:
    """Whether the entry has changes to publish; one that was withdrawn waits for nothing."""
    standing = standing_edition(programme)
    return standing is None or (not standing.withdrawn and is_changed(programme))


def _locked(programme: Programme) -> Programme:
    """The programme as it is in the database, held against a second publisher.

    Its key is not held: whoever points a row to it, as a correction does, need not wait.
    """
    return for_entries(Programme.objects.select_for_update(of=("self",), no_key=True)).get(
        pk=programme.pk
    )


def _write(
    programme: Programme,
    entry: Entry,
    by: User | None,
    why: str,
    *,
    withdrawn: bool = False,
    to_follow: ToFollow | None = None,
    checked: ChangeKind = ChangeKind.CHECKED,
) -> Edition:
    columns = _columns(programme, entry)
    before, after = shown(standing_edition(programme)), None if withdrawn else entry
    kinds = list(kinds_of(before, after, [checked]))
    if to_follow:
        columns |= {"language_due": to_follow.due, "language_why": to_follow.why}
    edition = _replace(by=by, why=why.strip(), withdrawn=withdrawn, **columns)
    Term.objects.bulk_create(_terms(edition, terms_of(entry)))
    Change.objects.bulk_create(Change(edition=edition, kind=kind) for kind in kinds)
    return edition


def _to_follow(edition: Edition) -> ToFollow | None:
    """The exception that an edition was published under, for the one that takes its place."""
    due = edition.language_due
    return ToFollow(due, edition.language_why) if due else None


def _columns(programme: Programme, entry: Entry) -> dict[str, Any]:
    """What an edition holds of an entry: its document, and what lists need copied out of it."""
    search_name, search_text = searchable(entry)
    return {
        "programme": programme,
        "document": entry.as_document(),
        "area": entry.area_slug,
        "area_position": programme.area.position if programme.area else AFTER_ALL_AREAS,
        "slug": entry.slug,
        "name": entry.name.en,
        "stated_on": entry.source.dated,
        "last_checked": entry.last_checked,
        "search_name": search_name,
        "search_text": search_text,
    }


def terms_of(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Dimension → the values that an edition of the entry has, for lists and overviews."""
    return {**entry.terms(), TOLD: entry.told()}


def _terms(edition: Edition, terms: dict[str, tuple[str, ...]]) -> Iterator[Term]:
    for dimension, values in terms.items():
        for value in values:
            yield Term(edition=edition, dimension=dimension, value=value)


def _replace(**columns: Any) -> Edition:
    """A new edition in the place of the standing one of the same address."""
    _in_turn()
    now = timezone.now()
    standing = Edition.objects.filter(
        programme=columns["programme"], area=columns["area"], slug=columns["slug"]
    )
    standing.filter(replaced_at=None).update(replaced_at=now)
    return Edition.objects.create(published_at=now, **columns)


def _in_turn() -> None:
    """Wait until whoever else is publishing has done so; SQLite has one writer at a time anyway.

    Editions then get their numbers in the order in which they become visible. Else the lower of
    two could become visible last, and nothing that goes by the highest would notice it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Reading goes on.
            cursor.execute("LOCK TABLE programmes_edition IN SHARE ROW EXCLUSIVE MODE")
