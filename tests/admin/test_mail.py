"""Mail to editors: the weekly digest and its switch, and what they are told at once."""

import io
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from programmes.models import Correction
from tests.admin.test_work_queue import editor

pytestmark = pytest.mark.django_db

PHOENIX = "/programmes/gwent/phoenix-das/correction/"


def send_digests() -> list[str]:
    out = io.StringIO()
    call_command("weekly_digest", stdout=out)
    return out.getvalue().splitlines()


def test_each_editor_is_mailed_what_waits_for_them(programme, settings):
    settings.SITE_URL = "https://directory.example"
    editor("gwent", "gwent")
    editor("without-areas")
    entry = programme("gwent", "phoenix-das")
    for text in ("CANARY", "CANARY too"):
        Correction.objects.create(
            programme=entry, kind="route", sender="other", language="en", text=text
        )
    entry.summary_en = "CANARY that waits."
    entry.save()
    assert send_digests() == ["gwent: sent", "without-areas: nothing waits"]
    [message] = mail.outbox
    assert message.to == ["gwent@example.org"]
    assert message.subject == "What waits for you in the directory"
    check = reverse("admin:programmes_programme_check", args=[entry.pk])
    assert f"https://directory.example{check}" in message.body
    assert "Phoenix DAS (Gwent)\n  known on 17 November 2023" in message.body
    assert "Phoenix DAS (Gwent): The referral route is wrong or has changed, sent" in message.body
    assert "Changes not yet published:\n\nPhoenix DAS (Gwent)" in message.body
    assert "Welsh older than its English:\n\nPhoenix DAS (Gwent)" in message.body
    assert "Clear" not in message.body
    assert "CANARY" not in message.body


def test_the_digest_is_switched_off_by_its_own_link_and_by_no_scanner(client, settings):
    settings.SITE_URL = ""
    person = editor("gwent", "gwent")
    send_digests()
    [address] = re.findall(r"No weekly mail any more: (\S+)", str(mail.outbox[0].body))
    for _visit in range(2):
        page = client.get(address)
        assert "what waits for you is <strong>on</strong>" in page.content.decode()
        assert not page.cookies
    assert "is <strong>off</strong>" in client.post(address, {"switch": "off"}).content.decode()
    assert send_digests() == []
    person.refresh_from_db()
    assert person.weekly_digest is False
    client.post(address, {"switch": "on"})
    assert send_digests() == ["gwent: sent"]
    forged = address.replace(f"/{person.pk}:", f"/{person.pk + 1}:")
    assert forged != address
    assert client.post(forged, {"switch": "off"}).status_code == 404


def test_a_mail_server_that_is_away_is_told_and_the_others_are_tried(settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    for area in ("gwent", "north-wales"):
        editor(area, area)
    with pytest.raises(CommandError, match=r"2 not sent\."):
        call_command("weekly_digest", stdout=io.StringIO())
    assert [record.name for record in caplog.records] == ["directory.mail", "directory.mail"]
    assert "@" not in caplog.text.partition("Traceback")[0]


def correct(client, kind: str, text: str = "CANARY", **more: str) -> int:
    posted = {"kind": kind, "sender": "other", "text": text, **more}
    return client.post(PHOENIX, posted).status_code


def test_editors_of_the_area_are_mailed_at_once_what_is_urgent(client, programme):
    editor("gwent", "gwent")
    editor("south-wales", "south-wales")
    editor("all", role="Publisher")
    assert correct(client, "stopped") == correct(client, "contact") == correct(client, "route")
    first, second = mail.outbox
    assert first.recipients() == ["gwent@example.org", "all@example.org"]
    subject = "It has stopped, or does not take referrals now: Phoenix DAS (Gwent)"
    assert first.subject == subject
    sent = Correction.objects.get(kind="stopped")
    assert reverse("admin:programmes_correction_change", args=[sent.pk]) in first.body
    assert second.subject.startswith("A contact is wrong, or should not be shown: ")
    assert "CANARY" not in f"{first.body}{second.body}"


def test_what_is_automatic_or_waits_already_is_mailed_to_nobody(client):
    editor("gwent", "gwent")
    correct(client, "stopped", homepage="spam")
    assert mail.outbox == []
    correct(client, "stopped", "One")
    correct(client, "stopped", "Another")
    assert len(mail.outbox) == 1


def test_a_correction_is_taken_in_while_the_mail_server_is_away(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    editor("gwent", "gwent")
    assert correct(client, "stopped") == 200
    assert Correction.objects.get().kind == "stopped"
    assert "Mail not sent: correction_change" in caplog.messages


def test_a_name_of_two_lines_makes_no_second_header(client, programme):
    editor("gwent", "gwent")
    entry = programme("gwent", "phoenix-das")
    entry.name_en = "Phoenix\nBcc: everybody@example.org"
    entry.save()
    assert correct(client, "stopped") == 200
    assert mail.outbox[0].recipients() == ["gwent@example.org"]


def test_mail_is_in_english_whatever_the_page(client):
    editor("gwent", "gwent")
    posted = {"kind": "stopped", "sender": "other"}
    client.post("/cy/rhaglenni/gwent/phoenix-das/cywiriad/", posted)
    assert mail.outbox[0].subject.startswith("It has stopped")
