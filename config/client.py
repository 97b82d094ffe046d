"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from, as the first of our own proxies saw it.

    What stands further left in the header was sent by the client, who may write what they like.
    """
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXIES <= len(passed_on):
        seen = of_one_household(passed_on[-settings.PROXIES].strip())
        if seen:
            return seen
    return of_one_household(request.META.get("REMOTE_ADDR", ""))


def of_one_household(text: str) -> str | None:
    """The address, of IPv6 the network: whoever has one of its addresses has 2⁶⁴ of them."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False).network_address)
    return str(address)
