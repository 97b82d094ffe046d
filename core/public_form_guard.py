"""The decorator of public forms: no other site may post to them, and no cache keeps them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

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
            return error_page(request, 403)
        request.POST = visible_fields(request.POST)
        return unkept(view(request, **kwargs))

    return guarded


def unkept(response: HttpResponse) -> HttpResponse:
    """Let neither a browser nor a search engine keep a response."""
    response["Cache-Control"] = "no-store"
    response.setdefault("X-Robots-Tag", "noindex")
    return response
