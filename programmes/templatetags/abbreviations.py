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
    spelt = ((short, rf"\b({words})\b(?! \()") for short, words in SPELLINGS.items())
    # What brackets follow is explained on the spot.
    used = {short for short, pattern in spelt if re.search(pattern, content)}
    return content + render_to_string("components/abbreviations.html", {"used": used})
