"""Welsh that may be older than its English: marked beside its field, confirmed with one tick."""

from typing import Any

from django import forms
from django.utils.html import format_html

from programmes.models.welsh import is_older, pairs_of

OLDER = "Out of date: the English was edited since this Welsh was written or confirmed."


class HiddenTick(forms.CheckboxInput):
    """A box that nobody has to see."""

    input_type = "hidden"


class HoldsWelsh(forms.ModelForm):
    """A form of a row whose texts come in two languages."""

    welsh_holds = forms.BooleanField(
        label="The Welsh still says what the English says",
        required=False,
        help_text="For whoever reads Welsh. Where it does not, write the Welsh anew instead.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        older = [name for name in pairs_of(self.instance) if is_older(self.instance, name)]
        if not older:
            self.fields["welsh_holds"].widget = HiddenTick()
        for name in older:
            if field := self.fields.get(f"{name}_cy"):
                field.help_text = format_html("<strong>{}</strong> {}", OLDER, field.help_text)

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("welsh_holds"):
            self.instance.welsh_of = {}
        return super().save(commit)
