"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that spoke to our outermost proxy: nobody can choose it for themselves."""
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    seen = passed_on[-settings.PROXIES].strip() if 0 < settings.PROXIES <= len(passed_on) else ""
    return seen or request.META.get("REMOTE_ADDR", "")
