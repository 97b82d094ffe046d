"""The server's log: a JSON object a line, on standard output.

The line of a request has no path, query, body, address, referrer or browser, and no message of an
exception, which may quote any of them, except the first line of an error of the database's
connection. Libraries' own messages are logged as they are.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPMethod
from typing import Any

from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from core.error_pages import OUT_OF_REACH
from core.traffic import REQUESTS, traffic

ROUTE = "directory.route"  # where in the environment the page cache finds the route of a page


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {"time": at.isoformat(timespec="milliseconds")}
        line["level"] = record.levelname.lower()
        # Libraries that quote requests are silenced in the settings.
        of_library = {"logger": record.name, "message": record.getMessage()}
        line |= getattr(record, "line", of_library)
        if error := record.exc_info and record.exc_info[1]:
            line |= {"exception": list(described(error))}
        return json.dumps(line, ensure_ascii=False)


def log_requests(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Log each request that reaches Django, with the exception where one broke it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        broken_by, route = getattr(request, "broken_by", {}), _route(request, response.status_code)
        ms = (time.perf_counter() - began) * 1_000
        request.META[ROUTE] = route.get("route", "")
        traffic.count(request.META[ROUTE], response.status_code, cached=False, ms=ms)
        line = {
            # What is no method could be anything.
            "method": request.method if request.method in list(HTTPMethod) else "other",
            **route,
            "status": response.status_code,
            "ms": round(ms, 1),
            **broken_by,
        }
        level = logging.ERROR if broken_by or response.status_code == 500 else logging.INFO
        REQUESTS.log(level, "", extra={"line": line})
        return response

    return answer


def _route(request: HttpRequest, status: int) -> dict[str, str]:
    """The name of the page, the same in both languages; nothing for what was not found."""
    match = request.resolver_match
    if match is None or status == 404:
        return {}
    return {"route": ":".join([*match.app_names, match.view_name.rpartition(":")[2]])}


@receiver(got_request_exception)
def note_exception(request: HttpRequest, **signal: Any) -> None:
    error = sys.exception()
    if error:
        # As text: the exception itself would hold on to all that its frames held.
        request.broken_by = {"exception": list(described(error))}  # type: ignore[attr-defined]


def described(error: BaseException) -> Iterator[str]:
    """An exception, its frames, and the exceptions that led to it."""
    kind = type(error)
    # A later line may quote the statement, and so what somebody typed.
    message = str(error).partition("\n")[0] if isinstance(error, OUT_OF_REACH) else ""
    yield f"{kind.__module__}.{kind.__qualname__}{': ' if message else ''}{message}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        yield f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}"
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier:
        yield from described(earlier)
