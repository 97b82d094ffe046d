"""Readers and one administrator of a served site, as plain HTTP."""

import datetime
import http.client
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from tests.faults.hostile import Fields, Sent

KEY = "a" * 32
LET_IN = "from tests.faults.visitors import let_in; let_in()"
"""For `served(prepare=…)`: makes the administrator, who has signed in already."""
HEADERS = {"Cookie": f"sessionid={KEY}; csrftoken={KEY}"}


def let_in() -> None:
    user = User.objects.create_superuser("administrator", "administrator@example.org")
    device = TOTPDevice.objects.create(user=user, name="app")
    signed_in = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "accounts.delay.DelayingBackend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        DEVICE_ID_SESSION_KEY: device.persistent_id,
    }
    Session.objects.create(
        session_key=KEY,
        session_data=SessionStore().encode(signed_in),
        expire_date=timezone.now() + datetime.timedelta(days=1),
    )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str
    seconds: float


def ask(
    site: str,
    path: str,
    sent: Mapping[str, str | list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """The answer to a GET, or to a POST of what is sent."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    began = time.monotonic()
    try:
        body = urlencode(sent, doseq=True) if sent is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, headers=kind | (headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return Answer(answer.status, answer.headers, text, time.monotonic() - began)
    finally:
        connection.close()


def wait_until(condition: Callable[[], bool], within: float) -> float:
    """How many seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within, "it did not come about in time"
        time.sleep(0.02)
    return time.monotonic() - began


class Administrator:
    def __init__(self, site: str) -> None:
        self.site = site

    def fields_of(self, path: str) -> Sent:
        """What the form of a page would send unchanged."""
        page = ask(self.site, path, headers=HEADERS)
        assert page.status == 200, page.text
        form = re.search(r'<form[^>]*id="\w+_form".*?</form>', page.text, re.DOTALL)
        return Fields(form[0] if form else page.text).found

    def sends(self, path: str, fields: Sent) -> Answer:
        return ask(self.site, path, fields | {"csrfmiddlewaretoken": KEY}, HEADERS)
