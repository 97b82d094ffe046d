"""Force areas: facts of law, whom to ask there, and publishing what is public about them.

It stands here and not in `forces`, which knows nothing of publishing.
"""

from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from forces.models import ForceArea, LocalAuthority
from programmes import publishing
from programmes.admin.own_areas import OfOwnAreas, open_areas
from programmes.admin.reason import ReasonForm


class LocalAuthorityInline(admin.TabularInline):
    model = LocalAuthority
    fields = readonly_fields = ("name_en", "name_cy", "gss_code")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ForceArea)
class ForceAreaAdmin(OfOwnAreas, admin.ModelAdmin):
    area_path = "pk"
    list_display = ["name_en", "name_cy", "gss_code", "ask_en", "ask_checked_on"]
    readonly_fields = ["slug", "gss_code", "position"]
    fieldsets = [
        (None, {"fields": ["slug", "gss_code", "position"]}),
        ("Names", {"fields": [("name_en", "name_cy"), ("in_en", "in_cy")]}),
        (
            "Whom to ask",
            {
                "description": "Once published, shown on each entry of the area without a contact.",
                "fields": [("ask_en", "ask_cy"), ("ask_page_en", "ask_page_cy"), "ask_checked_on"],
            },
        ),
    ]
    inlines = [LocalAuthorityInline]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        extra_context = {"may_publish": self._may_publish(request)} | (extra_context or {})
        return super().changelist_view(request, extra_context)

    def _may_publish(self, request: HttpRequest) -> bool:
        """What concerns all of Wales is published with every area, so by who sees all of them."""
        may = request.user.has_perm("programmes.publish_programme")
        return may and open_areas(request) is None

    def get_urls(self) -> list:
        publish = self.admin_site.admin_view(self.publish)
        return [path("publish/", publish, name="forces_forcearea_publish"), *super().get_urls()]

    def publish(self, request: HttpRequest) -> HttpResponse:
        """Publish whom to ask and the developments of every area that has changed."""
        if not self._may_publish(request):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            by, why = cast(User, request.user), form.cleaned_data["why"]
            areas = publishing.publish_changed_areas(by, why)
            for area in areas:
                self.log_change(request, area, f"publish: {why}")
            messages.success(request, f"Published: {', '.join(map(str, areas)) or 'nothing new'}.")
            return redirect("admin:forces_forcearea_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": "Publish whom to ask, and developments",
            "form": form,
            "areas": publishing.changed_areas(),
            "opts": self.opts,
        }
        return render(request, "admin/forces/forcearea/publish.html", context)
