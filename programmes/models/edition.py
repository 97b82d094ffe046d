"""Editions: what the public sees, and saw.

`Edition.objects.current()`, `.as_at()`, `.areas()`, `.withdrawn_entries()` and `.past_of()` are the
only doors for public code, and `programmes.publishing` is the only writer. An edition never changes
once written.
"""

import datetime
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from programmes.briefing import Briefing
from programmes.entry import Entry
from programmes.models.constraints import not_blank
from programmes.models.programme import Programme

ADDRESS = re.compile("[a-z0-9_-]+/[a-z0-9_-]+", re.ASCII | re.IGNORECASE)
"""Where an entry stands: the slug of its area, or "not-stated", and its own."""


class EditionQuerySet(models.QuerySet["Edition"]):
    def update(self, **columns: Any) -> int:
        """An edition never changes; the only thing that can happen to it is a successor."""
        if set(columns) != {"replaced_at"}:
            raise TypeError("An edition never changes; publish another one.")
        return super().update(**columns)

    def delete(self) -> NoReturn:
        raise TypeError("An edition is never deleted.")

    def current(self) -> "EditionQuerySet":
        """What the public sees now: the standing edition of each entry that is not withdrawn."""
        return self.filter(replaced_at=None, withdrawn=False).exclude(programme=None)

    def areas(self) -> "EditionQuerySet":
        """What the public sees now about each force area beside its entries."""
        return self.filter(replaced_at=None, programme=None)

    def as_at(self, day: datetime.date) -> "EditionQuerySet":
        """What the public saw at the end of a day, in local time."""
        end = timezone.make_aware(
            datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
        )
        return (
            self.exclude(programme=None)
            .filter(published_at__lt=end, withdrawn=False)
            .filter(Q(replaced_at=None) | Q(replaced_at__gte=end))
        )

    def at(self, addresses: Iterable[str]) -> "EditionQuerySet":
        """The editions of entries by their addresses, each "area/slug"."""
        found = Q(pk=None)
        for address in addresses:
            area, _slash, slug = address.partition("/")
            found |= Q(area=area, slug=slug)
        return self.filter(found)

    def withdrawn_entries(self) -> "EditionQuerySet":
        """Last editions of entries that were taken back; they say when and why."""
        return self.filter(replaced_at=None, withdrawn=True)

    def past_of(self, editions: Iterable["Edition"]) -> "EditionQuerySet":
        """All that was ever published of the same entries, the oldest first."""
        programmes = [edition.programme_id for edition in editions]
        return self.filter(programme__in=programmes).order_by("published_at", "pk")

    def due_for_check(self, today: datetime.date) -> "EditionQuerySet":
        """Those nobody has checked for as long as a check may wait, the oldest first.

        Each has `known_on`: the day of its last check, or of its sources where there was none.
        """
        editions = self.annotate(known_on=Coalesce("last_checked", "stated_on"))
        due = editions.filter(known_on__lte=today - settings.CHECK_EVERY)
        return due.order_by("known_on", "area_position", "search_name", "pk")

    def count_by_area_and_stage(self) -> dict[str, dict[str, int]]:
        """Area → stage → how many of these editions, in one query."""
        stages = self.filter(terms__dimension="stage").order_by()
        counts: dict[str, dict[str, int]] = {}
        for area, stage, number in stages.values_list("area", "terms__value").annotate(
            models.Count("pk")
        ):
            counts.setdefault(area, {})[stage] = number
        return counts

    def count_terms(self, dimensions: Iterable[str]) -> dict[str, dict[str, int]]:
        """Dimension → value → how many of these editions have it, in one query."""
        counts: dict[str, dict[str, int]] = {dimension: {} for dimension in dimensions}
        terms = self.filter(terms__dimension__in=counts).order_by()
        for dimension, value, number in terms.values_list(
            "terms__dimension", "terms__value"
        ).annotate(models.Count("pk")):
            counts[dimension][value] = number
        return counts

    def age(self) -> dict[str, Any]:
        """The day of the oldest facts, how many entries there are and how many were checked."""
        return self.aggregate(
            stated_on=models.Min("stated_on"),
            entries=models.Count("pk"),
            checked=models.Count("last_checked"),
        )


class Edition(models.Model):
    """One entry as published at one time: a document in both languages, and what lists need.

    An edition without a programme is of a force area: whom to ask there, and its developments.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="editions")
    published_at = models.DateTimeField(db_index=True)
    replaced_at = models.DateTimeField(null=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.TextField()
    withdrawn = models.BooleanField(default=False)
    language_due = models.DateField(
        null=True, help_text="By when a language that is still missing is to follow."
    )
    language_why = models.TextField(blank=True, help_text="Why it was published without it.")
    document = models.JSONField()

    # Copied out of the document so that lists can sort, page and search in the database.
    area = models.SlugField()
    area_position = models.PositiveSmallIntegerField()
    slug = models.SlugField(blank=True)
    name = models.CharField(max_length=200)
    stated_on = models.DateField(null=True)
    last_checked = models.DateField(null=True)
    search_name = models.TextField()
    search_text = models.TextField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            UniqueConstraint(
                "programme",
                condition=Q(replaced_at=None),
                name="%(class)s_one_stands",
                violation_error_message="An entry has one standing edition.",
            ),
            UniqueConstraint(
                "area", "slug", condition=Q(replaced_at=None), name="%(class)s_address_unique"
            ),
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
        return f"{self.name} ({self.area}), {self.published_at:%d/%m/%Y %H:%M}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("An edition never changes; publish another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        raise TypeError("An edition is never deleted; withdraw the entry.")

    @property
    def address(self) -> str:
        """Its area and slug, as addresses have them."""
        return f"{self.area}/{self.slug}"

    @cached_property
    def entry(self) -> Entry:
        return Entry.from_document(self.document)

    @cached_property
    def briefing(self) -> Briefing:
        """What an edition of a force area holds."""
        return Briefing.from_document(self.document)


class Term(models.Model):
    """One value of one dimension of an edition; `not-stated` where the dimension is silent."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="terms")
    dimension = models.CharField(max_length=20)
    value = models.CharField(max_length=50)

    class Meta:
        constraints = [
            UniqueConstraint("edition", "dimension", "value", name="%(class)s_once"),
        ]
        indexes = [models.Index(fields=["dimension", "value", "edition"])]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value}"
