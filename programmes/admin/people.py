"""Who may sign in, in which role, and for which force areas."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

from programmes.models import AreaOfEditor


class AreaOfEditorInline(admin.TabularInline):
    """None at all: an area editor sees nothing, a publisher or administrator everything."""

    model = AreaOfEditor
    extra = 0


admin.site.unregister(User)


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Django's own page of an account, with the force areas that its owner looks after."""

    inlines = [AreaOfEditorInline]
    list_display = ["username", "email", "is_active", "roles", "areas", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights come from roles; only who has every right can give rights past them."""
        fields = tuple(super().get_readonly_fields(request, obj))
        past_roles = () if request.user.is_superuser else ("is_superuser", "user_permissions")
        return (*fields, *past_roles)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody takes over an account that has more rights than their own."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_delete_permission(request, obj)

    def get_queryset(self, request: HttpRequest):
        related = ("groups", "areas_looked_after__area")
        return super().get_queryset(request).prefetch_related(*related)

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="force areas")
    def areas(self, user: User) -> str:
        return ", ".join(str(own.area) for own in user.areas_looked_after.all())
