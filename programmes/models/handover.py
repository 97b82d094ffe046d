"""Handovers: work on an entry that is ready to be published, or was sent back."""

from django.conf import settings
from django.db import models

from programmes.models.programme import Programme


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
        done = "sent back" if self.sent_back else "ready to publish"
        return f"{self.programme}: {done}"
