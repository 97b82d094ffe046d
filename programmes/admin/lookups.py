"""Records that are not part of one entry's page, or are looked up across entries."""

import json
from itertools import chain, count
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.text import slugify

from accounts.areas import open_areas
from core.read_only_admin import ReadOnlyAdmin
from programmes.admin.area_scope import OF_AREA, AreaScopedAdmin, LookUpAdmin, SharedRecordAdmin
from programmes.admin.forms import BilingualForm
from programmes.admin.inlines import later_sources
from programmes.models import Development, Edition, Organisation, Source, Statement, Verification
from programmes.vocabulary import SUBMISSION, Basis, Field

DRAFT = "Yours to put right until something public rests on it."
ALL_WALES = "No force area means the whole of Wales."
SHOWN_OF_SOURCE = (
    ("title_en", "title_cy"),
    ("publisher_en", "publisher_cy"),
    ("licence_en", "licence_cy"),
    "welsh_holds",
    "slug",
    ("kind", "dated"),
    "address",
)


class SourceForm(BilingualForm):
    slug = forms.SlugField(
        required=False,
        max_length=50,
        help_text="A short name that is never shown. Empty: made from the title.",
    )

    def clean_slug(self) -> str:
        if given := self.cleaned_data["slug"] or self.instance.slug:
            return given
        short = slugify(self.cleaned_data.get("title_en", ""))[:40].strip("-") or "source"
        taken = set(Source.objects.filter(slug__startswith=short).values_list("slug", flat=True))
        numbered = (f"{short}-{number}" for number in count(2))
        return next(slug for slug in chain([short], numbered) if slug not in taken)


@admin.register(Source)
class SourceAdmin(SharedRecordAdmin):
    list_display = ["title_en", "publisher_en", "kind", "dated", "address"]
    list_filter = ["kind"]
    search_fields = ["title_en", "title_cy"]
    form = SourceForm
    fieldsets = [(None, {"description": DRAFT, "fields": SHOWN_OF_SOURCE})]

    def get_readonly_fields(self, request, obj: Source | None = None) -> tuple[str, ...]:
        """Editions name their sources by it: under another, one loaded back would bring a twin."""
        return ("slug",) if obj and _is_public(request, obj) else ()

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
    rest = () if areas is None else (source.statements, source.contacts)
    is_shared = any(rows.exclude(programme__area__in=areas or ()).exists() for rows in rest)
    return added.exists() and not is_shared and not _is_public(request, source)


def _is_public(request, source: Source) -> bool:
    """Whether any edition rests on it, looked up once a request."""
    known = request.__dict__.setdefault("public_sources", {})
    if source.slug not in known:
        known[source.slug] = Edition.objects.rest_on(source.slug)
    return known[source.slug]


@admin.register(Statement)
class StatementAdmin(LookUpAdmin, AreaScopedAdmin, SharedRecordAdmin):
    """All statements, to look up. Those of an entry are edited on its page and nowhere else; here
    only words of later sources about no entry are added, for developments."""

    list_display = ["programme", "field", "text", "source", "basis"]
    list_display_links = ["text"]
    list_filter = ["field", "basis", "source", OF_AREA]
    list_select_related = ["programme__area", "source"]
    search_fields = ["text", "text_cy", "programme__name_en"]
    form = BilingualForm
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

    def may_edit(self, request, obj: Statement | None) -> bool:
        transcribed = obj is not None and obj.source.slug == SUBMISSION
        return super().may_edit(request, obj) and not transcribed


@admin.register(Organisation)
class OrganisationAdmin(SharedRecordAdmin):
    list_display = ["name_en", "name_cy", "page"]
    search_fields = ["name_en", "name_cy"]
    form = BilingualForm
    fieldsets = [(None, {"fields": [("name_en", "name_cy"), "welsh_holds", "page"]})]


@admin.register(Development)
class DevelopmentAdmin(LookUpAdmin, SharedRecordAdmin):
    """All developments, to look up; those of an entry are edited on its page and nowhere else."""

    list_display = ["summary_en", "subject", "kind", "expected", "when", "area", "programme"]
    list_filter = ["subject", "kind", "expected", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area", "programme__area"]
    search_fields = ["summary_en", "summary_cy", "statement__text"]
    form = BilingualForm
    raw_id_fields = ["statement", "came_about"]
    readonly_fields = ["programme"]
    fieldsets = [
        (None, {"description": ALL_WALES, "fields": [("area", "programme"), "subject"]}),
        (None, {"fields": [("kind", "expected"), ("when", "when_precision"), "statement"]}),
        ("What became of it", {"fields": [("outcome", "came_about")]}),
        ("In words", {"fields": [("summary_en", "summary_cy"), "welsh_holds"]}),
    ]

    def get_queryset(self, request) -> QuerySet[Development]:
        """What concerns an editor's areas: their own, those of their entries, and all of Wales."""
        rows, areas = super().get_queryset(request), open_areas(request)
        if areas is None:
            return rows
        everyone = Q(area=None, programme=None)
        return rows.filter(Q(area__in=areas) | Q(programme__area__in=areas) | everyone)


@admin.register(Verification)
class VerificationAdmin(LookUpAdmin, AreaScopedAdmin, ReadOnlyAdmin):
    """All checks in one list; a check is recorded on the page of its entry."""

    list_display = ["programme", "checked_on", "checked_with", "outcome", "by", "standing"]
    list_filter = ["outcome", "checked_with", OF_AREA]
    list_select_related = ["programme__area", "by", "mistake"]
    search_fields = ["programme__name_en", "note"]
    date_hierarchy = "checked_on"

    @admin.display(description="standing")
    def standing(self, check: Verification) -> str:
        return "recorded by mistake" if check.is_mistake else "counts"


@admin.register(Edition)
class EditionAdmin(LookUpAdmin, AreaScopedAdmin, ReadOnlyAdmin):
    """All editions, to look up: publishing writes them."""

    list_display = ["name", "area", "published_at", "replaced_at", "withdrawn", "by", "why"]
    list_filter = [OF_AREA, "withdrawn", ("replaced_at", admin.EmptyFieldListFilter)]
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
