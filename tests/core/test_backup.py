"""A backup holds everything but open doors, and comes back as it was, on both databases."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from accounts.models import SignInFailure, User
from programmes.models import Edition, Programme, Verification

COUNT = (
    "from accounts.models import SignInFailure, User;"
    "from django.contrib.sessions.models import Session;"
    "from programmes.models import Edition, Verification;"
    "print(Edition.objects.count(), Verification.objects.count(), User.objects.get().username,"
    "Session.objects.count(), SignInFailure.objects.count(),"
    "User.objects.create_user('next', 'next@example.org').pk > User.objects.get(username='ann').pk)"
)


@pytest.fixture
def site(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The seeded database outside any transaction, as a command finds it, and somebody's traces.

    pytest-django makes that database if any test is marked as using it; the last one here is.
    """
    with django_db_blocker.unblock():
        ann = User.objects.create_user("ann", "ann@example.org")
        check = Verification.objects.create(
            programme=Programme.objects.get(slug="phoenix-das"),
            by=ann,
            checked_with="provider",
            outcome="nobody-reached",
        )
        session = Session.objects.create(
            session_key="open-door", session_data="x", expire_date=now() + timedelta(hours=1)
        )
        wrong = SignInFailure.objects.create(place="a hash", name="another")
        yield
        for row in (wrong, session, check, ann):
            type(row).objects.filter(pk=row.pk).delete()


def command(*arguments: str | Path) -> str:
    said = StringIO()
    call_command(*map(str, arguments), stdout=said)
    return said.getvalue()


def refused(*arguments: str | Path) -> str:
    with pytest.raises(CommandError) as refusal:
        command(*arguments)
    return str(refusal.value)


def test_a_backup_comes_back_whole_and_without_open_doors(site, elsewhere, tmp_path):
    file = tmp_path / "backup.zip"
    assert command("backup", file).startswith(f"{file}: ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["backup.zip"]
    assert not list(tmp_path.glob(".unfinished-*"))
    editions = Edition.objects.count()

    assert "comes back whole" in command("restore", file, "--verify")
    assert "Restored: " in elsewhere("restore", file)
    said = elsewhere("shell", "-v0", "-c", COUNT)
    assert said == f"{editions} 1 ann 0 0 True\n"

    # Neither the database that it came from is empty, nor the one that it went into.
    assert "nothing was restored" in refused("restore", file)
    assert "Restored: " in elsewhere("restore", file, "--replace")
    assert User.objects.filter(username="ann").exists()


def test_a_backup_that_was_damaged_or_is_of_another_database_is_refused(site, tmp_path):
    whole = tmp_path / "whole.zip"
    command("backup", whole)
    with ZipFile(whole) as archive:
        manifest, rows = archive.read("manifest.json"), archive.read("database")
    untrue = msgspec.json.decode(manifest)
    untrue["tables"]["accounts_user"]["rows"] = 7
    refusals = {
        "checksum": (manifest, rows.replace(b"Phoenix", b"Phoebus")),
        "This is a backup of not-": (manifest.replace(b'"vendor": "', b'"vendor": "not-'), rows),
        "not what was backed up: accounts_user.": (msgspec.json.encode(untrue), rows),
    }
    for number, (refusal, members) in enumerate(refusals.items()):
        file = tmp_path / f"{number}.zip"
        with ZipFile(file, "w") as archive:
            archive.writestr("manifest.json", members[0])
            archive.writestr("database", members[1])
        assert refusal in refused("restore", file, "--verify")
    assert "is there already" in refused("backup", whole)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["0.zip", "1.zip", "2.zip", "whole.zip"]


@pytest.mark.django_db
def test_errors_name_what_is_no_backup_or_no_place_for_one(tmp_path):
    text = tmp_path / "text.zip"
    text.write_text("not a backup")
    assert "No such file" in refused("backup", tmp_path / "nowhere" / "backup.zip")
    assert "no backup of ours" in refused("restore", text, "--verify")
    assert "No such file" in refused("restore", tmp_path / "nowhere.zip", "--verify")
