"""The log's line a minute: how many requests each worker answered, of which kind and how quickly.

It has routes and no address, path or query. A worker that writes none for two minutes is stuck.
"""

import logging
import threading
import time
from bisect import bisect
from collections import Counter

REQUESTS = logging.getLogger("directory.requests")
EVERY = 60
LATENCIES = (10, 100, 1_000)  # milliseconds; what took longer is counted under none
UNDER = (*LATENCIES, None)
KIND = ("route", "status", "cached", "under_ms", "count")


class Traffic:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple] = Counter()

    def count(self, route: str, status: int, *, cached: bool, ms: float = 0) -> None:
        """`ms` is how long Django took; a page from memory takes a fraction of one."""
        under = UNDER[bisect(LATENCIES, ms)]
        with self._lock:
            self._counts[route, status, cached, under] += 1

    def report(self) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        kinds = [dict(zip(KIND, (*kind, n), strict=True)) for kind, n in counts.most_common()]
        REQUESTS.info("", extra={"line": {"traffic": kinds}})

    def report_for_ever(self) -> None:
        while True:
            time.sleep(EVERY)
            self.report()


traffic = Traffic()  # what this process answers
