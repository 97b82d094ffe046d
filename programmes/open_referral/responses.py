"""How the feed answers: JSON whatever happens, without cookies."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.cross_origin import METHODS, readable_anywhere
from programmes.open_referral.forms import USUAL_SIZE, PageForm
from programmes.open_referral.schemas import Error, Errors, Page


class RefusedError(Exception):
    """There is no answer, for these reasons."""

    def __init__(self, status: int, *errors: Error) -> None:
        self.status, self.errors = status, list(errors)


def feed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Sends what a view returns as JSON."""

    @readable_anywhere
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        status, headers = 200, {}
        try:
            if request.method not in ("GET", "HEAD"):
                headers = {"Allow": METHODS}
                raise RefusedError(405, Error(message=_("This feed can only be read.")))
            document = view(request, **kwargs)
        except RefusedError as refusal:
            document, status = Errors(errors=refusal.errors), refusal.status
        content = msgspec.json.encode(document)
        return HttpResponse(content, "application/json", status=status, headers=headers)

    return answer


def read(form: PageForm) -> dict[str, Any]:
    """What a request asks for; refuses what cannot be read, parameter by parameter."""
    if not form.is_valid():
        raise RefusedError(400, *(Error(**each) for each in form.problems()))
    return form.cleaned_data


def page_of(
    objects: Any, asked: dict[str, Any], write: Callable[[list], list], size: int = USUAL_SIZE
) -> Page:
    """The page asked for of the objects, written by `write`; beyond the last one it is empty."""
    paginator, number = Paginator(objects, asked["per_page"] or size), asked["page"] or 1
    contents = write(list(paginator.page(number))) if number <= paginator.num_pages else []
    return Page(
        total_items=paginator.count,
        total_pages=paginator.num_pages,
        page_number=number,
        size=len(contents),
        first_page=number == 1,
        last_page=number >= paginator.num_pages,
        empty=not contents,
        contents=contents,
    )
