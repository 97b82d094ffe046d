"""The writer of editions, and of the rows that lists and histories read beside them."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from programmes.domain.entry import Entry
from programmes.models import Change, Edition, Programme, Term
from programmes.publishing.changes import kinds_of, shown
from programmes.publishing.draft import for_entries
from programmes.publishing.search_text import searchable
from programmes.readings import COVERAGE, DIMENSIONS, stated_topics, terms
from programmes.vocabulary import ChangeKind

AFTER_ALL_AREAS = 99
"""Where entries stand in lists whose source names no force area."""


@dataclass(frozen=True)
class ToFollow:
    """An exception: texts that one language still lacks are to follow by a day, for a reason."""

    due: datetime.date
    why: str


def locked(programme: Programme) -> Programme:
    """The programme as it is in the database, held against a second publisher.

    Its key is not held: whoever points a row to it, as a correction does, need not wait.
    """
    return for_entries(Programme.objects.select_for_update(of=("self",), no_key=True)).get(
        pk=programme.pk
    )


def standing_edition(programme: Programme) -> Edition | None:
    """The last edition of an entry, a withdrawal included."""
    return next((e for e in programme.editions.all() if e.replaced_at is None), None)


def public_edition(programme: Programme) -> Edition | None:
    """The edition that the public sees; None where it sees none, or a withdrawal."""
    standing = standing_edition(programme)
    return None if standing is None or standing.withdrawn else standing


def to_follow(edition: Edition) -> ToFollow | None:
    """The exception that an edition was published under, for the one that takes its place."""
    due = edition.language_due
    return ToFollow(due, edition.language_why) if due else None


def write(
    programme: Programme,
    entry: Entry,
    *,
    by: User | None,
    why: str,
    withdrawn: bool = False,
    to_follow: ToFollow | None = None,
    checked: ChangeKind = ChangeKind.CHECKED,
) -> Edition:
    """An edition of an entry in the place of its standing one."""
    columns = _columns(programme, entry)
    before, after = shown(standing_edition(programme)), None if withdrawn else entry
    kinds = list(kinds_of(before, after, [checked]))
    if to_follow:
        columns |= {"language_due": to_follow.due, "language_why": to_follow.why}
    edition = replace_standing(by=by, why=why.strip(), withdrawn=withdrawn, **columns)
    Term.objects.bulk_create(_terms(edition, edition_terms(entry)))
    Change.objects.bulk_create(Change(edition=edition, kind=kind) for kind in kinds)
    return edition


def write_first(drafts: Iterable[tuple[Programme, Entry]], why: str) -> int:
    """Editions of entries that have none yet, all at one moment; how many there were."""
    with transaction.atomic():
        _in_turn()
        now, editions, of_each = timezone.now(), [], []
        for programme, entry in drafts:
            editions.append(Edition(published_at=now, why=why, **_columns(programme, entry)))
            of_each.append(edition_terms(entry))
        Edition.objects.bulk_create(editions, batch_size=500)
        rows = (_terms(*pair) for pair in zip(editions, of_each, strict=True))
        Term.objects.bulk_create(chain.from_iterable(rows), batch_size=500)
        added = (Change(edition=edition, kind=ChangeKind.ADDED) for edition in editions)
        Change.objects.bulk_create(added, batch_size=500)
    return len(editions)


def replace_standing(**columns: Any) -> Edition:
    """A new edition in the place of the standing one of the same address."""
    _in_turn()
    now = timezone.now()
    standing = Edition.objects.filter(
        programme=columns["programme"], area=columns["area"], slug=columns["slug"]
    )
    standing.filter(replaced_at=None).update(replaced_at=now)
    return Edition.objects.create(published_at=now, **columns)


def backfill_terms() -> None:
    """Write the terms that editions lack, of a dimension that their release did not know.

    Either the dimension is new, or a former release published while it was back in service.
    """
    for dimension in (COVERAGE, *(each.name for each in DIMENSIONS)):
        having = Term.objects.filter(dimension=dimension, edition=OuterRef("pk"))
        lacking = Edition.objects.history().filter(~Exists(having)).order_by("pk")
        for edition in lacking.only("pk", "document").iterator(chunk_size=500):
            values = edition_terms(edition.entry)[dimension]
            Term.objects.bulk_create(_terms(edition, {dimension: values}))


def edition_terms(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Dimension → the values that an edition of the entry has, for lists and overviews."""
    return {**terms(entry), COVERAGE: stated_topics(entry)}


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


def _terms(edition: Edition, terms: dict[str, tuple[str, ...]]) -> Iterator[Term]:
    for dimension, values in terms.items():
        for value in values:
            yield Term(edition=edition, dimension=dimension, value=value)


def _in_turn() -> None:
    """Wait until whoever else is publishing has done so; SQLite has one writer at a time anyway.

    Editions then get their numbers in the order in which they become visible. Else the lower of
    two could become visible last, and nothing that goes by the highest would notice it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Reading goes on.
            cursor.execute("LOCK TABLE programmes_edition IN SHARE ROW EXCLUSIVE MODE")
