"""The rows that belong to one entry, on the entry's page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet

from programmes.admin.statements import ChoosesOwnStatements, later_sources
from programmes.models import (
    Criterion,
    Development,
    Evaluation,
    Funding,
    Involvement,
    Referral,
    Statement,
)
from programmes.vocabulary import SUBMISSION


class ReadingInline(ChoosesOwnStatements, admin.StackedInline):
    """Rows that each rest on one of the entry's own statements."""

    extra = 0


class StatementForm(forms.ModelForm):
    """Words from a later source say whether they add to earlier ones or take their place."""

    effect = forms.ChoiceField(
        label="What they do to earlier words",
        choices=[("adds", "They add to them"), ("replaces", "They replace the words chosen here:")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["effect"] = "replaces" if self.instance.replaces_id else "adds"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        effect, replaced = cleaned.get("effect"), cleaned.get("replaces")
        if effect == "replaces" and not replaced:
            self.add_error("replaces", "Choose the words that these replace.")
        if effect == "adds" and replaced:
            self.add_error("effect", "Words are chosen that these would replace.")
        return cleaned


class StatementInline(ChoosesOwnStatements, admin.StackedInline):
    """Statements from later sources. Those of the submission stand above, and stay as they are."""

    model = Statement
    form = StatementForm
    verbose_name = "statement from a later source"
    verbose_name_plural = "statements from later sources: add one here first, save, then choose it"
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("field", "basis"),
                    "source",
                    ("place_en", "place_cy"),
                    ("text", "text_cy"),
                    ("effect", "replaces"),
                ]
            },
        ),
    ]

    def get_queryset(self, request) -> QuerySet[Statement]:
        return super().get_queryset(request).exclude(source__slug=SUBMISSION)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = later_sources()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReferralInline(ReadingInline):
    model = Referral
    verbose_name_plural = "referral routes: no row means “not stated”"
    fieldsets = [(None, {"fields": [("route", "usual"), "statement"]})]


class CriterionInline(ReadingInline):
    model = Criterion
    verbose_name_plural = "whom it takes, and whom it excludes: no row means “not stated”"
    fieldsets = [(None, {"fields": [("answer", "accepted", "only"), "statement"]})]


class FundingInline(ReadingInline):
    model = Funding
    verbose_name_plural = "who pays: no row means “not stated”"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("funder", "period", "arrangement"),
                    ("start", "start_precision"),
                    ("end", "end_precision"),
                    "statement",
                ]
            },
        ),
    ]


class EvaluationInline(ReadingInline):
    model = Evaluation
    verbose_name_plural = "evaluations: no row means “not stated”"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("state", "published", "published_precision"),
                    ("summary_en", "summary_cy"),
                    "statement",
                ]
            },
        ),
    ]


class DevelopmentInline(ReadingInline):
    model = Development
    verbose_name_plural = "dates and developments: no row means “not stated”"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("kind", "expected"),
                    ("when", "when_precision"),
                    ("summary_en", "summary_cy"),
                    "statement",
                ]
            },
        ),
    ]


class InvolvementInline(ReadingInline):
    model = Involvement
    verbose_name_plural = "providers and commissioners: no row means “not stated”"
    fieldsets = [(None, {"fields": [("organisation", "role"), "statement"]})]
