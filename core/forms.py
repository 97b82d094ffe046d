"""Public forms: their widgets, and messages that Django has in English only."""

from collections.abc import Iterable
from copy import copy
from typing import Any, Self

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.collation import alphabetical

WRITE_THE_DATE = _("Write the date as year-month-day, like 2026-11-23.")


class PublicRenderer(TemplatesSetting):
    field_template_name = "forms/field.html"


class PublicForm(forms.Form):
    """A form drawn with GOV.UK Frontend's components. The admin keeps Django's own renderer."""

    default_renderer = PublicRenderer
    use_required_attribute = False

    @classmethod
    def parameter_names(cls) -> Iterable[str]:
        return cls.base_fields


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes; `counts` has the number beside each value."""

    template_name = "forms/checkboxes.html"
    counts: dict[str, int] | None = None

    def create_option(self, name: str, value: Any, *more: Any, **attrs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *more, **attrs)
        return option if self.counts is None else option | {"count": self.counts.get(value, 0)}


class Radios(forms.RadioSelect):
    template_name = "forms/radios.html"


class Select(forms.Select):
    template_name = "forms/select.html"


class OneOf(forms.ChoiceField):
    """A choice that may be left out. Its copies, one for each form, share their choices."""

    widget: type[forms.Widget] = Select
    default_error_messages = {"invalid_choice": _("Choose only from the values listed here.")}

    def __init__(self, *, required: bool = False, **kwargs) -> None:
        super().__init__(required=required, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        field = copy(self)
        field.widget = copy(self.widget)
        return field


class AnyOf(OneOf, forms.MultipleChoiceField):
    widget = Checkboxes


def labels_of(field: forms.Field) -> dict[str, Any]:
    """Value → label of a field's choices, without groups and "none"; empty for other fields."""
    choices = getattr(field, "choices", ())
    grouped = [label if isinstance(label, list) else [(code, label)] for code, label in choices]
    return {code: label for group in grouped for code, label in group if code}


def by_name(choice: tuple[str, str]) -> str:
    return alphabetical(choice[1], get_language())


class QueryForm(PublicForm):
    """Parameters of an address. What takes one value is given once only."""

    data: QueryDict

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            is_single = not isinstance(field, forms.MultipleChoiceField)
            if is_single and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("Give this once only."))
        return self.cleaned_data

    def problems(self) -> list[dict[str, Any]]:
        """Its errors, and the values that it takes, for those who do not see it."""
        return [
            {
                "parameter": name,
                "message": " ".join(map(str, errors)),
                "values": list(labels_of(self.fields[name])),
            }
            for name, errors in self.errors.items()
        ]
