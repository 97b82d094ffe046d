"""A page as bytes: compressed as the reader's browser accepts it, or not sent at all where the
browser has it already."""

import gzip
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import blake2b

import brotli

Headers = list[tuple[str, str]]

BROTLI_QUALITY = 5
"""A list takes a millisecond; the best quality would take fifty for a tenth less."""

OF_OBJECTS = 2_000
"""Bytes that a page takes beside its content, about."""

WHO_MAY_READ_IT = "access-control-"
"""What an answer without a body must say again; a browser goes by the other headers it has kept."""


@dataclass(frozen=True)
class Answer:
    """What a WSGI application says, ready to be said again."""

    status: str
    headers: Headers
    body: list[bytes]


@dataclass
class FinishedPage:
    """A successful answer of Django's, and in which ways it has been asked for."""

    headers: Headers
    plain: bytes
    size: int = field(init=False)
    """Bytes, about, with all that is kept for it: compressed, a page is an eighth of itself."""
    asked: list[tuple] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = len(self.plain) * 5 // 4 + OF_OBJECTS
        self._bodies = {"": self.plain}
        digest = blake2b(self.plain, digest_size=12).digest()
        # The same on every machine that serves the same page.
        self._tag = urlsafe_b64encode(digest).decode()

    def answer(self, method: str, accepted: str, known: str) -> Answer:
        """`accepted` and `known` are the request's Accept-Encoding and If-None-Match, or ""."""
        encoding = encoding_for(accepted)
        tag = f'"{self._tag}-{encoding}"' if encoding else f'"{self._tag}"'
        # A browser may keep the page, and asks each time whether it still holds.
        how_long = [("Cache-Control", "no-cache"), ("ETag", tag), ("Vary", "Accept-Encoding")]
        if tag in [each.strip().removeprefix("W/") for each in known.split(",")]:
            kept = [pair for pair in self.headers if pair[0].lower().startswith(WHO_MAY_READ_IT)]
            return Answer("304 Not Modified", kept + how_long, [])
        body = self._encoded(encoding)
        of_body = [("Content-Length", str(len(body)))]
        if encoding:
            of_body.append(("Content-Encoding", encoding))
        kept = [pair for pair in self.headers if pair[0].lower() != "content-length"]
        return Answer("200 OK", kept + how_long + of_body, [] if method == "HEAD" else [body])

    def _encoded(self, encoding: str) -> bytes:
        if encoding not in self._bodies:
            self._bodies[encoding] = ENCODINGS[encoding](self.plain)
        return self._bodies[encoding]


def in_brotli(plain: bytes) -> bytes:
    return brotli.compress(plain, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)


def in_gzip(plain: bytes) -> bytes:
    # Without a time in it, the same page is the same bytes on every machine.
    return gzip.compress(plain, mtime=0)


ENCODINGS = {"br": in_brotli, "gzip": in_gzip}
"""The best first."""


def encoding_for(accepted: str) -> str:
    """The best of our encodings that a browser accepts, or "" for none."""
    found = {}
    for each in accepted.lower().split(","):
        name, _semicolon, weight = each.replace(" ", "").partition(";q=")
        found[name] = weight not in ("0", "0.0", "0.00", "0.000")
    return next((name for name in ENCODINGS if found.get(name)), "")
