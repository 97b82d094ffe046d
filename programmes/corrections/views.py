"""“Report a mistake”: whoever reads an entry can tell its editors, without an account."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core.client_ip import hashed_addresses
from core.public_form_guard import uncached_form
from programmes.corrections.forms import CorrectionForm
from programmes.corrections.services import take_in
from programmes.entries.views import not_shown
from programmes.models import Edition
from programmes.models.correction import UNMISTAKABLE

REFERENCE = re.compile(f"[{UNMISTAKABLE}]{{4}}-[{UNMISTAKABLE}]{{4}}")


@uncached_form
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    edition = Edition.objects.current().filter(area=area, slug=slug).first()
    if edition is None:
        return not_shown(request, area, slug)
    page: dict[str, Any] = {"form": CorrectionForm()}
    status = 200
    if request.method == "POST":
        status, page = _answer(request, edition)
    page["entry"] = edition.entry
    return render(request, "corrections/correction.html", page, status=status)


def _answer(request: HttpRequest, edition: Edition) -> tuple[int, dict[str, Any]]:
    """What becomes of what was posted. The other language posts it too, which sends nothing."""
    posted = request.POST
    reference = posted.get("reference", "")
    if posted.get("step") == "sent" and REFERENCE.fullmatch(reference):
        return 200, _thanks(reference)
    if posted.get("step") == "start":
        return 200, _form(CorrectionForm(initial=posted.dict()))
    form = CorrectionForm(posted)
    if not form.is_valid():
        return 400, _form(form)
    # Few but programs fill what nobody sees; they learn nothing from the answer.
    automatic = bool(posted.get("homepage"))
    addresses = hashed_addresses(request)
    return 200, _thanks(take_in(form.cleaned_data, edition, addresses, automatic=automatic))


def _thanks(reference: str) -> dict[str, Any]:
    return {"reference": reference, "step": "sent", "answers": [("reference", reference)]}


def _form(form: CorrectionForm) -> dict[str, Any]:
    answers = [(field.name, field.value() or "") for field in form]
    return {"form": form, "step": "start", "answers": answers}
