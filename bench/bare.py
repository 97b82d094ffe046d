"""L, the server's own limit: an application that only hands out bytes it has in hand.

Granian runs it under the command line that it runs ours with. `/` is a tiny body; any other address
gives the very bytes and headers of one of our pages, taken from the file that BARE_PAGES names.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Answer = tuple[list[tuple[str, str]], bytes]


def as_kept(file: Path) -> dict[str, Answer]:
    kept = json.loads(file.read_text(encoding="utf-8"))
    return {
        path: ([(name, value) for name, value in headers], bytes.fromhex(body))
        for path, (headers, body) in kept.items()
    }


ANSWERS: dict[str, Answer] = {
    "/": ([("Content-Type", "text/plain"), ("Content-Length", "5")], b"Hello"),
    **as_kept(Path(os.environ["BARE_PAGES"])),
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    headers, body = ANSWERS[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return [body]
