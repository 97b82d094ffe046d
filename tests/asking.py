"""Asks a WSGI application as a server would: the cache around Django is not in the test client."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: Callable[..., Any], address: str, method: str = "GET", **env: str) -> Answered:
    """`env` overrides what a WSGI server says of the request: HTTP_HOST="…"."""
    path, _mark, query = address.partition("?")
    begun: list[Any] = []
    said = application(
        {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **env,
        },
        lambda *head: begun.extend(head),
    )
    body = b"".join(said)
    if close := getattr(said, "close", None):
        close()
    return Answered(int(begun[0].split()[0]), dict(begun[1]), body)
