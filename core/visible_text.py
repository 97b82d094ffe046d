"""What was typed into a form, without characters that nobody sees."""

import re
import unicodedata
from typing import Any

from django.http import QueryDict

NEVER = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Controls of direction, which can make a name read backwards, and joiners that no word needs.
Welsh and English need none; ZWJ and ZWNJ stay, which some names are written with."""

BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that are drawn as nothing."""


def visible(text: str) -> str:
    """The text without what is never seen; nothing where nothing would be seen of it."""
    left = NEVER.sub("", text)
    return left if any(map(_is_seen, left)) else ""


def _is_seen(char: str) -> bool:
    """Or a control character, which a form refuses in its own words."""
    category = unicodedata.category(char)
    is_control = category == "Cc" and not char.isspace()
    return is_control or (category[0] in "LNPS" and char not in BLANK)


def visible_fields(fields: QueryDict) -> Any:
    """Of a form that was sent. Passwords stay as they were typed."""
    seen = fields.copy()
    for name, values in fields.lists():
        if "password" not in name:
            seen.setlist(name, [visible(value) for value in values])
    seen._mutable = False
    return seen
