"""How many requests with a body may be in the works at once.

Granian gives each request one of its few threads and reads the body in it: four bodies that
trickle in would hold them all.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings

Environ = dict[str, Any]
Application = Callable[[Environ, Callable], Iterable[bytes]]

MOST_BYTES = 8 * 1024
REFUSED = "directory.refused"
"""Where a request says with which status it is to be refused."""


class Admission:
    """Lets few public bodies in at a time and no large one. What it refuses is never read; the
    application inside says so, in the language of the address."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.places = BoundedSemaphore(settings.PUBLIC_POSTS_AT_ONCE)

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        if not (settings.PUBLIC_POSTS_AT_ONCE and has_public_body(environ)):
            return self.application(environ, start_response)
        if status := refusal(environ):
            return self.refuse(status, environ, start_response)
        if not self.places.acquire(blocking=False):
            return self.refuse(503, environ, start_response)
        try:
            return self.application(environ, start_response)
        finally:
            self.places.release()

    def refuse(self, status: int, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        unread = {REFUSED: status, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}
        return self.application(environ | unread, start_response)


def has_public_body(environ: Environ) -> bool:
    """Whoever has signed in may send a long form; signing in itself is open to anybody."""
    signed_in = settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")
    in_admin = environ["PATH_INFO"].startswith("/admin/")
    return environ["REQUEST_METHOD"] not in ("GET", "HEAD") and not (in_admin and signed_in)


def refusal(environ: Environ) -> int | None:
    """The status that refuses a body for what is said of its length."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if "HTTP_TRANSFER_ENCODING" in environ or not length.isascii() or not length.isdecimal():
        return 411
    return 413 if int(length[:9]) > MOST_BYTES else None
