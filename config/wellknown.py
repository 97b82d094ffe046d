"""Addresses that programs ask for by convention."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

SECURITY_EXPIRES_AFTER = datetime.timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "User-agent: *\nDisallow: /admin/\n", content_type="text/plain; charset=utf-8"
    )


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it expires well within the year that the RFC allows."""
    expires = timezone.now().replace(microsecond=0) + SECURITY_EXPIRES_AFTER
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en, cy",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
