"""Why something is published or withdrawn: nothing becomes public without it."""

from django import forms


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Kept with the edition; where an entry is withdrawn, the public reads it. Say what "
            "changed and who says so, and name no persons."
        ),
    )
