"""A database that is away, or takes nothing in; and what tells those who watch over the site."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from programmes.models import Programme
from programmes.models.edition import EditionQuerySet

pytestmark = pytest.mark.django_db


def away(*args, **kwargs):
    raise OperationalError


@pytest.fixture
def client(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("core.middleware.database_retry.WAITS", 0)
    return client


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", ('<html lang="en"', "The directory cannot answer just now", "Live Fear Free")),
        ("/cy/", ('<html lang="cy"', "Ni all y cyfeiriadur ateb ar hyn o bryd", "Byw Heb Ofn")),
    ],
)
def test_a_page_that_cannot_be_read_says_where_to_turn(client, monkeypatch, path, words):
    monkeypatch.setattr(EditionQuerySet, "as_at", away)
    response = client.get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    for there in (*words, "tel:08088010800", "data-exit"):
        assert there in response.content.decode()


def test_a_page_is_asked_for_again_until_the_database_is_back(client, monkeypatch):
    monkeypatch.setattr("core.middleware.database_retry.WAITS", 5)
    as_at, missed = EditionQuerySet.as_at, []

    def away_twice(editions, day):
        missed.append(1)
        return as_at(editions, day) if len(missed) > 2 else away()

    monkeypatch.setattr(EditionQuerySet, "as_at", away_twice)
    assert client.get("/").status_code == 200
    assert len(missed) > 2


def test_what_was_not_saved_is_never_called_saved(admin_client, monkeypatch):
    admin_client.raise_request_exception = False
    page = "/admin/programmes/organisation/add/"
    new = {"name_en": "A provider", "name_cy": "Darparwr", "page": ""}
    with monkeypatch.context() as broken:
        # As when the disk turns out to be full at the very end.
        broken.setattr("django.contrib.admin.options.ModelAdmin.response_post_save_add", away)
        refused = admin_client.post(page, new)
    assert refused.status_code == 503
    assert "Nothing was saved." in refused.content.decode()
    assert "was added successfully" not in admin_client.get(page).content.decode()
    assert "was added successfully" in admin_client.post(page, new, follow=True).content.decode()


def test_probes_answer_by_any_host_name_and_say_what_is_missing(client, monkeypatch):
    for path in ("/healthz", "/readyz"):
        headers = {"host": "10.0.0.3:8000", "x-forwarded-for": "203.0.113.7"}
        response = client.get(path, headers=headers)
        assert (response.status_code, response.content) == (200, b"ok\n")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["Cache-Control"] == "no-store"
    newest = MigrationRecorder(connection).migration_qs.filter(app="programmes").latest("id")
    newest.delete()
    response = client.get("/readyz", REMOTE_ADDR="203.0.113.7")
    assert (response.status_code, response.content) == (503, b"migrations are missing\n")
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    response = client.get("/readyz", REMOTE_ADDR="203.0.113.7")
    assert (response.status_code, response.content) == (503, b"the database is out of reach\n")
    assert client.get("/healthz").status_code == 200
    assert Programme.objects.exists()
