"""One page edits one entry: what the sources say, our reading of it, and publishing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from programmes.admin import (
    confirmations,
    contacts,
    earlier_editions,
    handover,
    inlines,
    publish,
    transcribe,
    translations,
    verifications,
)
from programmes.admin.area_scope import AreaScopedAdmin
from programmes.admin.edit_conflicts import EditConflicts
from programmes.admin.entry_pages import find_entry
from programmes.admin.form_errors import form_errors
from programmes.admin.publish import PUBLISH
from programmes.domain.checks import checked_on
from programmes.models import Edition, Programme, Statement
from programmes.publishing import data_checks
from programmes.publishing.draft import entry_of, for_entries
from programmes.publishing.editions import public_edition, standing_edition
from programmes.publishing.publish import has_unpublished_changes, is_changed
from programmes.vocabulary import Field

PAGES = {
    "unpublished": ("unpublished/", publish.unpublished_page),
    "welsh": ("welsh/", translations.welsh_page),
    "ask": ("<path:object_id>/ask/", confirmations.ask_page),
    "answers": ("<path:object_id>/answers/<int:number>/", confirmations.answers_page),
    "ready": ("<path:object_id>/ready/", handover.ready_page),
    "send_back": ("<path:object_id>/send_back/", handover.send_back_page),
    "transcribe_new": ("transcribe/", transcribe.new_transcription_page),
    "transcribe": ("<path:object_id>/transcribe/", transcribe.transcription_page),
    "publish": ("<path:object_id>/publish/", publish.publish_page),
    "withdraw": ("<path:object_id>/withdraw/", publish.withdraw_page),
    "preview": ("<path:object_id>/preview/<str:language>/", publish.preview_page),
    "editions": ("<path:object_id>/editions/", earlier_editions.editions_page),
    "edition": ("<path:object_id>/edition/<int:number>/", earlier_editions.edition_page),
    "as_published": (
        "<path:object_id>/as_published/<int:number>/<str:language>/",
        earlier_editions.as_published_page,
    ),
    "load_back": ("<path:object_id>/load_back/<int:number>/", earlier_editions.load_back_page),
    "check": ("<path:object_id>/check/", verifications.verification_page),
    "mistake": ("<path:object_id>/mistake/<int:number>/", verifications.mistake_page),
    "contact": ("<path:object_id>/contact/<int:number>/", contacts.contact_page),
    "show_contact": ("<path:object_id>/show_contact/<int:number>/", contacts.show_contact),
}
"""What else is done with the entries and with one of them, beside Django's own pages."""

NOT_STATED_HELP = (
    "Where no source says anything, choose “Not given”. Never choose what is likely, and never "
    "read silence as “no”, “any” or “all”. Every other choice rests on one of the entry’s "
    "statements: “Newer words…” adds one, with what is read from it."
)


NEW_ENTRY = {
    "description": "Save it with a first statement; its reading comes after that.",
    "fields": [
        ("name_en", "name_cy"),
        ("area", "slug", "stage", "status"),
        ("summary_en", "summary_cy"),
    ],
}


@dataclass(frozen=True)
class Block:
    """A part of the public page: the words that it rests on, and what is read from them."""

    title: str
    about: tuple[Field, ...]
    readings: tuple[str, ...] = ()
    inlines: tuple[type[InlineModelAdmin], ...] = ()
    more: tuple[str, ...] = ()

    @property
    def fields(self) -> list[Any]:
        return [*((name, f"{name}_rests_on") for name in self.readings), *self.more]


BLOCKS = (
    Block(
        "How to refer",
        (Field.REFERRAL_ROUTE,),
        ("taking_referrals",),
        (inlines.ReferralInline,),
        ("routes_are_all",),
    ),
    Block(
        "Who it is for",
        (Field.ELIGIBILITY, Field.COVERAGE, Field.ATTENDANCE, Field.ABOUT),
        ("attendance", "delivery_language", "partner_support"),
        (inlines.CriterionInline, inlines.CoverageInline),
    ),
    Block(
        "Money and length",
        (Field.FUNDING, Field.LONGEVITY),
        ("longevity",),
        (inlines.FundingInline,),
    ),
    Block("Running?", (Field.PROGRAMME, Field.STATUS), ("status",)),
    Block("Evidence", (Field.EVALUATION,), ("accreditation",), (inlines.EvaluationInline,)),
    Block(
        "Contacts",
        (Field.PROVIDER,),
        inlines=(inlines.InvolvementInline, contacts.ContactInline),
    ),
    Block("Developments", (Field.DEVELOPMENT,), inlines=(inlines.DevelopmentInline,)),
)
"""The page of an entry in the parts of the public page."""


class DueFilter(admin.SimpleListFilter):
    title = "check"
    parameter_name = "due"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [("yes", "Due for a check")]

    def queryset(self, request, queryset: QuerySet[Programme]) -> QuerySet[Programme]:
        if self.value() != "yes":
            return queryset
        due = Edition.objects.current().due_for_check(timezone.localdate()).order_by()
        return queryset.filter(pk__in=due.values("programme"))


