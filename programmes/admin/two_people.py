"""Two people at one entry: the second to save is told, sees both versions and loses nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from programmes.admin.of_one_entry import OfOneEntry
from programmes.models import Programme


class VersionedForm(forms.ModelForm):
    """Knows which version of the entry its page showed, and refuses to save over a newer one."""

    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open this page once more."}
    )
    overtaken = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen, now = self.cleaned_data.get("seen_version"), str(self.instance.version)
        if self.instance.pk and seen is not None and str(seen) != now:
            self.overtaken = True
            # Whoever has seen both versions, as the page now shows them, may save.
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("seen_version")] = now
            raise forms.ValidationError(
                "Somebody else has saved this entry since you opened it. Nothing of yours is lost "
                "and nothing is saved yet: compare below, put right what you like, and save again."
            )
        return cleaned


@dataclass(frozen=True)
class Both:
    """One field of which the saved version differs from what was typed here."""

    name: str
    saved: str
    typed: str


class TwoPeople(OfOneEntry):
    form = VersionedForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        """While one person's save is looked at, the other's waits."""
        rows = super().get_queryset(request)
        return rows.select_for_update(of=("self",)) if _saves(request) else rows

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and (form.has_changed() or any(rows.has_changed() for rows in formsets)):
            Programme.objects.filter(pk=form.instance.pk).update(version=F("version") + 1)

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "overtaken", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context |= {
                "last_save": _last_save(form.instance),
                "both_versions": list(_both(form, formsets)),
                "added_meanwhile": list(_added(formsets)),
            }
        return super().render_change_form(request, context, *args, **kwargs)


def _saves(request: HttpRequest) -> bool:
    """Whether this is the saving of one entry's page, which runs in one transaction."""
    match = request.resolver_match
    on_page = match is not None and match.url_name == "programmes_programme_change"
    return on_page and request.method == "POST"


def _last_save(programme: Programme) -> LogEntry | None:
    of_entry = LogEntry.objects.filter(
        content_type=get_content_type_for_model(programme), object_id=str(programme.pk)
    )
    return of_entry.select_related("user").order_by("-action_time").first()


def _both(form: forms.ModelForm, formsets: list) -> Iterator[Both]:
    """Field by field, on the entry and on its rows, wherever the two versions differ."""
    yield from _differing("", form)
    for formset in formsets:
        name = formset.model._meta.verbose_name
        for row in formset.forms:
            if row.has_changed():
                yield from _differing(f"{name} {row.instance.pk or '(new)'}: ", row)


def _differing(prefix: str, form: forms.BaseForm) -> Iterator[Both]:
    for name in form.changed_data:
        if name not in ("seen_version", "id", "programme"):
            field = form[name]
            saved = _in_words(field.field, field.initial)
            yield Both(f"{prefix}{field.label}", saved, _in_words(field.field, field.value()))


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as the editor knows it: the label of a choice, the words of a text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    return choices.get(str(value), "" if value is None else str(value)) or "(empty)"


def _added(formsets: list) -> Iterator[str]:
    """Rows that the other person added, which are not on this page and stay as they are."""
    for formset in formsets:
        here = {row.instance.pk for row in formset.forms}
        for row in formset.get_queryset():
            if row.pk not in here:
                yield f"{row._meta.verbose_name}: {row}"
