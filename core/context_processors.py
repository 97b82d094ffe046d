"""The context of every page: its language and addresses, and the facts of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from core.middleware.language import LANGUAGES, other


def address_in(language: str, request: HttpRequest) -> str:
    """The page in a language, without its query; the home page where it has no twin."""
    match = request.resolver_match
    if match is None or match.namespace not in LANGUAGES:
        return reverse(f"{language}:home")
    return reverse(f"{language}:{match.url_name}", kwargs=match.kwargs)


def site(request: HttpRequest) -> dict[str, Any]:
    language = get_language()
    addresses = {each: address_in(each, request) for each in LANGUAGES}
    return {
        "language": language,
        "other_language": other(language),
        "addresses": addresses,
        "twin": addresses[other(language)],
        "site_url": settings.SITE_URL,
        "exit_url": settings.EXIT_URL,
        "publisher": settings.PUBLISHER[language],
        "contact_email": settings.CONTACT_EMAIL,
        "helplines": settings.HELPLINES,
        "helplines_checked_on": settings.HELPLINES_CHECKED_ON,
        "second_factor": settings.SECOND_FACTOR,
        "accessibility": settings.ACCESSIBILITY,
    }
