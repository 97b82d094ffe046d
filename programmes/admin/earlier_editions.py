"""Earlier editions of an entry: looked at, compared, and loaded back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from programmes.admin.differences import differences, unpublished
from programmes.admin.entry_pages import EditorRequest, back_to, entry_page, find_entry, render_page
from programmes.admin.publish import public_page
from programmes.models import Edition, Programme
from programmes.publishing.draft import entry_of
from programmes.publishing.load_back import as_loaded_back, load_back
from programmes.publishing.publish import OvertakenError, fingerprint

NOT_PUBLIC_YET = ", and not public yet: preview it, then publish."
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

    against = EditionField(None, label="Compare with", required=False, empty_label="the one before")

    def __init__(self, *args, edition: Edition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = _editions(edition.programme).exclude(pk=edition.pk)
        self.fields["against"].queryset = others  # type: ignore[attr-defined]


class LoadBackForm(forms.Form):
    """Asks only where something would be lost: what is saved and was never published."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    give_up = forms.BooleanField(
        label="Yes: give up what is saved here and not published",
        error_messages={"required": "Nothing is loaded back yet: this would be lost for good."},
    )

    def __init__(self, posted: Any, *, programme: Programme) -> None:
        super().__init__(posted, initial={"seen": fingerprint(entry_of(programme))})
        self.lost = unpublished(programme)
        if not self.lost:
            del self.fields["give_up"]


def _editions(programme: Programme | None) -> QuerySet[Edition]:
    return Edition.objects.filter(programme=programme)


@entry_page()
def editions_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    editions = _editions(programme).select_related("by")
    title = f"Editions of {programme}"
    return render_page(request, "editions", title, programme=programme, editions=editions)


@entry_page()
def edition_page(request: EditorRequest, programme: Programme, number: int) -> HttpResponse:
    """One edition, and what it changed, all of it where it was the first."""
    edition = get_object_or_404(_editions(programme), pk=number)
    form = AgainstForm(request.GET or None, edition=edition)
    against = form.cleaned_data["against"] if form.is_valid() else None
    before = against or _editions(programme).filter(pk__lt=number).order_by("-pk").first()
    return render_page(
        request,
        "edition",
        str(edition),
        programme=programme,
        edition=edition,
        form=form,
        against=against,
        differences=differences(before.entry if before else None, edition.entry),
    )


@entry_page()
def as_published_page(
    request: EditorRequest, programme: Programme, number: int, language: str
) -> HttpResponse:
    edition = get_object_or_404(_editions(programme), pk=number)
    return public_page(request, language, edition.entry, programme=programme, edition=edition)


@entry_page("programmes.change_programme")
def load_back_page(request: EditorRequest, programme: Programme, number: int) -> HttpResponse:
    """Show what would change here, and change it when that is confirmed."""
    edition = get_object_or_404(_editions(programme), pk=number)
    posted = request.POST if request.method == "POST" else None
    form = LoadBackForm(posted, programme=programme)
    if form.is_valid():
        try:
            load_back(programme, edition, by=request.user, only_if=form.cleaned_data["seen"])
        except OvertakenError:
            messages.warning(request, OVERTAKEN)
            # As it is by now, and nothing of it given up.
            programme = find_entry(request, programme.pk)
            form = LoadBackForm(None, programme=programme)
        else:
            same = not unpublished(find_entry(request, programme.pk))
            then = ": it is the same as the public page." if same else NOT_PUBLIC_YET
            messages.success(request, f"Loaded back{then}")
            return back_to(programme)
    return render_page(
        request,
        "load_back",
        f"Load back {edition}",
        programme=programme,
        form=form,
        differences=differences(entry_of(programme), as_loaded_back(programme, edition)),
    )
