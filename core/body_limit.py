"""Limits how many of a worker's threads forms and sign-ins take, so that some are left for reading.

Granian gives each request a thread, in which its body is read. Slow bodies could take all of them;
so could sign-ins, since each password takes a third of a second to check.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error, connection
from django.http import parse_cookie

Environ = dict[str, Any]
Application = Callable[[Environ, Callable], Iterable[bytes]]

MOST_BYTES = 8 * 1024
CHUNKED = "HTTP_TRANSFER_ENCODING"
REFUSED = "directory.refused"
"""The key of the environment under which stands with which status a request is refused."""

LONGEST_WAIT = 5.0  # seconds until a request for which no place becomes free is refused
LEFT_FOR_READING = 2  # threads that neither forms nor sign-ins can take


class Places:
    """Few requests are answered at once; some more threads wait for that, in their order."""

    def __init__(self, at_once: int, threads: int) -> None:
        self.at_once, self.threads = ThreadPoolExecutor(at_once), BoundedSemaphore(threads)


class BodyLimit:
    """Strangers at the admin have places apart, so that they never take those of public forms.
    A body too large is not read to its end; the application inside says so in the language of the
    address. One that comes in chunks is read as far as that.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        half = settings.THREADS // 2
        strangers = settings.THREADS - half - LEFT_FOR_READING
        self.forms = Places(settings.PUBLIC_POSTS_AT_ONCE, half)
        self.strangers = Places(settings.SIGN_INS_AT_ONCE, strangers)

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        if places := self.places_for(environ):
            return self.queue(places, environ, start_response)
        if CHUNKED in environ and environ["PATH_INFO"].startswith("/admin/"):
            environ = arrived(environ, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return self.application(environ, start_response)

    def places_for(self, environ: Environ) -> Places | None:
        """The places a request has to wait for; None for readers of public pages and signed-in
        editors, who never wait."""
        if environ["PATH_INFO"].startswith("/admin/"):
            return None if has_signed_in(environ) else self.strangers
        return None if environ["REQUEST_METHOD"] in ("GET", "HEAD") else self.forms

    def queue(self, places: Places, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        unfit = refusal(environ)
        if unfit or not places.threads.acquire(blocking=False):
            return self.refuse(unfit or 503, environ, start_response)
        try:
            # A body that trickles in takes a thread, but no place.
            whole = arrived(environ, MOST_BYTES)
            if status := refusal(whole):
                return self.refuse(status, environ, start_response)
            asked = places.at_once.submit(self.application, whole, start_response)
            wait([asked], LONGEST_WAIT)
            if asked.cancel():  # it has not begun
                return self.refuse(503, environ, start_response)
            return asked.result()
        finally:
            places.threads.release()

    def refuse(self, status: int, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        unread = {REFUSED: status, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}
        return self.application(environ | unread, start_response)


def has_signed_in(environ: Environ) -> bool:
    """Whether there is such a session. Anybody can invent a cookie."""
    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME, "")
    if not key.isalnum():
        return False
    try:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # as Django does when a request begins
        return SESSION_KEY in SessionStore(key)
    except Error:
        return False


def arrived(environ: Environ, most: int) -> Environ:
    """A request whose body is here; of one in chunks at most one byte too many, and with a length,
    without which Django reads none."""
    read = environ["wsgi.input"].read
    body = read(most + 1) if CHUNKED in environ else read()
    whole = environ | {"wsgi.input": BytesIO(body)}
    if whole.pop(CHUNKED, None):
        whole["CONTENT_LENGTH"] = str(len(body))
    return whole


def refusal(environ: Environ) -> int | None:
    """The status that refuses a body for what is said of its length."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isascii() or not length.isdecimal():
        return 411
    return 413 if int(length.lstrip("0")[:9] or 0) > MOST_BYTES else None
