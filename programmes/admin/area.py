"""Force areas: facts of law, whom to ask there, and publishing what is public about them.

It stands here and not in `forces`, which knows nothing of publishing.
"""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from accounts.areas import open_areas
from accounts.models import User
from accounts.pages import render_page
from core.read_only_admin import ReadOnlyAdmin
from forces.models import ForceArea
from programmes.admin.area_scope import AreaScopedAdmin
from programmes.admin.differences import unpublished_of_area
from programmes.admin.forms import BilingualForm, ReasonForm, TeamForm
from programmes.admin.publish import PUBLISH
from programmes.domain import contact_rules
from programmes.publishing.areas import changed_areas, publish_changed_areas

WHOM_TO_ASK = "Once published, shown on each entry of the area without a contact."


class AskForm(TeamForm, BilingualForm):
    """Whom to ask is an office and its page, by the rules for contacts."""

    rules: ClassVar[dict[str, Callable[[str], str]]] = {
        "ask_en": contact_rules.team_problem,
        "ask_cy": contact_rules.team_problem,
        "ask_page_en": contact_rules.page_problem,
        "ask_page_cy": contact_rules.page_problem,
        "ask_phone": contact_rules.phone_problem,
        "ask_email": contact_rules.email_problem,
    }
    may_name_a_person = set(rules) - {"ask_phone"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, rule in self.rules.items():
            text = self.cleaned_data.get(name)
            if text and (problem := rule(text)):
                self.add_error(name, problem)
        given = {name for name, value in self.cleaned_data.items() if value}
        if given & {"ask_phone", "ask_email"} and not given & {"ask_seen_on", "ask_checked_on"}:
            self.add_error("ask_seen_on", "Say when the telephone or the e-mail was seen.")
        return cleaned


@admin.register(ForceArea)
class ForceAreaAdmin(AreaScopedAdmin, ReadOnlyAdmin):
    """None is added or deleted."""

    area_path = "pk"
    list_display = ["name_en", "name_cy", "gss_code", "ask_en", "ask_checked_on"]
    form = AskForm
    # Facts of law, which pages read as they stand; “whom to ask” is published.
    readonly_fields = ["slug", "gss_code", "position", "name_en", "name_cy", "in_en", "in_cy"]
    ask: Any = [("ask_en", "ask_cy"), "welsh_holds", ("ask_page_en", "ask_page_cy")]
    ask += [("ask_phone", "ask_email"), "is_a_team", ("ask_seen_on", "ask_checked_on")]
    fieldsets = [
        (None, {"fields": ["slug", "gss_code", "position"]}),
        ("Names", {"fields": [("name_en", "name_cy"), ("in_en", "in_cy")]}),
        ("Whom to ask", {"description": WHOM_TO_ASK, "fields": ask}),
    ]

    has_change_permission = admin.ModelAdmin.has_change_permission

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"may_publish": self._may_publish(request)})

    def _may_publish(self, request: HttpRequest) -> bool:
        """What concerns all of Wales is published with every area, so by who sees all of them."""
        return open_areas(request) is None and request.user.has_perm(PUBLISH)

    def get_urls(self) -> list:
        publish = self.admin_site.admin_view(self.publish)
        return [
            path("publish/", publish, name="forces_forcearea_publish"),
            path("<path:object_id>/publish/", publish, name="forces_forcearea_publish_ask"),
            *super().get_urls(),
        ]

    def publish(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """Publish whom to ask in one area, or all of every area that has changed."""
        area = self.get_object(request, object_id) if object_id else None
        if object_id and area is None:
            raise Http404
        if not (self._may_publish(request) or (area and request.user.has_perm(PUBLISH))):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            by, why = cast(User, request.user), form.cleaned_data["why"]
            areas = publish_changed_areas(by=by, why=why, ask_of=area)
            messages.success(request, f"Published: {', '.join(map(str, areas)) or 'nothing new'}.")
            return redirect("admin:index" if area else "admin:forces_forcearea_changelist")
        waiting = [(each, unpublished_of_area(each, area)) for each in changed_areas(area)]
        title = f"Publish whom to ask {f'in {area}' if area else 'and developments'}"
        name = "forces/forcearea/publish"
        return render_page(request, name, title, opts=self.opts, areas=waiting, form=form)
