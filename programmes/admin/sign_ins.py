"""Who signed in and who was refused, for administrators who look into an incident."""

from django.contrib import admin
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from programmes.admin.area_scope import open_areas
from programmes.admin.edition import ReadOnlyAdmin
from programmes.models import SignInEvent

# Its page would show the secrets of everybody's second factor.
admin.site.unregister(TOTPDevice)


@admin.register(SignInEvent)
class SignInEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "username", "outcome"]
    list_filter = ["outcome"]
    search_fields = ["username"]
    date_hierarchy = "at"

    def has_view_permission(self, request: HttpRequest, obj: SignInEvent | None = None) -> bool:
        return super().has_view_permission(request, obj) and open_areas(request) is None
