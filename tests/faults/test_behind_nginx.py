"""The site with production's settings behind nginx with deploy/nginx.conf, and real requests."""

import base64
import http.client
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django_otp.oath import totp
from playwright.sync_api import Page, expect, sync_playwright

from tests import machine
from tests.browser.conftest import SWITCHES
from tests.config.test_production import PRODUCTION
from tests.served import LEFT_OUT, ROOT, free_ports, manage, server

HOST = "directory.example"
PASSWORD = "correct horse battery staple"  # noqa: S105
EDITORS = (
    "from accounts.models import User;"
    f"User.objects.create_user('ann', 'ann@example.org', password='{PASSWORD}', is_staff=True);"
    f"User.objects.create_superuser('boss', 'boss@example.org', password='{PASSWORD}')"
)
REFUSED_FROM = (
    "from core.client_ip import keyed_hashes;"
    "from accounts.models import SignInFailure;"
    "found = list(SignInFailure.objects.values_list('place', flat=True));"
    "assert set(found) == {keyed_hashes('127.0.0.1')[0]}, found"
)


FORGIVE = "from accounts.models import SignInFailure; SignInFailure.objects.all().delete()"


class Ports(NamedTuple):
    plain: int
    tls: int
    site: int


class Site(NamedTuple):
    ports: Ports
    folder: Path
    environment: dict[str, str]
    tls: ssl.SSLContext

    def ask(self, path: str, data: dict[str, str] | None = None, **headers: str):
        """The answer over TLS; its `body` is text."""
        # What is asked for is the name in the certificate, whatever the address.
        connection = http.client.HTTPConnection(HOST)
        raw = socket.create_connection(("127.0.0.1", self.ports.tls), timeout=20)
        connection.sock = self.tls.wrap_socket(raw, server_hostname=HOST)
        return answer(connection, path, data, headers)

    def serve(self):
        return server(self.ports.site, self.environment, self.folder / "server.log")


def answer(connection, path: str, data: dict[str, str] | None, headers: dict[str, str]):
    sent = {"Host": HOST} | headers
    body = urlencode(data) if data is not None else None
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if body is not None else "GET", path, body, sent)
    response = connection.getresponse()
    response.text = response.read().decode()
    connection.close()
    return response


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    with behind_nginx(folder, f"sqlite:///{folder / 'site.sqlite3'}") as found:
        yield found


