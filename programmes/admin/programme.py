"""One page edits one entry: what the sources say, our reading of it, and publishing it."""

from datetime import date
from typing import Any

from django import forms
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
    own_statements,
)
from programmes.models import SINGLE_READINGS, Programme, Verification
from programmes.views import entry_context

NOT_STATED_RULE = (
    "Where no source says anything, choose “Not stated”. Never choose what is likely, and never "
    "read silence as “no”, “any” or “all”. Every other choice rests on one of the entry’s "
    "statements: save a new statement first, then choose it here."
)


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown to the public. Say what changed and who says so; name no persons.",
    )


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ["name_en", "area", "stage", "status", "public_state", "last_checked"]
    list_filter = ["area", "stage", "status", "attendance", "longevity"]
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
        ReferralInline,
        CriterionInline,
        FundingInline,
        EvaluationInline,
        DevelopmentInline,
        InvolvementInline,
        ContactInline,
        StatementInline,
        VerificationInline,
    ]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return publishing.for_entries(super().get_queryset(request))

    @admin.display(description="what the public sees")
    def public_state(self, programme: Programme) -> str:
        edition = publishing.standing_edition(programme)
        if edition is None:
            return "not published yet"
        if edition.withdrawn:
            return "withdrawn"
        return "unpublished changes" if publishing.is_changed(programme) else "this"

    @admin.display(description="last checked")
    def last_checked(self, programme: Programme) -> date | str:
        return publishing.entry_of(programme).last_checked or "never"

    # The page of one entry

    def get_prepopulated_fields(self, request: HttpRequest, obj: Programme | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs) -> Any:
        if db_field.name.endswith("_rests_on"):
            kwargs["queryset"] = own_statements(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="word for word")
    def source_words(self, programme: Programme) -> str:
        context = {"quotations": publishing.entry_of(programme).quotations if programme.pk else ()}
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
            "may_publish": request.user.has_perm("programmes.publish_programme"),
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
        twin = reverse("admin:programmes_programme_preview", args=[programme.pk, other(language)])
        # The page's own links go on in its language, as on the public page.
        request.current_app = language
        with translation.override(language):
            context = entry_context(publishing.entry_of(programme))
            context |= {"programme": programme, "twin": twin}
            return render(request, "admin/programmes/programme/preview.html", context)

    def _programme(self, request: HttpRequest, object_id: str) -> Programme:
        programme = self.get_object(request, object_id)
        if programme is None:
            raise Http404
        if not self.has_view_permission(request, programme):
            raise PermissionDenied
        return programme

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
            else:
                self.log_change(request, programme, f"{verb}: {form.cleaned_data['why']}")
                messages.success(request, f"Done: {verb}. The public sees it now.")
            return redirect("admin:programmes_programme_change", programme.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb.capitalize()} {programme}",
            "verb": verb,
            "form": form,
            "programme": programme,
            "differences": publishing.differences(programme),
            "opts": self.opts,
        }
        return render(request, "admin/programmes/programme/publish.html", context)
