"""Pages of the admin that are no list and no form of a model, and what it says when it refuses."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.error_pages import error_page


def render_page(
    request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, f"admin/{name}.html", context, status=status)


def wait_page(request: HttpRequest, seconds: int) -> HttpResponse:
    """The same of every name and address, whether there is such an account or not."""
    page = render_page(request, "wait", "Wait a moment", status=429, seconds=seconds)
    page["Retry-After"] = str(seconds)
    return page


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
    return render_page(request, "refused", "Nothing is saved yet", status=403, **context)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not _is_admins(request):
        return error_page(request, 403)
    return render_page(request, "refused", "You cannot do this here", status=403)


def _is_admins(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))
