"""The Welsh review: `python -m tools.welsh_review` writes down what awaits a Welsh reader.

That is every text but those found in use elsewhere, or read by one since.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
WELSH = ROOT / "locale" / "cy"
DOCUMENT = ROOT / "docs" / "welsh-review.md"
FIXTURES = ROOT / "fixtures"

GROUPS: dict[str, tuple[str, ...]] = {
    "Exit, helplines and safety": (
        "templates/base.html",
        "templates/components/helplines.html",
        "templates/pages/safety.html",
        "templates/pages/help.html",
        "templates/components/safety_line.html",
        "templates/referral_check/first_for_self.html",
        "templates/referral_check/help_first.html",
    ),
    "Verdicts of the referral check": (
        "programmes/referral_check/presenters.py",
        "programmes/referral_check/reasons.py",
        "templates/referral_check/",
    ),
    "Sentences about a programme": ("programmes/entries/", "programmes/presentation/"),
    "Terms of the field": ("programmes/vocabulary.py", "programmes/readings.py"),
    "The rest": ("templates/", "accounts/", "config/", "core/", "forces/", "programmes/"),
}
"""In the order in which they should be read → where their texts are used; the first counts."""

INTRODUCTION = """\
# For a Welsh reader

Made by `make welsh`; not to be edited. What a fluent reader should look at before release, most
important first, as far as it was neither found in use on public Welsh pages nor read by a Welsh
reader since. What was is in `locale/cy/read.toml`: a text that you have read, and put right where
it needs it, gets a line there and leaves this page.
"""

THE_REST = """
## The rest: {interface} of the interface, {ours} about programmes

Read these where they stand, on the pages under `/cy/`. They are in
`locale/cy/LC_MESSAGES/django.po`, and in the lines of `fixtures/` whose names end in `_cy`.
"""


@dataclass(frozen=True)
class InBoth:
    english: str
    welsh: str


def awaiting() -> dict[str, list[InBoth]]:
    """The interface's texts that nobody has read, by group."""
    read = already_read()
    found: dict[str, list[InBoth]] = {group: [] for group in GROUPS}
    for entry in _catalogue():
        if read.get(name_of(entry)) != entry.msgstr or entry.msgid_plural:
            found[_group(entry)].append(_in_both(entry))
    return found


def every_text() -> Iterator[InBoth]:
    """All that the directory itself says in Welsh, read by somebody or not."""
    yield from map(_in_both, _catalogue())
    yield from of_the_transcription()


def already_read() -> dict[str, str]:
    """Texts, named as `name_of` does, and the Welsh that needs no reader."""
    tables = tomllib.loads((WELSH / "read.toml").read_text(encoding="utf-8"))
    return dict(chain.from_iterable(table.items() for table in tables.values()))


def name_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid


def of_the_transcription() -> list[InBoth]:
    """Our own texts that the directory began with."""
    files = (file.read_text(encoding="utf-8") for file in sorted(FIXTURES.rglob("*.toml")))
    return list(dict.fromkeys(chain.from_iterable(_pairs(tomllib.loads(text)) for text in files)))


def document() -> str:
    """`docs/welsh-review.md`, in full."""
    questions = (WELSH / "questions.md").read_text(encoding="utf-8").strip()
    parts = [INTRODUCTION, "## Questions", "", questions]
    *first, (_rest, others) = awaiting().items()
    for group, texts in first:
        parts += _table(group, texts)
    parts.append(THE_REST.format(interface=len(others), ours=len(of_the_transcription())))
    return "\n".join(parts)


def _table(heading: str, texts: list[InBoth]) -> Iterator[str]:
    yield from ("", f"## {heading}: {len(texts)}", "", "| English | Cymraeg |", "|---|---|")
    for text in texts:
        yield f"| {_cell(text.english)} | {_cell(text.welsh)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _group(entry: polib.POEntry) -> str:
    files = [file for file, _line in entry.occurrences]
    return next(group for group, at in GROUPS.items() if any(f.startswith(at) for f in files))


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
