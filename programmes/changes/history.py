"""Reads changes out of the editions, in as many queries however many entries there are."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet

from programmes.models import Change, Edition
from programmes.models.edition import ONE_DAY, EditionQuerySet
from programmes.publishing.changes import CHECKS, Changed, changed
from programmes.vocabulary import ChangeKind, Sort

FEW = 3
"""More editions than these are of one moment only where entries were added all together."""

MOST_NAMED = 50
"""Entries added together of which a page holds the names."""


@dataclass(frozen=True)
class Together:
    """Entries that were added at one moment: how many, and the first of them."""

    number: int
    editions: Sequence[Edition]

    @property
    def after(self) -> Edition:
        return self.editions[0]


Happening = Changed | Together


def moments(editions: EditionQuerySet) -> QuerySet[Edition, Any]:
    """When these editions were published and how many at once, the newest first."""
    changed_something = editions.that_changed().order_by()
    at_once = changed_something.values("published_at").annotate(number=Count("pk"))
    return at_once.order_by("-published_at")


def happenings(editions: EditionQuerySet, when: Iterable[dict[str, Any]]) -> list[Happening]:
    """What happened at some of the `moments` of these editions, the newest first."""
    numbers = {moment["published_at"]: moment["number"] for moment in when}
    few = [at for at, number in numbers.items() if number <= FEW]
    happened: list[Happening] = [*with_predecessors(editions.filter(published_at__in=few))]
    # Once in the life of a directory as a rule, and never more often than a page has moments.
    for at in numbers.keys() - few:
        together = editions.filter(published_at=at).sorted_by(Sort.AREA)
        happened.append(Together(numbers[at], list(together[:MOST_NAMED])))
    happened.sort(key=lambda each: (each.after.published_at, each.after.pk), reverse=True)
    return [each for each in happened if isinstance(each, Together) or each.kinds]


def with_predecessors(editions: EditionQuerySet) -> list[Changed]:
    """Each edition and the one that it followed, which it replaced as it was published."""
    after = list(editions)
    before = Edition.objects.history().filter(
        programme__in=[edition.programme_id for edition in after],
        replaced_at__in=[edition.published_at for edition in after],
    )
    return _pairs(after, before)


def entry_by_entry(editions: EditionQuerySet, number: int | None = None) -> list[Changed]:
    """The last changes or all, each of one entry, however many were published at one moment."""
    last = editions.that_changed().order_by("-published_at", "-pk")[:number]
    return [each for each in with_predecessors(last) if each.kinds]


def net(editions: EditionQuerySet, until: datetime.date | None) -> EditionQuerySet:
    """The last edition of each entry that these editions are of, at the end of a period."""
    last = Edition.objects.history().standing(until)
    of_these = editions.order_by().values("programme")
    return last.filter(programme__in=of_these).order_by("area_position", "search_name", "pk")


def since_then(after: Iterable[Edition], since: datetime.date) -> list[Changed]:
    """Each edition with that of its entry which was public before the first day of a period."""
    after = list(after)
    before = Edition.objects.history().standing(since - ONE_DAY)
    return _pairs(after, before.filter(programme__in=[each.programme_id for each in after]))


def of_entry(address: str, until: datetime.date | None, number: int) -> list[Changed]:
    """The last changes of one entry, the newest first."""
    editions = Edition.objects.history().at([address]).that_changed().between(None, until)
    # One more, which the last of them followed.
    known = list(editions.order_by("-pk")[: number + 1])
    return _pairs(known[:number], known)


def _pairs(after: Sequence[Edition], before: Iterable[Edition]) -> list[Changed]:
    """Each edition with the one that it followed, and what came of checks in between."""
    of_checks = Change.objects.filter(
        kind__in=CHECKS, edition__programme__in=[each.programme_id for each in after]
    )
    kept = list(of_checks.values_list("edition__programme", "edition", "kind"))
    return [replace(pair, checks=_checks(pair, kept)) for pair in changed(after, before)]


def _checks(pair: Changed, kept: list[tuple[int, int, str]]) -> list[ChangeKind]:
    since = pair.before.pk if pair.before else 0
    kinds = {
        kind
        for programme, edition, kind in kept
        if programme == pair.after.programme_id and since < edition <= pair.after.pk
    }
    # None is kept where an entry was checked while it was withdrawn.
    return [kind for kind in CHECKS if kind in kinds] or [ChangeKind.CHECKED]
