"""Accounts by mail: invitations, links to a new password, and word of what was changed."""

import logging
import re
import subprocess
import threading

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import two_factor
from accounts.models import SignInEvent, SignInFailure, User
from core.middleware.request_log import JsonLines
from forces.models import ForceArea
from tests.served import ROOT

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "correct horse battery staple", "another horse battery staple"
LOGIN, FORGOTTEN, ENROL = "/admin/login/", "/admin/forgotten/", "/admin/second-factor/"
ADD = "/admin/accounts/user/add/"
BAND = "signing in asks for no authenticator app"


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", "Ann@example.org", PASSWORD, is_staff=True)


@pytest.fixture
def boss(db: None) -> User:
    user = User.objects.create_user("boss", "boss@example.org", PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name="Administrator"))
    return user


def events() -> list[tuple[str, str]]:
    return list(SignInEvent.objects.order_by("pk").values_list("username", "outcome"))


def choose(client: Client, link: str, password: str):
    """Follow a link of a mail and choose a password."""
    form = client.get(link, follow=True)
    (address, _status) = form.redirect_chain[-1] if form.redirect_chain else (link, 200)
    return client.post(address, {"new_password1": password, "new_password2": password})


def link_in(message) -> str:
    (link,) = re.findall(r"^http://127\.0\.0\.1:8000(/admin/set-password/\S+)$", message.body, re.M)
    return link


def ask_for_link(client: Client, email: str):
    answer = client.post(FORGOTTEN, {"email": email})
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()
    return answer


def sign_in_with(client: Client, name: str, password: str):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"})


def new_account(*roles: str, areas: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "username": "bob",
        "email": "bob@example.org",
        "groups": list(Group.objects.filter(name__in=roles).values_list("pk", flat=True)),
        "areas": list(ForceArea.objects.filter(slug__in=areas).values_list("pk", flat=True)),
    }


def test_who_is_invited_chooses_the_first_password(sign_in, boss):
    client = sign_in(boss)
    page = client.get(ADD).content.decode()
    assert 'type="password"' not in page
    for choice in ("groups", "areas"):
        assert f'type="checkbox" name="{choice}"' in page
    assert "Roles:" in page
    refused = client.post(ADD, new_account("Area editor")).context["adminform"].form.errors
    assert refused == {"areas": ["Tick a force area: without one, an area editor sees nothing."]}
    added = client.post(ADD, new_account("Area editor", areas=("gwent",)))
    told = client.get(added["Location"]).content.decode()
    assert "A link to choose a password was sent to bob@example.org." in told
    assert "The link of the invitation holds for three days; after that" in told
    assert "Enable password-based authentication" not in told
    (invitation,) = mail.outbox
    assert invitation.to == ["bob@example.org"]
    assert invitation.subject == "Your account for editing the directory"
    for words in (
        "Your user name: bob\n",
        "Choose a password here, within three days:",
        "ask for another at http://127.0.0.1:8000/admin/forgotten/",
        "sign in at http://127.0.0.1:8000/admin/\n",
        "You need an authenticator app on your phone",
    ):
        assert words in invitation.body
    bob = User.objects.get(username="bob")
    assert (bob.is_staff, bob.has_usable_password()) == (True, False)

    link = link_in(invitation)
    for _scanner in range(2):
        assert Client().get(link, follow=True).status_code == 200
    person = Client()
    short = choose(person, link, "too short")
    assert "at least 12 characters" in short.content.decode()
    assert choose(person, link, NEW)["Location"] == "/admin/set-password/done/"
    assert 'href="/admin/login/"' in person.get("/admin/set-password/done/").content.decode()
    assert "link was invalid" in choose(Client(), link, PASSWORD).content.decode()
    assert sign_in_with(person, "bob", NEW).status_code == 302
    assert person.get("/admin/").status_code == 302
    assert person.get(ENROL).status_code == 200
    assert events()[-3:] == [
        ("bob", "invited"),
        ("bob", "password-changed"),
        ("bob", "signed-in"),
    ]


