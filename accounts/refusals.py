"""What the admin says to whomever it refuses: why, and what to do now."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.urls import reverse

from core.error_pages import error_page

ANOTHER_TAB = (
    "This page was open while somebody signed in or out in another tab, or for too long. Nothing "
    "was saved."
)
NO_ROLE = (
    "Your account may not do this, or may not do it in this force area. Nothing was changed. The "
    "home page lists what waits for you; an administrator gives roles and areas."
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever is signed in may send a form of our own once more, with all that was typed."""
    is_staff, no_cookie = request.user.is_staff, reason == REASON_NO_CSRF_COOKIE
    if not _is_admins(request) or (no_cookie and not is_staff):
        return error_page(request, 403, "needs-cookies" if no_cookie else "")
    if is_staff and request.path == reverse("admin:login"):
        return redirect("admin:index")
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    from_elsewhere = reason.startswith(("Origin", "Referer"))
    is_secret = any("password" in name or name == "code" for name, _value in typed)
    is_kept = is_staff and not from_elsewhere and not is_secret and not request.FILES
    context = {"typed": typed if is_kept else [], "anew": request.get_full_path()}
    return _refuse(request, "Nothing is saved yet", ANOTHER_TAB, **context)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not _is_admins(request):
        return error_page(request, 403)
    return _refuse(request, "You cannot do this here", NO_ROLE)


def _is_admins(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))


def _refuse(request: HttpRequest, title: str, why: str, **context: Any) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title, "why": why}
    return render(request, "admin/refused.html", context, status=403)
