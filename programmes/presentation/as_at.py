"""Addresses of pages, and the context of those as they were at the end of a day."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language


def as_at_context(day: datetime.date | None, query_now: str = "") -> dict[str, Any]:
    """`query_now` is the query string of the same page as it is now.

    `of_day` goes to the end of an address without a query string, `and_day` to one that has one.
    """
    if day is None:
        return {"query": query_now}
    asked = urlencode({"as-at": day.isoformat()})
    return {
        "as_at": day,
        "query_now": query_now,
        "query": f"{query_now}&{asked}".lstrip("&"),
        "of_day": f"?{asked}",
        "and_day": f"&{asked}",
    }


def page_address(name: str, query: str = "", *arguments: str) -> str:
    """The address of a page in the language of the one that is shown."""
    path = reverse(f"{get_language()}:{name}", args=arguments)
    return f"{path}?{query}" if query else path
