"""What the abbreviations of a page mean: those that it uses, and no others."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

PCC = "PCC|CHTh|Commissioner|Comisiynydd"
"""How it stands in texts: Welsh seldom shortens it."""
USED = re.compile(
    # What brackets follow is explained on the spot.
    rf"\b(MARAC|IDVA|IPV|HMPPS|VAWDASV|OPCC|MATAC|DAPO|DA|HO|MOJ|{PCC})\b(?! \()"
)


@register.simple_block_tag
def explained(content: SafeString) -> SafeString:
    """Looks through what stands between this and {% endexplained %}; what it means follows."""
    used = {"PCC" if each in PCC.split("|") else each for each in USED.findall(content)}
    return content + render_to_string("components/abbreviations.html", {"used": used})
