"""Pages as they were at the end of a day: what they say of it, and how their links keep the day."""

import datetime
from typing import Any
from urllib.parse import urlencode


def past(day: datetime.date | None, query_now: str = "") -> dict[str, Any]:
    """What the frame and the links of a page of a past day need; nothing for the page of now.

    `query_now` is the query string of the same page as it is now. `of_day` goes to the end of an
    address without a query string, `and_day` to the end of one that has one.
    """
    if day is None:
        return {}
    asked = urlencode({"as-at": day.isoformat()})
    return {"as_at": day, "query_now": query_now, "of_day": f"?{asked}", "and_day": f"&{asked}"}


def query_of(day: datetime.date | None, query_now: str = "") -> str:
    """The query string of a page of that day."""
    asked = urlencode({"as-at": day.isoformat()}) if day else ""
    return "&".join(filter(None, (query_now, asked)))
