"""What the frame of a page has to look up: how old the directory's facts are."""

from typing import Any

from django import template

from programmes.models import Edition

register = template.Library()


@register.inclusion_tag("components/age_banner.html")
def age_banner() -> dict[str, Any]:
    """The oldest facts and how many entries were checked since, in one query."""
    return Edition.objects.current().age()


@register.filter
def digits(number: str) -> str:
    """A telephone number as an address of its own."""
    return number.replace(" ", "")
