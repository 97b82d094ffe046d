"""Pages of the admin that do one thing with one entry; each mixin adds its own."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from programmes.models import Programme

LARGEST_KEY = 2**63 - 1
"""More is no number to SQLite."""

Row = TypeVar("Row", bound=Model)


class OfOneEntry(admin.ModelAdmin):
    """What such pages share: their address, whose they are, and their frame."""

    def entry_path(self, name: str, view: Callable, more: str = "") -> URLPattern:
        return path(
            f"<path:object_id>/{name}/{more}",
            self.admin_site.admin_view(view),
            name=f"programmes_programme_{name}",
        )

    def entry(self, request: HttpRequest, object_id: str) -> Programme:
        """The entry, if whoever asks may see it; else 404, as for one that does not exist."""
        programme = self.get_object(request, object_id)
        if programme is None:
            raise Http404
        if not self.has_view_permission(request, programme):
            raise PermissionDenied
        return programme

    def demand(self, may: bool) -> None:
        if not may:
            raise PermissionDenied

    def page(
        self, request: HttpRequest, name: str, programme: Programme, title: str, **context: Any
    ) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "title": title,
            "programme": programme,
            "opts": self.opts,
        }
        return render(request, f"admin/programmes/programme/{name}.html", context)

    def back_to(self, programme: Programme) -> HttpResponse:
        return redirect("admin:programmes_programme_change", programme.pk)


def row_of(rows: QuerySet[Row], number: int) -> Row:
    """The row of that key, if it is one of these; else 404."""
    if number > LARGEST_KEY:
        raise Http404
    return get_object_or_404(rows, pk=number)
