"""Corrections: what the public says is wrong with an entry, and the decision on it."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, TextChoices

from programmes.models.constraints import TermField
from programmes.models.programme import Programme
from programmes.vocabulary import CorrectionKind, CorrectionSender

UNMISTAKABLE = "23456789BCDFGHJKMNPQRTVWXYZ"
"""Letters and digits that nobody confuses on the telephone."""

MOST_LETTERS = 600


def new_reference() -> str:
    letters = "".join(secrets.choice(UNMISTAKABLE) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class CorrectionState(TextChoices):
    WAITING = "waiting", "Waiting"
    ACCEPTED = "accepted", "Accepted: the entry was changed as proposed"
    AMENDED = "amended", "Amended: the entry was changed in another way"
    REJECTED = "rejected", "Rejected: the entry stays as it is"


class Correction(models.Model):
    """One message about one entry. Some time after the decision `text` is deleted, nothing else."""

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="corrections")
    kind = TermField(CorrectionKind, "what is wrong")
    sender = TermField(CorrectionSender, "who says so")
    text = models.TextField("in their words", max_length=MOST_LETTERS, blank=True)
    language = models.CharField("language of the page", max_length=2)
    sent_at = models.DateTimeField(auto_now_add=True)
    held = models.BooleanField("held as probably automatic", default=False, editable=False)
    state = TermField(CorrectionState, default=CorrectionState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField("reason of the decision", blank=True)
    text_deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(state=CorrectionState.WAITING, decided_at=None, decision="")
                | (
                    ~Q(state=CorrectionState.WAITING)
                    & Q(decided_at__isnull=False)
                    & ~Q(decision="")
                ),
                name="correction_decided_with_a_reason",
                violation_error_message="A decision needs its reason.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.programme}"

    @property
    def was_followed_by_publishing(self) -> bool:
        return self.programme.editions.filter(published_at__gt=self.sent_at).exists()


class CorrectionAddress(models.Model):
    """The sender's address as a keyed hash, by which limits count: for a day, in no backup."""

    correction = models.OneToOneField(Correction, models.CASCADE, related_name="came_from")
    address = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.correction)
