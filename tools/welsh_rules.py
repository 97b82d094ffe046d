"""What is wrong with a Welsh text beside its English, as far as a program can tell.

What a person has looked at and found right in spite of a rule is listed beside the rule.
"""

import re
from collections.abc import Iterator, Sequence

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

SAME_IN_BOTH = {"Grant"}

ENGLISH = {
    *("the", "and", "of", "is", "are", "was", "were", "be", "has", "have", "not", "this"),
    *("that", "these", "with", "without", "for", "from", "by", "on", "in", "which", "who", "what"),
    *("you", "your", "they", "their", "its", "only", "any", "page", "entry", "entries"),
}
"""Words of which every English sentence has one, and no Welsh one."""

SHARED = {
    *("a", "am", "cell", "data", "grant", "help", "i", "log", "map", "partner", "person", "print"),
    *("problem", "staff", "system", "tab"),
    *("axe", "gwent", "marac", "matac", "pcc"),
    *(
        "accepted",
        "as-at",
        "excluded",
        "false",
        "no",
        "not-checked",
        "not-stated",
        "only-these",
        "true",
        "usual",
    ),
    "yes",
}
"""What may stand in a text and in its Welsh: words that are Welsh too, names, and codes."""

PREPOSITIONS = (
    *("o", "i", "yn", "yng", "ym", "ar", "at", "gan", "dros", "am", "wrth", "heb", "trwy", "drwy"),
    *("dan", "tan", "hyd", "rhwng", "rhag", "ers", "mewn", "fel", "neu", "na", "a", "â", "gyda"),
)
"""Words that change the first letter of the next, or may."""

BEGINS_WITH_A_FIGURE = {"entries", "total", "of", "pages", "date", "stated", "checked"}
"""Placeholders that a preposition may stand before, since figures do not change."""

LABELS = {
    "Am ba hyd",
    "Ariennir tan",
    "Pwy oedd yn eu hariannu, ac am ba hyd",
    "Y cyfeiriadur fel yr oedd ar",
    "Yr hyn a nodir am",
}
"""Labels and headings that end in a preposition; what follows begins anew."""

AFTER_A_NUMBER = {"o", "arall", "yn", "heb", "wedi’u"}
"""What may follow a number above two: “5 o raglenni”, “5 arall”, or a verb."""

_BEFORE = rf"(?<![\w’-])(?:{'|'.join(PREPOSITIONS)})"
COMPOSED = re.compile(rf"{_BEFORE}\s+%\((\w+)\)[sd]", re.IGNORECASE)
ENDS_OPEN = re.compile(rf"{_BEFORE}$", re.IGNORECASE)
NOT_SAID = re.compile(rf"{PLACEHOLDER.pattern}|<[^>]+>|https?://\S+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
COUNTED = re.compile(r"%\(\w+\)[sd] ([\w’]+)")


def problems_of(english: str, forms: Sequence[str]) -> Iterator[str]:
    """Of a text, or of its four plural forms; `english` is then the plural."""
    for text in dict.fromkeys(forms):
        yield from _problems(english, text)
    if len(forms) > 1:
        yield from _wrong_plurals(forms)


def _problems(english: str, text: str) -> Iterator[str]:
    # The plural English form names every value; "1" and "2" may be words in Welsh.
    if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(english)):
        yield f"other placeholders than its English: {text!r}"
    words = PLACEHOLDER.sub("", text).casefold()
    if text == english and re.search(r"\w", words) and text not in SAME_IN_BOTH:
        yield f"the same as its English: {text!r}"
    elif found := ENGLISH.intersection(re.findall(r"[\w’'-]+", words)):
        yield f"English left inside ({', '.join(sorted(found))}): {text!r}"
    elif kept := _plain_words(text) & _plain_words(english) - SHARED:
        yield f"kept from its English ({', '.join(sorted(kept))}): {text!r}"
    if set(COMPOSED.findall(text)) - BEGINS_WITH_A_FIGURE:
        yield f"a preposition before a placeholder: {text!r}"
    if ENDS_OPEN.search(text.strip()) and text not in LABELS:
        yield f"ends in a preposition: {text!r}"


def _plain_words(text: str) -> set[str]:
    """All but names, which have a capital further in than the first letter of the text."""
    words = WORD.findall(NOT_SAID.sub("", text))
    return {*(word.casefold() for word in words[:1]), *filter(str.islower, words)}


def _wrong_plurals(forms: Sequence[str]) -> Iterator[str]:
    """Forms 0 and 1 are for one and two; 3 is for eight and eleven, and 2 for all others."""
    if forms[2] != forms[3]:
        yield f"“N o …” is the same for every number above two: {forms[3]!r}"
    if set(COUNTED.findall(forms[2])) - AFTER_A_NUMBER:
        yield f"a number above two takes “o” and a plural: {forms[2]!r}"
