"""Signing in: passwords, the wait after wrong ones, the second factor, and what is kept of it."""

import base64
import logging
import re
import time
from binascii import unhexlify
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils.timezone import now
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import SignInEvent, SignInFailure, User
from core.client_ip import keyed_hashes
from core.middleware.request_log import JsonLines
from forces.models import ForceArea

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"  # noqa: S105
LOGIN, CODE, ENROL, INDEX = "/admin/login/", "/admin/code/", "/admin/second-factor/", "/admin/"
RECOVERY = "/admin/recovery-codes/"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    def make(username: str, role: str = "Publisher", **options) -> User:
        email = f"{username}@example.org"
        user = User.objects.create_user(username, email, PASSWORD, is_staff=True, **options)
        user.groups.set(Group.objects.filter(name=role))
        if role == "Area editor":
            user.areas.add(ForceArea.objects.get(slug="gwent"))
        return user

    return make


def try_password(client: Client, username: str, password: str, address: str = HOME, **options):
    data = {"username": username, "password": password, "next": INDEX}
    return client.post(LOGIN, data, REMOTE_ADDR=address, **options)


def behind_password(username: str) -> Client:
    client = Client()
    assert try_password(client, username, PASSWORD).status_code == 302
    return client


def code_of(key: str, later: int = 0) -> str:
    """What an app with this secret shows now, or some steps of thirty seconds later."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time() + 30 * later
    return f"{totp.token():06}"


def secret_on(page) -> str:
    """The secret that somebody would type into the app, as the hex that the tests count with."""
    letters = re.search(r'id="letters">([A-Z2-7 ]+)<', page.content.decode()).group(1)
    return base64.b32decode(letters.replace(" ", "")).hex()


def events(username: str) -> list[str]:
    rows = SignInEvent.objects.filter(username=username).order_by("pk")
    return list(rows.values_list("outcome", flat=True))


# Wrong passwords


def an_hour_passes() -> None:
    SignInFailure.objects.update(at=F("at") - timedelta(hours=1))


def fail(client: Client, username: str, times: int, address: str = HOME) -> None:
    """So many wrong passwords, each of them tried, and the last just now."""
    for number in range(times):
        an_hour_passes()
        assert try_password(client, username, f"wrong {number}", address).status_code == 200


def wait(answer) -> str | None:
    """How many seconds to wait, None for whose password was tried."""
    assert answer.status_code == (429 if "Retry-After" in answer else 200)
    return answer.get("Retry-After")


def test_thirteen_wrong_passwords_do_not_get_in(client, person):
    person("ann", "Area editor")
    answers = [try_password(client, "ann", f"wrong {n}").status_code for n in range(13)]
    assert answers == [200] * 3 + [429] * 10
    assert try_password(client, "ann", PASSWORD).status_code == 429
    assert events("ann") == ["refused"] * 3
    assert try_password(Client(), "ann", PASSWORD, ELSEWHERE).status_code == 302
    assert try_password(client, "ann", PASSWORD).status_code == 429
    an_hour_passes()
    assert try_password(client, "ann", PASSWORD).status_code == 302
    assert client.get(ENROL).status_code == 200


def test_waits_double_for_an_address_whatever_names_are_tried_from_there(client, person):
    person("ann")
    waits = []
    for number in range(10):
        fail(client, f"name {number}", 1)
        if number >= 2:
            waits.append(wait(try_password(client, "ann", PASSWORD)))
    assert waits == ["1", "2", "4", "8", "16", "32", "60", "60"]
    page = try_password(client, "ann", PASSWORD).content.decode()
    assert "Try again in 60 seconds: until then no password is tried" in page
    SignInFailure.objects.update(at=F("at") - timedelta(seconds=61))
    assert try_password(client, "ann", PASSWORD).status_code == 302


def test_waits_for_a_name_grow_with_what_is_tried_anywhere_and_lock_nobody_out(client, person):
    person("ann")
    pages: list[HttpResponse] = []
    for name in ("ann", "nobody"):
        for number in range(8):
            fail(Client(), name, 1, f"198.51.100.{number}")
        fail(client, name, 1, f"203.0.113.{len(pages)}")
        pages.append(try_password(client, name, "wrong", f"203.0.113.{len(pages)}"))
    # It says the same whether there is such an account or not.
    assert [wait(page) for page in pages] == ["60", "60"]
    assert token_free(pages[0]) == token_free(pages[1])
    # Whoever has not erred is tried at once, and whoever has after a minute, whatever goes on.
    assert try_password(Client(), "ann", PASSWORD, "192.0.2.1").status_code == 302
    SignInFailure.objects.filter(place=hash_of("203.0.113.0")).update(
        at=now() - timedelta(seconds=61)
    )
    fail_elsewhere = try_password(Client(), "ann", "wrong", "192.0.2.2")
    assert fail_elsewhere.status_code == 200
    assert try_password(client, "ann", PASSWORD, "203.0.113.0").status_code == 302


def test_a_browser_that_both_steps_were_done_in_waits_for_its_own_mistakes_alone(person):
    person("ann")
    person("bob")
    anns = behind_password("ann")
    assert "device" not in anns.cookies
    anns.post(ENROL, {"code": code_of(secret_on(anns.get(ENROL)))})
    cookie = anns.cookies["device"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOGIN, True, "Strict")
    anns.post("/admin/logout/")

    fail(Client(), "ann", 12)
    assert wait(try_password(Client(), "ann", PASSWORD)) == "60"
    assert try_password(anns, "ann", PASSWORD).status_code == 302
    anns.post("/admin/logout/")
    assert wait(try_password(anns, "bob", PASSWORD)) == "60"
    fail(anns, "ann", 3)
    assert wait(try_password(anns, "ann", PASSWORD)) == "1"
    stolen = Client()
    stolen.cookies["device"] = cookie.value.replace(":", ";", 1)
    an_hour_passes()
    fail(Client(), "ann", 1)
    assert wait(try_password(stolen, "ann", PASSWORD)) == "60"


def test_what_is_put_off_makes_no_wait_longer_and_costs_no_hash(client, person, monkeypatch):
    person("ann")
    fail(client, "ann", 5)
    rows = list(SignInFailure.objects.values())
    monkeypatch.setattr("django.contrib.auth.backends.ModelBackend.authenticate", None)
    for _ in range(5):
        assert wait(try_password(client, "ann", PASSWORD)) == "4"
    assert list(SignInFailure.objects.values()) == rows


def test_ones_own_mistakes_are_forgotten_with_the_right_password_and_no_others(client, person):
    person("ann")
    fail(client, "ann", 2)
    fail(client, "bob", 2)
    an_hour_passes()
    assert try_password(client, "ann", PASSWORD).status_code == 302
    assert SignInFailure.objects.count() == 2
    SignInFailure.objects.update(at=now() - timedelta(hours=25))
    fail(Client(), "ann", 2)
    assert wait(try_password(Client(), "ann", "wrong")) is None


def hash_of(text: str) -> str:
    return keyed_hashes(text)[0]


def token_free(page) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "1.2.3.4, 198.51.100.9", "198.51.100.9"),
        (2, "1.2.3.4, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "127.0.0.1"),
        (1, "not an address", "127.0.0.1"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.9", "198.51.100.9"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(client, settings, proxies, header, seen):
    settings.PROXIES = proxies
    try_password(client, "ann", "wrong", "127.0.0.1", headers={"x-forwarded-for": header})
    assert SignInFailure.objects.get().place == hash_of(seen)


def test_an_invented_address_does_not_escape_the_wait(client, settings):
    settings.PROXIES = 1
    answers = [
        try_password(client, "ann", "wrong", headers={"x-forwarded-for": f"1.1.1.{n}, {HOME}"})
        for n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 3


@pytest.mark.parametrize(
    ("name", "status"), [("x" * 3000, 200), ("nul\0nul", 400), ("ŵ" * 200, 200), ("", 200)]
)
def test_whatever_is_typed_as_a_name_is_answered(client, name, status):
    assert try_password(client, name, "wrong").status_code == status
    assert {event.username for event in SignInEvent.objects.all()} <= {""}


def test_what_was_typed_is_in_no_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(7):
        try_password(client, "canary-name", "canary-password")
    client.post(CODE, {"code": "canary-code"})
    logged = " ".join(JsonLines().format(record) for record in caplog.records)
    assert '"status": 429' in logged
    assert "canary" not in logged


def test_what_is_kept_of_a_wrong_password_tells_no_name_address_or_browser(client, person):
    person("ann")
    try_password(client, "canary", "wrong", headers={"user-agent": "canary browser"})
    try_password(client, "ann", "wrong")
    assert list(SignInEvent.objects.order_by("pk").values_list("username", "outcome")) == [
        ("", "refused"),
        ("ann", "refused"),
    ]
    for row in SignInFailure.objects.all():
        assert re.fullmatch("[0-9a-f]{64} [0-9a-f]{64}", f"{row.place} {row.name}")


# The second factor


def addresses() -> Iterator[str]:
    """Every address of the admin, whoever registered it, with keys filled in."""

    def walk(patterns, prefix: str) -> Iterator[str]:
        for each in patterns:
            route = prefix + filled_in(str(each.pattern))
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, route)
            if isinstance(each, URLPattern):
                yield route

    yield from walk(admin.site.urls[0], "/admin/")


def filled_in(route: str) -> str:
    if route.startswith("^"):
        route = re.sub(r"\(\?P<\w+>(\w+)[^)]*\)", r"\1", route).strip("^$")
    return re.sub(r"<[^>]+>|\(\?P<url>\.\*\)\$", "1", route)


ANSWER_BEHIND_THE_PASSWORD = {LOGIN, CODE, ENROL, "/admin/logout/"}


@pytest.mark.parametrize(
    ("role", "enrolled"), [("Area editor", False), ("Publisher", True), ("superuser", False)]
)
def test_no_address_of_the_admin_skips_the_second_factor(person, role, enrolled):
    user = person("ann", role, is_superuser=role == "superuser")
    if enrolled:
        TOTPDevice.objects.create(user=user)
    client = behind_password("ann")
    every = set(addresses())
    assert len(every) > 80
    assert {INDEX, "/admin/jsi18n/", "/admin/password_change/", "/admin/autocomplete/"} < every
    assert every > ANSWER_BEHIND_THE_PASSWORD
    answers = {
        (method, address): getattr(client, method)(address)
        for address in every - ANSWER_BEHIND_THE_PASSWORD
        for method in ("get", "post")
    }
    let_in = [
        asked
        for asked, answer in answers.items()
        if answer.status_code != 302 or not answer["Location"].startswith(f"{LOGIN}?next=")
    ]
    assert not let_in
    led_to = client.get(f"{LOGIN}?next=/admin/programmes/programme/")
    page = CODE if enrolled else ENROL
    assert led_to["Location"] == f"{page}?next=/admin/programmes/programme/"
    assert "Programmes</a>" not in client.get(led_to["Location"]).content.decode()
    assert client.post("/admin/logout/").status_code == 200
    assert client.get(page)["Location"].startswith(LOGIN)
    assert events("ann") == ["signed-in", "signed-out"]


def test_enrolling_and_signing_in_with_codes(person):
    user = person("ann")
    client = behind_password("ann")
    page = client.get(f"{ENROL}?next=/admin/programmes/programme/")
    key, text = secret_on(page), page.content.decode()
    assert "<path" in text
    assert "autofocus" not in text  # what to do stands above the field
    assert "autofocus" in client.post(ENROL, {"code": ""}).content.decode()
    assert not re.search(r"\sstyle=|data:", text)
    assert 'autocomplete="one-time-code"' in text
    assert 'inputmode="numeric"' in text

    for wrong in ("", "12345", "1234567", "abcdef", "１２３４５６", str(10**6 - 1)):
        refused = client.post(ENROL, {"code": wrong})
        assert refused.status_code == 200
        assert 'aria-invalid="true"' in refused.content.decode()
        assert 'id="id_code_error"' in refused.content.decode()
        assert secret_on(refused) == key
    assert not TOTPDevice.objects.exists()

    code = code_of(key)
    session = client.session.session_key
    answer = client.post(
        f"{ENROL}?next=/admin/programmes/programme/", {"code": f"{code[:3]} {code[3:]}"}
    )
    assert 'href="/admin/programmes/programme/"' in answer.content.decode()
    assert client.session.session_key != session
    assert client.get("/admin/programmes/programme/").status_code == 200
    assert TOTPDevice.objects.get().user == user

    again = behind_password("ann")
    assert again.get(INDEX).status_code == 302
    used = again.post(CODE, {"code": code})
    assert "wrong, has run out, or was used before" in used.content.decode()
    assert again.get(INDEX).status_code == 302
    early = again.post(CODE, {"code": code_of(key, 1)})
    assert "The next one counts from" in early.content.decode()  # one wrong code makes one wait
    TOTPDevice.objects.update(throttling_failure_timestamp=now() - timedelta(seconds=5))
    answer = again.post(f"{CODE}?next=https://elsewhere.example/", {"code": code_of(key, 1)})
    assert answer["Location"] == INDEX
    assert again.get(INDEX).status_code == 200
    # What is no address is not looked for among the names of pages.
    assert again.get(f"{CODE}?next=nothing")["Location"] == "nothing"
    assert events("ann")[-5:] == [
        "enrolled",
        "signed-in",
        "code-refused",
        "code-refused",
        "code-accepted",
    ]


def test_no_second_app_without_a_code_of_the_first(person):
    person("ann")
    thief, owner = behind_password("ann"), behind_password("ann")
    thiefs, owners = secret_on(thief.get(ENROL)), secret_on(owner.get(ENROL))
    assert thiefs != owners
    owner.post(ENROL, {"code": code_of(owners)})
    assert owner.get(INDEX).status_code == 200

    for answer in (thief.get(ENROL), thief.post(ENROL, {"code": code_of(thiefs)})):
        assert answer["Location"] == f"{CODE}?next={ENROL}"
    assert thief.post(CODE, {"code": code_of(thiefs)}).status_code == 200
    assert thief.get(INDEX).status_code == 302
    assert TOTPDevice.objects.get().key == owners

    new = secret_on(owner.get(ENROL))
    assert owner.post(ENROL, {"code": code_of(new, later=10)}).status_code == 200
    assert TOTPDevice.objects.get().key == owners
    assert recovery_codes_on(owner.post(ENROL, {"code": code_of(new)}))
    assert owner.get(INDEX).status_code == 200
    assert TOTPDevice.objects.get().key == new


def recovery_codes_on(page) -> list[str]:
    return re.findall(r"<li>([a-z2-7]{8})</li>", page.content.decode())


def test_ten_recovery_codes_are_shown_once_after_enrolling_and_each_works_once(person):
    person("ann")
    client = behind_password("ann")
    key = secret_on(client.get(ENROL))
    shown = client.post(f"{ENROL}?next=/admin/programmes/programme/", {"code": code_of(key)})
    codes = recovery_codes_on(shown)
    assert len(set(codes)) == 10
    assert "no-store" in shown["Cache-Control"]
    assert '<a href="/admin/programmes/programme/">Continue</a>' in shown.content.decode()
    own = client.get(RECOVERY)
    assert "You have 10 left" in own.content.decode()
    assert not recovery_codes_on(own)

    lost = behind_password("ann")
    typed = f"{codes[3][:4]} {codes[3][4:]}".upper()
    assert lost.post(CODE, {"code": typed})["Location"] == INDEX
    assert "That recovery code is used up. You have 9 left." in lost.get(INDEX).content.decode()
    assert "You have 9 left" in lost.get(RECOVERY).content.decode()
    again = behind_password("ann")
    used = again.post(CODE, {"code": codes[3]}).content.decode()
    assert "wrong, has run out, or was used before. The next one counts from" in used
    early = again.post(CODE, {"code": codes[4]})  # one wrong code makes one wait
    assert "The next one counts from" in early.content.decode()
    StaticDevice.objects.update(throttling_failure_timestamp=now() - timedelta(seconds=5))
    assert again.post(CODE, {"code": codes[4]}).status_code == 302
    assert events("ann")[2:] == [
        "signed-in",
        "recovery-code-used",
        "signed-in",
        "code-refused",
        "code-refused",
        "recovery-code-used",
    ]


def test_new_recovery_codes_take_the_place_of_the_earlier_ones(person):
    person("ann")
    person("bob")
    codes = {}
    for name in ("ann", "bob"):
        client = behind_password(name)
        key = secret_on(client.get(ENROL))
        codes[name] = recovery_codes_on(client.post(ENROL, {"code": code_of(key)}))
    lost = behind_password("ann")
    assert lost.post(RECOVERY)["Location"].startswith(LOGIN)
    assert lost.post(CODE, {"code": codes["bob"][0]}).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert lost.post(CODE, {"code": codes["ann"][0]}).status_code == 302

    new = recovery_codes_on(lost.post(RECOVERY))
    assert len(set(new)) == 10
    assert not set(new) & set(codes["ann"])
    assert events("ann")[-1] == "recovery-codes-made"
    assert lost.get(INDEX).status_code == 200
    assert behind_password("ann").post(CODE, {"code": codes["ann"][1]}).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert behind_password("ann").post(CODE, {"code": new[0]}).status_code == 302
    assert behind_password("bob").post(CODE, {"code": codes["bob"][0]}).status_code == 302

    # Whoever has lost the phone sets up another, whose codes are new again.
    key = secret_on(lost.get(ENROL))
    newest = recovery_codes_on(lost.post(ENROL, {"code": code_of(key)}))
    assert behind_password("ann").post(CODE, {"code": new[1]}).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert behind_password("ann").post(CODE, {"code": newest[0]}).status_code == 302

    call_command("forget_second_factor", "ann")
    assert behind_password("ann").get(CODE)["Location"] == ENROL
    assert not StaticToken.objects.filter(device__user__username="ann").exists()


def test_who_lost_a_phone_is_helped_by_who_may(person, sign_in):
    boss = person("boss", "Administrator")
    chief = User.objects.create_superuser("chief", "chief@example.org")
    ann = person("ann")
    clients = {user: sign_in(user) for user in (boss, chief, ann)}

    def removal(user: User) -> str:
        return reverse("admin:accounts_user_remove_factor", args=[user.pk])

    page = clients[boss].get(reverse("admin:accounts_user_change", args=[ann.pk]))
    assert removal(ann) in page.content.decode()
    assert clients[boss].get(removal(ann)).status_code == 405
    assert clients[ann].post(removal(boss)).status_code == 403
    assert clients[boss].post(removal(chief)).status_code == 403
    assert clients[boss].post("/admin/accounts/user/0/second-factor/remove/").status_code == 404
    assert behind_password("boss").post(removal(boss))["Location"].startswith(LOGIN)
    assert TOTPDevice.objects.count() == 3

    assert clients[boss].post(removal(ann), {"own_password": PASSWORD}).status_code == 302
    assert list(TOTPDevice.objects.filter(user=ann)) == []
    assert clients[ann].get(INDEX).status_code == 302
    assert behind_password("ann").get(ENROL).status_code == 200
    assert "factor-removed" in events("ann")


def test_the_last_administrator_is_helped_on_the_command_line(person, sign_in, capsys):
    client = sign_in(person("boss", "Administrator"))
    call_command("forget_second_factor", "boss")
    assert "boss sets up a new one" in capsys.readouterr().out
    assert client.get(INDEX).status_code == 302
    for name in ("boss", "nobody"):
        with pytest.raises(CommandError):
            call_command("forget_second_factor", name)


# What ends, and what is kept


def test_sessions_end_after_half_a_day_with_the_browser_and_with_the_password(person, sign_in):
    ann = person("ann")
    client, other = sign_in(ann), sign_in(ann)
    page = behind_password("ann")
    assert page.cookies["sessionid"]["max-age"] == ""
    latest = max(session.expire_date for session in Session.objects.all())
    assert latest <= now() + timedelta(hours=12)

    new = "another horse battery staple"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", data).status_code == 302
    assert client.get(INDEX).status_code == 200
    assert other.get(INDEX).status_code == 302
    assert page.get(ENROL).status_code == 302
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get(INDEX).status_code == 302


def test_sign_ins_are_read_by_administrators_of_all_areas_and_changed_by_nobody(person, sign_in):
    SignInEvent.objects.create(username="canary", outcome="refused")
    row = SignInEvent.objects.get(username="canary")
    rows = reverse("admin:accounts_signinevent_changelist")
    one = reverse("admin:accounts_signinevent_change", args=[row.pk])
    local = person("local", "Administrator")
    local.areas.add(ForceArea.objects.get(slug="gwent"))
    for user, status in (
        (person("boss", "Administrator"), 200),
        (local, 403),
        (person("ann"), 403),
        (person("ed", "Area editor"), 403),
    ):
        client = sign_in(user)
        assert client.get(rows, {"q": "canary"}).status_code == status
        assert client.get(one).status_code == status
        assert client.post(one, {"username": "taken"}).status_code == 403
        assert client.post(f"{rows}{row.pk}/delete/").status_code == 403
    row.refresh_from_db()
    assert row.username == "canary"


def test_what_is_over_its_time_is_forgotten(client, person, sign_in, capsys):
    sign_in(person("ann"))
    try_password(client, "ann", "wrong")
    call_command("forget")
    assert capsys.readouterr().out.count(" deleted: 0.") == 6

    SignInEvent.objects.filter(username="ann", outcome="refused").update(
        at=now() - timedelta(days=366)
    )
    SignInFailure.objects.update(at=now() - timedelta(hours=25))
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    call_command("forget")
    assert capsys.readouterr().out.splitlines() == [
        "Texts of corrections deleted: 0.",
        "Addresses of corrections deleted: 0.",
        "Requests to providers deleted: 0.",
        "Sign-ins and refusals deleted: 1.",
        "Wrong passwords deleted: 1.",
        "Sessions deleted: 1.",
    ]
    assert events("ann") == ["signed-in"]
