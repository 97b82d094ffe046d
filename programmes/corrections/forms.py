"""What somebody says is wrong with an entry, as a form: choices first, then a few words."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from core.forms import NOT_IN_VOCABULARY, PublicForm, Radios
from programmes.models.correction import MOST_LETTERS
from programmes.vocabulary import CorrectionKind, CorrectionSender

LINE_END = re.compile("\r\n?")
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters other than tabs and line ends: they come along when text is pasted."""


class AsBrowsersCount(MaxLengthValidator):
    """Counts what `maxlength` counts: UTF-16 units, and a line end as one."""

    def clean(self, x: Any) -> int:
        return len(x.encode("utf-16-le")) // 2


class FewWords(forms.CharField):
    def __init__(self, most: int, rows: int = 6, **kwargs: Any) -> None:
        attributes = {"class": "govuk-textarea", "rows": rows, "maxlength": most}
        super().__init__(widget=forms.Textarea(attributes), required=False, **kwargs)
        message = _("Use %(limit_value)d characters or fewer; this has %(show_value)d.")
        self.validators = [AsBrowsersCount(most, message)]

    def to_python(self, value: str | None) -> str:
        visible = INVISIBLE.sub("", LINE_END.sub("\n", value or ""))
        return super().to_python(visible) or ""


class CorrectionForm(PublicForm):
    kind = forms.ChoiceField(
        label=_("What is wrong"),
        choices=CorrectionKind.choices,
        widget=Radios,
        error_messages={"required": _("Choose one."), "invalid_choice": NOT_IN_VOCABULARY},
    )
    sender = forms.ChoiceField(
        label=_("Who you are"),
        help_text=_("So that the editor knows how to check it. We ask nothing else about you."),
        choices=CorrectionSender.choices,
        widget=Radios,
        error_messages={
            "required": _("Choose one. The last is there if you prefer not to say."),
            "invalid_choice": NOT_IN_VOCABULARY,
        },
    )
    text = FewWords(
        MOST_LETTERS,
        label=_("In a few words, if you wish"),
        help_text=_(
            "What should it say, and where can we see that? At most 600 characters. Do not "
            "describe people or a case: nothing about victims, perpetrators, clients or staff."
        ),
    )
