"""Two processes edit, publish and withdraw while two servers are read: no page is ever older than a
second, and none is half of one state and half of another."""

import json
import random
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.served import ROOT, database, free_ports, prepared, server

SEED, SECONDS = 20261125, 25
LATE = 1.0
"""Seconds after which everybody sees what was published."""

ENTRIES = (("choices", "phoenix-das"), ("driving-change", "cara"))
"""What each of the two editors changes."""

EDITOR = """
import json, random, sys, time
from programmes.models import Programme
from programmes.publishing.publish import is_withdrawn, publish, withdraw

slugs, chance, until = json.loads({slugs!r}), random.Random({seed}), time.time() + {seconds}
mine = list(Programme.objects.filter(slug__in=slugs, area__isnull=False))
number = 0
while time.time() < until:
    entry, number = chance.choice(mine), number + 1
    began, name = time.time(), f"Canary {{number}} of {seed}"
    if chance.random() < 0.2 and not is_withdrawn(Programme.objects.get(pk=entry.pk)):
        withdraw(entry, by=None, why="Tried.")
        name = None
    else:
        entry.name_en = entry.name_cy = name
        entry.save()
        publish(entry, by=None, why="Tried.")
    address = f"{{entry.area.slug}}/{{entry.slug}}"
    print(json.dumps([address, name, began, time.time()]), flush=True)
    time.sleep(chance.choice([0, 0.05, 0.4, 1.5]))
"""

ROW = re.compile(
    r'<th scope="row">\s*<a class="govuk-link" href="/programmes/([^"]+)/">(?:<span[^>]*>)?([^<]+)'
)
FOUND = re.compile(r'id="found">\s*(\d+) listings')
HEADING = re.compile(r'<h1 class="govuk-heading-l[^"]*">(?:<span[^>]*>)?([^<]+)')


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    with database(tmp_path) as url, ExitStack() as running:
        first, environment = prepared(url)
        ports = [first, *free_ports(1)]
        for port in ports:
            running.enter_context(server(port, environment, tmp_path / f"{port}.log"))
        yield [f"http://127.0.0.1:{port}" for port in ports], environment


def start_editor(number: int, environment: dict[str, str]) -> subprocess.Popen[str]:
    code = EDITOR.format(slugs=json.dumps(ENTRIES[number]), seed=SEED + number, seconds=SECONDS)
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read(address: str) -> tuple[int, str, float, float]:
    """Status, text, and between which moments it was answered."""
    began = time.time()
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), began, time.time()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), began, time.time()


def names_on(page: str) -> dict[str, str]:
    """Address → name of each row, of a list that holds what it counts."""
    rows = ROW.findall(page)
    found = FOUND.search(page)
    assert found
    assert len(rows) == len(dict(rows)) == int(found[1])
    return dict(rows)


def test_what_was_published_is_seen_within_a_second_and_whole(servers):
    sites, environment = servers
    chance = random.Random(SEED)  # noqa: S311 - the same pages each time
    first = names_on(read(f"{sites[0]}/programmes/")[1])
    editors = [start_editor(number, environment) for number in range(2)]
    seen: list[tuple[str, str | None, float, float]] = []
    tracked = [address for address in first if address.split("/")[1] in sum(ENTRIES, ())]
    assert len(tracked) >= 4
    while any(editor.poll() is None for editor in editors):
        site = chance.choice(sites)
        status, page, began, ended = read(f"{site}/programmes/")
        assert status == 200
        names = names_on(page)
        seen += [(address, names.get(address), began, ended) for address in tracked]
        address = chance.choice(tracked)
        status, page, began, ended = read(f"{site}/programmes/{address}/")
        heading = HEADING.search(page)
        assert (status, bool(heading)) in [(200, True), (410, True)]
        seen.append((address, heading[1] if heading and status == 200 else None, began, ended))

    told: dict[str, list[tuple[str | None, float, float]]] = defaultdict(list)
    for address, name in first.items():
        told[address].append((name, 0, 0))
    for editor in editors:
        out, errors = editor.communicate()
        assert editor.returncode == 0, errors
        for line in out.splitlines():
            address, name, began, ended = json.loads(line)
            told[address].append((name, began, ended))
    published = sum(len(each) - 1 for each in told.values())
    assert published > SECONDS
    assert len(seen) > 10 * SECONDS
    stale = [each for each in seen if each[1] not in possible(told[each[0]], each[2], each[3])]
    assert stale == []


def possible(
    told: list[tuple[str | None, float, float]], began: float, ended: float
) -> set[str | None]:
    """The names that an answer may have: those that stood at some time from a second before."""
    standing = set()
    for number, (name, from_, _done) in enumerate(told):
        # It stood until the next one had been published.
        until = told[number + 1][2] if number + 1 < len(told) else float("inf")
        if from_ <= ended and until >= began - LATE:
            standing.add(name)
    return standing
