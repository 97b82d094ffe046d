"""Fixtures for all tests."""

import signal
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command

from programmes.models import Programme
from programmes.publishing import publish
from tests.served import served


def pytest_configure() -> None:
    # Signing in is not what most tests are about, and a real hash takes a third of a second.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Stopped from outside, pytest takes its servers and databases down, as it does at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeded site, served by granian as `make run` does."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """The seeded directory, once; what a test changes is rolled back after it."""
    with django_db_blocker.unblock():
        call_command("seed", verbosity=0)


@pytest.fixture
def programme(db: None) -> Callable[[str, str], Programme]:
    """The working tables of a seeded entry, by area and slug."""

    def find(area: str, slug: str) -> Programme:
        return Programme.objects.get(area__slug=area, slug=slug)

    return find


@pytest.fixture
def many_entries(db: None) -> Callable[[int], None]:
    """Publishes that many more entries like Driving Change, in its force area."""

    def make(number: int) -> None:
        model = Programme.objects.get(slug="driving-change")
        statements = list(model.statements.all())
        for each in range(number):
            copy = Programme.objects.create(
                area=model.area,
                slug=f"copy-{each}",
                name_en=f"Copy {each}",
                summary_en=model.summary_en,
                summary_cy=model.summary_cy,
                stage=model.stage,
                status=model.status,
            )
            for statement in statements:
                statement.pk, statement.programme = None, copy
                statement._state.adding = True
                statement.save()
            copy.status_rests_on = copy.statements.get(field="programme")
            copy.save()
            publish(copy, by=None, why="A copy for a test.")

    return make
