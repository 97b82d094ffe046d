"""What `/readyz` and a mail tell whoever runs the site, when something is broken."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from core.tasks import note_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def state(settings, tmp_path):
    settings.STATE_FOLDER = tmp_path
    settings.HEALTH_TOKEN = "t" * 32
    return tmp_path


def told(client, **how) -> list[str]:
    return client.get("/readyz", **how).content.decode().splitlines()


def test_only_this_machine_and_the_token_are_told_more_than_that_it_is_ready(client, state):
    strangers: list[dict[str, Any]] = [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"x-forwarded-for": "", "authorization": "Bearer " + "x" * 32}},
        {"headers": {"x-forwarded-for": "203.0.113.7", "authorization": "t" * 32}},
    ]
    for stranger in strangers:
        assert told(client, **stranger) == ["ok"]
    knows = {"x-forwarded-for": "203.0.113.7", "authorization": f"Bearer {'t' * 32}"}
    friends: list[dict[str, Any]] = [{}, {"headers": knows}, {"REMOTE_ADDR": "::1"}]
    for friend in friends:
        names = [line.partition(":")[0] for line in told(client, **friend)]
        assert names == ["ok", "disk", "backup", "forget"]


def test_no_token_lets_nobody_in(client, state, settings):
    settings.HEALTH_TOKEN = ""
    for given in ("", "Bearer ", "Bearer"):
        headers = {"x-forwarded-for": "203.0.113.7", "authorization": given}
        assert told(client, headers=headers) == ["ok"]


def test_a_task_is_late_that_did_not_end_well_in_time(client, state, settings):
    never = "late, never seen on this machine"
    assert told(client)[2:] == [f"backup: {never}", f"forget: {never}"]
    call_command("forget", verbosity=0)
    note_end("backup", now() - timedelta(hours=27))
    assert told(client)[2:] == ["backup: late, 27.0 hours ago", "forget: ok, 0.0 hours ago"]
    note_end("backup", now() - timedelta(hours=25))
    assert told(client)[2] == "backup: ok, 25.0 hours ago"
    settings.TASKS = {**settings.TASKS, "digest": timedelta(hours=26)}
    assert told(client)[4] == f"digest: {never}"
    assert client.get("/readyz").status_code == 200


def test_forgetting_that_breaks_off_is_not_noted(state, monkeypatch):
    def broken():
        raise CommandError("The database is away.")

    monkeypatch.setattr("programmes.management.commands.forget.forget_texts", broken)
    with pytest.raises(CommandError):
        call_command("forget", verbosity=0)
    assert not os.listdir(state)


def test_a_disk_that_is_nearly_full_is_low_and_readers_are_served(client, state, monkeypatch):
    usage = shutil.disk_usage(state)._replace(total=1000, free=99)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    assert told(client)[:2] == ["ok", "disk: low, 9 % free"]
    assert client.get("/readyz").status_code == 200


def test_a_full_disk_does_not_stop_what_was_done_from_being_done(state, settings):
    settings.STATE_FOLDER = state / "nowhere"
    call_command("forget", verbosity=0)


def test_who_runs_the_site_is_mailed_what_failed_and_where_to_look():
    said = subprocess.run(
        ["deploy/tell-failure", "directory-backup.service"],
        env=os.environ | {"OPERATOR_EMAIL": "operator@directory.example"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "To: operator@directory.example\n" in said
    assert "Subject: directory-backup.service failed on " in said
    assert "journalctl --unit directory-backup.service" in said
    assert "docs/runbook.md" in said
    assert Path("docs/runbook.md").exists()
