"""Reads and validates environment variables."""

import os
from collections.abc import Iterable
from typing import Any
from urllib.parse import SplitResult, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def insist_on(names: Iterable[str]) -> None:
    """Refuse to start where one is missing or empty."""
    if missing := [name for name in names if not os.environ.get(name, "").strip()]:
        raise ImproperlyConfigured(
            f"SITE_URL is https, so these must be set too: {', '.join(missing)}"
        )


def site_url(default: str) -> SplitResult:
    """The public address. Without https it is a copy on this machine alone."""
    text = os.environ.get("SITE_URL", default)
    url = split(text)
    extra = url.username or url.path.strip("/") or url.query or url.fragment or " " in text
    is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
    if not url.hostname or extra or not is_safe:
        raise ImproperlyConfigured(
            "SITE_URL is https and a host alone, like https://directory.example.org, or "
            f"http://127.0.0.1 with a port, not {text!r}."
        )
    return url


def split(text: str) -> SplitResult:
    """The parts of an address, all empty where it has no such port or host."""
    try:
        url = urlsplit(text)
        return url if url.port != 0 else urlsplit("")
    except ValueError:
        return urlsplit("")


def number(name: str, default: int, least: int, most: int) -> int:
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ImproperlyConfigured(
            f"{name} is a whole number from {least} to {most}, not {text!r}."
        )
    return int(text)


def email(name: str, default: str) -> str:
    text = os.environ.get(name, default)
    try:
        validate_email(text)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name} is an e-mail address, not {text!r}.") from error
    return text


def database(default: str) -> dict[str, Any]:
    """No message quotes the value, which may hold a password."""
    try:
        options = dict(dj_database_url.parse(os.environ.get("DATABASE_URL", default)))
    except ValueError:
        options = {}
    if options.get("ENGINE") not in ENGINES or options.get("NAME") in (None, "", ":memory:"):
        raise ImproperlyConfigured(
            "DATABASE_URL is sqlite:////path/to/file or postgres://user:password@host:5432/name."
        )
    return options


def mail_server() -> SplitResult:
    """No message quotes the value, which may hold a password."""
    text = os.environ.get("EMAIL_URL", "")
    server = split(text)
    if text and not (server.scheme == "smtp" and server.hostname):
        raise ImproperlyConfigured("EMAIL_URL is smtp://user:password@host:587, or not set.")
    return server
