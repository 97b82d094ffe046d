"""What somebody says is wrong with an entry, as a form: choices first, then a few words."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import OneOf, PublicForm, Radios
from programmes.models.correction import MOST_LETTERS
from programmes.vocabulary import CorrectionKind, CorrectionSender

LINE_END = re.compile("\r\n?")
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters other than tabs and line ends: they come along when text is pasted."""


class FewWords(forms.CharField):
    """Words whose line ends count as one letter, as they do in browsers."""

    widget = forms.Textarea({"class": "govuk-textarea", "rows": 6})
    default_error_messages = {
        "max_length": _("Use %(limit_value)d characters or fewer; this has %(show_value)d.")
    }

    def to_python(self, value: str | None) -> Any:
        return super().to_python(INVISIBLE.sub("", LINE_END.sub("\n", value or "")))


class CorrectionForm(PublicForm):
    kind = OneOf(
        label=_("What is wrong"),
        required=True,
        choices=CorrectionKind.choices,
        widget=Radios,
        error_messages={"required": _("Choose one.")},
    )
    sender = OneOf(
        label=_("Who you are"),
        help_text=_("So that the editor knows how to check it. We ask nothing else about you."),
        required=True,
        choices=CorrectionSender.choices,
        widget=Radios,
        error_messages={"required": _("Choose one. The last is there if you prefer not to say.")},
    )
    text = FewWords(
        required=False,
        max_length=MOST_LETTERS,
        label=_("In a few words, if you wish"),
        help_text=_(
            "What should it say, and where can we see that? At most 600 characters. Do not "
            "describe people or a case: nothing about victims, perpetrators, clients or staff."
        ),
    )
