"""The writer of editions, of the rows that lists and histories read beside them, and of the log."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from accounts.models import User
from programmes.domain.entry import Entry
from programmes.models import Change, Edition, Programme, Term
from programmes.publishing.changes import kinds_of, shown
from programmes.publishing.draft import for_entries
from programmes.publishing.search_text import searchable
from programmes.readings import AUTHORITY, COVERAGE, DIMENSIONS, stated_topics, terms
from programmes.vocabulary import ChangeKind

AFTER_ALL_AREAS = 99
"""Where entries stand in lists whose source names no force area."""


def locked(programme: Programme) -> Programme:
    """The programme locked against a second publisher; corrections need not wait (`no_key`)."""
    rows = Programme.objects.select_for_update(of=("self",), no_key=True)
    return for_entries(rows).get(pk=programme.pk)


@contextmanager
def logged_change(programme: Programme, *, by: User | None, message: str) -> Iterator[Programme]:
    """One transaction with its line in the log, of the programme as it is now, and locked."""
    with transaction.atomic():
        programme = locked(programme)
        yield programme
        log_change(programme, by=by, message=message)


def log_change(row: Model, *, by: User | None, message: str) -> None:
    """Note in the admin’s log who changed a row, unless nobody in particular did."""
    if by:
        LogEntry.objects.log_actions(
            by.pk, [row], CHANGE, change_message=message, single_object=True
        )


def standing_edition(programme: Programme) -> Edition | None:
    """The last edition of an entry, a withdrawal included."""
    return next((e for e in programme.editions.all() if e.replaced_at is None), None)


def public_edition(programme: Programme) -> Edition | None:
    """The edition that the public sees; None where it sees none, or a withdrawal."""
    standing = standing_edition(programme)
    return None if standing is None or standing.withdrawn else standing


def write(
    programme: Programme,
    entry: Entry,
    *,
    checks: Iterable[ChangeKind] = (ChangeKind.CHECKED,),
    **columns: Any,
) -> Edition:
    """Write an edition, with those columns that its entry does not fill."""
    before = shown(standing_edition(programme))
    after = None if columns.get("withdrawn") else entry
    kinds = list(kinds_of(before, after, checks))
    edition = replace_standing(**_columns(programme, entry), **columns)
    Term.objects.bulk_create(_terms(edition))
    Change.objects.bulk_create(Change(edition=edition, kind=kind) for kind in kinds)
    return edition


def amend(
    programme: Programme,
    *,
    by: User,
    why: str,
    checks: Iterable[ChangeKind] = (ChangeKind.CHECKED,),
    **changes: Any,
) -> Edition | None:
    """Publish the public entry with these changes alone; None where nothing public changes."""
    public = public_edition(programme)
    if public is None or (entry := replace(public.entry, **changes)) == public.entry:
        return None
    kept: Any = {"language_due": public.language_due, "language_why": public.language_why}
    return write(programme, entry, by=by, why=why, checks=checks, **kept)


def write_first(drafts: Iterable[tuple[Programme, Entry]], why: str) -> int:
    """Write the first editions of entries, all at one moment, and return how many there are."""
    with transaction.atomic():
        _wait_for_other_publishers()
        now = timezone.now()
        editions = [Edition(published_at=now, why=why, **_columns(*draft)) for draft in drafts]
        Edition.objects.bulk_create(editions, batch_size=500)
        Term.objects.bulk_create(chain.from_iterable(map(_terms, editions)), batch_size=500)
        added = (Change(edition=edition, kind=ChangeKind.ADDED) for edition in editions)
        Change.objects.bulk_create(added, batch_size=500)
    return len(editions)


def replace_standing(**columns: Any) -> Edition:
    """Write an edition in the place of the standing one of the same address."""
    _wait_for_other_publishers()
    now, columns["why"] = timezone.now(), columns["why"].strip()
    standing = Edition.objects.filter(
        programme=columns["programme"], area=columns["area"], slug=columns["slug"]
    )
    standing.filter(replaced_at=None).update(replaced_at=now)
    return Edition.objects.create(published_at=now, **columns)


def backfill_terms() -> None:
    """Write the terms that editions lack, since their release did not know the dimension."""
    for dimension in (AUTHORITY, COVERAGE, *(each.name for each in DIMENSIONS)):
        having = Term.objects.filter(dimension=dimension, edition=OuterRef("pk"))
        lacking = Edition.objects.history().filter(~Exists(having)).order_by("pk")
        for edition in lacking.only("pk", "document").iterator(chunk_size=500):
            Term.objects.bulk_create(t for t in _terms(edition) if t.dimension == dimension)


def edition_terms(entry: Entry) -> dict[str, tuple[str, ...]]:
    more = {AUTHORITY: entry.authorities(), COVERAGE: stated_topics(entry)}
    return terms(entry) | more


def _columns(programme: Programme, entry: Entry) -> dict[str, Any]:
    """The columns of an edition: the document, and what lists need copied out of it."""
    search_name, search_text = searchable(entry)
    return {
        "programme": programme,
        "document": entry.as_document(),
        "area": entry.area_slug,
        "area_position": programme.area.position if programme.area else AFTER_ALL_AREAS,
        "slug": entry.slug,
        "name": entry.name.en,
        "stated_on": entry.first_stated,
        "last_stated_on": entry.last_stated,
        "last_checked": entry.last_checked,
        "checked_on": entry.checked_on,
        "search_name": search_name,
        "search_text": search_text,
    }


def _terms(edition: Edition) -> Iterator[Term]:
    for dimension, values in edition_terms(edition.entry).items():
        for value in values:
            yield Term(edition=edition, dimension=dimension, value=value)


def _wait_for_other_publishers() -> None:
    """Keep editions visible in the order of their numbers, or `EditionPoller` could miss one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE programmes_edition IN SHARE ROW EXCLUSIVE MODE")
