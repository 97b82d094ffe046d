"""Editions: what the public sees, and saw.

Public code reads `Edition.objects.current()`, `.as_at()`, `.areas()`, `.withdrawn_entries()`,
`.history()` and `.numbered()` alone; `publishing` alone writes. An edition never changes.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from core.constraints import not_blank
from programmes.domain.briefing import Briefing
from programmes.domain.entry import Bilingual, Entry
from programmes.models.constraints import TermField
from programmes.models.programme import Programme
from programmes.readings import COVERAGE, OF_SOURCE
from programmes.vocabulary import ChangeKind, Sort

ADDRESS = re.compile("[a-z0-9_-]+/[a-z0-9_-]+", re.ASCII | re.IGNORECASE)
"""The address of an entry: the slug of its area, or "not-stated", and its own."""

ONE_DAY = datetime.timedelta(days=1)


def end_of(day: datetime.date) -> datetime.datetime:
    """The first moment of the next day, in local time."""
    return timezone.make_aware(datetime.datetime.combine(day + ONE_DAY, datetime.time()))


ORDERS: dict[str, list[str | OrderBy]] = {
    Sort.AREA: ["area_position", "search_name", "pk"],
    Sort.NAME: ["search_name", "area_position", "pk"],
    Sort.CHECKED: [
        F("checked_on").asc(nulls_first=True),
        F("last_checked").asc(nulls_first=True),
        *("area_position", "search_name", "pk"),
    ],
    Sort.RELEVANCE: ["rank", "search_name", "area_position", "pk"],
}
"""What the list may be sorted by; relevance needs the `rank` that `search` adds."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def update(self, **columns: Any) -> int:
        """Refuse whatever is not the day of a successor."""
        if set(columns) != {"replaced_at"}:
            raise TypeError("An edition never changes; publish another one.")
        return super().update(**columns)

    def delete(self) -> NoReturn:
        raise TypeError("An edition is never deleted.")

    def standing(self, day: datetime.date | None = None) -> "EditionQuerySet":
        """Those that stood at the end of a day, withdrawals included; without a day, now."""
        if day is None:
            return self.filter(replaced_at=None)
        end = end_of(day)
        replaced_later = Q(replaced_at=None) | Q(replaced_at__gte=end)
        return self.filter(replaced_later, published_at__lt=end)

    def current(self) -> "EditionQuerySet":
        """What the public sees now: the standing edition of each entry that is not withdrawn."""
        return self.as_at(None)

    def as_at(self, day: datetime.date | None) -> "EditionQuerySet":
        """What the public saw at the end of a day; None is now."""
        return self.standing(day).filter(withdrawn=False).exclude(programme=None)

    def areas(self, day: datetime.date | None = None) -> "EditionQuerySet":
        """What the public sees, or saw at the end of a day, about each force area."""
        return self.standing(day).filter(programme=None)

    def numbered(self, keys: Iterable[int]) -> "EditionQuerySet":
        """Those with some keys, which another of these methods has given."""
        return self.filter(pk__in=keys)

    def newest(self) -> int:
        """The highest key, which tells one state of all that is public from the next."""
        return self.order_by().aggregate(newest=models.Max("pk"))["newest"] or 0

    def at(self, addresses: Iterable[str]) -> "EditionQuerySet":
        """Those of entries at some addresses, each "area/slug"."""
        parts = [address.partition("/") for address in addresses]
        each = [Q(area=area, slug=slug) for area, _slash, slug in parts]
        return self.filter(reduce(or_, each)) if each else self.none()

    def covering(self, topic: str) -> "EditionQuerySet":
        return self.filter(terms__dimension=COVERAGE, terms__value=topic)

    def rest_on(self, source: str) -> bool:
        """Whether any of these names a source, by its slug."""
        briefings = (edition.briefing for edition in self.filter(programme=None))
        named = (each.slug for briefing in briefings for each in briefing.sources)
        return self.covering(f"{OF_SOURCE}{source}").exists() or source in named

    def in_source_order(self) -> "EditionQuerySet":
        return self.order_by("area_position", "programme_id")

    def withdrawn_entries(self, day: datetime.date | None = None) -> "EditionQuerySet":
        """Last editions of withdrawn entries; they say when and why."""
        return self.standing(day).filter(withdrawn=True)

    def history(self) -> "EditionQuerySet":
        return self.exclude(programme=None)

    def that_changed(self) -> "EditionQuerySet":
        return self.filter(models.Exists(Change.objects.filter(edition=models.OuterRef("pk"))))

    def first_day(self) -> datetime.date | None:
        first = self.aggregate(first=models.Min("published_at"))["first"]
        return timezone.localdate(first) if first else None

    def between(
        self, since: datetime.date | None, until: datetime.date | None
    ) -> "EditionQuerySet":
        """Those published from one day to another, both included; None is no limit."""
        editions = self
        if since:
            editions = editions.filter(published_at__gte=end_of(since - ONE_DAY))
        if until:
            editions = editions.filter(published_at__lt=end_of(until))
        return editions

    def of(self, editions: Iterable["Edition"]) -> "EditionQuerySet":
        """Those of the same entries, the oldest first."""
        programmes = [edition.programme_id for edition in editions]
        return self.filter(programme__in=programmes).order_by("published_at", "pk")

    def due_for_check(self, today: datetime.date) -> "EditionQuerySet":
        """Those whose check or, where it was none or in part, source is too old, oldest first."""
        editions = self.annotate(known_on=Coalesce("checked_on", "stated_on"))
        due = editions.filter(known_on__lte=today - settings.CHECK_EVERY)
        return due.order_by("known_on", "area_position", "search_name", "pk")

    def count_by_area(self, dimension: str) -> dict[str, dict[str, int]]:
        return self.filter(terms__dimension=dimension)._count("area")

    def count_terms(self, dimensions: Iterable[str]) -> dict[str, dict[str, int]]:
        """Dimension → value → how many of these editions have it, in one query."""
        names = list(dimensions)
        counts = self.filter(terms__dimension__in=names)._count("terms__dimension")
        return {name: counts[name] for name in names}

    def _count(self, column: str) -> defaultdict[str, dict[str, int]]:
        """Value of a column → value of a term → number of editions."""
        rows = self.order_by().values_list(column, "terms__value").annotate(models.Count("pk"))
        counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for name, value, number in rows:
            counts[name][value] = number
        return counts

    def sorted_by(self, order: str) -> "EditionQuerySet":
        return self.order_by(*ORDERS[order])

    def age(self) -> dict[str, Any]:
        """The days of the oldest and newest facts; how many entries have newer, or were checked."""
        oldest = self.order_by("stated_on").values("stated_on")[:1]
        return self.aggregate(
            entries=models.Count("pk"),
            first=models.Min("stated_on"),
            last=models.Max("last_stated_on"),
            newer=models.Count("pk", filter=Q(last_stated_on__gt=models.Subquery(oldest))),
            checked=models.Count("checked_on"),
            in_part=models.Count("last_checked", filter=Q(checked_on=None)),
        )