def test_a_mail_that_could_not_be_sent_is_told_and_in_the_log_without_its_address(
    sign_in, boss, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = sign_in(boss)
    added = client.post(ADD, new_account("Publisher"))
    told = client.get(added["Location"]).content.decode()
    assert "The mail to bob@example.org could not be sent" in told
    assert "was sent a link" not in told
    ask_for_link(Client(), "bob@example.org")
    logged = [JsonLines().format(line) for line in caplog.records if line.exc_info]
    key = User.objects.get(username="bob").pk
    assert len(logged) == 2
    assert f"Mail not sent: invitation, to account {key}" in logged[0]
    assert f"Mail not sent: new_password, to account {key}" in logged[1]
    assert "ConnectionRefusedError" in logged[0]
    assert not re.search("bob|set-password/", " ".join(logged))


def test_a_forgotten_password_is_chosen_anew_by_mail(ann, sign_in, settings):
    elsewhere = sign_in(ann)
    assert FORGOTTEN in Client().get(LOGIN).content.decode()
    assert "Editing the directory" in Client().get(FORGOTTEN).content.decode()
    answers = [
        ask_for_link(Client(REMOTE_ADDR=f"192.0.2.{number}"), email)
        for number, email in enumerate(("nobody@example.org", "ann@EXAMPLE.org"))
    ]
    assert {answer["Location"] for answer in answers} == {"/admin/forgotten/sent/"}
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["Ann@example.org"], "A link to a new password")
    assert "If you did not ask for it, do nothing" in message.body
    assert PASSWORD not in message.body

    client = Client()
    assert choose(client, link_in(message), NEW).status_code == 302
    assert elsewhere.get("/admin/").status_code == 302
    assert sign_in_with(Client(), "ann", PASSWORD).status_code == 200
    assert sign_in_with(client, "ann", NEW).status_code == 302
    # The mail replaces the password and no more: the second step stays what it was.
    assert client.get("/admin/")["Location"].startswith(LOGIN)
    assert client.get(f"{LOGIN}?next=/admin/")["Location"] == "/admin/code/?next=/admin/"
    assert mail.outbox[1].subject == "Your password was changed"
    assert mail.outbox[1].to == ["Ann@example.org"]
    assert f"write to {settings.CONTACT_EMAIL} at once" in mail.outbox[1].body
    assert [each for each in events() if each[1] != "signed-in"] == [
        ("", "link-asked-for"),
        ("ann", "link-asked-for"),
        ("ann", "password-changed"),
        ("ann", "refused"),
    ]


def test_who_is_not_active_is_sent_nothing_and_a_forged_link_opens_nothing(ann):
    User.objects.update(is_active=False)
    ask_for_link(Client(), "ann@example.org")
    assert mail.outbox == []
    for key in ("MQ", "AA", "____", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "w7_Dv8O_"):
        page = Client().get(f"/admin/set-password/{key}/c9x-{'0' * 32}/")
        assert "link was invalid" in page.content.decode()
    posted = Client().post("/admin/set-password/MQ/set-password/", {"new_password1": NEW})
    assert "link was invalid" in posted.content.decode()


def test_links_wait_as_passwords_do_whether_there_is_an_account_or_not(ann, client):
    for email in ("ann@example.org", "nobody@example.org"):
        SignInFailure.objects.all().delete()
        answers = [ask_for_link(client, email) for _number in range(5)]
        assert [answer.status_code for answer in answers] == [302] * 3 + [429] * 2
        assert answers[-1]["Retry-After"] == "1"
        assert "no link sent" in answers[-1].content.decode()
        assert SignInFailure.objects.count() == 3
        assert sign_in_with(client, "ann", PASSWORD).status_code == 429
    assert len(mail.outbox) == 3
    assert len(events()) == 6


def test_what_was_typed_for_a_link_is_in_no_log(client, caplog, ann):
    caplog.set_level(logging.DEBUG)
    ask_for_link(client, "canary@example.org")
    ask_for_link(client, "canary")
    link = "/admin/set-password/canary/canary-token/"
    client.get(link)
    assert "canary" not in " ".join(JsonLines().format(line) for line in caplog.records)


def test_somebody_elses_password_is_changed_with_ones_own_and_they_are_told(sign_in, boss, ann):
    client = sign_in(boss)
    address = reverse("admin:auth_user_password_change", args=[ann.pk])
    page = client.get(address).content.decode()
    assert 'name="own_password"' in page
    assert 'name="usable_password"' not in page
    assert "unset-password" not in page
    chosen = {"password1": NEW, "password2": NEW}

    def change(own: str) -> str:
        answer = client.post(address, chosen | {"own_password": own}, follow=True)
        return answer.content.decode()

    assert "Your own password is wrong. Nothing was changed." in change("")
    for _number in range(2):
        change("wrong")
    assert "wait a minute" in change(PASSWORD)
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)
    assert mail.outbox == []
    assert events()[-3:] == [("boss", "refused")] * 3

    SignInFailure.objects.all().delete()
    assert "Password changed successfully." in change(PASSWORD)
    ann.refresh_from_db()
    assert ann.check_password(NEW)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["Ann@example.org"], "Your password was changed")
    ]
    assert NEW not in mail.outbox[0].body
    assert events()[-1] == ("ann", "password-changed")


