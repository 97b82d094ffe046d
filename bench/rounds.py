"""Asks every target once in each round, in rotated order, so that a drifting machine favours none.

All that is compared is measured together: L, our page in each mode on both databases, and
Datasette, one page kind after the other.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from bench import agreement, cost, databases, flat, servers
from bench.load import Address, get, load
from bench.modes import BARE, BARE_BYTES, DATASETTE, HIT, NOT_MODIFIED, SETTINGS
from bench.pages import ENTRY, Page, pages
from bench.servers import Server

NOT_OURS_TO_SEND = ("connection", "content-length", "date", "server", "transfer-encoding")
FAST_ENOUGH_TO_ASK_AGAIN = 0.1
Something = TypeVar("Something")


@dataclass(frozen=True)
class Target:
    kind: str
    name: str
    server: Server
    address: Address
    database: int | None = None
    """PostgreSQL's first process, where the page may ask it."""
    usual: float = 0
    """Seconds that one request takes."""
    size: int = 0
    """Bytes of its answer."""

    @property
    def key(self) -> dict[str, str]:
        return {"kind": self.kind, "target": self.name}


@dataclass(frozen=True)
class Running:
    """Everything that is asked at one size."""

    bare: Server
    ours: dict[str, Server]
    """Mode and database → the site that serves it."""
    datasette: Server
    pages: list[Page]
    postgres: int


@dataclass
class Findings:
    """What was measured: a row a target, round and size, and one a worker and size."""

    samples: list[dict[str, Any]]
    memory: list[dict[str, Any]]


def measure(
    size: int, postgresql: str, rounds: int, seconds: float, tell: Callable[[str], None]
) -> Findings:
    with ExitStack() as stack:
        running = start(stack, size, postgresql)
        for page in running.pages:
            ours = replace(running.ours[f"{HIT}, SQLite"].at(page.ours), headers={})
            agreement.check(page.kind, ours, running.datasette.at(page.datasette))
        found = [
            [warmed(target) for target in targets(running, page) if target]
            for page in running.pages
        ]
        samples = []
        for number in range(rounds):
            for target in rotated(found, number, rounds):
                tell(f"{size} entries, {target.kind}: {target.name}")
                about = {"size": size, "round": number, **target.key}
                samples.append(about | sample(target, seconds))
        memory = [
            {"size": size, "worker": name, **cost.memory(server.process)}
            for name, server in running.ours.items()
        ]
    return Findings(samples, memory)


def start(stack: ExitStack, size: int, postgresql: str) -> Running:
    file = databases.datasette(size)
    urls = {
        "SQLite": databases.url_of(databases.sqlite(size)),
        "PostgreSQL": stack.enter_context(databases.postgresql(postgresql, size)),
    }
    ours = {
        f"{mode}, {name}": stack.enter_context(servers.ours(f"{mode} {name}", url, **settings))
        for name, url in urls.items()
        for mode, settings in SETTINGS.items()
    }
    asked = pages(size, flat.row_of(file, *ENTRY))
    kept = keep_pages(asked, ours[f"{HIT}, SQLite"])
    return Running(
        stack.enter_context(servers.bare(kept)),
        ours,
        stack.enter_context(servers.datasette(file)),
        asked,
        first_process(postgresql),
    )


def keep_pages(asked: list[Page], server: Server) -> Path:
    """The bytes and headers of our pages, for the bare application to hand out."""
    kept = {}
    for page in asked:
        answer = get(server.at(page.ours))
        headers = [
            (name, value) for name, value in answer.headers if name.lower() not in NOT_OURS_TO_SEND
        ]
        length = ("Content-Length", str(len(answer.body)))
        kept[bare_path(page)] = ([*headers, length], answer.body.hex())
    file = servers.BESIDE / "bare-pages.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    return file


def bare_path(page: Page) -> str:
    return f"/{page.kind.replace(' ', '-')}"


def first_process(url: str) -> int:
    """The process of a PostgreSQL server that all its others descend from."""
    with psycopg.connect(url) as connection:
        return cost.parent(connection.info.backend_pid)


def targets(running: Running, page: Page) -> Iterator[Target | None]:
    target = partial(Target, page.kind)
    yield target(BARE, running.bare, running.bare.at("/"))
    yield target(BARE_BYTES, running.bare, running.bare.at(bare_path(page)))
    for name, server in running.ours.items():
        mode, database = name.split(", ")
        postgres = running.postgres if database == "PostgreSQL" else None
        asked = target(name, server, server.at(page.ours), postgres)
        yield asked
        if mode == HIT:
            yield not_modified(replace(asked, name=f"{NOT_MODIFIED}, {database}"))
    yield target(DATASETTE, running.datasette, running.datasette.at(page.datasette))


def not_modified(target: Target) -> Target | None:
    """The same question from somebody who has the page; None while pages have no ETag."""
    etag = get(target.address).header("ETag")
    headers = target.address.headers | {"If-None-Match": etag}
    return replace(target, address=replace(target.address, headers=headers)) if etag else None


def warmed(target: Target) -> Target:
    """The target with how it answers when it has answered before."""
    get(target.address)
    answer = get(target.address)
    if answer.seconds < FAST_ENOUGH_TO_ASK_AGAIN:
        # The machine may have been busy with something else just then.
        answer = min((get(target.address) for _ in range(5)), key=lambda again: again.seconds)
    wanted = 304 if target.name.startswith(NOT_MODIFIED) else 200
    if answer.status != wanted:
        raise SystemExit(f"{target.name}: {target.address.url} answers {answer.status}.")
    return replace(target, usual=answer.seconds, size=len(answer.body))


def rotated(groups: list[list[Target]], number: int, rounds: int) -> list[Target]:
    """All targets, page kind by page kind; each round begins elsewhere, also within a kind."""
    return [
        target
        for group in turned(groups, number, rounds)
        for target in turned(group, number, rounds)
    ]


def turned(things: list[Something], number: int, rounds: int) -> list[Something]:
    first = number * len(things) // rounds
    return things[first:] + things[:first]


def sample(target: Target, seconds: float) -> dict[str, Any]:
    """One measurement: CPU in ms a request, and how many cores others kept busy meanwhile."""
    databases_of = [target.database] if target.database else []
    server, database = cost.seconds([target.server.process]), cost.seconds(databases_of)
    machine = cost.machine_seconds()
    found = load(target.address, target.usual, seconds)
    server = cost.seconds([target.server.process]) - server
    database = cost.seconds(databases_of) - database
    machine = cost.machine_seconds() - machine
    if not found["requests"]:
        raise SystemExit(f"{target.name}: {target.address.url} answered nothing under load.")
    return {
        "rate": found["requests"] / found["seconds"],
        "p50": found["p50"],
        "p99": found["p99"],
        "errors": found["errors"],
        "requests": found["requests"],
        "cpu": server * 1000 / found["requests"],
        "database_cpu": database * 1000 / found["requests"],
        "others": max(0.0, machine - server - database - found["client"]) / found["seconds"],
        "bytes": target.size,
    }
