"""What the lock after wrong passwords, django-axes, has to be told: who asks, and what to answer.

It counts for a name and an address together: whoever guesses from elsewhere locks out themselves.
"""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LONGEST_NAME = 150


def name_of(request: HttpRequest, credentials: dict | None) -> str:
    """The name as it was typed, no longer than the database takes."""
    return shortened((credentials or request.POST).get("username"))


def shortened(username: str | None) -> str:
    return (username or "").replace("\0", "")[:LONGEST_NAME]


def page(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """Says the same of every name, whether there is such an account or not."""
    wait = settings.AXES_COOLOFF_TIME
    context = {
        **admin.site.each_context(request),
        "title": "Too many wrong passwords",
        "minutes": int(wait.total_seconds() / 60),
    }
    locked = render(request, "admin/locked_out.html", context, status=429)
    locked["Retry-After"] = str(int(wait.total_seconds()))
    return locked
