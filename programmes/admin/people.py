"""Who may sign in, in which role, and for which force areas."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from programmes.admin.own_areas import open_areas
from programmes.models import AreaOfEditor
from programmes.signing_in import second_factor


class AreaOfEditorInline(admin.TabularInline):
    """None at all: an area editor sees nothing, a publisher or administrator everything."""

    model = AreaOfEditor
    extra = 0


admin.site.unregister(User)


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Django's own page of an account, with the force areas that its owner looks after."""

    inlines = [AreaOfEditorInline]
    fieldsets = [
        (None, {"fields": ["username", "password", "email", ("first_name", "last_name")]}),
        (
            "What this person may do",
            {
                "description": "Roles say what, force areas where. Whoever edits is “staff”.",
                "fields": ["is_active", "is_staff", "groups", "is_superuser"],
            },
        ),
        ("Dates", {"fields": [("last_login", "date_joined")]}),
    ]
    list_display = [
        "username",
        "email",
        "is_active",
        "roles",
        "areas",
        "has_second_factor",
        "last_login",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights come from roles; only who has every right can give rights past them."""
        fields = tuple(super().get_readonly_fields(request, obj))
        past_roles = () if request.user.is_superuser else ("is_superuser",)
        return (*fields, *past_roles)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever is kept to some areas keeps nobody's: they could let themselves out of them."""
        return open_areas(request) is None and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return open_areas(request) is None and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        """Nobody takes over an account that has more rights than their own."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return open_areas(request) is None and not above

    def get_queryset(self, request: HttpRequest):
        related = ("groups", "areas_looked_after__area", "totpdevice_set")
        return super().get_queryset(request).prefetch_related(*related)

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="force areas")
    def areas(self, user: User) -> str:
        return ", ".join(str(own.area) for own in user.areas_looked_after.all())

    @admin.display(description="second factor", boolean=True)
    def has_second_factor(self, user: User) -> bool:
        return bool(user.totpdevice_set.all())

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        person = self.get_object(request, object_id)
        may = self.has_change_permission(request, person)
        has = person is not None and self.has_second_factor(person)
        context = {"may_remove_factor": may and has}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    # A lost phone

    def get_urls(self) -> list:
        remove = self.admin_site.admin_view(require_POST(self.remove_second_factor))
        address = "<path:object_id>/second-factor/remove/"
        return [path(address, remove, name="auth_user_remove_factor"), *super().get_urls()]

    def remove_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = self.get_object(request, object_id)
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if second_factor.remove(person):
            self.log_change(request, person, "second factor removed")
            messages.success(request, f"{person} sets up a new second factor after the password.")
        return redirect("admin:auth_user_change", person.pk)
