"""Two application servers on one PostgreSQL: what one publishes, the other shows in a second."""

import json
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import throwaway_postgres
from tests.served import ROOT, free_ports, prepared, server

PAGE, LIST = "/programmes/gwent/phoenix-das/", "/cy/rhaglenni/?q=Ffenics"
SEEN_WITHIN = 1.5  # a second, and what a busy machine adds
PREPARE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import User
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from programmes.models import Programme

ann = User.objects.create_superuser("ann", "ann@example.org", "correct horse battery staple")
device = TOTPDevice.objects.create(user=ann, name="app")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = ann.pk
session[BACKEND_SESSION_KEY] = "accounts.delay.DelayingBackend"
session[HASH_SESSION_KEY] = ann.get_session_auth_hash()
session[DEVICE_ID_SESSION_KEY] = device.persistent_id
session.save()
phoenix = Programme.objects.get(slug="phoenix-das")
phoenix.name_en = phoenix.name_cy = "Phoenix Ffenics"
phoenix.save()
print(json.dumps([session.session_key, phoenix.pk]))
"""


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The addresses of two servers, and the environment that both were given."""
    with throwaway_postgres.server() as url:
        one, environment = prepared(url)
        (other,) = free_ports(1)
        with (
            server(one, environment, tmp_path / "one.log"),
            server(other, environment, tmp_path / "other.log"),
        ):
            yield environment["SITE_URL"], f"http://127.0.0.1:{other}", environment


def text(address: str, data: dict[str, str] | None = None, **headers: str) -> str:
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(address, body, headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return answer.read().decode()


def test_what_one_publishes_the_other_shows_within_a_second(pair):
    one, other, environment = pair
    for site in (one, other, one, other):
        assert "Ffenics" not in text(site + PAGE)
        assert "Phoenix Ffenics" not in text(site + LIST)
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", PREPARE]
    said = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    session, entry = json.loads(said)
    cookies = f"sessionid={session}"
    publish = f"/admin/programmes/programme/{entry}/publish/"

    # Whoever signed in at one is known to the other.
    form = text(other + publish, Cookie=cookies)
    assert "Ffenics" not in text(other + PAGE)
    token, seen = (
        re.findall(rf'name="{name}" value="([^"]+)"', form)[0]
        for name in ("csrfmiddlewaretoken", "seen")
    )
    data = {"csrfmiddlewaretoken": token, "seen": seen, "why": "Renamed."}
    sent = {"Cookie": f"{cookies}; csrftoken={token}", "Referer": one + publish}
    # It leads back to the entry; a form that was refused would come again.
    assert "| Change programme |" in text(one + publish, data, **sent)

    deadline = time.monotonic() + SEEN_WITHIN
    while not ("Ffenics" in text(other + PAGE) and "Phoenix Ffenics" in text(other + LIST)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert "Ffenics" in text(one + PAGE)
