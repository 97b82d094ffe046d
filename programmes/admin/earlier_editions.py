"""Earlier editions of an entry: looked at, compared, and loaded back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from programmes.admin.differences import differences, unpublished
from programmes.admin.entry_pages import EditorRequest, Page, back_to, entry_page, find_entry
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


@entry_page("editions/")
def editions_page(request: EditorRequest, programme: Programme) -> Page:
    editions = Edition.objects.filter(programme=programme).select_related("by")
    return {"title": f"Editions of {programme}", "editions": editions}


@entry_page("edition/<int:number>/")
def edition_page(request: EditorRequest, programme: Programme, number: int) -> Page:
    """One edition, and what it changed, all of it where it was the first."""
    editions = Edition.objects.filter(programme=programme)
    edition = get_object_or_404(editions, pk=number)
    before = editions.filter(pk__lt=number).order_by("-pk").first()
    changes = differences(before.entry if before else None, edition.entry)
    return {"title": str(edition), "edition": edition, "differences": changes}


@entry_page("as_published/<int:number>/<str:language>/")
def as_published_page(
    request: EditorRequest, programme: Programme, number: int, language: str
) -> HttpResponse:
    edition = get_object_or_404(Edition, programme=programme, pk=number)
    return public_page(request, language, edition.entry, programme=programme, edition=edition)


@entry_page("load_back/<int:number>/", "programmes.change_programme")
def load_back_page(request: EditorRequest, programme: Programme, number: int) -> Page:
    """Show what would change here, and change it when that is confirmed."""
    edition = get_object_or_404(Edition, programme=programme, pk=number)
    posted = request.POST if request.method == "POST" else None
    form = LoadBackForm(posted, programme=programme)
    if form.is_valid():
        try:
            load_back(programme, edition, by=request.user, seen=form.cleaned_data["seen"])
        except OvertakenError:
            messages.warning(request, OVERTAKEN)
            # As it is by now, and nothing of it given up.
            programme = find_entry(request, programme.pk)
            form = LoadBackForm(None, programme=programme)
        else:
            same = not unpublished(find_entry(request, programme.pk))
            then = ": it is the same as the public page." if same else NOT_PUBLIC_YET
            return back_to(request, programme, f"Loaded back{then}")
    changes = differences(entry_of(programme), as_loaded_back(programme, edition))
    return {"title": f"Load back {edition}", "form": form, "differences": changes}
