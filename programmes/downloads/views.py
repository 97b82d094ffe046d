"""What can be taken away: the files of the list, and the page that explains all files."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.domain.entry import sources_of
from programmes.downloads import data_dictionary
from programmes.downloads.formats import JSON, Format, refusal
from programmes.downloads.json import problems_as_json
from programmes.downloads.spreadsheets import problems_as_text
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.provenance import provenance


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What the files hold, what their columns and codes mean, how to cite them."""
    context = {
        "files": data_dictionary.files(),
        "vocabularies": data_dictionary.vocabularies(),
        "today": timezone.localdate(),
    }
    return render(request, "downloads/data.html", context)


def download(kind: Format) -> Callable[[HttpRequest], HttpResponse]:
    """The list as a file: the same query and entries, all its pages at once."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection = ProgrammeFilterSet(request.GET)
        if not selection.is_valid():
            problems = selection.problems()
            if kind is JSON:
                return HttpResponse(problems_as_json(problems), kind.media_type, status=400)
            return refusal(problems_as_text(problems))
        entries = [edition.entry for edition in selection.qs]
        about = provenance(selection, sources_of(entries), len(entries))
        return kind.file(request.path, entries, about)

    return view
