"""Pages of the admin about one entry: who may open them, and their frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from programmes.models import Programme

LARGEST_KEY = 2**63 - 1
"""More is no number to SQLite."""

Row = TypeVar("Row", bound=Model)
Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Programme, Rest], HttpResponse]


def entry_page(permission: str = "") -> Callable[[View[Rest]], Callable[..., HttpResponse]]:
    """Give a view the entry of its address, if the editor may see it and has the permission."""

    def decorate(view: View[Rest]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, object_id: str, *args: Any, **rest: Any) -> HttpResponse:
            programme = visible_entry(request, object_id)
            if permission and not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, programme, *args, **rest)

        return page

    return decorate


def visible_entry(request: HttpRequest, key: Any) -> Programme:
    """The entry as it is saved now; 404 for one of another area, as for one that does not exist."""
    programmes = admin.site.get_model_admin(Programme)
    programme = programmes.get_object(request, str(key))
    if programme is None:
        raise Http404
    if not programmes.has_view_permission(request, programme):
        raise PermissionDenied
    return programme


def render_page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    context |= {**admin.site.each_context(request), "title": title, "opts": Programme._meta}
    return render(request, f"admin/programmes/programme/{name}.html", context)


def back_to(programme: Programme) -> HttpResponse:
    return redirect("admin:programmes_programme_change", programme.pk)


def row_or_404(rows: QuerySet[Row], number: int) -> Row:
    if number > LARGEST_KEY:
        raise Http404
    return get_object_or_404(rows, pk=number)
