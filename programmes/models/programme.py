"""The entry itself: one programme in one force area. And its handover."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, TextChoices, UniqueConstraint

from core.constraints import not_blank
from core.welsh import WelshOf
from forces.models import ForceArea
from programmes import vocabulary
from programmes.models.constraints import TermField, rests_on_statement
from programmes.models.statement import Statement
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import NOT_STATED, Stage, Status


def reading(terms: type[TextChoices], name: str | None = None) -> TermField:
    """A reading of the source in a term of ours, "not stated" until a statement says otherwise."""
    return TermField(terms, name, silent=True, default=NOT_STATED)


def rests_on() -> "models.ForeignKey[Statement | None, Statement | None]":
    # Not PROTECT: deleting a draft takes its statements with it.
    return models.ForeignKey(
        Statement, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="rests on"
    )


class Programme(models.Model):
    """One programme in one force area. Editors work in this and the tables that point to it."""

    uuid = models.UUIDField("stable identifier", default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(
        ForceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="force area",
        help_text="Empty only where no source names an area: it is then shown as “not given”.",
    )
    slug = models.SlugField(
        "name in the address",
        help_text="Part of the public address. It cannot change once the entry is published.",
    )
    name_en = models.CharField("name", max_length=200, help_text="As the source writes it.")
    name_cy = models.CharField(
        "name in Welsh",
        max_length=200,
        blank=True,
        help_text="Only a name that the programme itself uses. Empty: the name above is shown.",
    )
    summary_en = models.TextField(
        "summary in English",
        blank=True,
        help_text="One or two plain sentences, saying nothing that no statement says.",
    )
    summary_cy = models.TextField("summary in Welsh", blank=True)
    welsh_of = WelshOf("name", "summary")
    stage = TermField(Stage)
    # Moves with every save of the entry and its rows: a second editor is then told.
    version = models.PositiveIntegerField(default=1, editable=False)

    status = TermField(
        Status,
        "whether it runs, as stated",
        help_text="What the source says. “Named” does not mean that it runs today.",
    )
    status_rests_on = rests_on()
    attendance = reading(vocabulary.Attendance)
    attendance_rests_on = rests_on()
    longevity = reading(vocabulary.Longevity, "how long, as stated")
    longevity_rests_on = rests_on()
    routes_are_all = models.BooleanField(
        "only the routes listed below",
        default=False,
        help_text="Tick only where the source’s own words leave no other route (“Police only”).",
    )
    delivery_language = reading(vocabulary.DeliveryLanguage)
    delivery_language_rests_on = rests_on()
    accreditation = reading(vocabulary.Accreditation)
    accreditation_rests_on = rests_on()
    partner_support = reading(vocabulary.PartnerSupport)
    partner_support_rests_on = rests_on()
    taking_referrals = reading(vocabulary.TakingReferrals)
    taking_referrals_rests_on = rests_on()

    class Meta:
        ordering = [F("area__position").asc(nulls_last=True), "name_en"]
        permissions = [
            ("publish_programme", "Can publish and withdraw entries"),
            ("edit_all_areas", "Can see and change entries of every force area"),
        ]
        constraints = [
            UniqueConstraint(
                "area",
                "slug",
                name="%(class)s_address_unique",
                violation_error_message="Another entry of this force area has this address.",
            ),
            # NULLs differ from each other.
            UniqueConstraint(
                "slug",
                condition=Q(area__isnull=True),
                name="%(class)s_address_unique_without_area",
                violation_error_message="Another entry without a force area has this address.",
            ),
            not_blank("name_en"),
            *(rests_on_statement(r.name) for r in SINGLE_READINGS if r.may_be_silent),
        ]

    def __str__(self) -> str:
        return f"{self.name_en} ({self.area or 'area not stated'})"

    @property
    def area_slug(self) -> str:
        return self.area.slug if self.area else NOT_STATED

    def clean(self) -> None:
        for reading in SINGLE_READINGS:
            name, rests_on = reading.name, f"{reading.name}_rests_on"
            statement: Statement | None = getattr(self, rests_on)
            if statement and (self.pk is None or statement.programme_id != self.pk):
                raise ValidationError({rests_on: "This statement is about another entry."})
            if getattr(self, name) == NOT_STATED:
                setattr(self, rests_on, None)
            elif reading.may_be_silent and statement is None:
                raise ValidationError({rests_on: "Choose the statement that this rests on."})


class Handover(models.Model):
    """Of an entry that waits for the other side; it ends when the entry is published."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="handover")
    ready_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_back = models.BooleanField(default=False)
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {'sent back' if self.sent_back else 'ready to publish'}"
