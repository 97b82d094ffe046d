"""The address of the client."""

import datetime
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac


def client_address(request: HttpRequest) -> str | None:
    """The client's address as the first of our own proxies saw it; the rest anybody can write."""
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    known = 0 < settings.PROXIES <= len(passed_on)
    seen = network_address(passed_on[-settings.PROXIES].strip()) if known else None
    return seen or network_address(request.META.get("REMOTE_ADDR", ""))


def network_address(text: str) -> str | None:
    """An address; of IPv6 the /64 network, since one client usually holds the whole /64."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6:
        return str(ip_network((int(address), 64), strict=False).network_address)
    return str(address)


def hashed_addresses(request: HttpRequest) -> list[str]:
    """The client's address as keyed hashes. Limits count by them, and no address is stored."""
    return keyed_hashes(client_address(request) or "")


def keyed_hashes(text: str) -> list[str]:
    """Under today's key, to store, and under yesterday's, to look for: the key changes each day."""
    today = timezone.localdate()
    days = (today, today - datetime.timedelta(days=1))
    return [salted_hmac(f"{__name__} {day}", text, algorithm="sha256").hexdigest() for day in days]
