"""The golden crawl: what this tree answers differently from another commit, and nothing else.

`python -m tools.golden --against REV` builds that commit in a worktree beside this one, serves both
over databases that are the same, and asks both for all they have: pages in both languages,
downloads, the feed, errors, posted checks and corrections, and the admin for each role. Answers are
compared as parsed text with white space collapsed. No run is stored.
"""

import argparse
import re
import signal
import sys
from collections import defaultdict
from textwrap import shorten

from tools.golden.crawl import Comparison, Crawl, Hunk
from tools.golden.requests import (
    Request,
    posted_checks,
    posted_corrections,
    public_requests,
)
from tools.golden.roles import EVERYBODY
from tools.golden.trees import both_served

MOST_LINES, MOST_ADDRESSES, LONGEST = 30, 8, 160


def main() -> int:
    parser = argparse.ArgumentParser(prog="golden", description=__doc__)
    parser.add_argument("--against", default="HEAD^", metavar="REV", help="HEAD^ unless given")
    parser.add_argument("--only", default="/", metavar="PREFIX", help="addresses that begin so")
    options = parser.parse_args()
    # Whoever stops this stops the servers too, and the worktree goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with both_served(options.against) as ports:
        crawl = Crawl(ports, options.only)
        ask_everything(crawl, options.only)
    return report(list(crawl.comparisons.values()))


def ask_everything(crawl: Crawl, only: str) -> None:
    public = [*public_requests(), *([] if only.startswith("/admin/") else [Request(only)])]
    crawl.follow(public, public_links)
    crawl.ask(posted_checks())
    crawl.ask(posted_corrections(), at_once=1)
    admin = {"/admin/", only} if only.startswith("/admin/") else {"/admin/"}
    crawl.follow([Request(path, who) for path in admin for who in EVERYBODY], admin_links)


def public_links(comparisons: list[Comparison]) -> list[Request]:
    links = {link for each in comparisons for link in each.links}
    return [Request(link) for link in sorted(links) if not link.startswith("/admin/")]


def admin_links(comparisons: list[Comparison]) -> list[Request]:
    """What anyone is led to, all ask for; but a superuser alone asks for every row."""
    links = {link for each in comparisons for link in each.links if is_of_admin(link)}
    sampled = [Request(link, who) for link in sample(links) for who in EVERYBODY]
    return [*sampled, *(Request(link, "superuser") for link in sorted(links))]


def is_of_admin(link: str) -> bool:
    """Lists sorted by another column, and what Django adds to tell where somebody was, are not."""
    return link.startswith("/admin/") and not re.search(r"[?&](o|_\w+)=", link)


def sample(links: set[str]) -> list[str]:
    """The first and the last rows of each kind: of several force areas, and of none."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for link in sorted(links, key=lambda link: [int(n) for n in re.findall(r"\d+", link)]):
        kinds[re.sub(r"\d+", "N", link)].append(link)
    return [link for rows in kinds.values() for link in dict.fromkeys(rows[:2] + rows[-3:])]


def report(comparisons: list[Comparison]) -> int:
    """Each difference once, with the addresses that have it; the exit status."""
    where: dict[Hunk, list[str]] = defaultdict(list)
    for each in comparisons:
        for hunk in each.hunks:
            where[hunk].append(shorten(str(each.request), LONGEST))
    for hunk, addresses in where.items():
        print("\n".join([*shortened(list(hunk), MOST_LINES)]))
        print("\n".join(f"    {line}" for line in shortened(addresses, MOST_ADDRESSES)), end="\n\n")
    differ = sum(bool(each.hunks) for each in comparisons)
    print(f"{len(comparisons)} addresses compared, {differ} differ")
    return 1 if differ else 0


def shortened(lines: list[str], most: int) -> list[str]:
    more = len(lines) - most
    return lines if more <= 0 else [*lines[:most], f"… and {more} more"]


if __name__ == "__main__":
    sys.exit(main())
