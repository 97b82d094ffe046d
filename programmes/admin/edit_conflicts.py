"""Two people at one entry: the second to save is told, sees both versions and loses nothing.

The page carries what it was opened with. Where somebody saved meanwhile, whatever this editor has
not touched takes the saved value, rows that are gone are kept as new ones if they were changed
here, and what both have changed is shown side by side.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from programmes.admin.entry_pages import OfOneEntry
from programmes.admin.welsh_fields import HoldsWelsh
from programmes.models import Programme

Snapshot = dict[str, str | None]
"""The fields of a page as a browser would send them back: by name, or for the row of another table
by "rows:key:name", since rows move up when one before them goes."""

OF_THE_PAGE = ("seen_version", "opened_with")
"""Fields that are about the page and not about the entry."""

OVERTAKEN = (
    "Somebody else has saved this entry since you opened it. Nothing of yours is lost and nothing "
    "is saved yet: compare below, put right what you like, and save again."
)


class VersionedForm(HoldsWelsh):
    """Knows which version of the entry its page showed, and refuses to save over a newer one."""

    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open this page once more."}
    )
    opened_with = forms.CharField(widget=forms.HiddenInput, required=False)
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
            raise forms.ValidationError(OVERTAKEN)
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

    def changeform_view(
        self, request, object_id=None, form_url="", extra_context=None
    ) -> HttpResponse:
        """Before Django saves, and in the same transaction, what was saved meanwhile is let in."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            programme = self.get_object(request, object_id)
            if programme and request.POST.get("seen_version") != str(programme.version):
                saved = self._snapshot(request, programme)
                request.POST = let_in(request.POST, _opened_with(request.POST), saved)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and (form.has_changed() or any(rows.has_changed() for rows in formsets)):
            Programme.objects.filter(pk=form.instance.pk).update(version=F("version") + 1)

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        form, original = context["adminform"].form, context.get("original")
        overtaken = getattr(form, "overtaken", False)
        if original and (overtaken or not form.is_bound):
            context["opened_with"] = json.dumps(self._snapshot(request, original))
        elif form.is_bound:
            context["opened_with"] = form.data.get("opened_with", "")
        if overtaken:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context |= {
                "last_save": last_save(form.instance),
                "both_versions": list(_both(form, formsets)),
                "added_meanwhile": list(_added(formsets)),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _snapshot(self, request: HttpRequest, programme: Programme) -> Snapshot:
        """What the page would show if it were opened now."""
        saved = Programme.objects.get(pk=programme.pk)
        form = self.get_form(request, saved, change=True)(instance=saved)
        found = {field.name: _as_posted(field) for field in form if field.name not in OF_THE_PAGE}
        for formset, inline in self.get_formsets_with_inlines(request, saved):
            rows = formset(instance=saved, queryset=inline.get_queryset(request))
            for row in rows.initial_forms:
                key = f"{rows.prefix}:{row.instance.pk}"
                found |= {f"{key}:{field.name}": _as_posted(field) for field in row}
        return found


def let_in(posted: QueryDict, opened: Snapshot, saved: Snapshot) -> QueryDict:
    """What was posted, with the saved value wherever this editor changed nothing."""
    merged, places = posted.copy(), _places(posted)
    for key, before in opened.items():
        name = _name(key, places)
        untouched = name and _same(posted.get(name), before)
        if name and untouched and key in saved and not _same(saved[key], before):
            _set(merged, name, saved[key])
    for row, prefix in places.items():
        if f"{row}:id" in opened and f"{row}:id" not in saved:
            held = {name: opened.get(f"{row}:{name}") for name in _fields(opened, row)}
            _row_is_gone(merged, prefix, held)
    return merged


def _places(posted: QueryDict) -> dict[str, str]:
    """ "rows:key" of each row that was posted → how its fields' names begin."""
    found = {}
    for name, key in posted.items():
        if name.endswith("-id") and key:
            prefix = name.removesuffix("-id")
            found[f"{prefix.rpartition('-')[0]}:{key}"] = prefix
    return found


def _name(key: str, places: dict[str, str]) -> str:
    """The name that a field of a snapshot has in the form that was posted; "" where it is gone."""
    row, _colon, field = key.rpartition(":")
    if not row:
        return key
    return f"{places[row]}-{field}" if row in places else ""


def _fields(snapshot: Snapshot, row: str) -> list[str]:
    return [key.removeprefix(f"{row}:") for key in snapshot if key.startswith(f"{row}:")]


def _row_is_gone(merged: QueryDict, prefix: str, before: Snapshot) -> None:
    """Let go of a row that somebody deleted; what was changed in it here becomes a new row."""
    rows = prefix.rpartition("-")[0]
    typed = {
        name: merged.get(f"{prefix}-{name}") for name in before if name not in ("id", "DELETE")
    }
    if any(not _same(value, before[name]) for name, value in typed.items()):
        number = int(merged.get(f"{rows}-TOTAL_FORMS") or 0)
        for name, value in typed.items():
            _set(merged, f"{rows}-{number}-{name}", value)
        merged[f"{rows}-{number}-id"] = ""
        merged[f"{rows}-TOTAL_FORMS"] = str(number + 1)
    merged[f"{prefix}-id"] = ""
    merged[f"{prefix}-DELETE"] = "on"


def _opened_with(posted: QueryDict) -> Snapshot:
    """Nothing at all where a page did not say: then every field counts as changed here."""
    try:
        opened = json.loads(posted.get("opened_with", ""))
    except ValueError:
        return {}
    texts = opened.items() if isinstance(opened, dict) else ()
    return {key: value for key, value in texts if value is None or isinstance(value, str)}


def _as_posted(field: forms.BoundField) -> str | None:
    value = field.value()
    if isinstance(value, bool):
        return "on" if value else None
    return "" if value is None else str(value)


def _same(one: str | None, other: str | None) -> bool:
    """Browsers end lines in their own way, and send nothing for a box without a tick."""
    return (one or "").replace("\r\n", "\n") == (other or "").replace("\r\n", "\n")


def _set(data: QueryDict, name: str, value: str | None) -> None:
    if value is None:
        data.pop(name, None)
    else:
        data[name] = value


def _saves(request: HttpRequest) -> bool:
    """Whether this is the saving of one entry's page, which runs in one transaction."""
    match = request.resolver_match
    on_page = match is not None and match.url_name == "programmes_programme_change"
    return on_page and request.method == "POST"


def last_save(programme: Programme) -> LogEntry | None:
    """Who did something with an entry last, and what."""
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
            if row.has_changed() and row not in formset.deleted_forms:
                yield from _differing(f"{name} {row.instance.pk or '(new)'}: ", row)


def _differing(prefix: str, form: forms.BaseForm) -> Iterator[Both]:
    for name in form.changed_data:
        if name not in (*OF_THE_PAGE, "id", "programme"):
            field = form[name]
            saved = _in_words(field.field, field.initial)
            yield Both(f"{prefix}{field.label}", saved, _in_words(field.field, field.value()))


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as the editor knows it: the label of a choice, the words of a text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    if choices and value and str(value) not in choices:
        return "(no longer there)"
    return choices.get(str(value), "" if value is None else str(value)) or "(empty)"


def _added(formsets: list) -> Iterator[str]:
    """Rows that the other person added, which are not on this page and stay as they are."""
    for formset in formsets:
        here = {row.instance.pk for row in formset.forms}
        for row in formset.get_queryset():
            if row.pk not in here:
                yield f"{row._meta.verbose_name}: {row}"
