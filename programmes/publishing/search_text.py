"""The search text of an edition, folded as queries are: "ty" finds "tŷ"."""

import re
import unicodedata

from django.utils import translation

from programmes.domain.entry import NOT_STATED, OTHER, Entry
from programmes.readings import DIMENSIONS, terms
from programmes.vocabulary import label

UNSAID = (NOT_STATED, OTHER)
"""Codes whose labels are no words of an entry."""
APOSTROPHES = re.compile("['’‘ʼ`´]")
NOT_HIGH = re.compile(r"\bnot high\b|\bnid risg uchel\b")
NOT_HIGH_WORDS = {"not high": "nothigh", "nid risg uchel": "risg nothigh"}
NOT_A_WORD = re.compile(r"[\W_]+")
HYPHENATED = re.compile(r"\b\w++(?:[-‐‑]\w++)+")
"""Possessive, and from the beginning of a word: a word of any length is read once."""


def fold(text: str) -> str:
    """Lower-case words without accents or apostrophes, one space apart.

    "Not high" becomes one word, so that "high risk" does not find it and "risk" still does.
    """
    decomposed = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = NOT_A_WORD.sub(" ", plain.casefold()).strip()
    return NOT_HIGH.sub(lambda found: NOT_HIGH_WORDS[found[0]], words)


def searchable(entry: Entry) -> tuple[str, str]:
    name = f"{entry.name.en} {entry.name.cy}"
    texts = [name, entry.summary.en, entry.summary.cy, entry.area_name.en, entry.area_name.cy]
    for quotation in entry.quotations:
        texts += [quotation.words, quotation.words_cy]
    codes = terms(entry)
    for language in ("en", "cy"):
        with translation.override(language):
            for dimension in DIMENSIONS:
                stated = [code for code in codes[dimension.name] if code not in UNSAID]
                # Nearly all entries have one status, so its label would find nearly all.
                texts += label(dimension.terms, stated) if dimension.name != "status" else []
    text = " ".join(texts)
    # "Re-provide" is found as "re provide" and as "reprovide".
    joined = " ".join(re.sub(r"[-‐‑]", "", word) for word in HYPHENATED.findall(text))
    return f" {fold(name)}", f" {fold(text)} {fold(joined)}"
