"""What is wrong with a form that came back, each with the way to its field: entries are long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME


@dataclass(frozen=True)
class FormError:
    target: str
    """The id of the field on the page."""
    where: str
    message: str


def row_errors(formsets: Iterable) -> Iterator[FormError]:
    for formset in formsets:
        name = str(formset.model._meta.verbose_name).capitalize()
        for message in formset.non_form_errors():
            yield FormError(f"{formset.prefix}-group", name, str(message))
        for number, row in enumerate(formset.forms):
            # `deleted_forms` is empty while another row is wrong.
            if row.is_bound and row.cleaned_data.get(DELETION_FIELD_NAME):
                continue
            for message in row.non_field_errors():
                yield FormError(f"{formset.prefix}-{number}", f"{name} {number + 1}", str(message))
            yield from field_errors(row, f"{name} {number + 1}: ")


def field_errors(form: forms.BaseForm, where: str) -> Iterator[FormError]:
    """A field “rests on”, which every reading has, is named with its reading."""
    for field in form.visible_fields():
        reading = field.name.removesuffix("_rests_on")
        label = field.label if reading == field.name else f"{form[reading].label}: {field.label}"
        for message in field.errors:
            yield FormError(field.auto_id, f"{where}{label}", str(message))
