"""The weekly mail of everything that waits on somebody’s home page, and switching it off."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import mail
from accounts.models import User
from accounts.pages import render_page
from core.public_form_guard import unkept
from programmes.admin.work_queue import KINDS, to_do

SIGNER = Signer(salt="weekly digest")


def send_digest(user: User) -> bool | None:
    """Whether it was sent; None where nothing waits for them."""
    waiting = to_do(user)
    if not any(waiting[kind] for kind in ("due", *KINDS)):
        return None
    context = {"to_do": waiting, "every": settings.CHECK_EVERY.days, "off": switch_address(user)}
    return mail.send(user, "What waits for you in the directory", "digest", **context)


def switch_address(user: User) -> str:
    return reverse("weekly-digest", args=[SIGNER.sign(str(user.pk))])


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def digest_switch(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the signed link of a mail switches it, without signing in; by GET nobody."""
    try:
        user = get_object_or_404(User, pk=SIGNER.unsign(token))
    except BadSignature as forged:
        raise Http404 from forged
    if request.method == "POST":
        user.weekly_digest = request.POST.get("switch") == "on"
        user.save(update_fields=["weekly_digest"])
    return unkept(render_page(request, "digest", "Weekly mail", is_on=user.weekly_digest))