@admin.register(Programme)
class ProgrammeAdmin(AreaScopedAdmin, inlines.ChoosesOwnStatements, EditConflicts):
    """The list of entries and the page of each."""

    area_path = "area"
    list_display = ["name_en", "public_state", "area", "stage", "last_checked"]
    list_filter = [DueFilter, ("area", admin.RelatedOnlyFieldListFilter), "stage", "status"]
    list_filter += ["attendance", "longevity"]
    search_fields = ["name_en", "name_cy", "slug", "statements__text"]
    prepopulated_fields = {"slug": ["name_en"]}
    readonly_fields = ["uuid", "checks_so_far"]
    actions = None

    class Media:
        js = ["editing/slugs.js"]

    save_on_top = True
    texts = [("name_en", "name_cy"), ("area", "slug", "stage"), ("summary_en", "summary_cy")]
    in_blocks: list[Any] = [(block.title, {"fields": block.fields}) for block in BLOCKS]
    fieldsets = [
        ("What it is", {"fields": [*texts, "welsh_holds", ("uuid", "checks_so_far"), "reread"]}),
        *in_blocks,
    ]
    inlines = [*(each for block in BLOCKS for each in block.inlines), inlines.StatementInline]

    def get_urls(self) -> list:
        pages = [
            path(address, self.admin_site.admin_view(view), name=f"programmes_programme_{name}")
            for name, (address, view) in PAGES.items()
        ]
        return [*pages, *super().get_urls()]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return for_entries(super().get_queryset(request))

    @admin.display(description="public page")
    def public_state(self, programme: Programme) -> str:
        edition = standing_edition(programme)
        if edition is None:
            return "never published"
        if edition.withdrawn:
            return "withdrawn"
        return "changes not published" if is_changed(programme) else "same as here"

    @admin.display(description="last checked")
    def last_checked(self, programme: Programme) -> str:
        entry = entry_of(programme)
        if not entry.last_checked:
            return "never"
        day = date_format(entry.last_checked)
        return day if checked_on(entry) else f"{day}, in part"

    @admin.display(description="checks so far")
    def checks_so_far(self, programme: Programme) -> str:
        checks = [
            f"{check}, with {check.get_checked_with_display().lower()}"
            f"{' (recorded by mistake)' if check.is_mistake else ''}"
            for check in programme.verifications.all()
        ]
        return "; ".join(checks) or "none"

    # The page of one entry

    def get_fieldsets(self, request: HttpRequest, obj: Programme | None = None) -> Any:
        """A new entry has no words yet, and its identifier is given when it is saved."""
        return super().get_fieldsets(request, obj) if obj else [(None, NEW_ENTRY)]

    def get_inlines(self, request: HttpRequest, obj: Programme | None) -> Any:
        return self.inlines if obj else [inlines.StatementInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Programme | None = None) -> Any:
        """The address of what was published stays, and so does the area, which is part of it."""
        fixed = ["area", "slug"] if obj and obj.editions.exists() else []
        return [*self.readonly_fields, *fixed]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Programme | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        """What was published is withdrawn, never deleted: its address has to say what happened."""
        published = obj is not None and standing_edition(obj) is not None
        return not published and super().has_delete_permission(request, obj)

    def response_change(self, request: HttpRequest, obj: Programme) -> HttpResponse:
        if has_unpublished_changes(find_entry(request, obj.pk)):
            may = request.user.has_perm(PUBLISH)
            then = "then publish it" if may else "say “Ready to publish”"
            messages.info(request, f"Saved, and not public yet: preview it; {then}.")
        return super().response_change(request, obj)

    def view_on_site(self, programme: Programme) -> str | None:
        if standing_edition(programme) is None:
            return None
        return reverse("en:entry", args=[programme.area_slug, programme.slug])

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        if original := context.get("original"):
            # As it is saved: what was typed and not saved must not look like the entry.
            programme = find_entry(request, original.pk)
            statements = list(programme.statements.select_related("source", "replaces"))
            context |= {
                "public_state": self.public_state(programme),
                "acts": set(_allowed_actions(request, programme)),
                "worth_a_look": list(data_checks.problems_of_entry(programme)),
                "blocks": list(_blocks(context, statements)),
                "help": NOT_STATED_HELP,
                "is_nav_sidebar_enabled": False,
                "replaced": {each.replaces_id for each in statements},
            }
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["problems"] = list(form_errors(context["adminform"].form, formsets))
        return super().render_change_form(request, context, *args, **kwargs)


def _blocks(context: Any, statements: list[Statement]) -> Iterator[dict[str, Any]]:
    """Each part with its words, its fields and its rows, in the order of the public page."""
    formsets = {type(each.opts): each for each in context["inline_admin_formsets"]}
    first, *fieldsets = context["adminform"]
    yield {"fieldset": first, "title": first.name}
    for block, fieldset in zip(BLOCKS, fieldsets, strict=True):
        about = [(field, [s for s in statements if s.field == field]) for field in block.about]
        rows = [formsets[each] for each in block.inlines if each in formsets]
        has_fields = bool(block.fields)
        yield {
            "title": block.title,
            "about": about,
            "fieldset": fieldset if has_fields else None,
            "inlines": rows,
        }
    if later := formsets.get(inlines.StatementInline):
        yield {"title": "Words of later sources", "inlines": [later]}


def _allowed_actions(request: HttpRequest, programme: Programme) -> Iterator[str]:
    """What can be done with an entry now, by this editor."""
    if request.user.has_perm("programmes.add_verification"):
        yield "check"
    may_change = request.user.has_perm("programmes.change_programme")
    if may_change and is_changed(programme):
        yield "ready"
    if may_change and confirmations.can_be_asked(programme):
        yield "ask"
    if request.user.has_perm(PUBLISH) and is_changed(programme):
        yield "publish"
    if request.user.has_perm(PUBLISH) and public_edition(programme):
        yield "withdraw"
