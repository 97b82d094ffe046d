"""A cached page: compressed as the browser accepts it, and not sent where the browser has it."""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b

import brotli

Headers = list[tuple[str, str]]

BROTLI_QUALITY = 5
"""A list takes a millisecond; the best quality would take fifty for a tenth less."""

OBJECT_BYTES = 2_000
"""Bytes that a page takes beside its content, about."""

CORS = ("access-control-", "cross-origin-")
"""Headers that a 304 repeats; a browser goes by the other headers it has kept."""


@dataclass(frozen=True)
class WsgiResponse:
    status: str
    headers: Headers
    body: list[bytes]
    route: str = ""


@dataclass
class CachedPage:
    """A successful response of Django's, and the requests that have asked for it."""

    headers: Headers
    plain: bytes
    size: int = field(init=False)
    """Bytes, about, compressed bodies included: those are an eighth of the page."""
    asked: list[tuple] = field(default_factory=list)
    route: str = ""

    def __post_init__(self) -> None:
        self.size = len(self.plain) * 5 // 4 + OBJECT_BYTES
        self._bodies = {"": self.plain}
        digest = blake2b(self.plain, digest_size=12).digest()
        self._tag = urlsafe_b64encode(digest).decode()

    def response(self, method: str, accepted: str, known: str) -> WsgiResponse:
        """`accepted` and `known` are the request's Accept-Encoding and If-None-Match, or ""."""
        encoding = encoding_for(accepted)
        tag = f'"{self._tag}-{encoding}"' if encoding else f'"{self._tag}"'
        # A browser may keep the page, and asks each time whether it still holds.
        caching = [("Cache-Control", "no-cache"), ("ETag", tag), ("Vary", "Accept-Encoding")]
        if {"*", tag} & {each.strip().removeprefix("W/") for each in known.split(",")}:
            kept = [pair for pair in self.headers if pair[0].lower().startswith(CORS)]
            return WsgiResponse("304 Not Modified", kept + caching, [], self.route)
        body = self._encoded(encoding)
        length = [("Content-Length", str(len(body)))]
        if encoding:
            length.append(("Content-Encoding", encoding))
        kept = [pair for pair in self.headers if pair[0].lower() != "content-length"]
        sent = [] if method == "HEAD" else [body]
        return WsgiResponse("200 OK", kept + caching + length, sent, self.route)

    def _encoded(self, encoding: str) -> bytes:
        if encoding not in self._bodies:
            self._bodies[encoding] = ENCODINGS[encoding](self.plain)
        return self._bodies[encoding]


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    "gzip": partial(gzip.compress, mtime=0),  # the same bytes on every machine
}
"""The best first."""


def encoding_for(accepted: str) -> str:
    """The best of our encodings that a browser accepts, or "" for none."""
    wanted = {}
    for each in accepted.lower().split(","):
        name, _semicolon, weight = each.replace(" ", "").partition(";q=")
        wanted[name] = weight not in ("0", "0.0", "0.00", "0.000")
    return next((name for name in ENCODINGS if wanted.get(name)), "")
