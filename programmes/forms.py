"""Public forms: how their fields are drawn, and messages that Django has in English only."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from programmes.search import wanted

NO_WORDS = _("Use letters or numbers.")


class PublicRenderer(TemplatesSetting):
    field_template_name = "forms/field.html"


class PublicForm(forms.Form):
    """A form drawn with GOV.UK Frontend's components. The admin keeps Django's own renderer."""

    default_renderer = PublicRenderer
    use_required_attribute = False


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes; `counts` says beside each how many entries it would find (value → number)."""

    template_name = "forms/checkboxes.html"
    counts: dict[str, int] | None = None

    def create_option(self, *args, **kwargs) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if self.counts is not None:
            option["count"] = self.counts.get(option["value"], 0)
        return option


class Select(forms.Select):
    template_name = "forms/select.html"


class SearchField(forms.CharField):
    """A short line of search words."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": 200, "empty_value": "", "strip": True, **kwargs})
        self.widget.attrs |= {"class": "govuk-input", "spellcheck": "false"}
        self.validators = [
            MaxLengthValidator(200, _("Use 200 characters or fewer.")),
            ProhibitNullCharactersValidator(NO_WORDS),
        ]

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not wanted(value):
            raise forms.ValidationError(NO_WORDS)
