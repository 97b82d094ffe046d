"""Error pages in the language of the address, without the database: `templates/errors`."""

import sys

from django.contrib.messages.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

OUT_OF_REACH = (OperationalError, InterfaceError)
"""The database is away, in the middle of a restart, or its disk is full."""

RETRY_AFTER = 30  # seconds until somebody who was put off may try again


def error_page(request: HttpRequest, status: int, name: str = "") -> HttpResponse:
    """With the texts of the status, or those of this name; kept by nobody."""
    if status == 503 and request.method == "POST":
        name = "not-taken-in"
    page = render(request, f"errors/{name or status}.html", status=status)
    if status == 503:
        page["Retry-After"] = str(RETRY_AFTER)
    page["Cache-Control"], page["X-Robots-Tag"] = "no-store", "noindex"
    return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    if hasattr(request, "_messages"):
        # The next page must not say that something was saved: the database did not take it in.
        request._messages = default_storage(request)
    error = sys.exception()
    if isinstance(error, UnreadablePostError):
        return error_page(request, 400)
    return error_page(request, 503 if isinstance(error, OUT_OF_REACH) else 500)
