"""One page edits one entry: what the sources say, our reading of it, and publishing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.areas import open_areas
from programmes.admin import confirmations, contacts, inlines
from programmes.admin.area_scope import AreaScopedAdmin
from programmes.admin.edit_conflicts import EditConflicts
from programmes.admin.entry_pages import PAGES, find_entry
from programmes.admin.form_errors import FormError, field_errors, row_errors
from programmes.admin.inlines import NEW, StatementInline, own_choices
from programmes.admin.publish import PUBLISH
from programmes.models import Edition, Programme, Statement
from programmes.publishing import data_checks
from programmes.publishing.draft import entry_of, for_entries
from programmes.publishing.editions import standing_edition
from programmes.publishing.publish import has_unpublished_changes, is_changed
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import Field


@dataclass(frozen=True)
class Block:
    """A part of the page: the words that it rests on, and what is read from them."""

    title: str
    about: tuple[Field, ...] = ()
    readings: tuple[str, ...] = ()
    inlines: tuple[type[InlineModelAdmin], ...] = ()
    more: tuple[Any, ...] = ()

    @property
    def fields(self) -> list[Any]:
        return [*((name, f"{name}_rests_on") for name in self.readings), *self.more]


TEXTS = (("name_en", "name_cy"), ("area", "slug", "stage"), ("summary_en", "summary_cy"))
PARTS = (
    Block(
        "How to refer",
        (Field.REFERRAL_ROUTE,),
        ("taking_referrals",),
        (inlines.REFERRALS,),
        ("routes_are_all",),
    ),
    Block(
        "Who it is for",
        (Field.ELIGIBILITY, Field.COVERAGE, Field.ATTENDANCE, Field.ABOUT),
        ("attendance", "delivery_language", "partner_support"),
        (inlines.CRITERIA, inlines.COVERAGE),
    ),
    Block(
        "Money and length", (Field.FUNDING, Field.LONGEVITY), ("longevity",), (inlines.FUNDINGS,)
    ),
    Block("Running?", (Field.PROGRAMME, Field.STATUS), ("status",)),
    Block("Evidence", (Field.EVALUATION,), ("accreditation",), (inlines.EVALUATIONS,)),
    Block("Contacts", (Field.PROVIDER,), inlines=(inlines.INVOLVEMENTS, contacts.ContactInline)),
    Block("Developments", (Field.DEVELOPMENT,), inlines=(inlines.DEVELOPMENTS,)),
    Block("Words of later sources", inlines=(inlines.StatementInline,)),
)
NEW_WORDS = ["field", "source", "replaces", "text", "text_cy", "place_en", "place_cy", "link"]
IN_A_PART = {name for part in PARTS for name in part.readings}
OTHERS = tuple(each.name for each in SINGLE_READINGS if each.name not in IN_A_PART)
BLOCKS = (Block("What it is", (), OTHERS, more=(*TEXTS, "welsh_holds", "reread")), *PARTS)
"""The page of an entry, mostly in the parts of the public page; first the readings of no part."""


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
    actions = None

    save_on_top = True
    fieldsets = [(block.title, {"fields": block.fields}) for block in BLOCKS]
    inlines = [each for block in BLOCKS for each in block.inlines]

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        pages = [
            path(address, wrap(page), name=f"programmes_programme_{name}")
            for name, (address, page) in PAGES.items()
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
        return day if entry.checked_on else f"{day}, in part"

    # The page of one entry, and newer words on it: saved with what is read from them, or not at all

    def add_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """An entry begins with what a source says of it."""
        return redirect("admin:programmes_programme_transcribe_new")

    def changeform_view(self, request: Any, object_id: Any = None, *args: Any, **more: Any) -> Any:
        with transaction.atomic():
            key = unquote(object_id or "")
            programme = self.get_object(request, key) if request.POST else None
            if programme and self.has_change_permission(request, programme):
                own_choices(request)  # as they are without the new words
                request.new_words_form = form = self._new_words_form(request, programme)
                if form.is_valid() and form.has_changed():
                    request.new_words = form.save()
            return super().changeform_view(request, object_id, *args, **more)

    def _new_words_form(self, request: HttpRequest, programme: Programme) -> Any:
        rows = StatementInline(Programme, self.admin_site)
        return rows.get_formset(request, programme, fields=NEW_WORDS).form(
            request.POST or None,
            prefix=NEW,
            instance=Statement(programme=programme),
            empty_permitted=True,
            use_required_attribute=False,
        )

    def get_form(self, request: Any, *args: Any, **options: Any) -> Any:
        form: Any = super().get_form(request, *args, **options)
        form.new_words = getattr(request, "new_words_form", None)
        return form

    def construct_change_message(self, request: Any, form: Any, *args: Any, **more: Any) -> Any:
        said: list[Any] = super().construct_change_message(request, form, *args, **more)
        if words := getattr(request, "new_words", None):
            said.append({"added": {"name": "statement", "object": str(words)}})
        return said

    def get_readonly_fields(self, request: HttpRequest, obj: Programme | None = None) -> Any:
        """The address of what was published stays, and so does the area, which is part of it."""
        return ["area", "slug"] if obj and obj.editions.exists() else []

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        """What was published is withdrawn, never deleted: its address has to say what happened.

        Its statements, which would go with it, are deleted by whoever sees all.
        """
        stays = open_areas(request) is not None or (obj and standing_edition(obj))
        return not stays and super().has_delete_permission(request, obj)

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
        if words := getattr(request, "new_words", None):
            words.delete()  # the rest was refused
        if self.has_change_permission(request, original := context["original"]):
            form = getattr(request, "new_words_form", None)
            context["new_words"] = form or self._new_words_form(request, original)
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        # As it is saved: what was typed and not saved must not look like the entry.
        programme = find_entry(request, context["original"].pk)
        statements = list(programme.statements.select_related("source", "replaces"))
        response.context_data |= {
            "public_state": self.public_state(programme),
            "standing": standing_edition(programme),
            "is_changed": is_changed(programme),
            "can_be_asked": confirmations.can_be_asked(programme),
            "unconfirmed": [Field(each).label for each in entry_of(programme).unconfirmed],
            "worth_a_look": list(data_checks.problems_of_entry(programme)),
            "blocks": list(_blocks(context, statements)),
            "is_nav_sidebar_enabled": False,
            "show_save_and_add_another": False,
            "replaced": {each.replaces_id for each in statements},
            "problems": list(_problems(context)),
        }
        return response


def _problems(context: Any) -> Iterator[FormError]:
    """Those of the entry's own fields, then row by row; the rest stands above the form."""
    yield from field_errors(context["adminform"].form, "")
    if new_words := context.get("new_words"):
        yield from field_errors(new_words, "Newer words: ")
    yield from row_errors(inline.formset for inline in context["inline_admin_formsets"])


def _blocks(context: Any, statements: list[Statement]) -> Iterator[dict[str, Any]]:
    """Each part with its words, its fields and its rows, in the order of the public page."""
    formsets = {type(each.opts): each for each in context["inline_admin_formsets"]}
    for block, fieldset in zip(BLOCKS, context["adminform"], strict=True):
        yield {
            "title": block.title,
            "about": [(each, [s for s in statements if s.field == each]) for each in block.about],
            "fieldset": fieldset,
            "inlines": [formsets[each] for each in block.inlines if each in formsets],
        }
