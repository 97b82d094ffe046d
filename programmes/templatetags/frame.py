"""What the frame of a page has to look up: how old the directory's facts are."""

import datetime
from contextlib import suppress
from html import unescape
from typing import Any

import msgspec
from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe

from programmes.listing.results import age
from programmes.models import Edition
from programmes.presentation.as_at import page_address
from programmes.presentation.text import age_of_all

register = template.Library()
ATOM = "application/atom+xml"


@register.simple_tag
def age_of_directory(day: datetime.date | None) -> str:
    """How old the facts are and how many entries were checked since, in one query."""
    return age_of_all(**age(day or None))


@register.simple_tag
def first_day() -> datetime.date | None:
    """When anything was first published."""
    return Edition.objects.history().first_day()


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[tuple[str, str]]:
    """The media types and addresses of what a page shows, as data: its files, item and changes."""
    page, query = context["request"].resolver_match.url_name, context.get("query") or ""
    links = []
    for name, kind in ((f"{page}-csv", "text/csv"), (f"{page}-json", "application/json")):
        with suppress(NoReverseMatch):
            links.append((kind, page_address(name, query)))
    if page == "entry" and not context.get("as_at"):
        links.append(("application/json", page_address("api-service", "", context["entry"].uuid)))
        links.append((ATOM, page_address("changes-feed", f"entry={context['entry'].address}")))
    elif page in ("home", "programmes"):
        links.append((ATOM, page_address("changes-feed", query)))
    return links


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
