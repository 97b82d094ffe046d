"""The admin site: nothing in it answers to whoever still owes a second factor."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from accounts import two_factor
from accounts.views import EnrolPage, FactorPage
from forces.models import all_force_areas
from programmes.admin.work_queue import to_do
from programmes.models.editor import areas_open_to


class EditorsSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return self.knows(request) and request.user.is_verified()  # type: ignore[union-attr]

    def knows(self, request: HttpRequest) -> bool:
        """Whether the password was given by somebody who may enter at all."""
        return super().has_permission(request)

    def get_urls(self) -> list[Any]:
        """First what answers behind the password alone; Django's own way out would not."""
        return [
            path("logout/", never_cache(self.logout), name="logout"),
            path("code/", FactorPage.as_view(site=self), name="code"),
            path("second-factor/", EnrolPage.as_view(site=self), name="enrol"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The home page begins with what waits for whoever has signed in."""
        user = cast(User, request.user)
        waiting = to_do(user) if user.has_perm("programmes.view_programme") else None
        context = {"to_do": waiting, "where": _where(user)} | (extra_context or {})
        return super().index(request, context)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Django sends everybody here who lacks permission; some lack the second factor alone."""
        due = self.knows(request) and not self.has_permission(request)
        if due and request.method != "POST":
            name = "admin:code" if two_factor.device_of(request.user) else "admin:enrol"
            onwards = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
            return redirect_to_login(onwards, reverse(name))
        return super().login(request, extra_context)


def _where(user: User) -> str:
    """Whose entries are open to somebody, said plainly: nobody should find out by accident."""
    areas = areas_open_to(user)
    if areas is None:
        publishes = user.has_perm("programmes.publish_programme")
        more = " You may publish entries of every one of them." if publishes else ""
        why = "a superuser sees everything" if user.is_superuser else "no area limits your account"
        return f"all of Wales, since {why}.{more}"
    return ", ".join(area.name_en for area in all_force_areas() if area.pk in areas) or (
        "none yet. An administrator gives you yours."
    )
