"""Health checks of a service manager, balancer or monitor, by any host name and without TLS."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.deprecation import MiddlewareMixin

from core import tasks

LOOPBACK = ("127.0.0.1", "::1")


class HealthChecks(MiddlewareMixin):
    """`/healthz`: the process answers. `/readyz`: it can answer with pages too; and for who runs
    the site, how its disk and tasks are, which is no reason to send readers elsewhere."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.path_info == "/healthz":
            return answer("", [])
        if request.path_info == "/readyz":
            return answer(obstacle(), tasks.report() if may_know(request) else [])
        return None


def answer(obstacle: str, more: Iterable[str]) -> HttpResponse:
    return HttpResponse(
        "".join(f"{line}\n" for line in [obstacle or "ok", *more]),
        content_type="text/plain; charset=utf-8",
        status=503 if obstacle else 200,
        headers={"Cache-Control": "no-store"},
    )


def may_know(request: HttpRequest) -> bool:
    """Whoever asks on this machine itself, past the proxy, or knows the token."""
    token, given = settings.HEALTH_TOKEN, request.headers.get("Authorization", "")
    if "X-Forwarded-For" not in request.headers and request.META["REMOTE_ADDR"] in LOOPBACK:
        return True
    return bool(token) and constant_time_compare(given, f"Bearer {token}")


def obstacle() -> str:
    """Why no page can be answered, or "". A migration applied in the database but unknown to this
    release is no reason."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        return "the database is out of reach"
    return "" if shipped() <= set(applied) else "migrations are missing"


@cache
def shipped() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