def test_ones_own_changed_password_is_told(sign_in, ann):
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert sign_in(ann).post("/admin/password_change/", data).status_code == 302
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["Ann@example.org"], "Your password was changed")
    ]
    assert events()[-1] == ("ann", "password-changed")


def test_a_removed_second_factor_asks_for_ones_own_password_and_is_told(sign_in, boss, ann):
    sign_in(ann)
    client = sign_in(boss)
    account = reverse("admin:accounts_user_change", args=[ann.pk])
    assert 'name="own_password"' in client.get(account).content.decode()
    remove = reverse("admin:accounts_user_remove_factor", args=[ann.pk])
    refused = client.post(remove, {"own_password": "wrong"}, follow=True)
    assert "Your own password is wrong. Nothing was changed." in refused.content.decode()
    assert ann.totpdevice_set.exists()
    assert mail.outbox == []
    client.post(remove, {"own_password": PASSWORD})
    assert not ann.totpdevice_set.exists()
    TOTPDevice.objects.create(user=ann)
    call_command("forget_second_factor", "ann")
    for message in mail.outbox:
        assert message.to == ["Ann@example.org"]
        assert message.subject == "Your authenticator app and recovery codes were removed"
        assert "Your user name: ann\n" in message.body
    assert len(mail.outbox) == 2


def test_an_app_that_took_the_place_of_another_is_told(
    ann, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("django_otp.oath.TOTP.verify", lambda *_: True)
    monkeypatch.setattr(two_factor, "user_has_device", lambda _: False)
    with django_capture_on_commit_callbacks(execute=True):
        two_factor.enrol(ann, "00" * 20, "123456")
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        two_factor.enrol(ann, "11" * 20, "123456")
    (message,) = mail.outbox
    assert message.subject == "Another authenticator app took the place of yours"


@pytest.mark.parametrize(
    ("roles", "areas", "staff", "warning"),
    [
        ((), (), False, "Without a role bob cannot sign in."),
        (("Area editor",), ("gwent",), True, None),
        (("Publisher",), (), True, "No force area limits bob: they see all of Wales."),
    ],
)
def test_who_has_a_role_may_sign_in_and_what_is_amiss_is_said(
    sign_in, boss, roles, areas, staff, warning
):
    client = sign_in(boss)
    told = client.post(ADD, new_account(*roles, areas=areas), follow=True)
    bob = User.objects.get(username="bob")
    assert bob.is_staff is staff
    assert 'name="is_staff"' not in told.content.decode()
    assert told.content.decode().count('class="warning"') == (warning is not None)
    assert not warning or warning in told.content.decode()
    # The same when the account is changed later; without a role nobody signs in any more.
    address = reverse("admin:accounts_user_change", args=[bob.pk])
    data = new_account("Area editor") | {"is_active": "on"}
    later = client.post(address, data, follow=True).content.decode()
    assert "No force area is ticked for bob: they see no entry." in later
    data = new_account() | {"is_active": "on"}
    later = client.post(address, data, follow=True).content.decode()
    assert "Without a role bob cannot sign in." in later
    bob.refresh_from_db()
    assert not bob.is_staff


def test_a_copy_for_trying_things_out_asks_for_no_app_and_says_so_everywhere(boss, settings):
    assert BAND not in Client().get(LOGIN).content.decode()
    settings.SECOND_FACTOR = False
    client = Client()
    assert sign_in_with(client, "boss", PASSWORD)["Location"] == "/admin/"
    for address in ("/admin/", ADD, ENROL, "/admin/programmes/programme/", "/admin/nothing/"):
        answer = client.get(address)
        assert (BAND in answer.content.decode()) is (address != "/admin/nothing/"), address
    for address in (LOGIN, FORGOTTEN, "/admin/forgotten/sent/"):
        assert BAND in Client().get(address).content.decode()
    assert Client().get("/admin/").status_code == 302
    assert BAND not in Client().get("/").content.decode()
    settings.SECOND_FACTOR = True
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("variable", "says"),
    [
        ("PORT=8123", "The first time it asks for an authenticator app"),
        ("DEBUG=1", "With DEBUG=1 it asks for no authenticator app."),
    ],
)
def test_make_editor_says_where_to_sign_in_and_with_what(variable, says):
    command = ["make", "--dry-run", "--assume-old=database", "editor", variable]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "createsuperuser" in done.stdout
    assert says in done.stdout
    port = "8123" if variable == "PORT=8123" else "8000"
    assert f"Sign in at http://127.0.0.1:{port}/admin/" in done.stdout.replace("$SITE_URL", "")
