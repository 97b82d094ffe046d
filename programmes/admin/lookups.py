"""Records that are not part of one entry's page, or are looked up across entries."""

from itertools import chain, count
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from core.read_only_admin import ReadOnlyAdmin
from programmes.admin.area_scope import LookUpList, OfOwnAreas, SharedByAreas, open_areas
from programmes.admin.statements import is_of_submission, later_sources
from programmes.admin.welsh_fields import HoldsWelsh
from programmes.models import Development, Edition, Organisation, Source, Statement, Verification
from programmes.vocabulary import SUBMISSION, Basis, Field


class SourceForm(HoldsWelsh):
    slug = forms.SlugField(
        required=False,
        max_length=50,
        help_text="A short name that is never shown. Empty: made from the title.",
    )

    def clean_slug(self) -> str:
        """Where no script fills it in, it is made here; one that it has already stays."""
        given = self.cleaned_data["slug"] or self.instance.slug
        return given or _free_slug(self.cleaned_data.get("title_en", ""))


def _free_slug(title: str) -> str:
    short = slugify(title)[:40].strip("-") or "source"
    taken = set(Source.objects.filter(slug__startswith=short).values_list("slug", flat=True))
    numbered = (f"{short}-{number}" for number in count(2))
    return next(slug for slug in chain([short], numbered) if slug not in taken)


@admin.register(Source)
class SourceAdmin(SharedByAreas, admin.ModelAdmin):
    list_display = ["title_en", "kind", "dated", "address"]
    list_filter = ["kind"]
    search_fields = ["title_en", "title_cy"]
    prepopulated_fields = {"slug": ["title_en"]}
    form = SourceForm
    fieldsets = [
        (
            None,
            {
                "description": "Yours to put right until something public rests on it.",
                "fields": [
                    ("title_en", "title_cy"),
                    "welsh_holds",
                    "slug",
                    ("kind", "dated"),
                    "address",
                ],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj: Source | None = None) -> tuple[str, ...]:
        """Editions name their sources by it: under another, one loaded back would bring a twin."""
        return ("slug",) if obj and _is_public(request, obj) else ()

    def get_prepopulated_fields(self, request, obj: Source | None = None) -> dict[str, Any]:
        is_fixed = "slug" in self.get_readonly_fields(request, obj)
        return {} if is_fixed else super().get_prepopulated_fields(request, obj)

    def has_change_permission(self, request, obj: Source | None = None) -> bool:
        """The submission is what it is: entries rest on its date, and its words on its name.

        Whoever added a source puts right what they mistyped, until something public rests on it.
        """
        if obj is None:
            return super().has_change_permission(request)
        if obj.slug == SUBMISSION:
            return False
        may = super().has_change_permission(request, obj)
        return may or (self.has_add_permission(request) and _is_own_draft(request, obj))


def _is_own_draft(request, source: Source) -> bool:
    """Whether somebody added a source themselves, and nothing public or of others rests on it."""
    added = LogEntry.objects.filter(
        user=request.user,
        content_type=get_content_type_for_model(source),
        object_id=str(source.pk),
        action_flag=ADDITION,
    )
    areas = open_areas(request)
    rest = (source.statements.all(), source.contacts.all())
    return (
        added.exists()
        and (areas is None or not any(_of_others(rows, areas) for rows in rest))
        and not _is_public(request, source)
    )


def _is_public(request, source: Source) -> bool:
    """Whether any edition rests on it, looked up once a request: all their documents are read."""
    if not hasattr(request, "public_sources"):
        request.public_sources = {}
    known = request.public_sources
    if source.slug not in known:
        known[source.slug] = Edition.objects.rest_on(source.slug)
    return known[source.slug]


def _of_others(rows: QuerySet, areas: frozenset[int]) -> bool:
    return rows.exclude(programme__area__in=areas).exists()


@admin.register(Statement)
class StatementAdmin(LookUpList, OfOwnAreas, admin.ModelAdmin):
    """All statements, to look up. Those of an entry are edited on its page and nowhere else; here
    only words of later sources about no entry are added, for developments."""

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
    form = HoldsWelsh
    readonly_fields = ["programme", "field", "replaces"]
    fields = [
        ("programme", "field"),
        ("source", "basis"),
        ("place_en", "place_cy"),
        ("text", "text_cy"),
        "welsh_holds",
        "replaces",
    ]

    def get_changeform_initial_data(self, request) -> dict[str, str | list[str]]:
        return {"basis": Basis.STATED}

    def save_model(self, request, obj: Statement, form, change: bool) -> None:
        obj.field = Field.DEVELOPMENT
        super().save_model(request, obj, form, change)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = later_sources()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and open_areas(request) is None

    def has_change_permission(self, request, obj: Statement | None = None) -> bool:
        return self._may_edit(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj: Statement | None = None) -> bool:
        return self._may_edit(request, obj) and super().has_delete_permission(request, obj)

    def _may_edit(self, request, obj: Statement | None) -> bool:
        of_an_entry = obj is not None and obj.programme_id is not None
        return open_areas(request) is None and not of_an_entry and not is_of_submission(obj)


@admin.register(Organisation)
class OrganisationAdmin(SharedByAreas, admin.ModelAdmin):
    list_display = ["name_en", "name_cy", "page"]
    search_fields = ["name_en", "name_cy"]
    form = HoldsWelsh
    fieldsets = [(None, {"fields": [("name_en", "name_cy"), "welsh_holds", "page"]})]


@admin.register(Development)
class DevelopmentAdmin(LookUpList, SharedByAreas, admin.ModelAdmin):
    """All developments, to look up; those of an entry are edited on its page and nowhere else."""

    list_display = ["summary_en", "kind", "expected", "when", "area", "programme"]
    list_filter = ["kind", "expected", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area", "programme__area"]
    search_fields = ["summary_en", "summary_cy", "statement__text"]
    form = HoldsWelsh
    raw_id_fields = ["statement"]
    readonly_fields = ["programme"]
    fieldsets = [
        (
            None,
            {
                "description": "No force area means the whole of Wales.",
                "fields": [("area", "programme"), ("kind", "expected")],
            },
        ),
        (None, {"fields": [("when", "when_precision"), "statement"]}),
        ("In words", {"fields": [("summary_en", "summary_cy"), "welsh_holds"]}),
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

    def has_change_permission(self, request, obj: Development | None = None) -> bool:
        of_an_entry = obj is not None and obj.programme_id is not None
        return not of_an_entry and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj: Development | None = None) -> bool:
        of_an_entry = obj is not None and obj.programme_id is not None
        return not of_an_entry and super().has_delete_permission(request, obj)


@admin.register(Verification)
class VerificationAdmin(LookUpList, OfOwnAreas, ReadOnlyAdmin):
    """All checks in one list; a check is recorded on the page of its entry."""

    area_path = "programme__area"

    list_display = ["programme", "checked_on", "checked_with", "outcome", "by", "standing"]
    list_filter = ["outcome", "checked_with", ("programme__area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["programme__area", "by", "mistake"]
    search_fields = ["programme__name_en", "note"]
    date_hierarchy = "checked_on"

    @admin.display(description="standing")
    def standing(self, check: Verification) -> str:
        return "recorded by mistake" if check.is_mistake else "counts"
