"""How texts are compared, and put into the alphabetical order of the language of the page.

Welsh has letters of two signs, each with a place of its own: *Llan…* comes after *Lw…*. The n and g
of Bangor are taken for *ng*, since no rule tells them apart; few names that pages sort have them.
"""

import re
import unicodedata

APOSTROPHES = re.compile("['’‘ʼ`´]")
NOT_A_WORD = re.compile(r"[\W_]+")
SIGNS = "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"
PLACES = {letter: chr(place) for place, letter in enumerate(SIGNS.split(), start=ord("a"))}
LETTER = re.compile("ch|dd|ff|ng|ll|ph|rh|th|[a-z]")


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Lower-case words without accents or apostrophes, one space apart."""
    plain = without_accents(APOSTROPHES.sub("", text))
    return NOT_A_WORD.sub(" ", plain.casefold()).strip()


def alphabetical(text: str, language: str | None) -> str:
    """A key to sort texts by; accents and capitals make no difference."""
    plain = without_accents(text.casefold())
    return LETTER.sub(lambda found: PLACES[found[0]], plain) if language == "cy" else plain
