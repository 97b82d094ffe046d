"""Who signed in, and who was refused: for those who look into an incident."""

from django.db import models
from django.utils import timezone

from programmes.models.constraints import one_of
from programmes.vocabulary import SignInOutcome


class SignInEvent(models.Model):
    """One attempt to sign in, or what followed it. Kept for a set time, and in no log.

    `username` is as it was typed, so that attempts on names that do not exist are seen too. The
    address it came from stands in axes' own records, for as long as a lockout needs it.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    username = models.CharField(max_length=150)
    outcome = models.CharField(max_length=20, choices=SignInOutcome.choices)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "sign-in"
        verbose_name_plural = "sign-ins and refusals"
        constraints = [one_of("outcome", SignInOutcome)]

    def __str__(self) -> str:
        at = timezone.localtime(self.at)
        return f"{at:%d/%m/%Y %H:%M} {self.username}: {self.get_outcome_display()}"
