"""Records that are not part of one entry's page: sources, organisations, what is of no entry."""

from itertools import chain, count
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION
from django.db.models import QuerySet
from django.utils.text import slugify

from accounts.areas import AllAreasAdmin, SharedRecordAdmin, open_areas
from programmes.admin.edit_conflicts import saves
from programmes.admin.forms import BilingualForm
from programmes.admin.inlines import later_sources
from programmes.models import Development, Edition, Organisation, Source, Statement
from programmes.vocabulary import SUBMISSION, Field

DRAFT = "Yours to put right until something public rests on it."
ALL_WALES = "No force area means the whole of Wales."
SHOWN_OF_SOURCE: Any = [("title_en", "title_cy"), ("publisher_en", "publisher_cy")]
SHOWN_OF_SOURCE += [("licence_en", "licence_cy"), "welsh_holds", ("kind", "dated"), "address"]


class SourceForm(BilingualForm):
    def save(self, commit: bool = True) -> Any:
        """Editions name their sources by a slug, which nobody sees: it stays as it was made."""
        self.instance.slug = self.instance.slug or _free_slug(self.instance.title_en)
        return super().save(commit)


def _free_slug(title: str) -> str:
    short = slugify(title)[:40].strip("-") or "source"
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
    added = saves(source).filter(user=request.user, action_flag=ADDITION)
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


@admin.register(Organisation)
class OrganisationAdmin(SharedRecordAdmin):
    list_display = ["name_en", "name_cy", "page"]
    search_fields = ["name_en", "name_cy"]
    form = BilingualForm
    fieldsets = [(None, {"fields": [("name_en", "name_cy"), "welsh_holds", "page"]})]


class OfNoEntryAdmin(AllAreasAdmin):
    """What sources say of no entry, for developments; an entry's own is edited on its page."""

    form = BilingualForm

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).filter(programme=None)


@admin.register(Statement)
class StatementAdmin(OfNoEntryAdmin):
    list_display = ["text", "source", "basis"]
    list_filter = ["basis", "source"]
    list_select_related = ["source"]
    search_fields = ["text", "text_cy"]
    fields = [("source", "basis"), ("place_en", "place_cy"), ("text", "text_cy"), "welsh_holds"]

    def save_model(self, request, obj: Statement, form, change: bool) -> None:
        obj.field = Field.DEVELOPMENT
        super().save_model(request, obj, form, change)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        kwargs["queryset"] = later_sources()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj: Statement | None = None) -> bool:
        transcribed = obj is not None and obj.source.slug == SUBMISSION
        return super().has_change_permission(request, obj) and not transcribed

    def has_delete_permission(self, request, obj: Statement | None = None) -> bool:
        may = self.has_change_permission(request, obj)
        return may and super().has_delete_permission(request, obj)


@admin.register(Development)
class DevelopmentAdmin(OfNoEntryAdmin):
    list_display = ["summary_en", "subject", "kind", "expected", "when", "area"]
    list_filter = ["subject", "kind", "expected", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area"]
    search_fields = ["summary_en", "summary_cy", "statement__text"]
    raw_id_fields = ["statement", "came_about"]
    fieldsets = [
        (None, {"description": ALL_WALES, "fields": [("area", "subject")]}),
        (None, {"fields": [("kind", "expected"), ("when", "when_precision"), "statement"]}),
        ("What became of it", {"fields": [("outcome", "came_about")]}),
        ("In words", {"fields": [("summary_en", "summary_cy"), "welsh_holds"]}),
    ]
