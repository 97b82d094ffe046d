"""An account of the admin: who somebody is, and which force areas they look after."""

from typing import Any, ClassVar

from django.contrib.auth import models as auth
from django.db import models
from django.db.models.functions import Lower

from core.constraints import not_blank
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
