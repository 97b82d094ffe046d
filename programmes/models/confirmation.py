"""Confirmation requests: a provider is asked whether what is public of an entry is still right."""

import uuid

from django.conf import settings
from django.db import models

from programmes.models.edition import Edition
from programmes.models.programme import Programme


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
