"""Fixtures for all tests."""

import gc
import signal
from collections.abc import Callable, Iterator
from typing import Any

import dj_database_url
import hypothesis
import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.template import Context, RequestContext
from django.test import Client
from django.test import client as test_client
from django.test.client import store_rendered_templates  # type: ignore[attr-defined]
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from forces.gazetteer import gazetteer
from forces.models import ForceArea, all_force_areas
from programmes.listing import rows, term_index
from programmes.models import Programme, Source
from programmes.publishing.publish import publish
from tests.served import database, seeded, served
from tests.served_client import PromptTermIndexBuilder, ServedClient

hypothesis.settings.register_profile("short", max_examples=30, deadline=None)
hypothesis.settings.register_profile("long", max_examples=500, deadline=None)
hypothesis.settings.load_profile("short")  # `make soak` asks for the other


def pytest_configure() -> None:
    # Signing in is not what most tests are about, and a real hash takes a third of a second.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each test's client makes the middleware anew, and WhiteNoise would look through all static
    # files each time: a third of a run. The served copies of the site do so once, as ever.
    settings.WHITENOISE_AUTOREFRESH = True
    # Django copies each context for `response.context`: with forms, those of thousands of widgets.
    test_client.store_rendered_templates = keep_contexts_of_pages  # type: ignore[attr-defined]
    # Stopped from outside, pytest takes its servers and databases down, as it does at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def keep_contexts_of_pages(
    store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Context, **more: Any
) -> None:
    if isinstance(context, RequestContext):
        store_rendered_templates(store, signal, sender, template, context, **more)


def pytest_collection_finish() -> None:
    # What is in memory by now stays: Python need not look through it for garbage again and again.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins as a new process does: what it publishes is taken back after it, and the
    next one gives the same numbers to other editions."""
    monkeypatch.setattr(rows, "_kept", {})
    monkeypatch.setattr(term_index, "builder", PromptTermIndexBuilder())
    cache.clear()


@pytest.fixture
def client() -> Client:
    """Asks for pages as they are served, through the page cache."""
    return ServedClient()


@pytest.fixture
def uncached_client(settings: LazySettings) -> Client:
    """Asks Django alone, and that the database alone, whose queries can then be counted."""
    keep_nothing(settings)
    return Client()


@pytest.fixture(params=["database", pytest.param("memory", marks=pytest.mark.english_sweep)])
def answered_by(request: pytest.FixtureRequest, settings: LazySettings) -> None:
    """Who answers: the database alone, or as ever the term index and the rows that are kept."""
    if request.param == "database":
        keep_nothing(settings)


def keep_nothing(settings: LazySettings) -> None:
    settings.TERM_INDEX = settings.PAGE_PARTS = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeded site, served by granian as `make run` does."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The seeded directory, as it is served; what a test changes is rolled back after it."""
    with database(tmp_path_factory.mktemp("tests"), seeded()) as url:
        connection.settings_dict["NAME"] = dj_database_url.parse(url)["NAME"]
        with django_db_blocker.unblock():
            # Known from here on, so that every test counts the same queries.
            all_force_areas()
            gazetteer()
        yield
        connection.close()


@pytest.fixture
def sign_in(db: None) -> Callable[[User], Client]:
    """A client signed in as somebody who has given a second factor."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        device = TOTPDevice.objects.create(user=user, name="app")
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return enter


@pytest.fixture
def signed_in(sign_in: Callable[[User], Client]) -> Callable[..., Client]:
    """A client signed in as somebody new with these roles and force areas."""

    def with_roles(*roles: str, areas: tuple[str, ...] = ()) -> Client:
        name = f"editor-{User.objects.count()}"
        user = User.objects.create_user(name, f"{name}@example.org", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        user.areas.set(ForceArea.objects.filter(slug__in=areas))
        return sign_in(user)

    return with_roles


@pytest.fixture
def admin_client(admin_user: User, sign_in: Callable[[User], Client]) -> Client:
    """pytest-django's own, with the second factor that the admin asks for."""
    return sign_in(admin_user)


@pytest.fixture
def programme(db: None) -> Callable[[str, str], Programme]:
    """The working tables of a seeded entry, by area and slug."""

    def find(area: str, slug: str) -> Programme:
        return Programme.objects.get(area__slug=area, slug=slug)

    return find


@pytest.fixture
def many_entries(db: None) -> Callable[[int], None]:
    """Publishes that many more entries in the force area of Driving Change, all cells blank."""

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
                statement.text = statement.text if statement.field == "programme" else ""
                statement._state.adding = True
                statement.save()
            copy.status_rests_on = copy.statements.get(field="programme")
            copy.save()
            publish(copy, by=None, why="A copy for a test.")

    return make


@pytest.fixture
def letter(db: None) -> Source:
    """A source of years after the submission, which nothing rests on yet."""
    return Source.objects.create(
        slug="letter",
        kind="written-confirmation",
        publisher_en="Referral team",
        publisher_cy="Tîm atgyfeirio",
        title_en="Letter of the PCC",
        title_cy="Llythyr y CHTh",
        dated="2026-03-05",
    )
