"""Words that a page would say in one language only, since nothing marks them for translation.

Templates mark theirs; scripts and styles say nothing of their own.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

SPOKEN = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
"""Attributes that hold words for somebody."""

SAME_IN_BOTH = {"Atom", "Cymraeg", "English", "openapi.json"}

MARKED = re.compile(
    r"\{#.*?#\}|\{% blocktranslate\b.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
WORD = re.compile(r"[^\W\d_][\w.’-]*\w")
ADDRESS = re.compile(r"\?\S+=")

WRITTEN = r"(?:textContent|innerText|innerHTML|title|alt|placeholder|ariaLabel|label) *\+?="
SPEAKS = re.compile(rf"(?:{WRITTEN}|\b(?:alert|confirm|prompt)\(|\"aria-label\",)(.*)")
DRAWS = re.compile(r"\bcontent:(.*)")
LITERAL = re.compile(r"([\"'`])(.*?)\1")
ESCAPED = re.compile(r"\\u[0-9a-f]{4}")


class Template(HTMLParser):
    """What stands in a template itself; what is `lang="en"` there says that it is English."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.apart: list[str] = []
        self.feed(MARKED.sub(" ", text))
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.said += [text or "" for name, text in attributes if name in SPOKEN]
        if tag in ("code", *self.apart[-1:]) or (dict(attributes).get("lang") or "").strip():
            self.apart.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.apart and tag == self.apart[-1]:
            self.apart.pop()

    def handle_data(self, data: str) -> None:
        if not self.apart:
            self.said.append(data)


def in_template(text: str) -> Iterator[str]:
    for words in Template(text).said:
        yield from unknown(ADDRESS.sub("", words))


def in_script(text: str) -> Iterator[str]:
    yield from in_literals(SPEAKS, text)


def in_style(text: str) -> Iterator[str]:
    yield from in_literals(DRAWS, text)


def in_literals(after: re.Pattern[str], text: str) -> Iterator[str]:
    for code in after.findall(text):
        for _mark, literal in LITERAL.findall(code):
            yield from unknown(ESCAPED.sub(" ", literal))


def unknown(text: str) -> Iterator[str]:
    words = {word for word in WORD.findall(text) if not word.isupper()}
    if words - SAME_IN_BOTH:
        yield " ".join(text.split())
