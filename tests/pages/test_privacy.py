"""The table of the privacy page against the models, the log, what `forget` deletes and backups."""

import datetime
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import AutoField, QuerySet
from django.utils.timezone import now

from accounts.models import SignInEvent, SignInFailure, User
from core.backup.contents import LEFT_OUT
from core.middleware.request_log import JsonLines
from programmes.models import ConfirmationRequest, Correction, CorrectionAddress, Programme

pytestmark = pytest.mark.django_db

HELD: dict[str, dict[str, str]] = {
    "Your words about a mistake": {"programmes.Correction": "text text_deleted_at"},
    "The rest of that message": {
        "programmes.Correction": "reference programme kind sender language sent_at held state "
        "decided_by decided_at decision"
    },
    "A provider’s answers": {
        "programmes.ConfirmationRequest": "key programme by made_at edition answers answered_at",
    },
    "Where that message came from": {"programmes.CorrectionAddress": "correction address"},
    "Failed sign-ins": {"accounts.SignInFailure": "at place name"},
    "Sign-ins, refusals and sign-outs": {"accounts.SignInEvent": "at username outcome"},
    "Editors’ sessions": {"sessions.Session": "session_key session_data expire_date"},
    "Editors’ accounts": {
        "accounts.User": "password last_login is_superuser username first_name last_name email "
        "is_staff is_active date_joined weekly_digest",
        "accounts.User_groups": "user group",
        "accounts.User_user_permissions": "user permission",
        "otp_static.StaticDevice": "user name confirmed throttling_failure_timestamp "
        "throttling_failure_count created_at last_used_at",
        "otp_static.StaticToken": "device token",
        "otp_totp.TOTPDevice": "user name confirmed throttling_failure_timestamp "
        "throttling_failure_count created_at last_used_at key step t0 digits tolerance drift "
        "last_t",
        "accounts.User_areas": "user forcearea",
    },
    "Editors’ work": {
        "admin.LogEntry": "action_time user content_type object_id object_repr action_flag "
        "change_message",
        "programmes.Contact": "hidden_at hidden_by hidden_why",
        "programmes.Edition": "published_at by why why_cy",
        "programmes.Handover": "programme ready_by sent_back note by at",
        "programmes.Mistake": "verification why by recorded_at",
        "programmes.Verification": "programme checked_on checked_with outcome confirmed note "
        "by recorded_at",
    },
}
"""Row of the page's table → model → its fields that hold what the row speaks of."""

LOG = "time level method route status ms exception"
"""The keys of a line of the log, which the row "Requests to our server" speaks of."""

NOT_ABOUT_PEOPLE = {
    "auth.Group": "name",
    "auth.Group_permissions": "group permission",
    "auth.Permission": "name content_type codename",
    "contenttypes.ContentType": "app_label model",
    "forces.ForceArea": "slug gss_code name_en name_cy in_en in_cy position ask_en ask_cy "
    "ask_page_en ask_page_cy ask_phone ask_email ask_seen_on ask_checked_on welsh_of",
    "forces.LocalAuthority": "area slug gss_code name_en name_cy column row",
    "forces.Place": "name_en name_cy authority",
    "forces.Postcode": "prefix authority",
    "programmes.Change": "edition kind",
    "programmes.Coverage": "programme authority statement",
    # Of a team or an office: `contact_rules` takes no person's.
    "programmes.Contact": "programme team_en team_cy welsh_of audience page email phone languages "
    "source checked_on",
    "programmes.Criterion": "programme answer accepted only former statement",
    "programmes.Development": "area programme kind expected when when_precision summary_en "
    "summary_cy welsh_of statement subject outcome came_about",
    "programmes.Edition": "programme replaced_at withdrawn language_due language_why document area "
    "area_position slug name stated_on last_stated_on last_checked checked_on search_name "
    "search_text",
    "programmes.Evaluation": "programme state published published_precision summary_en summary_cy "
    "welsh_of statement",
    "programmes.Funding": "programme funder period arrangement start start_precision end "
    "end_precision statement",
    "programmes.Involvement": "programme organisation role statement",
    "programmes.Organisation": "uuid name_en name_cy welsh_of page",
    "programmes.Programme": "uuid area slug name_en name_cy summary_en summary_cy welsh_of stage "
    "version status status_rests_on attendance attendance_rests_on longevity longevity_rests_on "
    "routes_are_all delivery_language delivery_language_rests_on accreditation "
    "accreditation_rests_on partner_support partner_support_rests_on taking_referrals "
    "taking_referrals_rests_on",
    "programmes.Referral": "programme route usual statement",
    # Of an organisation or a role: a written confirmation that names a person is refused.
    "programmes.Source": "slug kind title_en title_cy publisher_en publisher_cy licence_en "
    "licence_cy welsh_of dated address",
    "programmes.Statement": "programme source field in_table text text_cy as_extracted place_en "
    "place_cy welsh_of link basis replaces position",
    "programmes.Term": "edition dimension value",
}


def fields_declared() -> dict[str, list[str]]:
    declared: dict[str, list[str]] = {}
    for held in (NOT_ABOUT_PEOPLE, *HELD.values()):
        for model, fields in held.items():
            declared.setdefault(model, []).extend(fields.split())
    return {model: sorted(fields) for model, fields in declared.items()}


def test_every_field_is_in_the_table_or_not_about_people():
    stored = {
        model._meta.label: sorted(
            field.name for field in model._meta.concrete_fields if not isinstance(field, AutoField)
        )
        for model in apps.get_models(include_auto_created=True)
    }
    assert fields_declared() == stored