@contextmanager
def behind_nginx(folder: Path, database: str) -> Iterator[Site]:
    """nginx before a site that is prepared and not yet served."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment = kept | PRODUCTION | {"DATABASE_URL": database}
    manage(environment, "migrate", "--noinput")
    manage(environment, "seed")
    manage(environment, "shell", "--command", EDITORS)
    certificate(folder)
    trusting = ssl.create_default_context(cafile=folder / "certificate.pem")
    found = Site(Ports(*free_ports(3)), folder, environment, trusting)
    with nginx(found):
        yield found


def certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", str(folder / "key.pem")),
            *("-out", str(folder / "certificate.pem")),
            *("-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
        ],
        check=True,
        capture_output=True,
    )


@contextmanager
def nginx(site: Site) -> Iterator[None]:
    program, configuration = machine.nginx(), write_configuration(site)
    command = [str(program), "-p", str(site.folder), "-c", str(configuration)]
    subprocess.run([*command, "-t"], check=True)
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", site.ports.tls)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(20)


def write_configuration(site: Site) -> Path:
    """The shipped file with this machine's ports and paths, and the least around it."""
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for pattern, replacement in (
        (r"\n *listen \[::\].*", ""),
        (r"listen 80;", f"listen 127.0.0.1:{site.ports.plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{site.ports.tls} "),
        (r"/etc/directory/slot.conf", str(site.folder / "slot.conf")),
        (r"/etc/directory/tls/fullchain.pem", str(site.folder / "certificate.pem")),
        (r"/etc/directory/tls/privkey.pem", str(site.folder / "key.pem")),
        (r"/srv/directory/current", str(ROOT)),
    ):
        shipped, number = re.subn(pattern, replacement, shipped)
        assert number, pattern
    places = "".join(
        f"{name}_temp_path {site.folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (site.folder / "slot.conf").write_text(f"server 127.0.0.1:{site.ports.site};\n")
    user = "user root;" if os.geteuid() == 0 else ""
    file = site.folder / "nginx.conf"
    file.write_text(
        f"{user} pid {site.folder}/pid; error_log {site.folder}/error.log;"
        f"events {{}} http {{ {places} {shipped} }}"
    )
    return file


def test_plain_http_is_sent_to_https_and_public_pages_carry_no_cookie(site):
    with site.serve():
        plain = http.client.HTTPConnection("127.0.0.1", site.ports.plain, timeout=20)
        moved = answer(plain, "/cy/rhaglenni/?area=gwent", None, {})
        assert moved.status == 301
        assert moved.headers["Location"] == f"https://{HOST}/cy/rhaglenni/?area=gwent"
        for path in ("/", "/cy/", "/programmes/", "/check/", "/cy/dim/", "/robots.txt"):
            page = site.ask(path)
            assert page.status == (404 if "dim" in path else 200)
            assert not page.headers.get_all("Set-Cookie")
            assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
            assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_admin_opens_with_host_cookies_and_nobody_lends_an_address(site):
    with site.serve():
        form = site.ask("/admin/login/")
        (csrf,) = form.headers.get_all("Set-Cookie")
        assert csrf.startswith("__Host-csrf=")
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[0]
        sending = {"Cookie": csrf.partition(";")[0], "Referer": f"https://{HOST}/admin/login/"}
        data = {"csrfmiddlewaretoken": token, "username": "ann", "next": "/admin/"}

        signed_in = site.ask("/admin/login/", data | {"password": PASSWORD}, **sending)
        assert signed_in.status == 302
        session = next(
            cookie
            for cookie in signed_in.headers.get_all("Set-Cookie")
            if cookie.startswith("__Host-session=")
        )
        assert {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"} <= set(session.split("; "))
        assert "Domain" not in session

        for number in range(8):
            borrowed = f"203.0.113.{number}"
            lent = {"X-Forwarded-For": borrowed, "X_Forwarded_For": borrowed}
            site.ask("/admin/login/", data | {"password": "wrong"}, **sending, **lent)
        manage(site.environment, "shell", "--command", REFUSED_FROM)
        assert site.ask("/admin/login/", data | {"password": PASSWORD}, **sending).status == 429


@contextmanager
def window(site: Site, said: list[str]) -> Iterator[Page]:
    """Chromium at the site's own name, over TLS; what its console says goes into `said`."""
    # These replace the rules among SWITCHES.
    rules = f"MAP {HOST}:443 127.0.0.1:{site.ports.tls}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.chromium(),
            args=[*SWITCHES, f"--host-resolver-rules={rules}"],
        )
        page = browser.new_page(base_url=f"https://{HOST}", ignore_https_errors=True)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("requestfailed", lambda request: said.append(request.url))
        yield page
        browser.close()


def test_an_administrator_signs_in_with_a_browser_and_sets_up_a_second_factor(site):
    said: list[str] = []
    manage(site.environment, "shell", "--command", FORGIVE)  # or it waits for the test before
    with site.serve(), window(site, said) as page:
        page.goto("/")
        assert page.context.cookies() == []
        page.goto("/admin/")
        page.get_by_label("Username").fill("boss")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        letters = page.locator("#letters").inner_text().replace(" ", "")
        page.get_by_label("Code").fill(f"{totp(base64.b32decode(letters)):06d}")
        page.get_by_role("button", name="Set up").click()
        page.get_by_role("link", name="Continue").click()
        expect(page.get_by_role("heading", name="Due for a check")).to_be_visible()
        page.wait_for_load_state()  # what a page still loads when it is left counts as failed
        found = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert set(found) == {"__Host-session", "__Host-csrf", "__Secure-device"}
        assert all(cookie["secure"] and cookie["httpOnly"] for cookie in found.values())
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("link", name="Log in again")).to_be_visible()
        page.wait_for_load_state()
        page.goto("/admin/programmes/programme/")
        expect(page.get_by_label("Password")).to_be_visible()
        assert said == []


def test_while_the_site_is_down_its_readers_are_told_whom_to_call(site):
    began = time.monotonic()
    down = site.ask("/programmes/")
    assert time.monotonic() - began < 1
    assert down.status == 503
    assert down.headers["Retry-After"] == "10"
    assert down.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "there is a problem with the service" in down.text
    assert "mae problem gyda’r gwasanaeth" in down.text
    for numbers in settings.HELPLINES.values():
        assert all(down.text.count(number) == 2 for number in numbers.values())
    assert down.text.count(settings.EXIT_URL) == 2
    with site.serve():
        # nginx looks again ten seconds after it found nobody at home.
        deadline = time.monotonic() + 20
        while site.ask("/programmes/").status != 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)
