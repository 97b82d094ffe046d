"""The rows that belong to one entry, on the entry's page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet

from programmes.admin.statements import ChoosesOwnStatements, later_sources, looked_up_once
from programmes.admin.welsh_fields import HoldsWelsh
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


class StatementForm(HoldsWelsh):
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


class StatementFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Words that something on this page rests on are not deleted with the same save."""
        super().clean()
        chosen = {
            value
            for name, value in self.data.items()
            if name.endswith(("_rests_on", "-statement", "-replaces"))
            and not self.data.get(f"{name.rpartition('-')[0]}-DELETE")
        }
        for form in self.deleted_forms:
            if str(form.instance.pk) in chosen:
                raise ValidationError(f"Something still rests on “{form.instance}”.")


class StatementInline(ChoosesOwnStatements, admin.StackedInline):
    """Statements from later sources. Those of the submission stand above, and stay as they are."""

    model = Statement
    form = StatementForm
    formset = StatementFormSet
    verbose_name = "statement from a later source"
    verbose_name_plural = "statements from later sources: add one here first, save, then choose it"
    extra = 0
    fields = [
        ("field", "basis"),
        "source",
        ("place_en", "place_cy"),
        ("text", "text_cy"),
        "welsh_holds",
        ("effect", "replaces"),
    ]

    def get_queryset(self, request) -> QuerySet[Statement]:
        return super().get_queryset(request).exclude(source__slug=SUBMISSION)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = later_sources()
        return looked_up_once(
            super().formfield_for_foreignkey(db_field, request, **kwargs), request, db_field.name
        )


class ReferralInline(ReadingInline):
    model = Referral
    verbose_name_plural = "referral routes: no row means “not stated”"
    fields = [("route", "usual"), "statement"]


class CriterionInline(ReadingInline):
    model = Criterion
    verbose_name_plural = "whom it takes, and whom it excludes: no row means “not stated”"
    fields = [("answer", "accepted", "only"), "statement"]


class FundingInline(ReadingInline):
    model = Funding
    verbose_name_plural = "who pays: no row means “not stated”"
    fields = [
        ("funder", "period", "arrangement"),
        ("start", "start_precision"),
        ("end", "end_precision"),
        "statement",
    ]


class EvaluationInline(ReadingInline):
    model = Evaluation
    form = HoldsWelsh
    verbose_name_plural = "evaluations: no row means “not stated”"
    fields = [
        ("state", "published", "published_precision"),
        ("summary_en", "summary_cy"),
        "welsh_holds",
        "statement",
    ]


class DevelopmentInline(ReadingInline):
    model = Development
    form = HoldsWelsh
    verbose_name_plural = "dates and developments: no row means “not stated”"
    fields = [
        ("kind", "expected"),
        ("when", "when_precision"),
        ("summary_en", "summary_cy"),
        "welsh_holds",
        "statement",
    ]


class InvolvementInline(ReadingInline):
    model = Involvement
    verbose_name_plural = "providers and commissioners: no row means “not stated”"
    fields = [("organisation", "role"), "statement"]

    def get_queryset(self, request) -> QuerySet[Involvement]:
        return super().get_queryset(request).select_related("organisation")

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return (
            looked_up_once(field, request, db_field.name)
            if db_field.name == "organisation"
            else field
        )
