"""The page cache: keeps pages around the WSGI application until something public changes.

A page is kept under its scheme, host, path and the parameters that reach it, unless it fails or
has cache headers of its own, as the referral check and the admin do.
"""

import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.db import Error
from django.http.request import split_domain_port, validate_host

from core.caching.cached_page import CachedPage, WsgiResponse
from core.middleware.request_log import ROUTE
from core.parameters import declared_part, parameters_at
from core.traffic import traffic

Environ = dict[str, Any]
Key = tuple[str, ...]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

READING = ("GET", "HEAD")
NOT_PAGES = ("/admin/", "/static/", "/healthz", "/readyz")
CACHE_HEADERS = {"cache-control", "set-cookie", "vary"}
TRIES = 5
"""At most this many tries to make one page, each needed since something was published meanwhile."""

MOST_CHARACTERS = 1_000  # of a request; for a longer one Django is asked each time

LARGEST = 8
"""A page that would take more than this part of the room is not kept: it would empty it."""


class Poller(Protocol):
    """What is public at one time is the same object until something changes."""

    known: Any
    """The last known; None where there was never a database."""

    def poll(self) -> object:
        """Raises django.db.Error without a database."""


class PageCache:
    def __init__(self, application: Application, poller: Poller, room: int) -> None:
        """`room` is how many bytes of pages may be kept; the oldest go first."""
        self._application, self._poller, self._room = application, poller, room
        self._key_of = lru_cache(maxsize=1_000)(key_of)
        self._lock = threading.Lock()
        self._begin(None)

    def _begin(self, state: object) -> None:
        """Forget every page of the state before."""
        self._state = state
        self._pages: dict[Key, CachedPage] = {}
        self._size = 0

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        get = environ.get
        accepted, known = get("HTTP_ACCEPT_ENCODING", ""), get("HTTP_IF_NONE_MATCH", "")
        key = self._key(environ, accepted)
        if key is None:
            return self._pass_on(environ, start_response)
        if self._state is not self._poller.known:
            self._present()
        if page := self._pages.get(key):
            response = page.response(accepted, known)
            traffic.count(page.route, int(response.status[:3]), cached=True)
        else:
            made = self._make(environ, key)
            response = made if isinstance(made, WsgiResponse) else made.response(accepted, known)
        start_response(response.status, response.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else response.body

    def _key(self, environ: Environ, accepted: str) -> Key | None:
        if environ["REQUEST_METHOD"] not in READING:
            return None
        asked = (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
        )
        is_short = len("".join(asked)) + len(accepted) <= MOST_CHARACTERS
        return self._key_of(*asked) if is_short else None

    def _pass_on(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] not in READING and environ["PATH_INFO"].startswith("/admin/"):
            # Whoever has published sees it on the next page, not a moment later.
            self._poll()
        return body

    def _make(self, environ: Environ, key: Key) -> CachedPage | WsgiResponse:
        """The page, kept where it is of one known state; what may not be kept as Django has it."""
        asked = environ | {"REQUEST_METHOD": "GET", "QUERY_STRING": key[-1]}
        for _try in range(TRIES):
            before = self._present()
            response, after = self._ask_django(asked)
            if after is None or before is after:
                break
            # Made while something was published, it may be half of one state, half of another.
        if not is_cacheable(response) or len(response.body[0]) > self._room // LARGEST:
            return response
        page = CachedPage(response, asked[ROUTE])
        if before is after:
            self._keep(key, page, after)
        return page

    def _present(self) -> object:
        """The state for which pages are kept now; None while no database was ever seen."""
        state = self._poller.known or self._poll()
        with self._lock:
            if state is not self._state:
                self._begin(state)
        return state

    def _poll(self) -> object:
        """The state as the database has it now; None while it is away."""
        try:
            return self._poller.poll()
        except Error:
            return None

    def _ask_django(self, environ: Environ) -> tuple[WsgiResponse, object]:
        """A response, and the state that it is of; None where that is not known."""
        head: list[Any] = []
        parts = self._application(environ, lambda *begun: head.extend(begun))
        try:
            response = WsgiResponse(head[0], head[1], [b"".join(parts)])
            # Polled before closing, which gives the connection to the database back, and not where
            # the request has waited for a database that is away.
            return response, None if response.status.startswith("5") else self._poll()
        finally:
            if close := getattr(parts, "close", None):
                close()

    def _keep(self, key: Key, page: CachedPage, state: object) -> None:
        with self._lock:
            if state is None or state is not self._state or key in self._pages:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > self._room:
                self._size -= self._pages.pop(next(iter(self._pages))).size


def key_of(scheme: str, forwarded: str, host: str, path: str, query: str) -> Key | None:
    """What reaches the page, in an order in which the same is asked in the same words; None where
    this is no page that may be kept, or not of a host that is ours."""
    domain, _port = split_domain_port(host)
    is_ours = validate_host(domain, settings.ALLOWED_HOSTS)
    if path.startswith(NOT_PAGES) or not query.isascii() or not is_ours:
        return None
    names = parameters_at(get_path_info({"PATH_INFO": path}))
    if names is not None:  # else Django redirects to a page with all that was asked, or finds none
        pairs = parse_qsl(declared_part(query, names), keep_blank_values=True)
        query = urlencode(sorted(pairs, key=lambda pair: pair[0]))
    return scheme, forwarded, host, path, query


def is_cacheable(response: WsgiResponse) -> bool:
    """Whether this page is the same for everybody, now."""
    names = {name.lower() for name, _value in response.headers}
    return response.status.startswith("200 ") and not names & CACHE_HEADERS
