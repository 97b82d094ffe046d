"""Notices: mail about one entry that says no more than that something waits, and where."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts import mail
from accounts.areas import areas_open_to
from accounts.models import User
from programmes.models import Programme


def people_of(programme: Programme, permission: str) -> list[User]:
    """Whoever has a permission for entries of this one’s force area."""
    people = User.objects.with_perm(permission).filter(is_staff=True).order_by("pk")
    open_to = ((each, areas_open_to(each)) for each in people)
    return [each for each, areas in open_to if areas is None or programme.area_id in areas]


def notify(people: Iterable[User], what: Any, programme: Programme, page: str, key: int) -> None:
    """Sent once what it tells of is kept, as one mail, so that a server that is away holds nobody
    up for long; a failure is logged and undoes nothing."""
    with translation.override("en"):
        subject = " ".join(f"{what}: {programme}".split())  # a header has no line breaks
        context = {"subject": subject, "address": reverse(f"admin:programmes_{page}", args=[key])}
        mail.deliver("notice", context, page, bcc=[each.email for each in people])
