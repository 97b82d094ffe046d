"""The Welsh review: `python -m tools.welsh_review` writes down what awaits a Welsh reader.

That is every text but those found in use elsewhere, or read by one since. What matters most goes
into the document, page by page; all of it into a file beside what was built.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import polib
from rapidfuzz.fuzz import ratio

ROOT = Path(__file__).resolve().parent.parent
WELSH = ROOT / "locale" / "cy"
DOCUMENT = ROOT / "docs" / "welsh-review.md"
FIXTURES = ROOT / "fixtures"

IN_FULL = ROOT / "build" / "welsh-review-in-full.md"

PAGES: dict[str, tuple[str, ...]] = {
    "Every page: menu, helplines, exit": (
        "templates/base.html",
        "templates/components/helplines.html",
        "templates/components/safety_line.html",
        "templates/components/age_banner.html",
    ),
    "Home: `/cy/`": ("templates/pages/home.html", "templates/components/place_box.html"),
    "Help and safety: `/cy/cymorth/`, `/cy/diogelwch/`, and being hurt": (
        "templates/pages/help.html",
        "templates/pages/safety.html",
        "templates/referral_check/help_first.html",
        "templates/referral_check/first_for_self.html",
    ),
    "Check a referral: `/cy/gwirio/`": (
        "programmes/referral_check/",
        "templates/referral_check/",
    ),
    "Terms of the field, on all pages": (
        "programmes/vocabulary.py",
        "programmes/readings.py",
        "programmes/presentation/",
    ),
    "The list: `/cy/rhaglenni/`": (
        "programmes/listing/",
        "templates/listing/",
        "templates/forms/",
    ),
    "A programme: `/cy/rhaglenni/…/…/`": (
        "programmes/entries/",
        "templates/entries/",
        "templates/components/",
    ),
    "Force areas: `/cy/heddluoedd/`": ("programmes/areas/", "templates/areas/", "forces/"),
    "Comparisons: `/cy/darpariaeth/`, `/cy/tystiolaeth/`, `/cy/llinell-amser/`, `/cy/cymharu/`": (
        "programmes/overviews/",
        "templates/overviews/",
    ),
    "Changes: `/cy/newidiadau/`": ("programmes/changes/", "templates/changes/"),
    "About, accessibility, privacy, contact": ("templates/pages/",),
    "Data: `/cy/data/`, files and feed": (
        "programmes/downloads/",
        "programmes/open_referral/",
        "templates/downloads/",
    ),
    "Corrections, and a provider's answers": (
        "programmes/corrections/",
        "programmes/confirmations/",
        "templates/corrections/",
        "templates/confirmations/",
    ),
    "Errors, and what else is seldom seen": ("templates/", "core/", "config/", "programmes/"),
}
"""Page → where its texts are used, in the order in which they should be read; the first counts."""

MATTER_MOST = list(PAGES)[:4]
SHORTEST = 5
"""Words of a text that is listed: what is shorter is a name or a button."""
SIMILAR = 75
"""From which likeness, of 100, texts stand side by side."""

INTRODUCTION = """\
# For a Welsh reader

Made by `make welsh`; not to be edited. {unread:,} Welsh texts were put together for this directory
and read by no Welsh reader since. The {listed} that matter most stand here, page by page. A wrong
word in them could mislead somebody in danger, or tell a professional that a programme takes
somebody whom it does not:

1. **Helplines, exit, safety**: does somebody frightened understand each line at once?
2. **The referral check**: “match”, “ask first”, “do not match” must promise nothing. *Not given*
   is never *no*; nothing is *available* (*ar gael*) or *eligible* (*cymwys*).
3. **The questions** below, where we were in doubt.
4. Then the rest, by page: `make welsh` writes all of it to `build/welsh-review-in-full.md`.

A text that you have read, and put right in `locale/cy/LC_MESSAGES/django.po` where it needs it,
gets a line in `locale/cy/read.toml` and leaves these lists. In a text, `%(…)s` stands for what the
page fills in.
"""


@dataclass(frozen=True)
class InBoth:
    english: str
    welsh: str


def awaiting() -> dict[str, list[InBoth]]:
    """The interface's texts that nobody has read, by page."""
    read = already_read()
    found: dict[str, list[InBoth]] = {page: [] for page in PAGES}
    for entry in _catalogue():
        if read.get(name_of(entry)) != entry.msgstr or entry.msgid_plural:
            found[_page(entry)].append(_in_both(entry))
    return {page: list(_similar_together(dict.fromkeys(texts))) for page, texts in found.items()}


