"""Records that are not part of one entry's page, or are looked up across entries."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet

from programmes.admin.edition import ReadOnlyAdmin
from programmes.admin.own_areas import OfOwnAreas, SharedByAreas, open_areas
from programmes.admin.statements import is_of_submission, later_sources
from programmes.models import Development, Organisation, Source, Statement, Verification
from programmes.vocabulary import SUBMISSION


@admin.register(Source)
class SourceAdmin(SharedByAreas, admin.ModelAdmin):
    list_display = ["title_en", "kind", "dated", "address"]
    list_filter = ["kind"]
    search_fields = ["title_en", "title_cy"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": [("title_en", "title_cy"), "slug", ("kind", "dated"), "address"]}),
    ]

    def has_change_permission(self, request, obj: Source | None = None) -> bool:
        """The submission is what it is: entries rest on its date, and its words on its name."""
        of_submission = obj is not None and obj.slug == SUBMISSION
        return not of_submission and super().has_change_permission(request, obj)


@admin.register(Statement)
class StatementAdmin(OfOwnAreas, admin.ModelAdmin):
    """Words of the submission can be looked up here and are never changed."""

    area_path = "programme__area"

    list_display = ["programme", "field", "text", "source", "basis"]
    list_display_links = ["text"]
    list_filter = [
        "field",
        "basis",
        "source",
        ("programme__area", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["programme__area", "source"]
    search_fields = ["text", "text_cy", "programme__name_en"]
    raw_id_fields = ["programme", "replaces"]

    def get_readonly_fields(self, request, obj: Statement | None = None) -> tuple[str, ...]:
        """Words that readings may rest on stay with the entry they are about."""
        return ("programme",) if obj else ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = later_sources()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj: Statement | None = None) -> bool:
        return not is_of_submission(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj: Statement | None = None) -> bool:
        return not is_of_submission(obj) and super().has_delete_permission(request, obj)


@admin.register(Organisation)
class OrganisationAdmin(SharedByAreas, admin.ModelAdmin):
    list_display = ["name_en", "name_cy", "page"]
    search_fields = ["name_en", "name_cy"]
    fieldsets = [(None, {"fields": [("name_en", "name_cy"), "page"]})]


@admin.register(Development)
class DevelopmentAdmin(SharedByAreas, admin.ModelAdmin):
    """Developments of no entry too; those of an entry are also on its page."""

    list_display = ["summary_en", "kind", "expected", "when", "area", "programme"]
    list_filter = ["kind", "expected", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area", "programme__area"]
    search_fields = ["summary_en", "summary_cy", "statement__text"]
    raw_id_fields = ["statement", "programme"]
    fieldsets = [
        (
            None,
            {
                "description": "Give an entry or a force area; neither means the whole of Wales.",
                "fields": [("area", "programme"), ("kind", "expected")],
            },
        ),
        (None, {"fields": [("when", "when_precision"), "statement"]}),
        ("In words", {"fields": [("summary_en", "summary_cy")]}),
    ]

    def get_queryset(self, request) -> QuerySet[Development]:
        """What concerns an editor's areas: their own, those of their entries, and all of Wales."""
        rows, areas = super().get_queryset(request), open_areas(request)
        if areas is None:
            return rows
        everyone = Q(area=None, programme=None)
        return rows.filter(Q(area__in=areas) | Q(programme__area__in=areas) | everyone)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and open_areas(request) is None


@admin.register(Verification)
class VerificationAdmin(OfOwnAreas, ReadOnlyAdmin):
    """All checks in one list; a check is recorded on the page of its entry."""

    area_path = "programme__area"

    list_display = ["programme", "checked_on", "checked_with", "outcome", "by"]
    list_filter = ["outcome", "checked_with", ("programme__area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["programme__area", "by"]
    search_fields = ["programme__name_en", "note"]
    date_hierarchy = "checked_on"
