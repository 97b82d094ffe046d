"""How long the next password has to wait after wrong ones, and the next link after others.

A wait begins with the last wrong password from where somebody is: what others try can make it
longer, up to a minute, and never begins it anew. A browser in which both steps of an account were
done counts as a place of its own, whatever its address.
"""

import datetime
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import SignInFailure, User
from core.client_ip import hashed_addresses, keyed_hashes

MOST_FREE = 2
LONGEST = 60
DEVICE_KNOWN_FOR = datetime.timedelta(days=180)


class DelayingBackend(ModelBackend):
    """Django's own, which no password reaches that came too early."""

    def authenticate(self, request: Any, username: Any = "", *args: Any, **more: Any) -> Any:
        if request:
            request.seconds_to_wait = seconds_to_wait(request, username or "")
            if request.seconds_to_wait:
                raise PermissionDenied
        return super().authenticate(request, username, *args, **more)


def seconds_put_off(request: Any) -> int:
    return getattr(request, "seconds_to_wait", 0)


@receiver(user_login_failed)
def remember_failure(credentials: dict, request: Any = None, **signal: Any) -> None:
    """What was put off does not count: trying again meanwhile makes no wait longer."""
    if request and not seconds_put_off(request):
        count(request, credentials.get("username") or "")


def count(request: HttpRequest, name: str) -> None:
    places, names = places_of(request, name), keyed_hashes(name)
    SignInFailure.objects.create(place=places[0], name=names[0])


@receiver(user_logged_in)
def forget_failures(request: Any, user: User, **signal: Any) -> None:
    """Their own mistakes are forgotten, and no guesses at other names from the same place."""
    name = user.get_username()
    failures(place__in=places_of(request, name), name__in=keyed_hashes(name)).delete()


def failures(**where: Any) -> QuerySet[SignInFailure]:
    return SignInFailure.objects.filter(at__gt=now() - settings.SIGN_IN_FAILURES_KEPT, **where)


def seconds_to_wait(request: HttpRequest, name: str) -> int:
    """None for a place from which nothing failed, however much did elsewhere for the name."""
    here = failures(place__in=places_of(request, name)).aggregate(n=Count("pk"), last=Max("at"))
    if not here["n"]:
        return 0
    everywhere = 0 if device_of(request, name) else failures(name__in=keyed_hashes(name)).count()
    wait = here["last"] + delay_after(max(here["n"], everywhere)) - now()
    return max(0, ceil(wait.total_seconds()))


def delay_after(number: int) -> datetime.timedelta:
    """None after two failures, a second after three, then twice as long each time."""
    seconds = 2 ** min(number - MOST_FREE - 1, 6) if number > MOST_FREE else 0
    return datetime.timedelta(seconds=min(seconds, LONGEST))


def places_of(request: HttpRequest, name: str) -> list[str]:
    device = device_of(request, name)
    return keyed_hashes(device) if device else hashed_addresses(request)


def device_of(request: HttpRequest, name: str) -> str:
    """The browser's cookie, where it is of the account of this name."""
    cookie = settings.DEVICE_COOKIE_NAME
    key = request.get_signed_cookie(cookie, default="", max_age=DEVICE_KNOWN_FOR)
    if key and User.objects.filter(pk=key, username=name).exists():
        return request.COOKIES[cookie]
    return ""


def remember_device(response: HttpResponse, user: User) -> None:
    """For whoever has done both steps. The cookie opens nothing."""
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        str(user.pk),
        max_age=DEVICE_KNOWN_FOR,
        path=reverse("admin:login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
