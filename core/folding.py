"""Folding: text as it is compared, whatever its capitals, accents, apostrophes and hyphens."""

import re
import unicodedata

APOSTROPHES = re.compile("['’‘ʼ`´]")
NOT_A_WORD = re.compile(r"[\W_]+")


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Lower-case words without accents or apostrophes, one space apart."""
    plain = without_accents(APOSTROPHES.sub("", text))
    return NOT_A_WORD.sub(" ", plain.casefold()).strip()
