"""Edit conflicts: an editor who saves over somebody else's save gets both versions, and decides.

Nothing is merged. The form comes back with what was typed; beside it stands, field by field, what
is saved now, with a box that takes it. A row that was deleted meanwhile comes back as a new one.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import date_format

from programmes.admin.forms import BilingualForm, ReadingForm
from programmes.models import Programme

TAKE = "take-saved:"
"""Begins the name of a box, whose value is to take the place of what was typed in the field."""

CONFLICT = (
    "Somebody else has saved this entry since you opened it. Nothing of yours is lost and nothing "
    "is saved yet: look at what is saved now, and save again."
)


class SeenVersionForm(forms.ModelForm):
    """Knows which version of the entry its page showed, and refuses to save over a newer one."""

    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open this page once more."}
    )
    has_conflict = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen, now = self.cleaned_data.get("seen_version"), str(self.instance.version)
        if seen is not None and str(seen) != now:
            self.has_conflict = True
            # Whoever has seen both versions, as the page now shows them, may save.
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("seen_version")] = now
            raise forms.ValidationError(CONFLICT)
        return cleaned


class EntryForm(SeenVersionForm, ReadingForm, BilingualForm):
    reread = forms.BooleanField(label="Read the same words in another way", required=False)
    new_words: forms.ModelForm | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["reread"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        if self.new_words and not self.new_words.is_valid():
            self.add_error(None, "The new words are not complete, so nothing is saved yet.")
        return super().clean()


class EditConflicts(admin.ModelAdmin):
    form = EntryForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        """While one person's save is looked at, the other's waits."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        saves = match and match.url_name == "programmes_programme_change"
        return rows.select_for_update(of=("self",)) if saves and request.method == "POST" else rows

    def changeform_view(self, request, *args, **kwargs) -> HttpResponse:
        """Take the saved value of each field whose box is ticked in the place of what was typed."""
        if request.method == "POST":
            request.POST = request.POST.copy()
            for name in [name for name in request.POST if name.startswith(TAKE)]:
                request.POST.setlist(name.removeprefix(TAKE), request.POST.getlist(name))
        return super().changeform_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changed = form.has_changed() or any(rows.has_changed() for rows in formsets)
        if changed or hasattr(request, "new_words"):
            Programme.objects.filter(pk=form.instance.pk).update(version=F("version") + 1)

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if getattr(form, "has_conflict", False):
            context |= {
                "last_save": saves(form.instance).first(),
                "conflicts": list(_conflicts(form, formsets)),
                "deleted_rows": list(_deleted_rows(formsets)),
                "added_rows": list(_added_rows(formsets)),
            }
        for formset in formsets if form.is_bound else ():
            # The page names each row by its place among these, which rows of others would shift.
            formset._queryset = [row.instance for row in formset.initial_forms]
        return super().render_change_form(request, context, *args, **kwargs)


def saves(row: Model) -> QuerySet[LogEntry]:
    """Who did what with an entry, or another row, and when, the newest first."""
    entries = LogEntry.objects.filter(
        content_type=get_content_type_for_model(row), object_id=str(row.pk)
    )
    return entries.select_related("user").order_by("-action_time", "-pk")


def unpublished_saves(programme: Programme) -> QuerySet[LogEntry]:
    """Those since it was last published, which a check that is recorded does not do."""
    published = saves(programme).filter(change_message__startswith="publish: ").first()
    return saves(programme).filter(pk__gt=published.pk if published else 0)


def _conflicts(form: forms.ModelForm, formsets: list) -> Iterator[dict[str, Any]]:
    """Field by field, on the entry and on its rows, wherever the two versions differ."""
    shown: list[tuple[str, forms.BaseForm]] = [("", form)]
    for formset in formsets:
        rows = enumerate(formset.initial_forms, 1)
        shown += [(f"{_name(formset)} {number}: ", row) for number, row in rows]
    for where, each in shown:
        for field in (each[name] for name in each.changed_data if name != "seen_version"):
            yield {
                "label": f"{where}{field.label}",
                "saved": _in_words(field.field, field.initial),
                "typed": _in_words(field.field, field.value()),
                "field": field,
            }


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as the editor knows it: the label of a choice, the words of a text."""
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value)
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    if choices and value and str(value) not in choices:
        return "(no longer there)"
    return choices.get(str(value), "" if value is None else str(value)) or "(empty)"


def _deleted_rows(formsets: list) -> Iterator[tuple[str, forms.BoundField]]:
    """Rows that the other person deleted, and the box that lets each go."""
    for formset in formsets:
        for number, row in enumerate(formset.deleted_meanwhile, len(formset.initial_forms) + 1):
            yield f"{_name(formset)} {number}", row["DELETE"]


def _added_rows(formsets: list) -> Iterator[str]:
    """Rows that the other person added, which are not on this page and stay as they are."""
    for formset in formsets:
        here = {row.instance.pk for row in formset.forms}
        for row in formset.get_queryset():
            if row.pk not in here:
                yield f"{row._meta.verbose_name}: {row}"


def _name(formset: Any) -> str:
    return str(formset.model._meta.verbose_name).capitalize()
