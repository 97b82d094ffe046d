"""Reads changes out of the editions, in as many queries however many entries there are."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from programmes.models import Change, Edition
from programmes.models.edition import ONE_DAY, EditionQuerySet
from programmes.publishing.changes import CHECKS, Changed, changed
from programmes.vocabulary import ChangeKind

Days = tuple[datetime.date, datetime.date]
"""The first and the last day of a period."""


def newest_first(editions: EditionQuerySet) -> EditionQuerySet:
    """Those that changed something; of one moment in the order of areas."""
    return editions.that_changed().order_by("-published_at", "area_position", "search_name", "-pk")


def told_once(editions: EditionQuerySet, until: datetime.date) -> EditionQuerySet:
    """The last edition of each entry that these editions are of, at the end of a day."""
    last = Edition.objects.history().standing(until)
    of_these = editions.order_by().values("programme")
    return last.filter(programme__in=of_these).order_by("area_position", "search_name", "pk")


def changes_of(editions: Iterable[Edition], days: Days | None = None) -> list[Changed]:
    """Each edition after the one that it replaced or, of a period, that stood before it."""
    after = list(editions)
    before = Edition.objects.history().filter(programme__in=[each.programme_id for each in after])
    if days:
        return _pairs(after, before.standing(days[0] - ONE_DAY))
    before = before.filter(replaced_at__in=[edition.published_at for edition in after])
    return [each for each in _pairs(after, before) if each.kinds]


def of_entry(address: str, until: datetime.date | None, number: int) -> list[Changed]:
    """The last changes of one entry, the newest first."""
    editions = Edition.objects.history().at([address]).between(None, until)
    # One more, which the last of them followed.
    known = list(newest_first(editions)[: number + 1])
    return _pairs(known[:number], known)


def _pairs(after: Sequence[Edition], before: Iterable[Edition]) -> list[Changed]:
    """Each edition with the one that it followed, and what came of checks in between."""
    of_checks = Change.objects.filter(
        kind__in=CHECKS, edition__programme__in=[each.programme_id for each in after]
    )
    kept = list(of_checks.values_list("edition__programme", "edition", "kind"))
    return [replace(pair, checks=_checks(pair, kept)) for pair in changed(after, before)]


def _checks(pair: Changed, kept: list[tuple[int, int, str]]) -> list[ChangeKind]:
    since, until = pair.before.pk if pair.before else 0, pair.after.pk
    own = [each for each in kept if each[0] == pair.after.programme_id]
    kinds = {kind for _programme, edition, kind in own if since < edition <= until}
    # None is kept where an entry was checked while it was withdrawn.
    return [kind for kind in CHECKS if kind in kinds] or [ChangeKind.CHECKED]
