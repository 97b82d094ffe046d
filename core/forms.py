"""Public forms: their widgets, and messages that Django has in English only."""

from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from typing import Any, Self

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
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


BOX = """
<div class="govuk-checkboxes__item{none}">
  <input class="govuk-checkboxes__input" type="checkbox" name="{name}" value="{code}" id="{key}"
    aria-describedby="{key}_count"{checked}>
  <label class="govuk-label govuk-checkboxes__label" for="{key}">{label}</label>
  <span class="app-option__count" id="{key}_count">{count}</span>
</div>"""


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes; `counts` has the number beside each value.

    A list has nearly a hundred: a template would take longer over them than over all the rest.
    """

    counts: dict[str, int] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        boxes = (
            BOX.format(
                name=name,
                code=escape(code),
                key=f"{attrs['id']}_{place}",
                label=escape(str(label)),
                checked=" checked" if code in chosen else "",
                **_count(None if self.counts is None else self.counts.get(code, 0), get_language()),
            )
            for place, (code, label) in enumerate(self.choices)
        )
        group = f'<div class="govuk-checkboxes govuk-checkboxes--small">{"".join(boxes)}</div>'
        return mark_safe(group)  # noqa: S308 - its parts are escaped


@lru_cache(1000)
def _count(number: int | None, language: str | None) -> dict[str, str]:
    """How the number beside a value is drawn, in the language of the page."""
    if number is None:
        return {"none": "", "count": ""}
    words = f'<span class="govuk-visually-hidden"> {ngettext("entry", "entries", number)}</span>'
    return {"none": "" if number else " app-option--none", "count": f"{number}{words}"}


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
