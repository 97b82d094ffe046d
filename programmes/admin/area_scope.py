"""Admin pages limited to an editor's own force areas, by whatever route somebody comes.

Django's admin finds every object it shows, changes, deletes or tells the history of through the
page's `get_queryset`, so that narrowing this one closes the routes that guess a key as well.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.areas import open_areas
from forces.models import ForceArea
from programmes.models import Programme

AREA_OF = {ForceArea: "pk__in", Programme: "area__in"}
"""Through which field a row that another names belongs to a force area."""


OF_AREA = ("programme__area", admin.RelatedOnlyFieldListFilter)
"""The filter by force area of rows that belong to an entry."""


class AreaScopedAdmin(admin.ModelAdmin):
    """A page of rows that belong to a force area; `area_path` says through which field."""

    area_path = "programme__area"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, areas = super().get_queryset(request), open_areas(request)
        return rows if areas is None else rows.filter(**{f"{self.area_path}__in": areas})

    def _get_obj_does_not_exist_redirect(self, request: Any, opts: Any, key: str) -> HttpResponse:
        """Where somebody lands whose link leads to another area: Django's words sound like loss."""
        if open_areas(request) is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, key)  # type: ignore[misc]
        messages.warning(
            request,
            f"Your force areas have no such {opts.verbose_name}. If it is of another area, its own "
            "editors see and change it; an administrator can give you that area.",
        )
        return redirect("admin:index")

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs) -> Any:
        """Whatever names an area or an entry offers, and accepts, only those that are open."""
        areas, related = open_areas(request), db_field.remote_field.model
        if areas is not None and related in AREA_OF:
            kwargs["queryset"] = related.objects.filter(**{AREA_OF[related]: areas})
            # None at all would mean all of Wales, or an entry of which no source names an area.
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
