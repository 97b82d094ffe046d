"""What the frame of a page has to look up: how old the directory's facts are."""

import datetime
from typing import Any

from django import template
from django.template import Context

from programmes.models import Edition

register = template.Library()


@register.inclusion_tag("components/age_banner.html")
def age_banner(day: datetime.date | None = None) -> dict[str, Any]:
    """The oldest facts and how many entries were checked since, in one query."""
    return {**Edition.objects.as_at(day or None).age(), "day": day}


@register.inclusion_tag("components/past_banner.html", takes_context=True)
def past_banner(context: Context) -> dict[str, Any]:
    """Which day a page shows, the same page now, and whether anything was published by then."""
    day, path, query = context["as_at"], context["request"].path, context["query_now"]
    first_day = Edition.objects.history().first_day()
    return {
        "as_at": day,
        "now": f"{path}?{query}" if query else path,
        "first_day": first_day,
        "is_before": first_day is not None and day < first_day,
    }


@register.filter
def digits(number: str) -> str:
    """A telephone number as an address of its own."""
    return number.replace(" ", "")
