"""What the lock after wrong passwords, django-axes, has to be told: who asks, and what to answer.

It counts for a name and an address together: whoever guesses from elsewhere locks out themselves.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LONGEST_NAME = 150


def address_of(request: HttpRequest) -> str | None:
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


def name_of(request: HttpRequest, credentials: dict | None) -> str:
    """The name as it was typed, no longer than the database takes."""
    return shortened((credentials or request.POST).get("username"))


def shortened(username: str | None) -> str:
    return (username or "").replace("\0", "")[:LONGEST_NAME]


def page(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """Says the same of every name, whether there is such an account or not."""
    wait = settings.AXES_COOLOFF_TIME
    context = {
        **admin.site.each_context(request),
        "title": "Too many wrong passwords",
        "minutes": int(wait.total_seconds() / 60),
    }
    locked = render(request, "admin/locked_out.html", context, status=429)
    locked["Retry-After"] = str(int(wait.total_seconds()))
    return locked
