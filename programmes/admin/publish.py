"""Publishing an entry, withdrawing it, and what waits to be published."""

from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation

from accounts.models import User
from core.middleware.language import LANGUAGES, other
from programmes.admin.area_scope import open_areas
from programmes.admin.differences import unpublished
from programmes.admin.edit_conflicts import last_save
from programmes.admin.entry_pages import OfOneEntry
from programmes.admin.forms import PublishForm, ReasonForm
from programmes.domain.entry import Entry
from programmes.entries.views import entry_context
from programmes.models import Programme
from programmes.publishing import data_checks
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import public_edition
from programmes.publishing.obstacles import obstacles
from programmes.publishing.publish import (
    NothingToPublishError,
    NotReadyError,
    OvertakenError,
    fingerprint,
    is_changed,
    is_withdrawn,
    publish,
    waits,
    withdraw,
)
from programmes.publishing.translations import missing_texts


class Publication(OfOneEntry):
    def get_urls(self) -> list:
        waiting = self.admin_site.admin_view(self.unpublished_view)
        return [
            path("unpublished/", waiting, name="programmes_programme_unpublished"),
            self.entry_path("publish", self.publish_view),
            self.entry_path("withdraw", self.withdraw_view),
            self.entry_path("preview", self.preview_view, "<str:language>/"),
            *super().get_urls(),
        ]

    def may_publish(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm("programmes.publish_programme")

    def acts_on(self, request: HttpRequest, programme: Programme) -> set[str]:
        """Which of "publish" and "withdraw" make sense now, for this editor."""
        if not self.may_publish(request):
            return set()
        acts = {"withdraw"} if public_edition(programme) else set()
        return acts | ({"publish"} if is_changed(programme) else set())

    def unpublished_view(self, request: HttpRequest) -> HttpResponse:
        """Every entry whose changes the public has not been shown, and what they are."""
        self.demand(self.has_view_permission(request))
        programmes = list(self.get_queryset(request))
        waiting = [(each, unpublished(each)) for each in programmes if waits(each)]
        context = {
            **self.admin_site.each_context(request),
            "title": "Changes not yet published",
            "waiting": waiting,
            "withdrawn": [each for each in programmes if is_withdrawn(each)],
            "may_publish": self.may_publish(request),
            "opts": self.opts,
        }
        return render(request, "admin/programmes/programme/unpublished.html", context)

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        self.demand(self.may_publish(request))
        form = _publish_form(programme, request.POST)
        if form.is_valid():
            if self._is_done_with(request, programme, form):
                return self.back_to(programme)
            # As it is by now, with what was typed.
            programme = self.entry(request, object_id)
            seen = fingerprint(entry_of(programme))
            form = _publish_form(programme, request.POST.dict() | {"seen": seen})
        entry = entry_of(programme)
        in_the_way, missing = obstacles(entry), list(missing_texts(entry))
        known = {*in_the_way, *missing}
        return self.page(
            request,
            "publish",
            programme,
            f"Publish {programme}",
            form=form,
            differences=unpublished(programme),
            obstacles=in_the_way,
            missing=missing,
            worth_a_look=[each for each in data_checks.of_entry(programme) if each not in known],
            is_withdrawn=is_withdrawn(programme),
            all_areas=open_areas(request) is None,
        )

    def _is_done_with(self, request: HttpRequest, programme: Programme, form: PublishForm) -> bool:
        """Publishes; says what came of it, and whether nothing is left to do on the page."""
        try:
            publish(
                programme,
                by=cast(User, request.user),
                why=form.cleaned_data["why"],
                to_follow=form.to_follow,
                only_if=form.cleaned_data["seen"],
            )
        except OvertakenError:
            messages.warning(request, _overtaken(programme))
            return False
        except NotReadyError as lacking:
            messages.error(request, str(lacking))
            return False
        except NothingToPublishError:
            messages.warning(request, "There was nothing to publish.")
        else:
            messages.success(request, "Published: the public sees this entry as it is here.")
        return True

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        self.demand(self.may_publish(request))
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            try:
                withdraw(programme, by=cast(User, request.user), why=form.cleaned_data["why"])
            except NothingToPublishError:
                messages.warning(request, "There was nothing to withdraw.")
            else:
                messages.success(request, "Withdrawn: the entry’s address now says when and why.")
            return self.back_to(programme)
        return self.page(request, "withdraw", programme, f"Withdraw {programme}", form=form)

    def preview_view(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        """The public page as publishing now would make it."""
        programme = self.entry(request, object_id)
        if language not in LANGUAGES:
            raise Http404
        entry = entry_of(programme)
        if found := obstacles(entry):
            messages.warning(request, " ".join(found))
            return self.back_to(programme)
        twin = reverse("admin:programmes_programme_preview", args=[programme.pk, other(language)])
        changed = is_changed(programme)
        context = {"programme": programme, "twin": twin, "changed": changed}
        return as_public_page(request, language, entry, context)


def _publish_form(programme: Programme, posted: Mapping[str, str]) -> PublishForm:
    entry = entry_of(programme)
    missing, seen = list(missing_texts(entry)), fingerprint(entry)
    return PublishForm(posted or None, missing=missing, initial={"seen": seen})


def _overtaken(programme: Programme) -> str:
    save = last_save(programme)
    noted = f" Noted last: {save.user}, “{save.get_change_message()}”" if save else ""
    return (
        f"Nothing is published yet, since the entry was changed meanwhile.{noted} Look at what "
        "would change now, and publish once more; what you typed is kept."
    )


def as_public_page(
    request: HttpRequest, language: str, entry: Entry, context: dict
) -> HttpResponse:
    """An entry as its public page would show it, whatever its state."""
    # The page's own links go on in its language, as on the public page.
    request.current_app = language
    with translation.override(language):
        context = entry_context(entry) | context
        response = render(request, "admin/programmes/programme/preview.html", context)
    response["Content-Language"] = language
    return response
