"""What the frame of a page has to look up: how old the directory's facts are."""

import datetime
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from html import unescape
from typing import Any

import msgspec
from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from programmes.listing.results import age
from programmes.models import Edition
from programmes.presentation.text import age_of_all

register = template.Library()
ATOM = "application/atom+xml"


@register.inclusion_tag("components/age_banner.html")
def age_banner(day: datetime.date | None = None) -> dict[str, Any]:
    """How old the facts are and how many entries were checked since, in one query."""
    return {"age": _age_in_words(get_language(), **age(day or None))}


@lru_cache
def _age_in_words(language: str, **numbers: Any) -> str:
    return age_of_all(**numbers)


@register.inclusion_tag("components/past_banner.html", takes_context=True)
def past_banner(context: template.Context) -> dict[str, Any]:
    """Which day a page shows, the same page now, and whether anything was published by then."""
    day, path, query = context["as_at"], context["request"].path, context["query_now"]
    first_day = Edition.objects.history().first_day()
    return {
        "as_at": day,
        "now": f"{path}?{query}" if query else path,
        "first_day": first_day,
        "is_before": first_day is not None and day < first_day,
    }


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context: template.Context) -> dict[str, Any]:
    return {"site_url": context["site_url"], "links": list(_alternates(context))}


def _alternates(context: template.Context) -> Iterator[tuple[str, str]]:
    """The media types and addresses of what a page shows, as data: its files, item and changes."""
    page, query = context["request"].resolver_match.url_name, context.get("query") or ""
    for name, kind in ((f"{page}-csv", "text/csv"), (f"{page}-json", "application/json")):
        if _is_page(f"{get_language()}:{name}"):
            yield kind, _address(name, query)
    if page == "entry" and not context.get("as_at"):
        yield "application/json", _address("api-service", "", context["entry"].uuid)
        yield ATOM, _address("changes-feed", f"entry={context['entry'].address}")
    elif page in ("home", "programmes"):
        yield ATOM, _address("changes-feed", query)


@lru_cache
def _is_page(name: str) -> bool:
    with suppress(NoReverseMatch):
        return bool(reverse(name))
    return False


def _address(name: str, query: str, *arguments: str) -> str:
    path = reverse(f"{get_language()}:{name}", args=arguments)
    return f"{path}?{query}" if query else path


@register.simple_tag(takes_context=True)
def text_of_block(context: template.Context, name: str) -> str:
    """What a block of the page says, once more and without its tags: for the page's head."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return " ".join(unescape(strip_tags(block.nodelist.render(context))).split())


@register.simple_tag
def structured_data(properties: dict[str, Any]) -> str:
    """A block of JSON-LD. It is data, which no browser runs, and cannot end its own element."""
    escapes = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
    text = msgspec.json.encode(properties).decode().translate(escapes)
    block = '<script type="application/ld+json">{}</script>'
    return format_html(block, mark_safe(text))  # noqa: S308 - escaped as JSON a line above