def every_text() -> Iterator[InBoth]:
    """All that the directory itself says in Welsh, read by somebody or not."""
    yield from map(_in_both, _catalogue())
    yield from chain.from_iterable(of_the_transcription().values())


def already_read() -> dict[str, str]:
    """Texts, named as `name_of` does, and the Welsh that needs no reader."""
    tables = tomllib.loads((WELSH / "read.toml").read_text(encoding="utf-8"))
    return dict(chain.from_iterable(table.items() for table in tables.values()))


def name_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid


def of_the_transcription() -> dict[str, list[InBoth]]:
    """Our own texts that the directory began with, by the file they are in."""
    files = sorted(FIXTURES.rglob("*.toml"))
    return {
        str(file.relative_to(FIXTURES)): list(dict.fromkeys(_pairs(tomllib.loads(text))))
        for file in files
        if (text := file.read_text(encoding="utf-8"))
    }


def document() -> str:
    """`docs/welsh-review.md`: what matters most, and how much more there is."""
    unread, seeded = awaiting(), of_the_transcription()
    listed = {
        page: [text for text in unread[page] if len(text.english.split()) >= SHORTEST]
        for page in MATTER_MOST
    }
    rest = {page: len(texts) - len(listed.get(page, [])) for page, texts in unread.items()}
    rest["Texts of the first entries, in `fixtures/`"] = _count(seeded)
    introduction = INTRODUCTION.format(
        unread=_count(unread) + _count(seeded), listed=_count(listed)
    )
    questions = (WELSH / "questions.md").read_text(encoding="utf-8").strip()
    parts = [introduction, "## Questions", "", questions]
    parts += chain.from_iterable(_table(*each) for each in listed.items())
    parts += ["", "## What is not listed here", "", "| page | texts |", "|---|--:|"]
    parts += [f"| {page} | {number} |" for page, number in rest.items() if number]
    return "\n".join(parts) + "\n"


def in_full() -> str:
    """Every text that awaits a reader, by page, and those of the first entries by file."""
    of_files = {f"`fixtures/{file}`": texts for file, texts in of_the_transcription().items()}
    tables = chain.from_iterable(_table(*each) for each in (awaiting() | of_files).items())
    return "\n".join(["# Welsh texts that nobody has read", *tables]) + "\n"


def _count(texts: dict[str, list[InBoth]]) -> int:
    return sum(map(len, texts.values()))


def _similar_together(texts: Iterable[InBoth]) -> Iterator[InBoth]:
    """The texts in their order, each followed by those that are much like it."""
    left = list(texts)
    while left:
        first = left[0]
        like = [text for text in left if ratio(first.english, text.english) >= SIMILAR]
        yield from like
        left = [text for text in left if text not in like]


def _table(heading: str, texts: list[InBoth]) -> Iterator[str]:
    yield from ("", f"## {heading}: {len(texts)}", "", "| English | Cymraeg |", "|---|---|")
    for text in texts:
        yield f"| {_cell(text.english)} | {_cell(text.welsh)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _page(entry: polib.POEntry) -> str:
    files = [file for file, _line in entry.occurrences]
    return next(page for page, at in PAGES.items() if any(f.startswith(at) for f in files))


def _catalogue() -> polib.POFile:
    return polib.pofile(str(WELSH / "LC_MESSAGES" / "django.po"))


def _in_both(entry: polib.POEntry) -> InBoth:
    forms = " · ".join(dict.fromkeys(entry.msgstr_plural.values()))
    return InBoth(entry.msgid_plural or entry.msgid, forms or entry.msgstr)


def _pairs(node: Any) -> Iterator[InBoth]:
    """Every text that stands in a file in both languages, but for names and addresses."""
    if isinstance(node, list):
        yield from chain.from_iterable(map(_pairs, node))
    if isinstance(node, dict):
        for key, value in node.items():
            if key.endswith("_en") and key not in ("name_en", "in_en", "ask_page_en"):
                yield InBoth(value, node[f"{key.removesuffix('_en')}_cy"])
            yield from _pairs(value)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    IN_FULL.parent.mkdir(exist_ok=True)
    IN_FULL.write_text(in_full(), encoding="utf-8")