STANDING = Q(replaced_at=None)


class Edition(models.Model):
    """One entry as published at one time: a document in both languages, and what lists need.

    An edition without a programme is of a force area: whom to ask there, and its developments.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="editions")
    published_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.TextField()
    why_cy = models.TextField(blank=True, help_text="Of a withdrawal: its reason is public.")
    withdrawn = models.BooleanField(default=False)
    language_due = models.DateField(null=True)  # when a language that is missing is to follow
    language_why = models.TextField(blank=True)  # why it was published without it
    document = models.JSONField()

    # Copied out of the document so that lists can sort, page and search in the database.
    area = models.SlugField()
    area_position = models.PositiveSmallIntegerField()
    slug = models.SlugField(blank=True)
    name = models.CharField(max_length=200)
    stated_on = models.DateField(null=True)
    last_stated_on = models.DateField(null=True)
    last_checked = models.DateField(null=True)
    checked_on = models.DateField(null=True, help_text="Empty where it was checked in part.")
    search_name = models.TextField()
    search_text = models.TextField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            Index(
                fields=["area_position", "search_name", "id"],
                name="edition_in_order",
                condition=STANDING,
            ),
            Index(fields=["area", "search_name", "id"], name="edition_of_area", condition=STANDING),
            Index(
                fields=["area_position", "programme", "id"],
                name="edition_in_source_order",
                condition=STANDING,
            ),
            Index(
                fields=["published_at", "area_position", "search_name", "id"],
                name="edition_of_moment",
            ),
            Index(fields=["name"], name="edition_of_name", condition=STANDING),
            Index(fields=["area", "slug", "id"], name="edition_at_address"),
        ]
        constraints = [
            UniqueConstraint(
                "programme",
                condition=STANDING,
                name="%(class)s_one_stands",
                violation_error_message="An entry has one standing edition.",
            ),
            UniqueConstraint("area", "slug", condition=STANDING, name="%(class)s_address_unique"),
            CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("published_at")),
                name="edition_replaced_after_published",
            ),
            CheckConstraint(
                condition=Q(programme=None, slug="") | (Q(programme__isnull=False) & ~Q(slug="")),
                name="edition_of_an_entry_or_an_area",
            ),
            not_blank("why"),
            CheckConstraint(
                condition=Q(language_due=None, language_why="")
                | (Q(language_due__isnull=False) & ~Q(language_why="")),
                name="edition_exception_has_reason_and_day",
            ),
        ]

    def __str__(self) -> str:
        at = timezone.localtime(self.published_at)
        return f"{self.name}, {at:%-d %B %Y %H:%M}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("An edition never changes; publish another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        raise TypeError("An edition is never deleted; withdraw the entry.")

    @property
    def address(self) -> str:
        return f"{self.area}/{self.slug}"

    @property
    def reason(self) -> Bilingual:
        return Bilingual(self.why, self.why_cy)

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.published_at)

    @cached_property
    def entry(self) -> Entry:
        return Entry.from_document(self.document)

    @cached_property
    def briefing(self) -> Briefing:
        return Briefing.from_document(self.document)


class Term(models.Model):
    """One value of one dimension of an edition; `not-stated` where the dimension is silent."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="terms")
    dimension = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [UniqueConstraint("edition", "dimension", "value", name="%(class)s_once")]
        indexes = [models.Index(fields=["dimension", "value", "edition"])]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value}"


class Change(models.Model):
    """A kind of change that an edition made, kept to search by; one edition may make several."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="changes")
    kind = TermField(ChangeKind)

    class Meta:
        constraints = [UniqueConstraint("edition", "kind", name="%(class)s_once")]
        indexes = [models.Index(fields=["kind", "edition"])]

    def __str__(self) -> str:
        return self.kind
