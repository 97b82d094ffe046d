"""Who signed in, and who was refused: for those who look into an incident."""

from django.db import models
from django.utils import timezone

from core.constraints import one_of


class SignInOutcome(models.TextChoices):
    SIGNED_IN = "signed-in", "Signed in"
    SIGNED_OUT = "signed-out", "Signed out"
    REFUSED = "refused", "Wrong name or password"
    ENROLLED = "enrolled", "Second factor enrolled"
    CODE_ACCEPTED = "code-accepted", "Second factor accepted"
    CODE_REFUSED = "code-refused", "Second factor refused"
    RECOVERY_CODE_USED = "recovery-code-used", "Recovery code accepted"
    RECOVERY_CODES_MADE = "recovery-codes-made", "New recovery codes made"
    FACTOR_REMOVED = "factor-removed", "Second factor removed by an administrator"
    INVITED = "invited", "Invited by mail"
    LINK_ASKED_FOR = "link-asked-for", "Link to a new password asked for"
    PASSWORD_CHANGED = "password-changed", "Password set or changed"


class SignInEvent(models.Model):
    """One attempt to sign in, or what followed it. Kept for a set time, and in no log.

    `username` is empty where a name was typed that no account has.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    username = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=20, choices=SignInOutcome.choices)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "sign-in"
        verbose_name_plural = "sign-ins and refusals"
        constraints = [one_of("outcome", SignInOutcome)]

    def __str__(self) -> str:
        at = timezone.localtime(self.at)
        return f"{at:%d/%m/%Y %H:%M} {self.username}: {self.get_outcome_display()}"


class SignInFailure(models.Model):
    """A wrong password, or a link to a new one that was asked for, for as long as it can make the
    next one wait. Keyed hashes say where it came from, an address or a browser, and which name was
    typed: of names that no account has too, or how long somebody waits would tell which there are.
    """

    at = models.DateTimeField(auto_now_add=True)
    place = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%d/%m/%Y %H:%M}"
