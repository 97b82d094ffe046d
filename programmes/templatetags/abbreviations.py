"""What the abbreviations of a page mean: those that it uses, and no others."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

PCC = {"PCC", "CHTh", "Commissioner", "Comisiynydd"}
"""How it stands in texts: Welsh seldom shortens it."""
EXPLAINED = {"MARAC", "IDVA", "IPV", "HMPPS", "VAWDASV", "OPCC", "MATAC", "DAPO", "DA", "HO", "MOJ"}
# A word with a capital; what brackets follow is explained on the spot.
CAPITALISED = re.compile(r"[A-Z](?<!\w\w)\w*\b(?! \()")


@register.simple_block_tag
def explained(content: SafeString) -> SafeString:
    """Looks through what stands between this and {% endexplained %}; what it means follows."""
    words = {*CAPITALISED.findall(content)}
    used = words & EXPLAINED | ({"PCC"} if words & PCC else set())
    return content + render_to_string("components/abbreviations.html", {"used": used})
