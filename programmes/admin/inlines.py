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
    Verification,
)
from programmes.vocabulary import SUBMISSION, Field


class ReadingInline(ChoosesOwnStatements, admin.StackedInline):
    """Rows that each rest on one of the entry's own statements."""

    extra = 0


class StatementInline(ChoosesOwnStatements, admin.StackedInline):
    """Statements from later sources. Those of the submission stand above, and stay as they are."""

    model = Statement
    verbose_name = "statement from a later source"
    verbose_name_plural = "statements from later sources: add one here first, save, then choose it"
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("field", "basis"),
                    ("source", "replaces"),
                    ("place_en", "place_cy"),
                    ("text", "text_cy"),
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
    fieldsets = [(None, {"fields": [("route", "usual"), "statement"]})]


class CriterionInline(ReadingInline):
    model = Criterion
    fieldsets = [(None, {"fields": [("answer", "accepted", "only"), "statement"]})]


class FundingInline(ReadingInline):
    model = Funding
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
    fieldsets = [(None, {"fields": [("organisation", "role"), "statement"]})]


class VerificationForm(forms.ModelForm):
    confirmed = forms.MultipleChoiceField(
        label="What was confirmed",
        choices=Field.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Verification
        fields = ["checked_on", "checked_with", "outcome", "confirmed", "note"]


class VerificationInline(admin.StackedInline):
    """Checks are added, never changed; saving the entry alone records none."""

    model = Verification
    form = VerificationForm
    extra = 0

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
