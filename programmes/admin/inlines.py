"""The rows that belong to one entry, on the entry's page, and what each of them may rest on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet

from programmes.admin.forms import BilingualForm, ReadingForm
from programmes.models import (
    Coverage,
    Criterion,
    Development,
    Evaluation,
    Funding,
    Involvement,
    Referral,
    Source,
    Statement,
)
from programmes.vocabulary import SUBMISSION

MOST_ROWS = 100
"""Of one kind, of one entry; more would have more fields than Django takes in a form."""


def own_statements(request) -> QuerySet[Statement]:
    """The statements of the entry whose page this is; none on the page of a new entry."""
    programme = request.resolver_match.kwargs.get("object_id")
    if programme is None:
        return Statement.objects.none()
    return Statement.objects.filter(programme=programme).exclude(text="")


def own_choices(request) -> list[tuple[Any, str]]:
    """The own statements as choices, looked up once however many fields offer them.

    Words that newer ones replace are marked: a reading should rest on the newer.
    """
    if not hasattr(request, "own_choices"):
        statements = list(own_statements(request))
        replaced = {each.replaces_id for each in statements}
        named = [(e.pk, f"{e} (replaced)" if e.pk in replaced else str(e)) for e in statements]
        request.own_choices = [("", "---------"), *named]
    return request.own_choices


def later_sources() -> QuerySet[Source]:
    """Sources that words can be added from: what the submission says is transcribed already."""
    return Source.objects.exclude(slug=SUBMISSION)


class ChoosesOwnStatements(BaseModelAdmin):
    """An admin page or inline whose readings rest on the entry's own statements."""

    def formfield_for_dbfield(self, db_field, request, **kwargs) -> Any:
        if not (db_field.name.endswith("rests_on") or db_field.name in ("statement", "replaces")):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        kwargs["queryset"] = own_statements(request)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.choices = own_choices(request)
        # A statement is added on the entry's page, where it belongs to the entry at once.
        field.widget.can_add_related = field.widget.can_change_related = False
        field.widget.can_delete_related = field.widget.can_view_related = False
        return field


class EntryInline(ChoosesOwnStatements, admin.StackedInline):
    """Rows of one entry; those that are readings rest on its own statements."""

    extra = 0
    max_num = MOST_ROWS
    form: type[forms.ModelForm] = ReadingForm

    def get_formset(self, request, obj=None, **kwargs) -> Any:
        """What a form says of its number of rows is believed up to a bound: each is built."""
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        """Sources and organisations are looked up once a request, however many forms offer them."""
        if db_field.name == "came_about":
            own = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Development.objects.filter(programme=own, expected=False)
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in ("source", "organisation", "authority", "came_about"):
            known = request.__dict__.setdefault("choices_of_rows", {})
            if db_field not in known:
                known[db_field] = list(field.choices)
            field.choices = known[db_field]
        return field


class StatementForm(BilingualForm):
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


class StatementInline(EntryInline):
    """Statements from later sources. Those of the submission stand above, and stay as they are."""

    model = Statement
    form = StatementForm
    formset = StatementFormSet
    verbose_name = "statement from a later source"
    verbose_name_plural = "statements from later sources: add one here first, save, then choose it"
    fields = [
        ("field", "basis"),
        ("source", "in_table"),
        ("place_en", "place_cy"),
        ("text", "text_cy"),
        "link",
        "welsh_holds",
        ("effect", "replaces"),
    ]

    def get_queryset(self, request) -> QuerySet[Statement]:
        return super().get_queryset(request).exclude(source__slug=SUBMISSION)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = later_sources()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReferralInline(EntryInline):
    model = Referral
    verbose_name_plural = "referral routes: no row means “not given”"
    fields = [("route", "usual", "statement")]


class CriterionInline(EntryInline):
    model = Criterion
    verbose_name_plural = "whom it takes, and whom it excludes: no row means “not given”"
    fields = [("answer", "accepted", "only", "former", "statement")]


class FundingInline(EntryInline):
    model = Funding
    verbose_name_plural = "who pays: no row means “not given”"
    fields = [
        ("funder", "period", "arrangement", "statement"),
        ("start", "start_precision", "end", "end_precision"),
    ]


class EvaluationInline(EntryInline):
    model = Evaluation
    form = BilingualForm
    verbose_name_plural = "evaluations: no row means “not given”"
    fields = [
        ("state", "published", "published_precision", "statement"),
        ("summary_en", "summary_cy"),
        "welsh_holds",
    ]


class DevelopmentInline(EntryInline):
    model = Development
    form = BilingualForm
    verbose_name_plural = "dates and developments: no row means “not given”"
    fields = [
        ("kind", "expected", "when", "when_precision"),
        ("summary_en", "summary_cy"),
        "welsh_holds",
        ("statement", "outcome", "came_about"),
    ]


class CoverageInline(EntryInline):
    model = Coverage
    verbose_name = "council area"
    verbose_name_plural = "council areas covered: no row means “not stated”"
    fields = [("authority", "statement")]


class InvolvementInline(EntryInline):
    model = Involvement
    verbose_name_plural = "providers and commissioners: no row means “not given”"
    fields = [("organisation", "role", "statement")]

    def get_queryset(self, request) -> QuerySet[Involvement]:
        return super().get_queryset(request).select_related("organisation")
