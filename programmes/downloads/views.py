"""What can be taken away: the files of the list, and the page that explains all files."""

from collections.abc import Callable

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.domain.entry import sources_of
from programmes.downloads import data_dictionary
from programmes.downloads.formats import JSON, MEDIA_TYPES, Write, as_file, refusal
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.provenance import provenance
from programmes.presentation import structured_data


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What the files hold, what their columns and codes mean, how to cite them."""
    tables = [(f"{name}-csv", "text/csv") for name in data_dictionary.FILES]
    lists = [(f"programmes-{suffix}", MEDIA_TYPES[suffix]) for suffix in ("json", "xlsx")]
    context = {
        "files": data_dictionary.titles(),
        "columns": data_dictionary.columns(),
        "codes": data_dictionary.codes(),
        "licence": settings.DATA_LICENCE,
        "structured": structured_data.dataset([*tables, *lists]),
        "today": timezone.localdate(),
    }
    return render(request, "downloads/data.html", context)


@require_safe
def package(request: HttpRequest) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(data_dictionary.data_package()), MEDIA_TYPES["json"])


def download(write: Write) -> Callable[[HttpRequest], HttpResponse]:
    """The list as a file: the same query and entries, all its pages at once."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        selection = ProgrammeFilterSet(request.GET)
        if not selection.is_valid():
            if write is JSON:
                errors = msgspec.json.encode({"errors": selection.problems()})
                return HttpResponse(errors, MEDIA_TYPES["json"], status=400)
            return refusal(selection.problems())
        entries = [edition.entry for edition in selection.qs]
        about = provenance(selection, sources_of(entries), len(entries))
        return as_file(request, write(entries, about), about.as_at)

    return view
