"""The decorator of public forms: no other site may post to them, and no cache keeps them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from core.error_pages import error_page
from core.visible_text import visible_fields

SAME_SITE = ("same-origin", "none")
"""Values of Sec-Fetch-Site for requests that one of our own pages, or the reader, started."""

View = Callable[..., HttpResponse]


def uncached_form(view: View) -> View:
    """Refuse cross-site forms, and send no-store; `BodyLimit` has refused large bodies before.

    Public pages have no cookie to hold a CSRF token against: a browser says itself where a request
    comes from. One that does not say is answered.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        site = request.headers.get("Sec-Fetch-Site", "none")
        if request.method == "POST" and site not in SAME_SITE:
            return unkept(error_page(request, 403))
        try:
            request.POST = visible_fields(request.POST)
            return unkept(view(request, **kwargs))
        # An error page made by Django would be kept like any other.
        except Http404:
            return unkept(error_page(request, 404))
        except (SuspiciousOperation, BadRequest, MultiPartParserError):
            return unkept(error_page(request, 400))

    return guarded


def unkept(response: HttpResponse) -> HttpResponse:
    """Let neither a browser nor a search engine keep a response."""
    response["Cache-Control"] = "no-store"
    response.setdefault("X-Robots-Tag", "noindex")
    return response
