"""Finished pages, kept around the WSGI application so that Django is not asked for them twice.

A page is kept under its scheme, host, path and the parameters that the directory knows, for as long
as nothing public changes (`programmes.version`). Only a success is kept, and only one that does
not say itself how it may be kept, as the referral check, corrections and the admin do.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import Error
from django.http.request import split_domain_port, validate_host

from config.finished_page import OF_OBJECTS, Answer, FinishedPage
from programmes.parameters import PARAMETERS
from programmes.version import Moment, Watch, watch

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


def around(application: Application) -> Application:
    """The application with a cache around it, unless the settings do without one."""
    if not settings.PAGE_CACHE:
        return application
    return PageCache(application, watch, PARAMETERS, settings.PAGE_CACHE_ROOM)


class PageCache:
    def __init__(
        self, application: Application, watch: Watch, parameters: Iterable[str], room: int
    ) -> None:
        """`parameters` names all that any page reads of its query; others do not reach the pages.

        `room` is how many bytes of pages may be kept; the oldest go first.
        """
        self._application, self._watch = application, watch
        self._parameters, self._room = frozenset(parameters), room
        self._lock = threading.Lock()
        self._begin(None)

    def _begin(self, moment: Moment | None) -> None:
        """Forget every page: another moment has begun."""
        self._moment = moment
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
        if answer is None or self._moment is not self._watch.known:
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
        query = self._known_part(environ["QUERY_STRING"])
        key = (*asked[1:4], environ["PATH_INFO"], query)
        page = self._pages.get(key)
        if page is None:
            whole = {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
            said, moment = self._make(environ | whole)
            if not is_finished(said) or len(said.body[0]) > self._room // LARGEST:
                return said if asked[0] == "GET" else Answer(said.status, said.headers, [])
            page = FinishedPage(said.headers, said.body[0])
            if len(query) <= MOST_WORDS:
                self._keep(key, page, moment)
        get = environ.get
        accepted, known = get("HTTP_ACCEPT_ENCODING", ""), get("HTTP_IF_NONE_MATCH", "")
        answer = page.answer(environ["REQUEST_METHOD"], accepted, known)
        self._learn(key, page, asked, answer)
        return answer

    def _present(self) -> Moment | None:
        """The moment for which pages are kept now; None while no database was ever seen."""
        try:
            moment = self._watch.now
        except Error:
            return None
        with self._lock:
            if moment is not self._moment:
                self._begin(moment)
        return moment

    def _look_again(self) -> Moment | None:
        """The moment as the database has it now; None while it is away."""
        try:
            return self._watch.look()
        except Error:
            return None

    def _known_part(self, query: str) -> str:
        """What pages read of a query, in an order in which the same is asked in the same words."""
        pairs = parse_qsl(query, keep_blank_values=True)
        known = [pair for pair in pairs if pair[0] in self._parameters]
        return urlencode(sorted(known, key=lambda pair: pair[0]))

    def _make(self, environ: Environ) -> tuple[Answer, Moment | None]:
        """An answer, and the moment that it is of; None where that is not known."""
        for _try in range(TRIES):
            before = self._present()
            said, after = self._ask(environ)
            if after is None or before is after:
                return said, after
            # Made while something was published, it may be half of one moment, half of another.
        return said, None

    def _ask(self, environ: Environ) -> tuple[Answer, Moment | None]:
        """What Django says, and the moment after it has said it."""
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

    def _keep(self, key: Asked, page: FinishedPage, moment: Moment | None) -> None:
        with self._lock:
            if moment is None or moment is not self._moment or key in self._pages:
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
