"""The rows that belong to one entry, on the entry's page, and what each of them may rest on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet

from programmes import models
from programmes.admin.forms import BilingualForm, ReadingForm
from programmes.vocabulary import SUBMISSION

MOST_ROWS = 100
"""Of one kind, of one entry; more would have more fields than Django takes in a form."""
NEW, ADDS = "new", "adds"
"""Choices that are no words of the entry: those typed at the top of the page; to replace none."""


def own_statements(request) -> QuerySet[models.Statement]:
    """The statements of the entry whose page this is."""
    programme = request.resolver_match.kwargs.get("object_id")
    return models.Statement.objects.filter(programme=programme).exclude(text="")


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


def later_sources() -> QuerySet[models.Source]:
    """Sources that words can be added from: what the submission says is transcribed already."""
    return models.Source.objects.exclude(slug=SUBMISSION)


class BasisField(forms.ModelChoiceField):
    """What a reading rests on: words of the entry, or those that the same save adds."""

    new_words: models.Statement | None = None

    def to_python(self, value: Any) -> Any:
        if value != NEW:
            return super().to_python(value)
        if self.new_words is None:
            raise ValidationError("Write the new words down, at the top of the page.")
        return self.new_words


class ReplacesField(forms.ModelChoiceField):
    """What words from a later source do to earlier ones: add to them, or take the place of some."""

    def clean(self, value: Any) -> models.Statement | None:
        return None if value == ADDS else super().clean(value)


class ChoosesOwnStatements(BaseModelAdmin):
    """An admin page or inline whose readings rest on the entry's own statements."""

    def formfield_for_dbfield(self, db_field, request, **kwargs) -> Any:
        replaces = db_field.name == "replaces"
        if not replaces and not db_field.name.endswith(("rests_on", "statement")):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        kwargs |= {"queryset": own_statements(request), "form_class": BasisField}
        if replaces:
            kwargs |= {"form_class": ReplacesField, "required": True}
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        # Without links to add or change one elsewhere: here it belongs to the entry at once.
        field.widget = field.widget.widget
        blank, *known = own_choices(request)
        if replaces:
            known = [(ADDS, "They add to them"), *((k, f"They replace: {w}") for k, w in known)]
        else:
            known = [(NEW, "The new words, typed at the top"), *known]
        field.choices = [blank, *known]
        field.new_words = getattr(request, "new_words", None)
        return field


class FormerKey(forms.Field):
    """Of a row that is there no longer: Django would refuse it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> None:
        return None


class EntryRows(BaseInlineFormSet):
    """Rows of one entry; one that somebody else deleted meanwhile comes back as a new one."""

    @property
    def initial_forms(self) -> list:
        return [form for form in self.forms if not form.instance._state.adding]

    @property
    def extra_forms(self) -> list:
        return [form for form in self.forms if form.instance._state.adding]

    @property
    def deleted_meanwhile(self) -> list:
        return [form for form in self.extra_forms if form["id"].data]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance._state.adding:
            form.fields["id"] = FormerKey()


class EntryInline(ChoosesOwnStatements, admin.StackedInline):
    """Rows of one entry; those that are readings rest on its own statements."""

    template = "admin/programmes/programme/rows.html"
    formset = EntryRows
    extra = 0
    max_num = MOST_ROWS
    form: type[forms.ModelForm] = ReadingForm
    related: tuple[str, ...] = ()

    def get_queryset(self, request) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows

    def get_formset(self, request, obj=None, **kwargs) -> Any:
        """What a form says of its number of rows is believed up to a bound: each is built."""
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        """Sources and organisations are looked up once, however many rows offer them."""
        if db_field.name == "came_about":
            own = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = models.Development.objects.filter(programme=own, expected=False)
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in ("source", "organisation", "authority", "came_about"):
            field.choices = list(field.choices)
        return field


class StatementForm(BilingualForm):
    """Words from a later source say whether they add to earlier ones or take their place."""

    class Meta:
        labels = {"replaces": "What they do to earlier words"}
        help_texts = {"replaces": ""}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.replaces_id:
            self.initial["replaces"] = ADDS


class StatementFormSet(EntryRows):
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
    """Statements from later sources, to put right what was mistyped."""

    model = models.Statement
    form = StatementForm
    formset = StatementFormSet
    max_num = 0
    verbose_name = "statement from a later source"
    verbose_name_plural = "to put right what was mistyped"
    fields = [("field", "basis"), ("source", "in_table"), ("place_en", "place_cy")]
    fields += [("text", "text_cy"), "link", "welsh_holds", "replaces"]

    def get_queryset(self, request) -> QuerySet[models.Statement]:
        """Not those of the submission, nor those that are saved only if all the rest is."""
        new = getattr(request, "new_words", None)
        rows = super().get_queryset(request).exclude(source__slug=SUBMISSION)
        return rows.exclude(pk=new.pk) if new else rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = later_sources()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def rows(model: type[Model], title: str, *fields: Any, **options: Any) -> type[EntryInline]:
    """The inline of a kind of rows, which are no row each where no source says anything."""
    options |= {"model": model, "fields": fields}
    options["verbose_name_plural"] = f"{title}: no row means “not given”"
    return type(f"{model.__name__}Inline", (EntryInline,), options)


REFERRALS = rows(models.Referral, "referral routes", ("route", "usual", "statement"))
CRITERIA = rows(
    models.Criterion,
    "whom it takes, and whom it excludes",
    ("answer", "accepted", "only", "former", "statement"),
)
FUNDINGS = rows(
    models.Funding,
    "who pays",
    ("funder", "period", "arrangement", "statement"),
    ("start", "start_precision", "end", "end_precision"),
)
EVALUATIONS = rows(
    models.Evaluation,
    "evaluations",
    ("state", "published", "published_precision", "statement"),
    ("summary_en", "summary_cy"),
    "welsh_holds",
    form=BilingualForm,
)
DEVELOPMENTS = rows(
    models.Development,
    "dates and developments",
    ("kind", "expected", "when", "when_precision"),
    ("summary_en", "summary_cy"),
    "welsh_holds",
    ("statement", "outcome", "came_about"),
    form=BilingualForm,
)
COVERAGE = rows(models.Coverage, "council areas covered", ("authority", "statement"))
INVOLVEMENTS = rows(
    models.Involvement,
    "providers and commissioners",
    ("organisation", "role", "statement"),
    related=("organisation",),
)
