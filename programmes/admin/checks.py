"""Recording a check of an entry: apart from editing it, and public at once."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from programmes.admin.of_one_entry import OfOneEntry
from programmes.models import Verification
from programmes.publishing import record_check
from programmes.vocabulary import CheckedWith, CheckOutcome, Field


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
        help_text="Only what is ticked below counts as confirmed. “Could not reach anyone” is kept "
        "and makes the entry no younger. “Has stopped” is shown to the public at once.",
    )
    confirmed = forms.MultipleChoiceField(
        label="What was confirmed",
        choices=Field.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Verification
        fields = ["checked_on", "checked_with", "outcome", "confirmed", "note"]
        widgets = {"checked_on": AdminDateWidget, "note": forms.Textarea({"rows": 2})}


class RecordsChecks(OfOneEntry):
    def get_urls(self) -> list:
        return [self.entry_path("check", self.check_view), *super().get_urls()]

    def may_check(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("programmes.add_verification")

    def check_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        self.demand(self.may_check(request))
        check = Verification(programme=programme, by=cast(User, request.user))
        form = CheckForm(request.POST or None, instance=check)
        if form.is_valid():
            edition = record_check(form.instance)
            self.log_change(request, programme, f"check: {check.get_outcome_display()}")
            shown = "The public sees it now." if edition else "The public page stays as it was."
            messages.success(request, f"The check is recorded. {shown}")
            return self.back_to(programme)
        checks = programme.verifications.select_related("by")
        title = f"Record a check of {programme}"
        return self.page(request, "check", programme, title, form=form, checks=checks)

    @admin.display(description="checks so far")
    def checks_so_far(self, programme) -> str:
        checks = [
            f"{check}, with {check.get_checked_with_display().lower()}"
            for check in programme.verifications.all()
        ]
        return "; ".join(checks) or "none"
