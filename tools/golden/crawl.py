"""The crawl: each request is put to both servers, and what their answers lead to is asked next."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff

from tools.golden.answers import Answer, fetch, find_links, parse_lines
from tools.golden.requests import Request

Hunk = tuple[str, ...]

AT_ONCE = 4


@dataclass(frozen=True)
class Comparison:
    request: Request
    hunks: list[Hunk]
    links: set[str]


class Crawl:
    """Comparisons so far, of addresses that begin with what is asked for."""

    def __init__(self, ports: tuple[int, int], only: str) -> None:
        self.ports, self.only = ports, only
        self.comparisons: dict[Request, Comparison] = {}

    def ask(self, requests: Iterable[Request], at_once: int = AT_ONCE) -> list[Comparison]:
        """Those that are new, in the order in which they are given."""
        new = [q for q in dict.fromkeys(requests) if q not in self.comparisons]
        new = [q for q in new if q.path.startswith(self.only)]
        with ThreadPoolExecutor(at_once) as pool:
            made = list(pool.map(self.compare, new))
        self.comparisons |= {each.request: each for each in made}
        return made

    def follow(
        self, requests: Iterable[Request], onwards: Callable[[list[Comparison]], list[Request]]
    ) -> None:
        """Asks until answers lead to nothing that is new."""
        while made := self.ask(requests):
            requests = onwards(made)

    def compare(self, request: Request) -> Comparison:
        posted = None if request.posted is None else dict(request.posted)
        before, now = (fetch(port, request.path, posted, request.headers) for port in self.ports)
        links: set[str] = set()
        if request.posted is None and "?" not in request.path:
            links = find_links(request.path, now)
            links |= links if before == now else find_links(request.path, before)
        return Comparison(request, differences(before, now), links)


def differences(before: Answer, now: Answer) -> list[Hunk]:
    """Each place where two answers differ; of another status the body says nothing more."""
    if before == now:
        return []
    if before.status != now.status:
        return [(f"-status {before.status}", f"+status {now.status}")]
    heads = hunks(before.headers, now.headers)
    return heads + (hunks(parse_lines(before), parse_lines(now)) if before.body != now.body else [])


def hunks(before: list[str], now: list[str]) -> list[Hunk]:
    found: list[list[str]] = []
    for line in list(unified_diff(before, now, n=0, lineterm=""))[2:]:
        if line.startswith("@@"):
            found.append([])
        else:
            found[-1].append(line)
    return [tuple(hunk) for hunk in found]
