"""Editions are looked at, never touched: publishing writes them."""

import json

from django.contrib import admin
from django.utils.html import format_html

from core.read_only_admin import ReadOnlyAdmin
from programmes.admin.area_scope import AreaScopedAdmin, LookUpAdmin
from programmes.models import Edition


@admin.register(Edition)
class EditionAdmin(LookUpAdmin, AreaScopedAdmin, ReadOnlyAdmin):
    area_path = "programme__area"
    list_display = ["name", "area", "published_at", "replaced_at", "withdrawn", "by", "why"]
    list_filter = [
        ("programme__area", admin.RelatedOnlyFieldListFilter),
        "withdrawn",
        ("replaced_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["name", "why"]
    date_hierarchy = "published_at"
    fields = ["programme", "published_at", "replaced_at", "withdrawn", "by", "why", "terms", "text"]

    @admin.display(description="terms")
    def terms(self, edition: Edition) -> str:
        return ", ".join(str(term) for term in edition.terms.order_by("dimension", "value"))

    @admin.display(description="document")
    def text(self, edition: Edition) -> str:
        return format_html(
            "<pre>{}</pre>", json.dumps(edition.document, indent=2, ensure_ascii=False)
        )
