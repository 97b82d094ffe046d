"""Which force areas are open to somebody."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User

ALL_AREAS = "programmes.edit_all_areas"
"""The permission to see all areas, for those who have none of their own: those always limit."""


def areas_open_to(user: User | AnonymousUser) -> frozenset[int] | None:
    """The keys of the force areas whose entries somebody may see; None for all of them.

    Entries of which no source names an area are open only to those who may see all.
    """
    if isinstance(user, AnonymousUser):
        return frozenset()
    if user.is_superuser:
        return None
    own = frozenset(user.areas.values_list("pk", flat=True))
    return None if user.has_perm(ALL_AREAS) and not own else own


def open_areas(request: HttpRequest) -> frozenset[int] | None:
    """What `areas_open_to` says of whoever asks, looked up once a request."""
    if not hasattr(request, "open_areas"):
        request.open_areas = areas_open_to(request.user)  # type: ignore[attr-defined]
    return request.open_areas  # type: ignore[attr-defined]


class SharedRecordAdmin(admin.ModelAdmin):
    """Records that entries of several areas rest on: added by anyone, changed by who sees all."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return open_areas(request) is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return open_areas(request) is None and super().has_delete_permission(request, obj)


class AllAreasAdmin(SharedRecordAdmin):
    """A page of rows of no one area, for whoever no area limits."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return open_areas(request) is None and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return open_areas(request) is None and super().has_add_permission(request)
