"""Error pages in the language of the address, without the database."""

import sys
from collections.abc import Callable
from typing import Any

from django.contrib.messages.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

OUT_OF_REACH = (OperationalError, InterfaceError)
"""The database is away, in the middle of a restart, or its disk is full."""

TEXTS = {
    400: (
        _("We could not read this request"),
        _("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    403: (
        _("You cannot do this here"),
        _("You may need to sign in again, or to go back and send the form once more."),
    ),
    404: (
        _("Page not found"),
        _("No page has this address. If you typed it, check it; if a link led here, it is wrong."),
    ),
    405: (
        _("This page cannot be asked for in this way"),
        _("It can be read, and some pages take a form. Nothing was changed."),
    ),
    411: (
        _("We could not read this request"),
        _("It does not say how much it sends. Nothing was kept."),
    ),
    413: (
        _("This form is too large"),
        _("It holds more than its questions can be answered with. Nothing was kept."),
    ),
    414: (
        _("This address is too long"),
        _("No page here has such an address. Nothing was changed."),
    ),
    500: (
        _("Sorry, there is a problem with the service"),
        _("Something went wrong on our side. Try again in a few minutes."),
    ),
    501: (
        _("We could not read this request"),
        _("It asks for something that no page here does. Nothing was changed."),
    ),
    503: (
        _("The directory cannot answer just now"),
        _("What it knows is out of reach for the moment. Try again in a minute."),
    ),
}
NOT_TAKEN_IN = (
    _("What you sent was not taken in"),
    _("Nothing was saved. Go back and send it again in a minute."),
)
NEEDS_COOKIES = (
    _("Signing in needs cookies"),
    _("Your browser sent none back. Allow cookies for this site, open the page again and sign in."),
)
RETRY_AFTER = 30
"""Seconds until somebody who was put off may try again."""


def error_page(
    request: HttpRequest, status: int, texts: tuple[Any, Any] | None = None
) -> HttpResponse:
    put_off = status == 503
    if put_off and request.method == "POST":
        texts = NOT_TAKEN_IN
    title, text = texts or TEXTS[status]
    page = render(request, "error.html", {"title": title, "text": text}, status=status)
    if put_off:
        page["Retry-After"] = str(RETRY_AFTER)
    if status >= 500:
        page["Cache-Control"] = "no-store"
    return page


def error_view(status: int) -> Callable[..., HttpResponse]:
    """What Django calls for an error of a view; it passes an exception, or a reason."""
    return lambda request, exception=None, reason="": error_page(request, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    no_cookie = reason == REASON_NO_CSRF_COOKIE
    return error_page(request, 403, NEEDS_COOKIES if no_cookie else None)


bad_request, permission_denied, not_found = map(error_view, (400, 403, 404))


def server_error(request: HttpRequest) -> HttpResponse:
    if hasattr(request, "_messages"):
        # The next page must not say that something was saved: the database did not take it in.
        request._messages = default_storage(request)
    error = sys.exception()
    if isinstance(error, UnreadablePostError):
        return error_page(request, 400)
    return error_page(request, 503 if isinstance(error, OUT_OF_REACH) else 500)
