"""One page edits one entry: what the sources say, our reading of it, and publishing it."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programmes.admin.area_scope import OfOwnAreas
from programmes.admin.contacts import ContactInline, HidesContacts
from programmes.admin.due import DueFilter
from programmes.admin.earlier_editions import Past
from programmes.admin.edit_conflicts import EditConflicts
from programmes.admin.form_errors import problems
from programmes.admin.inlines import (
    CriterionInline,
    DevelopmentInline,
    EvaluationInline,
    FundingInline,
    InvolvementInline,
    ReferralInline,
    StatementInline,
)
from programmes.admin.publish import Publication
from programmes.admin.statements import ChoosesOwnStatements
from programmes.admin.translations import Parity
from programmes.admin.verifications import RecordsChecks
from programmes.models import Programme, Statement
from programmes.publishing import data_checks
from programmes.publishing.draft import entry_of, for_entries
from programmes.publishing.editions import standing_edition
from programmes.publishing.publish import is_changed, waits
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import Field

NOT_STATED_RULE = (
    "Where no source says anything, choose “Not stated”. Never choose what is likely, and never "
    "read silence as “no”, “any” or “all”. Every other choice rests on one of the entry’s "
    "statements: save a new statement first, then choose it here."
)


NEW_ENTRY = [
    (
        None,
        {
            "description": "Save it with a first statement; its reading comes after that.",
            "fields": [
                ("name_en", "name_cy"),
                ("area", "slug", "stage", "status"),
                ("summary_en", "summary_cy"),
            ],
        },
    ),
]


@admin.register(Programme)
class ProgrammeAdmin(
    OfOwnAreas,
    ChoosesOwnStatements,
    EditConflicts,
    Publication,
    Parity,
    Past,
    RecordsChecks,
    HidesContacts,
):
    """The list of entries and the page of each; what else is done with one has a mixin."""

    list_display = ["name_en", "public_state", "area", "stage", "last_checked"]
    list_filter = [
        DueFilter,
        ("area", admin.RelatedOnlyFieldListFilter),
        "stage",
        "status",
        "attendance",
        "longevity",
    ]
    search_fields = ["name_en", "name_cy", "slug", "statements__text"]
    prepopulated_fields = {"slug": ["name_en"]}
    readonly_fields = ["uuid", "checks_so_far"]
    save_on_top = True
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_en", "name_cy"),
                    ("area", "slug", "stage"),
                    ("summary_en", "summary_cy"),
                    "welsh_holds",
                    ("uuid", "checks_so_far"),
                ]
            },
        ),
        (
            "Our reading",
            {
                "description": NOT_STATED_RULE,
                "fields": [
                    *((each.name, f"{each.name}_rests_on") for each in SINGLE_READINGS),
                    "routes_are_all",
                ],
            },
        ),
    ]
    inlines = [
        StatementInline,
        ReferralInline,
        CriterionInline,
        FundingInline,
        EvaluationInline,
        DevelopmentInline,
        InvolvementInline,
        ContactInline,
    ]

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
    def last_checked(self, programme: Programme) -> date | str:
        return entry_of(programme).last_checked or "never"

    # The page of one entry

    def get_fieldsets(self, request: HttpRequest, obj: Programme | None = None) -> Any:
        """A new entry has no words yet, and its identifier is given when it is saved."""
        return super().get_fieldsets(request, obj) if obj else NEW_ENTRY

    def get_inlines(self, request: HttpRequest, obj: Programme | None) -> Any:
        return self.inlines if obj else [StatementInline]

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        """What was published is withdrawn, never deleted: its address has to say what happened."""
        published = obj is not None and standing_edition(obj) is not None
        return not published and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def response_change(self, request: HttpRequest, obj: Programme) -> HttpResponse:
        if waits(self.entry(request, str(obj.pk))):
            then = (
                "then publish it" if self.may_publish(request) else "whoever publishes is shown it"
            )
            messages.info(request, f"Saved, and not public yet: preview it; {then}.")
        return super().response_change(request, obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Programme | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, programme: Programme) -> str | None:
        if standing_edition(programme) is None:
            return None
        return reverse("en:entry", args=[programme.area_slug, programme.slug])

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        if original := context.get("original"):
            # As it is saved: what was typed and not saved must not look like the entry.
            context |= self._beside_the_form(request, self.entry(request, str(original.pk)))
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["problems"] = list(problems(context["adminform"].form, formsets))
        return super().render_change_form(request, context, *args, **kwargs)

    def _beside_the_form(self, request: HttpRequest, programme: Programme) -> dict[str, Any]:
        acts = self.acts_on(request, programme)
        acts |= {"check"} if self.may_check(request) else set()
        return {
            "public_state": self.public_state(programme),
            "acts": acts,
            "worth_a_look": list(data_checks.of_entry(programme)),
            "statements": _in_order(programme),
            "replaced": {s.replaces_id for s in programme.statements.all()},
        }


def _in_order(programme: Programme) -> list[Statement]:
    """Its statements, those about the same thing together, in the order of the table's columns."""
    about = list(Field)
    statements = programme.statements.select_related("source", "replaces")
    return sorted(statements, key=lambda statement: about.index(Field(statement.field)))
