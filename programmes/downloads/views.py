"""What can be taken away: the downloads, what their columns and codes mean, how to cite them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.downloads import data_dictionary


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "files": data_dictionary.files(),
        "vocabularies": data_dictionary.codes(),
        "today": timezone.localdate(),
    }
    return render(request, "pages/data.html", context)
