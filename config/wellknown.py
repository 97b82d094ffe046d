"""Addresses that programs ask for by convention."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.middleware.language import LANGUAGES
from forces.models import ForceArea
from programmes.models import Edition

TEXT = "text/plain; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type=TEXT)


@require_safe
def sitemap(request: HttpRequest, names: list[str]) -> HttpResponse:
    """Pages without arguments, force areas and entries, once in each language with its twin."""
    pages: list[dict[str, Any]] = [{"addresses": _addresses(name)} for name in names]
    slugs = ForceArea.objects.values_list("slug", flat=True)
    pages += [{"addresses": _addresses("force", area=slug)} for slug in slugs]
    editions = Edition.objects.current().order_by("pk")
    pages += [
        {"addresses": _addresses("entry", area=area, slug=slug), "published_at": published_at}
        for area, slug, published_at in editions.values_list("area", "slug", "published_at")
    ]
    # All pages say how old the facts are and how many were checked, which any edition may change.
    last = max((page["published_at"] for page in pages if "published_at" in page), default=None)
    context = {"pages": pages, "last": last}
    return render(request, "sitemap.xml", context, content_type="application/xml")


def _addresses(name: str, **arguments: str) -> dict[str, str]:
    return {
        language: settings.SITE_URL + reverse(f"{language}:{name}", kwargs=arguments)
        for language in LANGUAGES
    }


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it expires well within the year that the RFC allows."""
    expires = timezone.now().replace(microsecond=0) + timedelta(settings.SECURITY_TXT_DAYS)
    return render(request, "security.txt", {"expires": expires.isoformat()}, content_type=TEXT)
