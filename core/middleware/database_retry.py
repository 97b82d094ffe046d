"""Retries a read while the database restarts, for at most 0.6 seconds."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from core.error_pages import OUT_OF_REACH

WAITS = 0.6  # seconds, for all requests together, from when the database was first missed
PAUSE = 0.05


class DatabaseRetry(MiddlewareMixin):
    """The last of the middleware, since it calls the view itself. Reading twice does no harm."""

    missed_at: float | None = None

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method not in ("GET", "HEAD"):
            return None
        while True:
            try:
                response = view(request, *args, **kwargs)
            except OUT_OF_REACH:
                if not self._is_worth_waiting():
                    raise
                time.sleep(PAUSE)
                if not connection.in_atomic_block:  # which is its own to end
                    connection.close_if_unusable_or_obsolete()
            else:
                self.missed_at = None
                return response

    def _is_worth_waiting(self) -> bool:
        now = time.monotonic()
        # Another thread may reach the database meanwhile, and forget it.
        missed_at = self.missed_at = self.missed_at or now
        return now - missed_at < WAITS
