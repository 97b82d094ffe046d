"""Earlier editions of an entry: looked at, compared, and loaded back."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from accounts.models import User
from core.middleware.language import LANGUAGES, other
from programmes.admin.differences import (
    differences,
    since_its_predecessor,
    unpublished,
)
from programmes.admin.entry_pages import OfOneEntry, row_of
from programmes.admin.publish import as_public_page
from programmes.models import Edition, Programme
from programmes.publishing.draft import entry_of
from programmes.publishing.publish import OvertakenError, fingerprint
from programmes.publishing.restore import as_loaded_back, load_back

LOADED_BACK = "Loaded back, and not public yet: preview it, then publish."
SAME_AS_PUBLIC = "Loaded back: it is the same as the public page."
OVERTAKEN = (
    "Nothing is loaded back yet, since the entry was changed meanwhile. Look at what would be lost "
    "now, and load it back once more."
)


class EditionField(forms.ModelChoiceField):
    """Editions by their time and reason: several may be of the same minute."""

    def label_from_instance(self, edition: Edition) -> str:
        return f"{edition}: {edition.why[:60]}"


class AgainstForm(forms.Form):
    """What an edition is compared with: nothing chosen, the one before it."""

    against = EditionField(
        Edition.objects.none(), label="Compare with", required=False, empty_label="the one before"
    )

    def __init__(self, *args, edition: Edition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.filter(programme=edition.programme).exclude(pk=edition.pk)
        cast(forms.ModelChoiceField, self.fields["against"]).queryset = others


class LoadBackForm(forms.Form):
    """Asks only where something would be lost: what is saved and was never published."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    give_up = forms.BooleanField(
        label="Yes: give up what is saved here and not published",
        error_messages={"required": "Nothing is loaded back yet: this would be lost for good."},
    )

    def __init__(self, *args: Any, loses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not loses:
            del self.fields["give_up"]


class Past(OfOneEntry):
    def get_urls(self) -> list:
        return [
            self.entry_path("editions", self.editions_view),
            self.entry_path("edition", self.edition_view, "<int:number>/"),
            self.entry_path("as_published", self.as_published_view, "<int:number>/<str:language>/"),
            self.entry_path("load_back", self.load_back_view, "<int:number>/"),
            *super().get_urls(),
        ]

    def editions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        editions = Edition.objects.filter(programme=programme).select_related("by")
        title = f"Editions of {programme}"
        return self.page(request, "editions", programme, title, editions=editions)

    def edition_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        programme = self.entry(request, object_id)
        edition = _edition(programme, number)
        form = AgainstForm(request.GET or None, edition=edition)
        against = form.cleaned_data["against"] if form.is_valid() else None
        return self.page(
            request,
            "edition",
            programme,
            str(edition),
            edition=edition,
            form=form,
            against=against,
            differences=differences(against.entry, edition.entry)
            if against
            else since_its_predecessor(edition),
        )

    def as_published_view(
        self, request: HttpRequest, object_id: str, number: int, language: str
    ) -> HttpResponse:
        programme = self.entry(request, object_id)
        edition = _edition(programme, number)
        if language not in LANGUAGES:
            raise Http404
        address = "admin:programmes_programme_as_published"
        twin = reverse(address, args=[programme.pk, edition.pk, other(language)])
        context = {"programme": programme, "twin": twin, "edition": edition}
        return as_public_page(request, language, edition.entry, context)

    def load_back_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Shows what would change here, and changes it when that is confirmed."""
        programme = self.entry(request, object_id)
        self.demand(self.has_change_permission(request, programme))
        edition = _edition(programme, number)
        form = _load_back_form(programme, request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                load_back(
                    programme,
                    edition,
                    by=cast(User, request.user),
                    only_if=form.cleaned_data["seen"],
                )
            except OvertakenError:
                messages.warning(request, OVERTAKEN)
                # As it is by now, and nothing of it given up.
                programme = self.entry(request, object_id)
                form = _load_back_form(programme, None)
            else:
                is_public = not unpublished(self.entry(request, object_id))
                messages.success(request, SAME_AS_PUBLIC if is_public else LOADED_BACK)
                return self.back_to(programme)
        return self.page(
            request,
            "load_back",
            programme,
            f"Load back {edition}",
            edition=edition,
            form=form,
            lost=unpublished(programme),
            differences=differences(entry_of(programme), as_loaded_back(programme, edition)),
        )


def _load_back_form(programme: Programme, posted: QueryDict | None) -> LoadBackForm:
    seen = fingerprint(entry_of(programme))
    return LoadBackForm(posted, loses=bool(unpublished(programme)), initial={"seen": seen})


def _edition(programme: Programme, number: int) -> Edition:
    return row_of(Edition.objects.filter(programme=programme), number)
