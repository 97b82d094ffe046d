"""Recording a check of an entry: apart from editing it, and public at once."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from programmes import drafting, presenters, publishing
from programmes.admin.of_one_entry import OfOneEntry
from programmes.entry import STOPPED, Entry
from programmes.models import Programme, Verification
from programmes.vocabulary import CheckedWith, CheckOutcome, Field, Status
from programmes.wording import in_language, word

ABOUT: dict[str, tuple[str, ...]] = {
    Field.PROGRAMME: ("name",),
    Field.ATTENDANCE: ("attendance",),
    Field.REFERRAL_ROUTE: ("referrals", "routes_are_all"),
    Field.ELIGIBILITY: ("criteria",),
    Field.FUNDING: ("fundings",),
    Field.LONGEVITY: ("longevity",),
    Field.STATUS: ("status",),
    Field.PROVIDER: ("involvements",),
    Field.EVALUATION: ("evaluations",),
    Field.ABOUT: ("summary",),
    Field.DEVELOPMENT: ("developments",),
}
"""What of an entry a check of each field is about, beside the words on it."""


class CheckForm(forms.ModelForm):
    checked_with = forms.ChoiceField(
        label="Who was asked, or what was looked at",
        choices=CheckedWith.choices,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=CheckOutcome.choices,
        widget=forms.RadioSelect,
        help_text="“Could not reach anyone” is kept and makes the entry no younger. “Has stopped” "
        "is shown to the public at once, until a later check ticks “Whether it runs: runs again”; "
        "to find it still stopped, choose “Has stopped” again.",
    )
    confirmed = forms.MultipleChoiceField(
        label="What was confirmed",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Each as the public reads it now. Only what is ticked counts as confirmed.",
    )

    class Meta:
        model = Verification
        fields = ["checked_on", "checked_with", "outcome", "confirmed", "note"]
        widgets = {"checked_on": AdminDateWidget, "note": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = publishing.standing_edition(programme)
        self.public = edition.entry if edition and not edition.withdrawn else None
        self.working = drafting.entry_of(programme)
        confirmed = cast(forms.MultipleChoiceField, self.fields["confirmed"])
        confirmed.choices = _as_public(self.public or self.working)

    def clean_confirmed(self) -> list[str]:
        """Nobody confirmed what the public reads where something else waits to be published."""
        confirmed = self.cleaned_data["confirmed"]
        if self.public:
            for field in confirmed:
                if _told(self.public, field) != _told(self.working, field):
                    raise forms.ValidationError(
                        f"“{Field(field).label}” is changed here and not public. Publish it "
                        "first, or choose “Something has changed”."
                    )
        return confirmed


def _as_public(entry: Entry) -> list[tuple[str, str]]:
    """Each field, and what the public reads of it."""
    page = presenters.entry_page(entry, timezone.localdate())
    said = {
        fact.id: "; ".join(_in_words(value) for line in fact.lines for value in line.values)
        for fact in page.facts
    }
    if entry.check_outcome == STOPPED:
        # What is confirmed beside a stop lifts it, so the tick must say that and not "stopped".
        before = word(Status, entry.status.value)
        said[Field.STATUS] = f"runs again, as read before the stop ({before})"
    return [
        (field.value, f"{field.label}: {said[field]}" if said.get(field) else str(field.label))
        for field in Field
    ]


def _in_words(value: presenters.Value) -> str:
    if isinstance(value, presenters.Named):
        return in_language(value.name)
    return value if isinstance(value, str) else in_language(value)


def _told(entry: Entry, field: str) -> tuple[Any, ...]:
    """What an entry says about one field, with the words."""
    return (*(getattr(entry, name) for name in ABOUT[field]), entry.quotations_about(field))


class RecordsChecks(OfOneEntry):
    def get_urls(self) -> list:
        return [self.entry_path("check", self.check_view), *super().get_urls()]

    def may_check(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("programmes.add_verification")

    def check_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        self.demand(self.may_check(request))
        check = Verification(programme=programme, by=cast(User, request.user))
        form = CheckForm(request.POST or None, instance=check, programme=programme)
        if form.is_valid():
            edition = publishing.record_check(form.instance)
            self.log_change(request, programme, f"check: {check.get_outcome_display()}")
            shown = "The public sees it now." if edition else "The public page stays as it was."
            messages.success(request, f"The check is recorded. {shown}")
            return self.back_to(programme)
        checks = programme.verifications.select_related("by")
        title = f"Record a check of {programme}"
        return self.page(request, "check", programme, title, form=form, checks=checks)

    @admin.display(description="checks so far")
    def checks_so_far(self, programme: Programme) -> str:
        checks = [
            f"{check}, with {check.get_checked_with_display().lower()}"
            for check in programme.verifications.all()
        ]
        return "; ".join(checks) or "none"
