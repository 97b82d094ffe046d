"""Pages of the admin about entries: who may open them, and their frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.pages import render_page
from programmes.models import Programme


class EditorRequest(HttpRequest):
    """From somebody who has signed in."""

    user: User


Page = dict[str, Any] | HttpResponse
"""The title of a page and what else its template shows, or a response of its own."""
PAGES: dict[str, tuple[str, Callable[..., HttpResponse]]] = {}
"""By name, each with its address below that of the list of entries."""


def entry_page(
    address: str, permission: str = "", *, of_all: bool = False, template: str = ""
) -> Callable[[Callable[..., Page]], Callable[..., Page]]:
    """Show what a view finds of the entry of its address, or `of_all`, to whoever may see it."""
    name = address.partition("/")[0]

    def decorate(view: Callable[..., Page]) -> Callable[..., Page]:
        @wraps(view)
        def page(request: EditorRequest, **found: Any) -> HttpResponse:
            if not of_all:
                found["programme"] = find_entry(request, found.pop("object_id"))
            if permission and not request.user.has_perm(permission):
                raise PermissionDenied
            shown = view(request, **found)
            if isinstance(shown, HttpResponse):
                return shown
            context = {"opts": Programme._meta} | found | shown
            return render_page(request, f"programmes/programme/{template or name}", **context)

        PAGES[name] = (address if of_all else f"<path:object_id>/{address}", page)
        return view

    return decorate


def find_entries(request: HttpRequest) -> QuerySet[Programme]:
    """Those of the editor's force areas."""
    programmes = admin.site.get_model_admin(Programme)
    if not programmes.has_view_permission(request):
        raise PermissionDenied
    return programmes.get_queryset(request)


def find_entry(request: HttpRequest, key: Any) -> Programme:
    """The entry as it is saved now; 404 for one of another area, as for one that does not exist."""
    programmes = admin.site.get_model_admin(Programme)
    programme = programmes.get_object(request, str(key))
    if programme is None:
        raise Http404
    if not programmes.has_view_permission(request, programme):
        raise PermissionDenied
    return programme


def back_to(
    request: HttpRequest, programme: Programme, said: str, level: int = messages.SUCCESS
) -> HttpResponse:
    """The page of the entry, at the top of which stands what came of it."""
    messages.add_message(request, level, said)
    return redirect("admin:programmes_programme_change", programme.pk)
