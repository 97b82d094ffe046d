"""What the abbreviations of a page mean: those that it uses, and no others."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

ABBREVIATIONS = (
    "MARAC",
    "IDVA",
    "IPV",
    "HMPPS",
    "VAWDASV",
    "OPCC",
    "MATAC",
    "DAPO",
    "DA",
    "HO",
    "MOJ",
)
SPELLINGS = {each: each for each in ABBREVIATIONS} | {"PCC": "PCC|CHTh|Commissioner|Comisiynydd"}
"""How each stands in texts: Welsh seldom shortens the last one."""


@register.simple_block_tag
def explained(content: SafeString) -> SafeString:
    """Looks through what stands between this and {% endexplained %}; what it means follows."""
    used = {short for short, words in SPELLINGS.items() if re.search(rf"\b({words})\b", content)}
    return content + render_to_string("components/abbreviations.html", {"used": used})
