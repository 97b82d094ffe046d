"""Pages of the admin about one entry: who may open them, and their frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import pages
from accounts.models import User
from programmes.models import Programme


class EditorRequest(HttpRequest):
    """From somebody who has signed in."""

    user: User


PAGES: dict[str, Callable[..., HttpResponse]] = {}
"""The views by their addresses below that of one entry."""


def entry_page(address: str, permission: str = "") -> Callable[..., Callable]:
    """Give a view the entry of its address, if the editor may see it and has the permission."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable:
        @wraps(view)
        def page(request: EditorRequest, object_id: str, **more: Any) -> HttpResponse:
            programme = find_entry(request, object_id)
            if permission and not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, programme, **more)

        PAGES[address] = page
        return page

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


def render_page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    context["opts"] = Programme._meta
    return pages.render_page(request, f"programmes/programme/{name}", title, **context)


def back_to(programme: Programme) -> HttpResponse:
    return redirect("admin:programmes_programme_change", programme.pk)
