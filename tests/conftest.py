"""Fixtures for all tests."""

import signal
from collections.abc import Iterator

import pytest

from tests.served import served


def pytest_configure() -> None:
    # Stopped from outside, pytest takes its servers and databases down, as it does at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeded site, served by granian as `make run` does."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


# The transcription: to be laid out here.
