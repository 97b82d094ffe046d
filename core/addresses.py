"""Whole addresses, from `https` on."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language


def whole_address(name: str, *arguments: Any) -> str:
    """That of a page in the language of the page that asks."""
    return settings.SITE_URL + reverse(f"{get_language()}:{name}", args=arguments)
