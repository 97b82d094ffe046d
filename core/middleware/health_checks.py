"""Health checks of a service manager or load balancer, by any host name and without TLS."""

from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class HealthChecks:
    """`/healthz`: the process answers. `/readyz`: it can answer with pages too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return answer("")
        if request.path_info == "/readyz":
            return answer(obstacle())
        return self.get_response(request)


def answer(obstacle: str) -> HttpResponse:
    return HttpResponse(
        f"{obstacle or 'ok'}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if obstacle else 200,
        headers={"Cache-Control": "no-store"},
    )


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
