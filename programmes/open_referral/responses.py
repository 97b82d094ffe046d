"""How the feed answers: JSON whatever happens, for programs of any site, without cookies."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from programmes.open_referral.forms import USUAL_SIZE, PageForm
from programmes.open_referral.schemas import Error, Errors, Page

METHODS = "GET, HEAD, OPTIONS"


class RefusedError(Exception):
    """There is no answer, for these reasons."""

    def __init__(self, status: int, errors: list[Error]) -> None:
        self.status, self.errors = status, errors


def feed(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Sends what a view returns as JSON, which any site's scripts may read."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Content-Language, ETag"
        return response

    return answer


def _answer(view: Callable[..., Any], request: HttpRequest, kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ("GET", "HEAD"):
        refused = _json(Errors(errors=[Error(message=_("This feed can only be read."))]), 405)
        refused["Allow"] = METHODS
        return refused
    try:
        return _json(view(request, **kwargs))
    except RefusedError as refusal:
        return _json(Errors(errors=refusal.errors), refusal.status)


def _preflight() -> HttpResponse:
    """What a browser asks before a script of another site may send If-None-Match."""
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return HttpResponse(status=204, headers=headers)


def _json(document: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(document), "application/json", status=status)


def not_there(message: str) -> RefusedError:
    return RefusedError(404, [Error(message=message)])


def read(form: PageForm) -> dict[str, Any]:
    """What a request asks for; refuses what cannot be read, parameter by parameter."""
    if not form.is_valid():
        raise RefusedError(400, form.problems())
    return form.cleaned_data


def page_of(
    objects: Any, asked: dict[str, Any], write: Callable[[list], list], size: int = USUAL_SIZE
) -> Page:
    """The page asked for of the objects, written by `write`."""
    try:
        page = Paginator(objects, asked["per_page"] or size).page(asked["page"] or 1)
    except EmptyPage:
        error = Error(parameter="page", message=_("This list has no such page."))
        raise RefusedError(404, [error]) from None
    contents = write(list(page))
    return Page(
        total_items=page.paginator.count,
        total_pages=page.paginator.num_pages,
        page_number=page.number,
        size=len(contents),
        first_page=page.number == 1,
        last_page=not page.has_next(),
        empty=not contents,
        contents=contents,
    )
