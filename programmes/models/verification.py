"""Verifications: who looked whether an entry is still true, and requests to providers for one."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from core.constraints import not_blank
from programmes.models.constraints import TermField
from programmes.models.edition import Edition
from programmes.models.programme import Programme
from programmes.vocabulary import CheckedWith, CheckOutcome, Field, label

CONFIRMS_NOTHING = (CheckOutcome.NOBODY_REACHED, CheckOutcome.STOPPED)


class Verification(models.Model):
    """A verification of an entry, never changed; one that should not be there has a `Mistake`."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="verifications")
    checked_on = models.DateField(default=timezone.localdate)
    checked_with = TermField(CheckedWith, "checked with")
    outcome = TermField(CheckOutcome)
    confirmed = models.JSONField("what was confirmed", default=list, blank=True)  # fields
    note = models.TextField(blank=True, help_text="For colleagues. Name no persons.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-checked_on", "-pk"]
        verbose_name = "check"
        constraints = [
            CheckConstraint(
                condition=~Q(confirmed=[]) | ~Q(outcome=CheckOutcome.CONFIRMED),
                name="verification_confirms_something",
                violation_error_message="Tick what was confirmed.",
            ),
            CheckConstraint(
                condition=Q(confirmed=[]) | ~Q(outcome__in=CONFIRMS_NOTHING),
                name="verification_confirms_nothing",
                violation_error_message=(
                    "Where nobody was reached, or it has stopped, nothing else is confirmed: take "
                    "the ticks away, or choose another outcome."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on:%-d %B %Y}: {self.get_outcome_display()}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("A verification is never changed; record another one.")
        super().save(*args, **kwargs)

    @property
    def is_mistake(self) -> bool:
        return hasattr(self, "mistake")

    @property
    def confirmed_labels(self) -> str:
        return ", ".join(label(Field, self.confirmed))

    def clean(self) -> None:
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": "This day has not come yet."})


class Mistake(models.Model):
    """A verification recorded by mistake: it stays to be seen, and counts for nothing."""

    verification = models.OneToOneField(
        Verification, models.CASCADE, related_name="mistake", verbose_name="check"
    )
    why = models.TextField(help_text="For colleagues. Name no persons.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "check recorded by mistake"
        verbose_name_plural = "checks recorded by mistake"
        constraints = [not_blank("why")]

    def __str__(self) -> str:
        return f"{self.verification}, recorded by mistake"


class ConfirmationRequest(models.Model):
    """One link to one form. It goes once an editor has decided on the answers."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)  # field → what was decided, and words
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return f"Answers of the provider: {self.programme}"
