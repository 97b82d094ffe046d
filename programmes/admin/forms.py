"""Forms that pages share: reasons, texts in two languages, and that nobody is named."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.html import format_html

from core.welsh import is_older, pairs_of
from programmes.domain.contact_rules import note_problem, person_warning
from programmes.domain.entry import NOT_STATED, Entry
from programmes.publishing.publish import fingerprint
from programmes.publishing.translations import missing_texts
from programmes.readings import ROW_READINGS, SINGLE_READINGS

OLDER = "Out of date: the English was edited since this Welsh was written or confirmed."
TICK = "Tick this if the name and the addresses are those of a role or team, not of a person."
REREAD = (
    "If they do say this, tick “Read the same words in another way” under “What it is” and save "
    "again. For what another source says, add its words and choose them here."
)
READ = {"accepted", *(r.name for r in SINGLE_READINGS), *(r.code for r in ROW_READINGS)}
"""Fields that say what words were read as."""
EXCEPTION = "Add the missing language on the entry’s page, or give a reason and a day here."


def refuse_names(text: str) -> None:
    if problem := note_problem(text):
        raise forms.ValidationError(problem)


class NoteField(forms.CharField):
    """Words that stay for good, and are public in places: the rule for contacts is theirs too."""

    default_validators = [refuse_names]
    widget = forms.Textarea({"rows": 3})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "For colleagues. Name no persons.", **options})


class TeamForm(forms.ModelForm):
    """Asks for a tick, which is not kept, whenever what may name a person is new or changed."""

    may_name_a_person: ClassVar[set[str]] = set()

    is_a_team = forms.BooleanField(
        label="A role or a team, not a person",
        required=False,
        help_text="Needed whenever the name, the page or the e-mail is new or changed.",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        changed = [name for name in self.changed_data if name in self.may_name_a_person]
        if changed and not self.cleaned_data.get("is_a_team"):
            warnings = [person_warning(self.cleaned_data.get(name) or "") for name in changed]
            self.add_error("is_a_team", " ".join([*filter(None, warnings), TICK]))
        return cleaned


class ReadingForm(forms.ModelForm):
    """Asks once before the words that a reading rests on are read as something else."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in filter(self._is_read_anew, self.changed_data):
            was = getattr(self.instance, f"get_{name}_display", self.instance.__str__)()
            self.add_error(name, f"The same words were read as “{was}” before. {REREAD}")
        return cleaned

    def _is_read_anew(self, name: str) -> bool:
        own = f"{name}_rests_on"
        rests_on = own if own in self.fields else "statement"
        same_words = rests_on in self.fields and rests_on not in self.changed_data
        stated = NOT_STATED not in (self.initial.get(name), self.cleaned_data.get(name, NOT_STATED))
        asks = name in READ and same_words and stated and self.instance.pk
        return bool(asks and not self.data.get("reread"))


class BilingualForm(forms.ModelForm):
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
            self.fields["welsh_holds"].widget = forms.HiddenInput()
        for name in older:
            if field := self.fields.get(f"{name}_cy"):
                field.help_text = format_html("<strong>{}</strong> {}", OLDER, field.help_text)

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("welsh_holds"):
            self.instance.welsh_of = {}
        return super().save(commit)


class ReasonForm(forms.Form):
    why = NoteField(
        label="Why",
        help_text=("Kept with the edition. Say what changed and who says so, and name no persons."),
    )


IN_BOTH = "The public reads it, so it is needed in English and in Welsh."


class WithdrawForm(ReasonForm):
    why = NoteField(label="Why, in English", help_text=f"{IN_BOTH} Name no persons.")
    why_cy = NoteField(label="Why, in Welsh", help_text=IN_BOTH)


class PublishForm(ReasonForm):
    """A reason to publish and, where a language is still missing, the deadline for it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    language_why = NoteField(
        label="Why it cannot wait for the missing language",
        help_text="",
        error_messages={"required": EXCEPTION},
    )
    language_due = forms.DateField(
        label="By when the missing language follows",
        widget=AdminDateWidget,
        help_text="Year-month-day, as 2026-12-31. Until then it stands on the home page to do.",
        validators=[MinValueValidator(timezone.localdate, "This day has passed.")],
        error_messages={"required": EXCEPTION},
    )

    def __init__(self, posted: Any, *, entry: Entry) -> None:
        super().__init__(posted, initial={"seen": fingerprint(entry)})
        self.missing = missing_texts(entry)
        if not self.missing:
            del self.fields["language_why"], self.fields["language_due"]