def test_the_log_has_the_keys_in_the_table(client, caplog, monkeypatch):
    client.raise_request_exception = False
    client.get("/")
    monkeypatch.setattr("programmes.areas.views.all_force_areas", lambda: 1 / 0)
    client.get("/forces/")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert [line["status"] for line in lines] == [200, 500]
    assert {key for line in lines for key in line} == set(LOG.split())


def waiting_correction(at: datetime.datetime) -> QuerySet:
    sent = {"kind": "stopped", "sender": "other", "text": "Words"}
    Correction.objects.create(programme=Programme.objects.all()[0], **sent)
    Correction.objects.update(sent_at=at)
    return Correction.objects.exclude(text="")


def correction_address(at: datetime.datetime) -> QuerySet:
    waiting_correction(at)
    CorrectionAddress.objects.create(correction=Correction.objects.latest("pk"), address="a hash")
    return CorrectionAddress.objects.all()


def decided_correction(at: datetime.datetime) -> QuerySet:
    written = waiting_correction(at)
    editor, _created = User.objects.get_or_create(username="editor", email="editor@example.org")
    written.update(state="rejected", decision="No.", decided_at=at, decided_by=editor)
    return written


def unused_request(at: datetime.datetime) -> QuerySet:
    editor, _created = User.objects.get_or_create(username="editor", email="editor@example.org")
    ConfirmationRequest.objects.create(programme=Programme.objects.all()[0], by=editor)
    ConfirmationRequest.objects.update(made_at=at)
    return ConfirmationRequest.objects.all()


def answered_request(at: datetime.datetime) -> QuerySet:
    requests = unused_request(at)
    requests.update(answered_at=at, answers={"status": ["still", "Words"]})
    return requests


def sign_in(at: datetime.datetime) -> QuerySet:
    SignInEvent.objects.create(username="somebody", outcome="refused")
    SignInEvent.objects.update(at=at)
    return SignInEvent.objects.all()


def failure(at: datetime.datetime) -> QuerySet:
    SignInFailure.objects.create(place="a hash", name="a hash")
    SignInFailure.objects.update(at=at)
    return SignInFailure.objects.all()


def session(at: datetime.datetime) -> QuerySet:
    SessionStore().create()
    lasts = Session.objects.get().expire_date - now()
    Session.objects.update(expire_date=at + lasts)
    return Session.objects.all()


DELETED = [
    ("Your words about a mistake", "90 days after an editor’s decision", 90, decided_correction),
    ("Your words about a mistake", "a year after you send them", 365, waiting_correction),
    ("A provider’s answers", "after a year", 365, answered_request),
    ("A provider’s answers", "deleted after 30 days", 30, unused_request),
    ("Where that message came from", "24 hours", 1, correction_address),
    ("Failed sign-ins", "24 hours", 1, failure),
    ("Sign-ins, refusals and sign-outs", "One year", 365, sign_in),
    ("Editors’ sessions", "12 hours at most", 0.5, session),
]
"""Row of the table, its words, the days they mean, and how to make what is so old."""

STAYS = {"The rest of that message", "Editors’ accounts", "Editors’ work"}


@pytest.mark.parametrize(("row", "words", "days", "make"), DELETED)
def test_forget_deletes_it_when_the_table_says(client, row, words, days, make):
    assert words in rows_of(client)[row]
    over, minute = now() - datetime.timedelta(days=days), datetime.timedelta(minutes=1)
    rows = make(over - minute)
    call_command("forget")
    assert not rows.exists()
    make(over + minute)
    call_command("forget")
    assert rows.exists()


def test_every_row_that_is_in_the_database_is_deleted_or_stays():
    assert {name for name, *_ in DELETED} | STAYS == HELD.keys()


def test_backups_leave_out_what_the_table_says(client):
    assert "without sessions and coded internet addresses" in rows_of(client)["Backups"]
    names = ("Editors’ sessions", "Where that message came from", "Failed sign-ins")
    rows = [HELD[name] for name in names]
    left_out = {apps.get_model(model)._meta.db_table for held in rows for model in held}
    assert left_out == LEFT_OUT


@pytest.mark.parametrize(
    ("row", "words", "file", "setting"),
    [
        (
            "Requests to our server",
            "30 days at most",
            "deploy/journald.conf",
            "MaxRetentionSec=29day\nMaxFileSec=1day",
        ),
        ("Backups", "35 days", "deploy/back-up", "${KEEP_DAYS:-35}"),
    ],
)
def test_files_go_when_the_table_says(client, row, words, file, setting):
    assert words in rows_of(client)[row]
    assert setting in Path(file).read_text()


def test_forget_runs_as_often_as_the_page_says(client):
    assert "Every hour a program deletes" in words_of(client, "/privacy/")
    assert "OnCalendar=*-*-* *:15\n" in Path("deploy/directory-forget.timer").read_text()


def main_of(client, path: str) -> str:
    return client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]


def words_in(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def words_of(client, path: str) -> str:
    return words_in(main_of(client, path))


def rows_of(client, path: str = "/privacy/") -> dict[str, str]:
    """The rows of the page's table: the kind of thing → the words of its last cells."""
    rows = main_of(client, path).partition("<tbody")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    heads = (row.partition("</th>") for row in rows)
    return {
        words_in(head.partition("<th")[2].partition(">")[2]): words_in(rest)
        for head, _, rest in heads
    }


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/privacy/", ("Information Commissioner", "Responsible for your data")),
        ("/cy/preifatrwydd/", ("Comisiynydd Gwybodaeth", "Yn gyfrifol am eich data")),
    ],
)
def test_the_page_shows_the_table_and_whom_to_ask(client, path, rest):
    page = words_of(client, path)
    assert all(words in page for words in rest)
    assert len(rows_of(client, path)) == 13


def test_everything_that_is_held_has_its_row(client):
    assert HELD.keys() <= rows_of(client).keys()
