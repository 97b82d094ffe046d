"""What the environment says is understood or refused by name, and no password is repeated."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

READS: dict[str, Callable[[], Any]] = {
    "SITE_URL": lambda: environment.site_url("http://127.0.0.1:8000"),
    "PROXIES": lambda: environment.number("PROXIES", 1, least=0, most=9),
    "SECURITY_TXT_DAYS": lambda: environment.number("SECURITY_TXT_DAYS", 180, least=1, most=364),
    "CONTACT_EMAIL": lambda: environment.email("CONTACT_EMAIL", "nobody@localhost"),
    "DATABASE_URL": lambda: environment.database("sqlite:////srv/x"),
    "EMAIL_URL": environment.mail_server,
    "SECRET_KEY": lambda: environment.insist_on(["SECRET_KEY"]),
}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("SITE_URL", ["", "https://", "https:///x", "directory.example", "https://a b.example"]),
        ("SITE_URL", ["https://a.example/path", "https://a.example?x", "https://a.example:99999"]),
        ("SITE_URL", ["https://ann:word@a.example", "ftp://a.example", "http://a.example"]),
        ("PROXIES", ["", "one", "-1", "10", "1.5", "²"]),
        ("SECURITY_TXT_DAYS", ["0", "365"]),
        ("CONTACT_EMAIL", ["", "directory.example", "a@b@example.org"]),
        ("DATABASE_URL", ["", "nonsense", "mysql://u:pass-word@h/x", "postgres://h", "sqlite://"]),
        ("DATABASE_URL", ["postgres://u:pass-word@h:port/x", "postgres://u:pass-word@h:99999/x"]),
        ("EMAIL_URL", ["mail.example", "smtp://", "http://h", "smtp://u:pass-word@h:port"]),
        ("SECRET_KEY", ["", "  "]),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_by_name(monkeypatch, name, values):
    for value in values:
        monkeypatch.setenv(name, value)
        with pytest.raises(ImproperlyConfigured, match=name) as refusal:
            READS[name]()
        assert "pass-word" not in str(refusal.value)


def test_what_is_missing_is_all_named_at_once(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("PUBLISHER", "")
    monkeypatch.setenv("CONTACT_EMAIL", "a@example.org")
    with pytest.raises(ImproperlyConfigured, match=r"set too: SECRET_KEY, PUBLISHER$"):
        environment.insist_on(["SECRET_KEY", "PUBLISHER", "CONTACT_EMAIL"])


def test_what_is_meant_is_taken(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://directory.example:8443/")
    monkeypatch.setenv("PROXIES", "2")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p%40ss@db.example/name?sslmode=verify-full")
    monkeypatch.setenv("EMAIL_URL", "smtp://u:word@mail.example:587")
    assert READS["SITE_URL"]().netloc == "directory.example:8443"
    assert READS["PROXIES"]() == 2
    assert READS["SECURITY_TXT_DAYS"]() == 180
    database = READS["DATABASE_URL"]()
    assert (database["HOST"], database["PASSWORD"], database["NAME"]) == (
        *("db.example", "p@ss", "name"),
    )
    assert database["OPTIONS"] == {"sslmode": "verify-full"}
    assert READS["EMAIL_URL"]().hostname == "mail.example"
