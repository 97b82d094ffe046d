"""The search text of an edition, folded as queries are: "ty" finds "tŷ"."""

import re
from collections.abc import Iterator

from django.utils import translation

from core import collation
from forces.models import all_force_areas
from programmes.domain.entry import NOT_STATED, OTHER, Entry
from programmes.readings import DIMENSIONS, SERVICE_READINGS, terms
from programmes.vocabulary import label

UNSAID = (NOT_STATED, OTHER)
"""Codes whose labels are no words of an entry."""
NOT_HIGH = re.compile(r"\bnot high\b|\bnid risg uchel\b")
NOT_HIGH_WORDS = {"not high": "nothigh", "nid risg uchel": "risg nothigh"}
SENTENCE_END = re.compile(r"(?<=\.)\s+")
HYPHENATED = re.compile(r"\b\w++(?:[-‐‑]\w++)+")
"""Possessive, and from the beginning of a word: a word of any length is read once."""


def fold(text: str) -> str:
    """Lower-case words without accents or apostrophes, one space apart.

    "Not high" becomes one word, so that "high risk" does not find it and "risk" still does.
    """
    words = collation.fold(text)
    return NOT_HIGH.sub(lambda found: NOT_HIGH_WORDS[found[0]], words)


def searchable(entry: Entry) -> tuple[str, str]:
    """The names of an entry, and all that it says, without what it says of other areas."""
    name, others = f"{entry.name.en} {entry.name.cy}", _other_areas(entry)
    # A sentence of ours that names another area is about what is there.
    sentences = SENTENCE_END.split(f"{entry.summary.en} {entry.summary.cy}")
    texts = [name, entry.area_name.en, entry.area_name.cy]
    texts += [each for each in sentences if not others.search(each)]
    for quotation in entry.quotations:
        texts += [quotation.words, quotation.words_cy]
    for language in ("en", "cy"):
        with translation.override(language):
            texts += _labels(entry)
    text = others.sub(" ", " ".join(texts))
    # "Re-provide" is found as "re provide" and as "reprovide".
    joined = " ".join(re.sub(r"[-‐‑]", "", word) for word in HYPHENATED.findall(text))
    return f" {fold(name)}", f" {fold(text)} {fold(joined)}"


def _labels(entry: Entry) -> Iterator[str]:
    codes = terms(entry)
    for dimension in DIMENSIONS:
        # Nearly all entries have one status, so its label would find nearly all.
        if dimension.name != "status":
            stated = [code for code in codes[dimension.name] if code not in UNSAID]
            yield from label(dimension.terms, stated)
    for reading in SERVICE_READINGS:
        if reading.name in entry.readings:
            yield f"{reading.label} {reading.terms(entry.readings[reading.name].value).label}"


def _other_areas(entry: Entry) -> re.Pattern[str]:
    """The names of the force areas that an entry is not of: a mention of one is no place of it."""
    others = [area for area in all_force_areas() if area.slug != entry.area]
    names = [name for area in others for name in (area.in_cy, area.name_en, area.name_cy)]
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
