"""Which force areas an editor looks after."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import UniqueConstraint

from forces.models import ForceArea

ALL_AREAS = "programmes.edit_all_areas"
"""The permission that lifts the limit to one's own areas."""


class AreaOfEditor(models.Model):
    """One force area that somebody looks after; several rows for several areas.

    Whoever has any sees and changes nothing of other areas, whatever their role: so one person can
    be editor and publisher of one area without touching the next. Superusers alone have no limit.
    """

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="areas_looked_after"
    )
    area = models.ForeignKey(ForceArea, models.CASCADE, related_name="editors")

    class Meta:
        verbose_name = "force area looked after"
        verbose_name_plural = "force areas looked after"
        constraints = [UniqueConstraint("editor", "area", name="%(class)s_once")]

    def __str__(self) -> str:
        return str(self.area)


def areas_open_to(user: User | AnonymousUser) -> frozenset[int] | None:
    """The keys of the force areas whose entries somebody may see; None for all of them.

    Entries of which no source names an area are open only to those who may see all.
    """
    if isinstance(user, AnonymousUser):
        return frozenset()
    if user.is_superuser:
        return None
    own = frozenset(AreaOfEditor.objects.filter(editor=user).values_list("area_id", flat=True))
    return None if user.has_perm(ALL_AREAS) and not own else own
