"""The addresses of the feed: JSON whatever happens, without cookies, from editions alone."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from core.addresses import whole_address
from core.cross_origin import METHODS, readable_anywhere
from core.parameters import View
from programmes.listing.search import wanted
from programmes.models import Edition
from programmes.open_referral import forms, schemas
from programmes.open_referral.organizations import organizations
from programmes.open_referral.services import service_of
from programmes.open_referral.taxonomies import all_terms, taxonomies, vocabulary
from programmes.publishing.search_text import fold

PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"
DOCUMENT = Path(__file__).with_name("openapi.json")
"""The feed in the words of OpenAPI, as `make openapi` wrote it."""


class RefusedError(Exception):
    def __init__(self, status: int, *errors: schemas.Error) -> None:
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
                raise RefusedError(405, schemas.Error(message=_("This feed can only be read.")))
            document = view(request, **kwargs)
        except RefusedError as refusal:
            document, status = schemas.Errors(errors=refusal.errors), refusal.status
        content = msgspec.json.encode(document)
        return HttpResponse(content, "application/json", status=status, headers=headers)

    return answer


def read(form: forms.PageForm) -> dict[str, Any]:
    """What a request asks for; refuses what cannot be read, parameter by parameter."""
    if not form.is_valid():
        raise RefusedError(400, *(schemas.Error(**each) for each in form.problems()))
    return form.cleaned_data


def page_of(
    objects: Any, asked: dict[str, Any], write: Callable[[list], list], size: int = forms.USUAL_SIZE
) -> schemas.Page:
    """The page asked for of the objects, written by `write`; beyond the last one it is empty."""
    paginator, number = Paginator(objects, asked["per_page"] or size), asked["page"] or 1
    contents = write(list(paginator.page(number))) if number <= paginator.num_pages else []
    return schemas.Page(
        total_items=paginator.count,
        total_pages=paginator.num_pages,
        page_number=number,
        size=len(contents),
        first_page=number == 1,
        last_page=number >= paginator.num_pages,
        empty=not contents,
        contents=contents,
    )


@feed
def details(request: HttpRequest) -> schemas.ApiDetails:
    return schemas.ApiDetails(
        version="HSDS-UK-3.0", profile=PROFILE, openapi_url=whole_address("api-openapi")
    )


def described(request: HttpRequest) -> HttpResponseBase:
    """In English at either address."""
    response = feed(_document)(request)
    response["Content-Language"] = "en"
    return response


def _document(request: HttpRequest) -> dict[str, Any]:
    document = msgspec.json.decode(DOCUMENT.read_bytes())
    document["info"]["contact"] = {"email": settings.CONTACT_EMAIL}
    document["servers"] = [{"url": settings.SITE_URL + base} for base in ("/api", "/cy/api")]
    return document


@feed
def services(request: HttpRequest) -> schemas.Page:
    selection = forms.ServiceFilterSet(request.GET)
    asked = read(selection.form)
    editions = selection.services()
    if asked["minimal"]:
        # HSDS wants them all in one answer.
        rows = editions.values_list("document__uuid", "published_at")
        return page_of(rows, asked, _stamps, size=max(1, editions.count()))
    return page_of(editions, asked, lambda page: _written(page, full=asked["full"]))


def _list_of(form: type[forms.PageForm], objects: Callable[[], Iterable[Any]]) -> View:
    """A view of all such objects, page by page, or of those that were asked for."""

    @feed
    def view(request: HttpRequest) -> schemas.Page:
        asked = read(form(request.GET))
        # As the list's search understands them.
        parts = [f" {part}" for part in wanted(asked.get("search", ""))]
        found = [each for each in objects() if all(p in f" {fold(each.name)}" for p in parts)]
        for name in ("taxonomy_id", "parent_id"):
            if asked.get(name):
                found = [each for each in found if getattr(each, name, None) == asked[name]]
        return page_of(found, asked, list)

    return view


def _one_of(objects: Callable[[UUID], Iterable[Any]]) -> View:
    """A view of the object that has an identifier."""

    @feed
    def view(request: HttpRequest, identifier: UUID) -> Any:
        for each in objects(identifier):
            if each.id == identifier:
                return each
        raise RefusedError(404, schemas.Error(message=_("Nothing has this identifier.")))

    return view


def _service(identifier: UUID) -> list[schemas.Service]:
    last = Edition.objects.current() | Edition.objects.withdrawn_entries()
    return _written(list(last.filter(programme__uuid=identifier)), full=True)


service = _one_of(_service)
taxonomy_list, term_list = (
    _list_of(forms.NamesForm, taxonomies),
    _list_of(forms.TermsForm, all_terms),
)
taxonomy, term = _one_of(lambda _id: taxonomies(full=True)), _one_of(lambda _id: all_terms())
organization_list = _list_of(forms.NamesForm, organizations)
organization = _one_of(lambda _id: organizations())
# No venue is published, and a program that asks for all there is goes on reading.
place_list = _list_of(forms.PageForm, list)


@feed
def place(request: HttpRequest, identifier: str) -> None:
    raise RefusedError(
        404, schemas.Error(message=_("No venue is published, so no service has a location here."))
    )


@feed
def nothing(request: HttpRequest, path: str) -> None:
    raise RefusedError(404, schemas.Error(message=_("This feed has no such address.")))


def _written(editions: list[Edition], *, full: bool) -> list[schemas.Service]:
    terms, today = vocabulary(), timezone.localdate()
    past: dict[int | None, list[Edition]] = defaultdict(list)
    for each in Edition.objects.history().of(editions) if full else ():
        past[each.programme_id].append(each)
    return [service_of(e, terms, today, past[e.programme_id] if full else None) for e in editions]


def _stamps(rows: list[tuple[str, datetime.datetime]]) -> list[schemas.ServiceStamp]:
    return [schemas.ServiceStamp(id=UUID(identifier), modified_date=at) for identifier, at in rows]
