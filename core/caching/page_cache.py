"""The page cache: keeps pages around the WSGI application until something public changes.

A page is kept under its scheme, host, path and the parameters that reach it, unless it fails or
has cache headers of its own, as the referral check and the admin do.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.db import Error
from django.http.request import split_domain_port, validate_host

from core.caching.cached_response import OBJECT_BYTES, CachedPage, WsgiResponse
from core.parameters import declared_part
from core.traffic import answer_to, note_cached

Environ = dict[str, Any]
Asked = tuple[str | None, ...]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

READING = ("GET", "HEAD")
NOT_PAGES = ("/admin/", "/static/", "/healthz", "/readyz")
CACHE_HEADERS = {"cache-control", "set-cookie", "vary"}
MOST_PARAMETERS = 100
TRIES = 5
"""At most this many tries to make one page, each needed since something was published meanwhile."""

MOST_REQUESTS = 32
"""The most requests memorised for one page; the query of any other is read each time."""

MOST_CHARACTERS = 1_000
"""Characters of a request beyond which nothing is kept for it."""

LARGEST = 8
"""A page that would take more than this part of the room is not kept: it would empty it."""

PublicState = object
"""What is public at one time; the same object until something changes."""


class Poller(Protocol):
    """`known` is the last state; `state` and `poll` raise django.db.Error without a database."""

    @property
    def known(self) -> PublicState | None: ...

    @property
    def state(self) -> PublicState: ...

    def poll(self) -> PublicState: ...


class PageCache:
    def __init__(
        self,
        application: Application,
        poller: Poller,
        parameters_at: Callable[[str], Collection[str] | None],
        room: int,
    ) -> None:
        """`room` is how many bytes of pages may be kept; the oldest go first."""
        self._application, self._poller = application, poller
        self._parameters_at, self._room = parameters_at, room
        self._lock = threading.Lock()
        self._begin(None)

    def _begin(self, state: PublicState | None) -> None:
        """Forget every page of the state before."""
        self._state = state
        self._pages: dict[Asked, CachedPage] = {}
        self._responses: dict[Asked, WsgiResponse] = {}
        self._size = 0

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        get = environ.get
        # All that a response can depend on, letter for letter, so that a hit need not parse it.
        asked: Asked = (
            environ["REQUEST_METHOD"],
            environ["wsgi.url_scheme"],
            get("HTTP_X_FORWARDED_PROTO"),
            get("HTTP_HOST"),
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            get("HTTP_ACCEPT_ENCODING"),
            get("HTTP_IF_NONE_MATCH"),
        )
        response = self._responses.get(asked)
        if response is None or self._state is not self._poller.known:
            if not is_public(environ):
                return self._pass_on(environ, start_response)
            response = self._look_up(environ, asked)
        else:
            note_cached(environ, response.route)
        start_response(response.status, response.headers)
        return response.body

    def _pass_on(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] not in READING and environ["PATH_INFO"].startswith("/admin/"):
            # Whoever has published sees it on the next page, not a moment later.
            self._poll()
        return body

    def _look_up(self, environ: Environ, asked: Asked) -> WsgiResponse:
        self._present()
        query = self._declared_query(environ)
        key = (*asked[1:4], environ["PATH_INFO"], query)
        page = self._pages.get(key)
        if page is None:
            whole = {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
            made, state = self._make(environ | whole)
            if not is_cacheable(made) or len(made.body[0]) > self._room // LARGEST:
                return made if asked[0] == "GET" else WsgiResponse(made.status, made.headers, [])
            page = CachedPage(made.headers, made.body[0], route=answer_to(environ).route)
            if len(query) <= MOST_CHARACTERS:
                self._keep(key, page, state)
        else:
            note_cached(environ, page.route)
        get = environ.get
        accepted, known = get("HTTP_ACCEPT_ENCODING", ""), get("HTTP_IF_NONE_MATCH", "")
        response = page.response(environ["REQUEST_METHOD"], accepted, known)
        self._memorise(key, page, asked, response)
        return response

    def _present(self) -> PublicState | None:
        """The state for which pages are kept now; None while no database was ever seen."""
        try:
            state = self._poller.state
        except Error:
            return None
        with self._lock:
            if state is not self._state:
                self._begin(state)
        return state

    def _poll(self) -> PublicState | None:
        """The state as the database has it now; None while it is away."""
        try:
            return self._poller.poll()
        except Error:
            return None

    def _declared_query(self, environ: Environ) -> str:
        """What reaches the page, in an order in which the same is asked in the same words."""
        query = environ["QUERY_STRING"]
        names = self._parameters_at(get_path_info(environ))
        if names is None:  # Django redirects to a page with all that was asked, or finds none
            return query
        pairs = parse_qsl(declared_part(query, names), keep_blank_values=True)
        return urlencode(sorted(pairs, key=lambda pair: pair[0]))

    def _make(self, environ: Environ) -> tuple[WsgiResponse, PublicState | None]:
        """A response, and the state that it is of; None where that is not known."""
        for _try in range(TRIES):
            before = self._present()
            response, after = self._ask_django(environ)
            if after is None or before is after:
                return response, after
            # Made while something was published, it may be half of one state, half of another.
        return response, None

    def _ask_django(self, environ: Environ) -> tuple[WsgiResponse, PublicState | None]:
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

    def _keep(self, key: Asked, page: CachedPage, state: PublicState | None) -> None:
        with self._lock:
            if state is None or state is not self._state or key in self._pages:
                return
            self._pages[key] = page
            self._take_room(page.size)

    def _memorise(self, key: Asked, page: CachedPage, asked: Asked, response: WsgiResponse) -> None:
        """Keep a response under its raw request, unless there are many of one page."""
        length = sum(len(part or "") for part in asked)
        with self._lock:
            is_kept = self._pages.get(key) is page
            if is_kept and len(page.asked) < MOST_REQUESTS and length <= MOST_CHARACTERS:
                page.asked.append(asked)
                self._responses[asked] = response
                page.size += length + OBJECT_BYTES
                self._take_room(length + OBJECT_BYTES)

    def _take_room(self, size: int) -> None:
        self._size += size
        while self._size > self._room:
            oldest = self._pages.pop(next(iter(self._pages)))
            self._size -= oldest.size
            for asked in oldest.asked:
                self._responses.pop(asked, None)


def is_public(environ: Environ) -> bool:
    """Whether this asks for a page that may be kept, of a host that is ours."""
    query = environ["QUERY_STRING"]
    return (
        environ["REQUEST_METHOD"] in READING
        and not environ["PATH_INFO"].startswith(NOT_PAGES)
        and query.isascii()
        and query.count("&") < MOST_PARAMETERS
        and is_our_host(environ.get("HTTP_HOST", ""))
    )


def is_our_host(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_cacheable(response: WsgiResponse) -> bool:
    """Whether this page is the same for everybody, now."""
    names = {name.lower() for name, _value in response.headers}
    return response.status.startswith("200 ") and not names & CACHE_HEADERS
