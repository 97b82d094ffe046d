"""Force areas: facts of law, whom to ask there, and publishing what is public about them.

It stands here and not in `forces`, which knows nothing of publishing.
"""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from accounts.areas import open_areas
from accounts.models import User
from forces.models import ForceArea, LocalAuthority
from programmes.admin.area_scope import AreaScopedAdmin
from programmes.admin.differences import unpublished_of_area
from programmes.admin.forms import BilingualForm, ReasonForm, TeamForm
from programmes.admin.publish import PUBLISH
from programmes.domain.contact_rules import page_problem, team_problem
from programmes.publishing.areas import changed_areas, publish_area, publish_changed_areas
from programmes.publishing.publish import NothingToPublishError

WHOM_TO_ASK = "Once published, shown on each entry of the area without a contact."


class LocalAuthorityInline(admin.TabularInline):
    model = LocalAuthority
    fields = readonly_fields = ("name_en", "name_cy", "gss_code")
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class AskForm(TeamForm, BilingualForm):
    """Whom to ask is an office and its page, by the rules for contacts."""

    may_name_a_person = {"ask_en", "ask_cy", "ask_page_en", "ask_page_cy"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in self.cleaned_data.keys() & self.may_name_a_person:
            rule = page_problem if name.startswith("ask_page") else team_problem
            if problem := rule(self.cleaned_data[name]):
                self.add_error(name, problem)
        return cleaned


@admin.register(ForceArea)
class ForceAreaAdmin(AreaScopedAdmin):
    area_path = "pk"
    list_display = ["name_en", "name_cy", "gss_code", "ask_en", "ask_checked_on"]
    form = AskForm
    # Facts of law, which pages read as they stand; “whom to ask” is published.
    readonly_fields = ["slug", "gss_code", "position", "name_en", "name_cy", "in_en", "in_cy"]
    ask: Any = [("ask_en", "ask_cy"), "welsh_holds", ("ask_page_en", "ask_page_cy")]
    ask += ["is_a_team", "ask_checked_on"]
    fieldsets = [
        (None, {"fields": ["slug", "gss_code", "position"]}),
        ("Names", {"fields": [("name_en", "name_cy"), ("in_en", "in_cy")]}),
        ("Whom to ask", {"description": WHOM_TO_ASK, "fields": ask}),
    ]
    inlines = [LocalAuthorityInline]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"may_publish": self._may_publish(request)})

    def _may_publish(self, request: HttpRequest) -> bool:
        """What concerns all of Wales is published with every area, so by who sees all of them."""
        return open_areas(request) is None and request.user.has_perm(PUBLISH)

    def get_urls(self) -> list:
        pages: list[tuple[str, Any, str]] = [
            ("publish/", self.publish, "publish"),
            ("<path:object_id>/publish/", self.publish_ask, "publish_ask"),
        ]
        own = [
            path(address, self.admin_site.admin_view(view), name=f"forces_forcearea_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def publish_ask(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish whom to ask in one area, without developments."""
        area = self.get_object(request, object_id)
        if area is None:
            raise Http404
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            try:
                why = form.cleaned_data["why"]
                publish_area(area, by=cast(User, request.user), why=why, ask_alone=True)
            except NothingToPublishError:
                messages.warning(request, "There was nothing to publish.")
            else:
                messages.success(request, f"Published: whom to ask in {area}.")
            return redirect("admin:index")
        changed = [each for each in changed_areas(ask_alone=True) if each == area]
        waiting = [(area, unpublished_of_area(each, ask_alone=True)) for each in changed]
        return self._render_publish(request, f"Publish whom to ask in {area}", form, waiting)

    def publish(self, request: HttpRequest) -> HttpResponse:
        """Publish whom to ask and the developments of every area that has changed."""
        if not self._may_publish(request):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            areas = publish_changed_areas(by=cast(User, request.user), why=form.cleaned_data["why"])
            messages.success(request, f"Published: {', '.join(map(str, areas)) or 'nothing new'}.")
            return redirect("admin:forces_forcearea_changelist")
        waiting = [(area, unpublished_of_area(area)) for area in changed_areas()]
        title = "Publish whom to ask, and developments"
        return self._render_publish(request, title, form, waiting)

    def _render_publish(self, request: HttpRequest, title: str, form: Any, areas: list) -> Any:
        context = self.admin_site.each_context(request) | {"opts": self.opts, "areas": areas}
        context |= {"title": title, "form": form}
        return render(request, "admin/forces/forcearea/publish.html", context)
