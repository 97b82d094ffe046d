"""Refuses requests that no page can read, beyond what forms refuse in their own words."""

import re
from collections.abc import Iterator
from http import HTTPMethod
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.deprecation import MiddlewareMixin

from core.body_limit import REFUSED
from core.error_pages import error_page
from core.visible_text import visible_fields

LONGEST_PATH, LONGEST_QUERY = 1_000, 8_000
ANSWERS_ANY_METHOD = ("/api", "/cy/api")
"""The feed says in JSON what it does not do."""

BEYOND_64_BITS = re.compile(r"\s*[-+]?\d{19,}\s*")
"""A number that no key of a row can be, and that SQLite cannot be asked for."""


class RequestValidation(MiddlewareMixin):
    """Refuses in the language of the address, so it stands inside `language_from_path`."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        status = request.META.get(REFUSED) or refusal(request)
        return error_page(request, status) if status else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            # Django refuses a method without a word.
            response.content = error_page(request, 405).content
            del response["Content-Length"]
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Look at fields once the address is known to have a page."""
        if not is_admin(request):
            return None
        if any("\0" in text or BEYOND_64_BITS.fullmatch(text) for text in fields_of(request)):
            return error_page(request, 400)
        request.POST = visible_fields(request.POST)
        return None


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def refusal(request: HttpRequest) -> int | None:
    known = request.method in list(HTTPMethod)
    if not known and not request.path_info.startswith(ANSWERS_ANY_METHOD):
        return 501
    query = request.META.get("QUERY_STRING", "")
    if len(request.path_info) > LONGEST_PATH or len(query) > LONGEST_QUERY:
        return 414
    if "\0" in request.path_info or request.encoding not in (None, "utf-8", "UTF-8"):
        return 400
    if is_admin(request) and any(map(BEYOND_64_BITS.fullmatch, request.path_info.split("/"))):
        return 404
    return None


def fields_of(request: HttpRequest) -> Iterator[str]:
    """Names and values, of cookies too: a quoted one can hold any byte."""
    yield from request.COOKIES.values()
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            yield from (name, *values)
