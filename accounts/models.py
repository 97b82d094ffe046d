"""Accounts: who somebody is and which force areas they look after; and what is kept of signing in,
for those who look into an incident.
"""

from typing import Any, ClassVar

from django.contrib.auth import models as auth
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from core.constraints import not_blank, one_of
from forces.models import ForceArea


class UserManager(auth.UserManager["User"]):
    use_in_migrations = False

    def create_superuser(self, username: str, email: Any = "", *args: Any, **more: Any) -> "User":
        """`manage.py createsuperuser` prints what is wrong with the address, in words."""
        self.model(username=username, email=email or "").validate_constraints()
        return super().create_superuser(username, email, *args, **more)


class User(auth.AbstractUser):
    """Roles, which are groups, say what somebody may do; `areas` say where.

    Whoever has any sees and changes nothing of other areas, whatever their role: so one person can
    be editor and publisher of one area without touching the next. Superusers alone have no limit.
    """

    email = models.EmailField("e-mail address")
    weekly_digest = models.BooleanField("weekly mail of what waits", default=True, db_default=True)
    areas = models.ManyToManyField(ForceArea, verbose_name="force areas", blank=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta(auth.AbstractUser.Meta):
        constraints = [
            not_blank("email"),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Another account has this e-mail address.",
            ),
        ]


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
        return f"{at:%-d %B %Y %H:%M} {self.username}: {self.get_outcome_display()}"


class SignInFailure(models.Model):
    """A wrong password, or a link to a new one that was asked for, for as long as it can make the
    next one wait. Keyed hashes say where it came from, an address or a browser, and which name was
    typed: of names that no account has too, or how long somebody waits would tell which there are.
    """

    at = models.DateTimeField(auto_now_add=True)
    place = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%-d %B %Y %H:%M}"
