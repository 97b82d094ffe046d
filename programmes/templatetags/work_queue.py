"""What waits for whoever has signed in, at the top of the admin's home page."""

from typing import Any

from django import template

from accounts.areas import areas_open_to
from accounts.models import User
from forces.models import all_force_areas
from programmes.admin.digest import switch_address
from programmes.admin.work_queue import to_do

register = template.Library()


@register.inclusion_tag("admin/work_queue.html", takes_context=True)
def work_queue(context: template.Context) -> dict[str, Any]:
    """The rows of each kind that waits in the user's force areas, and which areas those are."""
    user = context["request"].user
    waiting = to_do(user) if user.has_perm("programmes.view_programme") else None
    shown = {"to_do": waiting, "where": _where(user), "digest_address": switch_address(user)}
    return shown | {"perms": context["perms"], "user": user}


def _where(user: User) -> str:
    """Whose entries are open to somebody, said plainly: nobody should find out by accident."""
    areas = areas_open_to(user)
    if areas is None:
        publishes = user.has_perm("programmes.publish_programme")
        more = " You may publish entries of every one of them." if publishes else ""
        why = "a superuser sees everything" if user.is_superuser else "no area limits your account"
        return f"all of Wales, since {why}.{more}"
    return ", ".join(area.name_en for area in all_force_areas() if area.pk in areas) or (
        "none yet. An administrator gives you yours."
    )
