"""Recording a check of an entry: apart from editing it, and public at once."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.models import User
from programmes.admin.entry_pages import OfOneEntry, row_of
from programmes.admin.forms import names_nobody
from programmes.domain.entry import STOPPED, Entry
from programmes.models import Programme, Verification
from programmes.presentation import entry as entry_presenter
from programmes.presentation.text import in_language, word
from programmes.publishing import draft
from programmes.publishing.publish import record_check, standing_edition, take_back_check
from programmes.vocabulary import CheckedWith, CheckOutcome, Field, Status

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

NOW_SAY_WHAT = (
    "Readers are told that something has changed, and not yet what. Edit it here, publish it, and "
    "record a check that confirms it."
)


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
        help_text="“Could not reach anyone” is kept and makes the entry no younger. “Something has "
        "changed” puts earlier confirmations aside: tick below what still holds, then edit and "
        "publish the rest. “Has stopped” is shown to the public at once, until a later check ticks "
        "“Whether it runs: runs again”; to find it still stopped, choose “Has stopped” again.",
    )
    meant = forms.BooleanField(
        label="Yes: tell readers now that this entry has stopped",
        error_messages={
            "required": "Not recorded yet. Every page will say “Stopped: found by a check”, lists "
            "will place the entry among those that stopped, and the referral check will no longer "
            "offer it. Tick this if that is so."
        },
    )
    confirmed = forms.MultipleChoiceField(
        label="What was confirmed",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Each as the public reads it now; what is not stated cannot be confirmed. Only "
        "what is ticked counts.",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        validators=[names_nobody],
        widget=forms.Textarea({"rows": 2}),
        help_text="For colleagues. Name no persons.",
    )

    class Meta:
        model = Verification
        fields = ["checked_on", "checked_with", "outcome", "confirmed", "note"]
        widgets = {"checked_on": AdminDateWidget}

    field_order = ("checked_on", "checked_with", "outcome", "meant")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = standing_edition(programme)
        if self.data.get("outcome") != CheckOutcome.STOPPED:
            del self.fields["meant"]
        self.public = edition.entry if edition and not edition.withdrawn else None
        self.working = draft.entry_of(programme)
        confirmed = cast(forms.MultipleChoiceField, self.fields["confirmed"])
        confirmed.choices = _as_public(self.public or self.working)

    def clean_confirmed(self) -> list[str]:
        """Nobody confirmed what the public reads where something else waits to be published."""
        confirmed = self.cleaned_data["confirmed"]
        changed = [field for field in confirmed if self._waits(field)]
        if changed:
            names = ", ".join(f"“{Field(field).label}”" for field in changed)
            waiting = reverse("admin:programmes_programme_unpublished")
            raise forms.ValidationError(
                format_html(
                    'Changed here and not public: {}. <a href="{}#entry-{}">See what has '
                    "changed</a> and have it published first; or take these ticks away.",
                    names,
                    waiting,
                    self.instance.programme_id,
                )
            )
        return confirmed

    def _waits(self, field: str) -> bool:
        return self.public is not None and _told(self.public, field) != _told(self.working, field)


class MistakeForm(forms.Form):
    why = forms.CharField(
        label="How it came about",
        validators=[names_nobody],
        widget=forms.Textarea({"rows": 2}),
        help_text="For colleagues. Name no persons.",
    )


def _as_public(entry: Entry) -> list[tuple[str, str]]:
    """Each field of which something is stated, and what the public reads of it."""
    page = entry_presenter.entry_page(entry, timezone.localdate())
    said: dict[str, str] = {
        Field.PROGRAMME: in_language(entry.name),
        Field.PROVIDER: _of_lines(entry_presenter.involved(entry)),
        Field.EVALUATION: "; ".join(event.kind for event in page.evaluations),
        Field.ABOUT: in_language(entry.summary),
        Field.DEVELOPMENT: "; ".join(in_language(event.summary) for event in page.developments),
        **{fact.id: _of_lines(fact.lines) for fact in page.facts},
    }
    if entry.check_outcome == STOPPED:
        # What is confirmed beside a stop lifts it, so the tick must say that and not "stopped".
        before = word(Status, entry.status.value)
        said[Field.STATUS] = f"runs again, as read before the stop ({before})"
    told = ((field, said.get(field) or _in_source_words(entry, field)) for field in Field)
    return [(field.value, f"{field.label}: {words}") for field, words in told if words]


def _of_lines(lines: Iterable[entry_presenter.Line]) -> str:
    return "; ".join(_in_words(value) for line in lines for value in line.values)


def _in_source_words(entry: Entry, field: str) -> str:
    """Words of which we read no term say something too."""
    return "; ".join(f"“{q.words}”" for q in entry.quotations_about(field) if q.words)


def _in_words(value: entry_presenter.Value) -> str:
    if isinstance(value, entry_presenter.Named):
        return in_language(value.name)
    return value if isinstance(value, str) else in_language(value)


def _told(entry: Entry, field: str) -> tuple[Any, ...]:
    """What an entry says about one field, with the words."""
    return (*(getattr(entry, name) for name in ABOUT[field]), entry.quotations_about(field))


class RecordsChecks(OfOneEntry):
    def get_urls(self) -> list:
        return [
            self.entry_path("check", self.check_view),
            self.entry_path("mistake", self.mistake_view, "<int:number>/"),
            *super().get_urls(),
        ]

    def may_check(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("programmes.add_verification")

    def check_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        self.demand(self.may_check(request))
        check = Verification(programme=programme, by=cast(User, request.user))
        form = CheckForm(request.POST or None, instance=check, programme=programme)
        if form.is_valid():
            edition = record_check(form.instance)
            self.log_change(request, programme, f"check: {check.get_outcome_display()}")
            shown = "The public sees it now." if edition else "The public page stays as it was."
            messages.success(request, f"The check is recorded. {shown}")
            if check.outcome == CheckOutcome.CHANGED:
                messages.info(request, NOW_SAY_WHAT)
            return self.back_to(programme)
        checks = programme.verifications.select_related("by", "mistake__by")
        title = f"Record a check of {programme}"
        return self.page(request, "check", programme, title, form=form, checks=checks)

    def mistake_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Takes a check back: it stays in the list, and counts no longer."""
        programme = self.entry(request, object_id)
        self.demand(self.may_check(request))
        check = row_of(programme.verifications.filter(mistake=None), number)
        form = MistakeForm(request.POST or None)
        if form.is_valid():
            by = cast(User, request.user)
            edition = take_back_check(check, by, form.cleaned_data["why"])
            self.log_change(request, programme, f"check recorded by mistake: {check}")
            shown = "The public sees so now." if edition else "The public page stays as it was."
            messages.success(request, f"The check counts no longer. {shown}")
            return self.back_to(programme)
        title = f"Recorded by mistake: check of {programme}"
        return self.page(request, "mistake", programme, title, form=form, check=check)

    @admin.display(description="checks so far")
    def checks_so_far(self, programme: Programme) -> str:
        checks = [
            f"{check}, with {check.get_checked_with_display().lower()}"
            f"{' (recorded by mistake)' if check.is_mistake else ''}"
            for check in programme.verifications.all()
        ]
        return "; ".join(checks) or "none"
