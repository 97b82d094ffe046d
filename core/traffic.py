"""The log's line a minute: how many requests each worker answered, of which kind and how quickly.

It has routes and no address, path or query. A worker that writes none for two minutes is stuck.
"""

import logging
import threading
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

REQUESTS = logging.getLogger("directory.requests")
EVERY = 60
LATENCIES = (10, 100, 1_000)  # milliseconds; what took longer is counted under none
UNDER = (*LATENCIES, None)
KIND = ("route", "status", "cached", "under_ms", "count")
ANSWER = "directory.answer"
"""The key of the environment under which stands the `Answer` of a request."""

Environ = dict[str, Any]


@dataclass(slots=True)
class Answer:
    """What is learnt of a request by those who answer it."""

    route: str = ""
    cached: bool = False
    status: int = 500


def answer_to(environ: Environ) -> Answer:
    return environ.get(ANSWER) or environ.setdefault(ANSWER, Answer())


class Traffic:
    """Counts what the application inside answers."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self._lock = threading.Lock()
        self._counts: Counter[tuple] = Counter()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, answer = time.perf_counter(), answer_to(environ)

        def begin(status: str, *more: Any) -> Any:
            answer.status = int(status[:3])
            return start_response(status, *more)

        try:
            return self.application(environ, begin)
        finally:
            self.count(answer, (time.perf_counter() - began) * 1_000)

    def count(self, answer: Answer, ms: float) -> None:
        under = UNDER[bisect(LATENCIES, ms)]
        with self._lock:
            self._counts[answer.route, answer.status, answer.cached, under] += 1

    def report(self) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        kinds = [dict(zip(KIND, (*kind, n), strict=True)) for kind, n in counts.most_common()]
        REQUESTS.info("", extra={"line": {"traffic": kinds}})

    def report_for_ever(self) -> None:
        while True:
            time.sleep(EVERY)
            self.report()
