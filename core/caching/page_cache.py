"""Finished pages, kept around the WSGI application so that Django is not asked for them twice.

A page is kept under its scheme, host, path and the parameters that reach it, for as long as nothing
public changes. Only a success is kept, and only one that does not say itself how it may
be kept, as the referral check, corrections and the admin do.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.db import Error
from django.http.request import split_domain_port, validate_host

from core.caching.cached_response import OF_OBJECTS, Answer, FinishedPage
from core.parameters import declared_part

Environ = dict[str, Any]
Asked = tuple[str | None, ...]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

READING = ("GET", "HEAD")
NOT_PAGES = ("/admin/", "/static/", "/healthz", "/readyz")
SAYS_WHO_MAY_KEEP_IT = {"cache-control", "set-cookie", "vary"}
MOST_PARAMETERS = 100
TRIES = 5
"""So often a page is made again that something was published under."""

WAYS_TO_ASK = 32
"""So many ways of asking for one page are known by heart; others are read each time."""

MOST_WORDS = 1_000
"""Characters of a request beyond which nothing is kept for it."""

LARGEST = 8
"""A page that would take more than this part of the room is not kept: it would empty it."""


PublicState = object
"""What is public at one time, told apart by identity alone."""


class Poller(Protocol):
    """Gives out the same state until something public changes."""

    @property
    def known(self) -> PublicState | None:
        """The state that was known last."""

    @property
    def state(self) -> PublicState:
        """The present state. Raises django.db.Error when none was ever known."""

    def poll(self) -> PublicState:
        """The state as the database has it now. Raises django.db.Error when it is away."""


class PageCache:
    def __init__(
        self,
        application: Application,
        poller: Poller,
        parameters_at: Callable[[str], Collection[str] | None],
        room: int,
    ) -> None:
        """`parameters_at` names what reaches the page at a path; None where there is no page.

        `room` is how many bytes of pages may be kept; the oldest go first.
        """
        self._application, self._poller = application, poller
        self._parameters_at, self._room = parameters_at, room
        self._lock = threading.Lock()
        self._begin(None)

    def _begin(self, state: PublicState | None) -> None:
        """Forget every page: another state has begun."""
        self._state = state
        self._pages: dict[Asked, FinishedPage] = {}
        self._answers: dict[Asked, Answer] = {}
        self._size = 0

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        get = environ.get
        # All that an answer can depend on, letter for letter, so that a hit need not read it.
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
        answer = self._answers.get(asked)
        if answer is None or self._state is not self._poller.known:
            if not is_public(environ):
                return self._pass_on(environ, start_response)
            answer = self._look_up(environ, asked)
        start_response(answer.status, answer.headers)
        return answer.body

    def _pass_on(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] not in READING and environ["PATH_INFO"].startswith("/admin/"):
            # Whoever has published sees it on the next page, not a moment later.
            self._look_again()
        return said

    def _look_up(self, environ: Environ, asked: Asked) -> Answer:
        self._present()
        query = self._declared_query(environ)
        key = (*asked[1:4], environ["PATH_INFO"], query)
        page = self._pages.get(key)
        if page is None:
            whole = {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
            said, state = self._make(environ | whole)
            if not is_finished(said) or len(said.body[0]) > self._room // LARGEST:
                return said if asked[0] == "GET" else Answer(said.status, said.headers, [])
            page = FinishedPage(said.headers, said.body[0])
            if len(query) <= MOST_WORDS:
                self._keep(key, page, state)
        get = environ.get
        accepted, known = get("HTTP_ACCEPT_ENCODING", ""), get("HTTP_IF_NONE_MATCH", "")
        answer = page.answer(environ["REQUEST_METHOD"], accepted, known)
        self._learn(key, page, asked, answer)
        return answer

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

    def _look_again(self) -> PublicState | None:
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

    def _make(self, environ: Environ) -> tuple[Answer, PublicState | None]:
        """An answer, and the state that it is of; None where that is not known."""
        for _try in range(TRIES):
            before = self._present()
            said, after = self._ask(environ)
            if after is None or before is after:
                return said, after
            # Made while something was published, it may be half of one state, half of another.
        return said, None

    def _ask(self, environ: Environ) -> tuple[Answer, PublicState | None]:
        """What Django says, and the state after it has said it."""
        head: list[Any] = []
        said = self._application(environ, lambda *begun: head.extend(begun))
        try:
            body = b"".join(said)
            answer = Answer(head[0], head[1], [body])
            # Asked before closing, which gives the connection to the database back. Whoever waited
            # for the database and was told that it is away has waited enough.
            return answer, None if answer.status.startswith("5") else self._look_again()
        finally:
            if close := getattr(said, "close", None):
                close()

    def _keep(self, key: Asked, page: FinishedPage, state: PublicState | None) -> None:
        with self._lock:
            if state is None or state is not self._state or key in self._pages:
                return
            self._pages[key] = page
            self._take_room(page.size)

    def _learn(self, key: Asked, page: FinishedPage, asked: Asked, answer: Answer) -> None:
        """Keep an answer under the very words that asked for it, unless they are many."""
        words = sum(len(part or "") for part in asked)
        with self._lock:
            is_kept = self._pages.get(key) is page
            if is_kept and len(page.asked) < WAYS_TO_ASK and words <= MOST_WORDS:
                page.asked.append(asked)
                self._answers[asked] = answer
                page.size += words + OF_OBJECTS
                self._take_room(words + OF_OBJECTS)

    def _take_room(self, size: int) -> None:
        self._size += size
        while self._size > self._room:
            oldest = self._pages.pop(next(iter(self._pages)))
            self._size -= oldest.size
            for asked in oldest.asked:
                self._answers.pop(asked, None)


def is_public(environ: Environ) -> bool:
    """Whether this asks for a page that may be kept, of a host that is ours, in plain words."""
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


def is_finished(said: Answer) -> bool:
    """Whether this is a page that is the same for everybody, now."""
    names = {name.lower() for name, _value in said.headers}
    return said.status.startswith("200 ") and not names & SAYS_WHO_MAY_KEEP_IT
