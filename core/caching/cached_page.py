"""A cached page: compressed as the browser accepts it, and not sent where the browser has it."""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple

import brotli

BROTLI_QUALITY = 5
"""A list takes a millisecond; the best quality would take fifty for a tenth less."""

OBJECT_BYTES = 2_000
"""Bytes that a page takes beside its content, about."""

CORS = ("access-control-", "cross-origin-")
"""Headers that a 304 repeats; a browser goes by the other headers it has kept."""


class WsgiResponse(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: list[bytes]


class CachedPage:
    """A successful response of Django's, in each encoding that was asked for."""

    def __init__(self, made: WsgiResponse, route: str) -> None:
        self.route = route
        self._headers = [pair for pair in made.headers if pair[0].lower() != "content-length"]
        (self._plain,) = made.body
        digest = blake2b(self._plain, digest_size=12).digest()
        self._tag = urlsafe_b64encode(digest).decode()
        self._encoded: dict[str, tuple[str, WsgiResponse, WsgiResponse]] = {}
        # Compressed bodies included: those are an eighth of the page.
        self.size = len(self._plain) * 5 // 4 + OBJECT_BYTES

    def response(self, accepted: str, known: str) -> WsgiResponse:
        """`accepted` and `known` are the request's Accept-Encoding and If-None-Match, or ""."""
        encoding = encoding_for(accepted)
        if encoding not in self._encoded:
            self._encoded[encoding] = self._encode(encoding)
        tag, whole, not_modified = self._encoded[encoding]
        return not_modified if known and is_known(tag, known) else whole

    def _encode(self, encoding: str) -> tuple[str, WsgiResponse, WsgiResponse]:
        tag = f'"{self._tag}-{encoding}"' if encoding else f'"{self._tag}"'
        # A browser may keep the page, and asks each time whether it still holds.
        caching = [("Cache-Control", "no-cache"), ("ETag", tag), ("Vary", "Accept-Encoding")]
        cors = [pair for pair in self._headers if pair[0].lower().startswith(CORS)]
        body = ENCODINGS[encoding](self._plain) if encoding else self._plain
        content = [("Content-Length", str(len(body)))]
        if encoding:
            content.append(("Content-Encoding", encoding))
        whole = WsgiResponse("200 OK", self._headers + caching + content, [body])
        return tag, whole, WsgiResponse("304 Not Modified", cors + caching, [])


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    "gzip": partial(gzip.compress, mtime=0),  # the same bytes on every machine
}
"""The best first."""


@lru_cache(maxsize=200)
def encoding_for(accepted: str) -> str:
    """The best of our encodings that a browser accepts, or "" for none."""
    wanted = {}
    for each in accepted.lower().split(","):
        name, _semicolon, weight = each.replace(" ", "").partition(";q=")
        wanted[name] = weight not in ("0", "0.0", "0.00", "0.000")
    return next((name for name in ENCODINGS if wanted.get(name)), "")


def is_known(tag: str, known: str) -> bool:
    return known == tag or any(
        each.strip().removeprefix("W/") in ("*", tag) for each in known.split(",")
    )
