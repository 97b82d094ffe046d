"""What is wrong with a form that came back, each with the way to its field: entries are long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME


@dataclass(frozen=True)
class Problem:
    target: str
    """The id of the field on the page."""
    where: str
    message: str


def problems(form: forms.BaseForm, formsets: Iterable[forms.BaseFormSet]) -> Iterator[Problem]:
    """Those of the entry's own fields, then row by row; what concerns no field is told above."""
    yield from _of_fields(form, "")
    for formset in formsets:
        name = str(formset.model._meta.verbose_name).capitalize()  # type: ignore[attr-defined]
        for message in formset.non_form_errors():
            yield Problem(f"{formset.prefix}-group", name, str(message))
        for number, row in enumerate(formset.forms):
            if _goes(row):
                continue
            where = f"{name} {number + 1}"
            for message in row.non_field_errors():
                yield Problem(f"{formset.prefix}-{number}", where, str(message))
            yield from _of_fields(row, f"{where}: ")


def _goes(row: forms.BaseForm) -> bool:
    """Whether it is ticked to be deleted; `deleted_forms` is empty while another row is wrong."""
    return bool(row.cleaned_data.get(DELETION_FIELD_NAME)) if row.is_bound else False


def _of_fields(form: forms.BaseForm, where: str) -> Iterator[Problem]:
    for field in form.visible_fields():
        for message in field.errors:
            yield Problem(field.auto_id, f"{where}{_label(form, field)}", str(message))


def _label(form: forms.BaseForm, field: forms.BoundField) -> str:
    """Every reading has a field “rests on”: it is told by its reading."""
    reading = field.name.removesuffix("_rests_on")
    return str(field.label) if reading == field.name else f"{form[reading].label}: {field.label}"
