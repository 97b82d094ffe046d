"""Welsh spelling: names the words that the dictionary does not know. Advice: many are right."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from spylls.hunspell import Dictionary

from tools.welsh_review import ROOT, WELSH, InBoth, every_text

DICTIONARY = ROOT / "node_modules" / "dictionary-cy" / "index"
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
NO_WORDS = re.compile(r"%\(\w+\)[sd]|\S+@\S+|\S*/\S*")

Knows = Callable[[str], bool]


def main() -> None:
    knows = Dictionary.from_files(str(DICTIONARY)).lookup
    reviewed = set((WELSH / "words.txt").read_text(encoding="utf-8").split())
    found: dict[str, str] = defaultdict(str)
    for text in every_text():
        for word in unknown(text, knows):
            if word.casefold() not in reviewed:
                found[word] = found[word] or text.welsh
    for word in sorted(found):
        print(f"{word}: {found[word][:100]}")
    print(f"{len(found)} words to look at; what is right goes into {WELSH.name}/words.txt.")


def unknown(text: InBoth, knows: Knows) -> Iterator[str]:
    """Words in no dictionary that the English has not got either: those are names and codes."""
    english = set(words(text.english))
    for word in words(text.welsh):
        if word not in english and not word.isupper() and not is_known(word, knows):
            yield word


def words(text: str) -> list[str]:
    return WORD.findall(NO_WORDS.sub(" ", text.replace("’", "'")))


def is_known(word: str, knows: Knows) -> bool:
    """As it stands, or the parts of "i'r" and "sy'n", which a dictionary has one by one."""
    first, apostrophe, rest = word.partition("'")
    return knows(word) or (bool(apostrophe) and knows(first) and knows(f"'{rest}"))


if __name__ == "__main__":
    main()
