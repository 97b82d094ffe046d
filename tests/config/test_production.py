"""The site with production's own settings, in a process of its own: they are read once."""

import json
import os
import secrets
import subprocess
import sys

from tests.served import ROOT

PRODUCTION = {
    "SITE_URL": "https://directory.example",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DATABASE_URL": "sqlite:////nowhere/but-not-needed",
    "PUBLISHER": "The publisher",
    "PUBLISHER_CY": "Y cyhoeddwr",
    "CONTACT_EMAIL": "directory@directory.example",
}
LOOK = """
import json
from django.core.management import call_command
from django.test import Client

call_command("check", deploy=True, fail_level="WARNING")
found = {}
for path in ("/robots.txt", "/nothing/", "/cy/dim/", "/.well-known/security.txt", "/admin/login/"):
    for secure in (True, False):
        response = Client(headers={"host": "directory.example"}).get(path, secure=secure)
        cookies = [morsel.OutputString() for morsel in response.cookies.values()]
        headers = {name.lower(): value for name, value in response.headers.items()}
        found[path + (" over http" if not secure else "")] = [
            response.status_code, headers, cookies
        ]
from django.conf import settings

session = [getattr(settings, f"SESSION_COOKIE_{name}") for name in SESSION]
login = Client(headers={"host": "directory.example"}).get("/admin/login/", secure=True)
band = "authenticator app" in login.content.decode()
local = [settings.DEBUG, not settings.SECOND_FACTOR, band, "console" in settings.EMAIL_BACKEND]
print(json.dumps([found, session, local]))
"""
SESSION = {
    "NAME": "__Host-session",
    "SECURE": True,
    "HTTPONLY": True,
    "SAMESITE": "Lax",
    "PATH": "/",
    "DOMAIN": None,
}
EVERYWHERE = {
    "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_production_lacks_is_named_at_once():
    done = manage({"SITE_URL": "https://directory.example", "PUBLISHER": "One"}, "check")
    assert done.returncode != 0
    assert done.stderr.strip().endswith(
        "these must be set too: SECRET_KEY, DATABASE_URL, PUBLISHER_CY, CONTACT_EMAIL"
    )


def test_headers_cookies_and_djangos_own_checks_in_production():
    look = f"SESSION = {list(SESSION)}\n{LOOK}"
    done = manage(PRODUCTION | {"DEBUG": "1"}, "shell", "-v0", "-c", look)
    assert done.returncode == 0, done.stderr
    found, session, local = json.loads(done.stdout.splitlines()[-1])
    assert session == list(SESSION.values())
    # Nothing of a local copy: no DEBUG, no sign-in without an app, no links printed into a log.
    assert local == [False] * 4
    for path, (status, headers, cookies) in found.items():
        if "over http" in path:
            assert status == 301
            assert headers["location"].startswith("https://directory.example/")
            assert not cookies
            continue
        assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE, path
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        in_admin = path.startswith("/admin/")
        assert headers["referrer-policy"] == ("same-origin" if in_admin else "no-referrer")
        assert bool(cookies) == in_admin
    (cookie,) = found["/admin/login/"][2]
    assert cookie.startswith("__Host-csrf=")
    assert cookie.endswith("HttpOnly; Max-Age=31449600; Path=/; SameSite=Lax; Secure")
