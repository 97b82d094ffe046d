"""One page edits one entry: what the sources say, our reading of it, and publishing it."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import translation

from config.language import LANGUAGES, other
from programmes import publishing
from programmes.admin.differences import differences
from programmes.admin.inlines import (
    ContactInline,
    CriterionInline,
    DevelopmentInline,
    EvaluationInline,
    FundingInline,
    InvolvementInline,
    ReferralInline,
    StatementInline,
    VerificationInline,
)
from programmes.admin.own_areas import OfOwnAreas
from programmes.admin.reason import ReasonForm
from programmes.admin.statements import ChoosesOwnStatements
from programmes.admin.transfer import Transfers
from programmes.models import SINGLE_READINGS, Programme, Verification
from programmes.views import entry_context

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

DONE = {
    "publish": "Published: the public sees this entry as it is here.",
    "withdraw": "Withdrawn: the entry’s address now says when and why.",
}


@admin.register(Programme)
class ProgrammeAdmin(OfOwnAreas, ChoosesOwnStatements, Transfers, admin.ModelAdmin):
    list_display = ["name_en", "public_state", "area", "stage", "last_checked"]
    list_filter = [
        ("area", admin.RelatedOnlyFieldListFilter),
        "stage",
        "status",
        "attendance",
        "longevity",
    ]
    search_fields = ["name_en", "name_cy", "slug", "statements__text"]
    prepopulated_fields = {"slug": ["name_en"]}
    readonly_fields = ["uuid", "source_words"]
    save_on_top = True
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_en", "name_cy"),
                    ("area", "slug", "stage"),
                    ("summary_en", "summary_cy"),
                    "uuid",
                ]
            },
        ),
        ("What the sources say", {"fields": ["source_words"]}),
        (
            "Our reading",
            {
                "description": NOT_STATED_RULE,
                "fields": [
                    *((name, f"{name}_rests_on") for name in ("status", *SINGLE_READINGS)),
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
        VerificationInline,
    ]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return publishing.for_entries(super().get_queryset(request))

    @admin.display(description="public page")
    def public_state(self, programme: Programme) -> str:
        edition = publishing.standing_edition(programme)
        if edition is None:
            return "never published"
        if edition.withdrawn:
            return "withdrawn"
        return "changes not published" if publishing.is_changed(programme) else "up to date"

    @admin.display(description="last checked")
    def last_checked(self, programme: Programme) -> date | str:
        return publishing.entry_of(programme).last_checked or "never"

    # The page of one entry

    def get_fieldsets(self, request: HttpRequest, obj: Programme | None = None) -> Any:
        """A new entry has no words yet, and its identifier is given when it is saved."""
        return super().get_fieldsets(request, obj) if obj else NEW_ENTRY

    def get_inlines(self, request: HttpRequest, obj: Programme | None) -> Any:
        return self.inlines if obj else [StatementInline]

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        """What was published is withdrawn, never deleted: its address has to say what happened."""
        published = obj is not None and publishing.standing_edition(obj) is not None
        return not published and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def response_change(self, request: HttpRequest, obj: Programme) -> HttpResponse:
        if publishing.is_changed(self._programme(request, str(obj.pk))):
            messages.info(request, "Saved, and not public yet: preview it, then publish it.")
        return super().response_change(request, obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Programme | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @admin.display(description="word for word")
    def source_words(self, programme: Programme) -> str:
        context = {"statements": programme.statements.select_related("source", "replaces")}
        return render_to_string("admin/programmes/programme/source_words.html", context)

    def view_on_site(self, programme: Programme) -> str | None:
        if publishing.standing_edition(programme) is None:
            return None
        return reverse("en:entry", args=[programme.area_slug, programme.slug])

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        if formset.model is Verification:
            for check in formset.forms:
                check.instance.by_id = check.instance.by_id or request.user.pk
        super().save_formset(request, form, formset, change)

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        programme = self.get_object(request, object_id)
        context = {
            "public_state": self.public_state(programme) if programme else "",
            "may": self._may(request, programme) if programme else set(),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    # Publishing

    def get_urls(self) -> list:
        names = {"publish": self.publish, "withdraw": self.withdraw}
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"programmes_programme_{name}",
            )
            for name, view in names.items()
        ]
        preview = path(
            "<path:object_id>/preview/<str:language>/",
            self.admin_site.admin_view(self.preview),
            name="programmes_programme_preview",
        )
        return [*own, preview, *super().get_urls()]

    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._with_reason(request, object_id, "publish", publishing.publish)

    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._with_reason(request, object_id, "withdraw", publishing.withdraw)

    def preview(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        """The public page as publishing now would make it."""
        programme = self._programme(request, object_id)
        if language not in LANGUAGES:
            raise Http404
        if found := publishing.obstacles(programme):
            messages.warning(request, " ".join(found))
            return redirect("admin:programmes_programme_change", programme.pk)
        twin = reverse("admin:programmes_programme_preview", args=[programme.pk, other(language)])
        # The page's own links go on in its language, as on the public page.
        request.current_app = language
        with translation.override(language):
            context = entry_context(publishing.entry_of(programme))
            changed = publishing.is_changed(programme)
            context |= {"programme": programme, "twin": twin, "changed": changed}
            response = render(request, "admin/programmes/programme/preview.html", context)
        response["Content-Language"] = language
        return response

    def _programme(self, request: HttpRequest, object_id: str) -> Programme:
        programme = self.get_object(request, object_id)
        if programme is None:
            raise Http404
        if not self.has_view_permission(request, programme):
            raise PermissionDenied
        return programme

    def _may(self, request: HttpRequest, programme: Programme) -> set[str]:
        """Which of "publish" and "withdraw" make sense now, for this editor."""
        if not request.user.has_perm("programmes.publish_programme"):
            return set()
        edition = publishing.standing_edition(programme)
        standing = edition is not None and not edition.withdrawn
        return ({"withdraw"} if standing else set()) | (
            {"publish"} if publishing.is_changed(programme) else set()
        )

    def _with_reason(self, request: HttpRequest, object_id: str, verb: str, act) -> HttpResponse:
        programme = self._programme(request, object_id)
        if not request.user.has_perm("programmes.publish_programme"):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            try:
                act(programme, by=request.user, why=form.cleaned_data["why"])
            except publishing.NothingToPublishError:
                messages.warning(request, f"There was nothing to {verb}.")
            except publishing.NotReadyError as lacking:
                messages.error(request, str(lacking))
            else:
                self.log_change(request, programme, f"{verb}: {form.cleaned_data['why']}")
                messages.success(request, DONE[verb])
            return redirect("admin:programmes_programme_change", programme.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb.capitalize()} {programme}",
            "verb": verb,
            "form": form,
            "programme": programme,
            "differences": differences(programme),
            "obstacles": publishing.obstacles(programme),
            "opts": self.opts,
        }
        return render(request, "admin/programmes/programme/publish.html", context)
