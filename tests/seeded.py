"""Pages of the site as it was seeded, each asked for once: for tests that only look at them."""

from functools import cache
from typing import Any

from tests.served_client import ServedClient


@cache
def answer(path: str) -> Any:
    """What the site says to the first who asks, who must have changed nothing."""
    return ServedClient().get(path)


def page(path: str) -> str:
    return answer(path).content.decode()
