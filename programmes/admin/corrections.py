"""What the public says is wrong: a queue, oldest first, that ends in a decision with a reason."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.models import User
from core.read_only_admin import ReadOnlyAdmin
from programmes.admin.area_scope import OF_AREA, AreaScopedAdmin
from programmes.admin.forms import NoteField
from programmes.models import Correction
from programmes.models.correction import CorrectionState

SENT = ["reference", "programme", "pages", "kind", "sender", "words", "language", "sent_at", "held"]
DECISIONS = [each for each in CorrectionState.choices if each[0] != CorrectionState.WAITING]
CHANGED = (CorrectionState.ACCEPTED, CorrectionState.AMENDED)
NOTHING_PUBLISHED = (
    "Nothing of this entry was published since this was sent. Change and publish it first, or "
    "record a check; or tick this."
)
SO_IT_SAYS = "(Nothing of the entry was published between the message and this decision.)"


class DecisionForm(forms.ModelForm):
    state = forms.ChoiceField(label="Decision", choices=DECISIONS, widget=forms.RadioSelect)
    decision = NoteField(
        label="Reason", help_text="For colleagues, and for the sender if they ask. Name no persons."
    )
    all_the_same = forms.BooleanField(
        label="Accepted or amended although nothing of this entry was published since",
        required=False,
        help_text="Your reason will say so.",
    )

    class Meta:
        model = Correction
        fields = ["state", "decision"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        says_changed = cleaned.get("state") in CHANGED
        self.unchanged = says_changed and not self.instance.was_followed_by_publishing
        if self.unchanged and not cleaned.get("all_the_same"):
            self.add_error("all_the_same", NOTHING_PUBLISHED)
        return cleaned


class HeldFilter(admin.SimpleListFilter):
    """Leaves out what is probably automatic, unless it is asked for or somebody searches."""

    title = "held"
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        held = model_admin.get_queryset(request).filter(held=True, state=CorrectionState.WAITING)
        return [("yes", f"Probably automatic: {held.count()} waiting")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        everyday, held = super().choices(changelist)
        yield from (everyday | {"display": "Not held"}, held)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None and request.GET.get("q"):
            return queryset
        return queryset.filter(held=self.value() == "yes")


@admin.register(Correction)
class CorrectionAdmin(AreaScopedAdmin, ReadOnlyAdmin):
    """Each is decided once, and never added, deleted or changed."""

    form = DecisionForm
    actions = None
    # Waiting first, oldest first; then what was decided, newest first.
    ordering = [F("decided_at").desc(nulls_first=True), "sent_at", "pk"]
    list_display = ["reference", "programme", "kind", "sender", "short_state", "sent_at"]
    list_filter = [HeldFilter, "state", "kind", OF_AREA]
    list_select_related = ["programme__area"]
    search_fields = ["reference"]
    search_help_text = "By reference number"
    readonly_fields = [*SENT, "decided_by", "decided_at"]

    def get_fieldsets(self, request: HttpRequest, obj: Correction | None = None) -> Any:
        decided = ["decided_by", "decided_at"] if obj and obj.decided_at else []
        asked = obj and not obj.decided_at and not obj.was_followed_by_publishing
        decision = ["state", "decision", *decided, *(["all_the_same"] if asked else [])]
        explanation = (
            "Deciding changes nothing in the entry: change it on its own page, publish it, and "
            "then say here what was decided. A decision is final."
        )
        return [
            ("What was sent", {"fields": SENT}),
            ("The decision", {"description": explanation, "fields": decision}),
        ]

    @admin.display(description="state", ordering="state")
    def short_state(self, correction: Correction) -> str:
        return correction.get_state_display().partition(":")[0]

    @admin.display(description="its pages")
    def pages(self, correction: Correction) -> str:
        entry = correction.programme
        return format_html(
            '<a href="{}">Edit the entry</a> · <a href="{}">See its public page</a>',
            reverse("admin:programmes_programme_change", args=[entry.pk]),
            reverse(f"{correction.language}:entry", args=[entry.area_slug, entry.slug]),
        )

    @admin.display(description="in their words")
    def words(self, correction: Correction) -> str:
        if correction.text_deleted_at:
            return f"Deleted on {timezone.localdate(correction.text_deleted_at):%-d %B %Y}."
        return correction.text or "Nothing was written."

    def has_change_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        decided = obj is not None and obj.decided_at is not None
        return not decided and admin.ModelAdmin.has_change_permission(self, request, obj)

    def change_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            sent = self.get_object(request, unquote(object_id))
            # Held until the decision stands: of two, the second finds it decided.
            held = Correction.objects.select_for_update().filter(pk=sent.pk if sent else 0)
            if request.method == "POST" and any(each.decided_at for each in held):
                messages.error(request, "Somebody has decided this already; yours was not saved.")
                return redirect(request.path)
            return super().change_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        if form.unchanged:
            obj.decision = f"{obj.decision} {SO_IT_SAYS}"
        obj.decided_by, obj.decided_at = cast(User, request.user), timezone.now()
        super().save_model(request, obj, form, change)
