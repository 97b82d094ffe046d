"""What the admin says to whomever it refuses: why, and what to do now."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect
from django.urls import reverse

from accounts.pages import render_page
from core import error_pages


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever is signed in may send a form of our own once more, with all that was typed."""
    is_staff = request.user.is_staff
    if not _is_admins(request) or (reason == REASON_NO_CSRF_COOKIE and not is_staff):
        return error_pages.csrf_failure(request, reason)
    if is_staff and request.path == reverse("admin:login"):
        return redirect("admin:index")
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    from_elsewhere = reason.startswith(("Origin", "Referer"))
    is_secret = any("password" in name or name == "code" for name, _value in typed)
    is_kept = is_staff and not from_elsewhere and not is_secret and not request.FILES
    context = {"typed": typed if is_kept else [], "anew": request.get_full_path()}
    return render_page(request, "refused", "Nothing is saved yet", status=403, **context)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not _is_admins(request):
        return error_pages.permission_denied(request, exception)
    return render_page(request, "refused", "You cannot do this here", status=403)


def _is_admins(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))
