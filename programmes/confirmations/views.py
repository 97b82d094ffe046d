"""The page behind a link to a provider: whoever holds it answers once, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core.public_form_guard import uncached_form
from programmes.confirmations.forms import ConfirmationForm
from programmes.publishing.confirmations import find_open, take_answers
from programmes.publishing.editions import public_edition


@uncached_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    asked = find_open(token)
    edition = public_edition(asked.programme) if asked else None
    if asked is None or edition is None:
        return render(request, "confirmations/closed.html", status=404)
    form = ConfirmationForm(request.POST.dict() if request.method == "POST" else None, edition)
    page = {"form": form, "entry": edition.entry}
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "confirmations/confirmation.html", page, status=status)
    if not take_answers(asked, edition, form.answers()):
        return render(request, "confirmations/closed.html", status=404)
    return render(request, "confirmations/thanks.html", page)
