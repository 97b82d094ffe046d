"""Force areas and their authorities: facts of law, of which only whom to ask changes."""

from django.contrib import admin

from forces.models import ForceArea, LocalAuthority


class LocalAuthorityInline(admin.TabularInline):
    model = LocalAuthority
    fields = readonly_fields = ("name_en", "name_cy", "gss_code")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ForceArea)
class ForceAreaAdmin(admin.ModelAdmin):
    list_display = ["name_en", "name_cy", "gss_code", "ask_en", "ask_checked_on"]
    readonly_fields = ["slug", "gss_code", "position"]
    fieldsets = [
        (None, {"fields": ["slug", "gss_code", "position"]}),
        ("Names", {"fields": [("name_en", "name_cy"), ("in_en", "in_cy")]}),
        (
            "Whom to ask",
            {
                "description": "Shown at once on every entry of the area that has no contact.",
                "fields": [("ask_en", "ask_cy"), ("ask_page_en", "ask_page_cy"), "ask_checked_on"],
            },
        ),
    ]
    inlines = [LocalAuthorityInline]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
