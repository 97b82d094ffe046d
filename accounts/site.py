"""The admin site: nothing in it answers to whoever still owes a second factor."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from accounts import delay, two_factor
from accounts.pages import wait_page
from accounts.views import EnrolPage, FactorPage, recovery_codes


class EditorsSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        verified = request.user.is_verified() or not settings.SECOND_FACTOR  # type: ignore[union-attr]
        return super().has_permission(request) and verified

    def get_urls(self) -> list[Any]:
        """First what answers behind the password alone; Django's own way out would not."""
        return [
            path("logout/", never_cache(self.logout), name="logout"),
            path("code/", FactorPage.as_view(), name="code"),
            path("second-factor/", EnrolPage.as_view(), name="enrol"),
            path("recovery-codes/", self.admin_view(recovery_codes), name="recovery_codes"),
            *super().get_urls(),
        ]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Django sends everybody here who lacks permission; some lack the second factor alone."""
        due = super().has_permission(request) and not self.has_permission(request)
        if due and request.method != "POST":
            name = "admin:code" if two_factor.device_of(request.user) else "admin:enrol"
            onwards = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
            return redirect_to_login(onwards, reverse(name))
        response = super().login(request, extra_context)
        seconds = delay.seconds_put_off(request)
        return wait_page(request, seconds) if seconds else response
