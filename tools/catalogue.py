"""The Welsh catalogue: `update` it from the sources, `check` that it is complete, `compile` it.

GNU gettext is not on every machine, so strings are found with Python's own parser and with the
translation of templates that Django itself hands to gettext, and polib reads and writes the files.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tools import unmarked
from tools.welsh_rules import problems_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("accounts", "config", "core", "forces", "programmes", "templates")
PUBLIC = {
    ".html": unmarked.in_template,
    ".js": unmarked.in_script,
    ".scss": unmarked.in_style,
}
"""What pages are made of, and how each is read for words in one language."""

EDITORS_ONLY = "templates/admin/"
CATALOGUE = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Language": "cy",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    # Django's own rule: 1, 2, most others, and 8 and 11.
    "Plural-Forms": "nplurals=4; plural=(n == 1) ? 0 : (n == 2) ? 1 : (n != 8 && n != 11) ? 2 : 3;",
}

Message = tuple[str, str, str]
"""Context, singular and plural; "" for none."""

ARGUMENTS = {
    "_": ("singular",),
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
}
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\({STRING}(?:, *{STRING})?(?:, *{STRING})?")


def in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            strings = [a.value for a in node.args if isinstance(a, ast.Constant)]
            yield from message(node.func.id, [s for s in strings if isinstance(s, str)])


def in_template(text: str) -> Iterator[Message]:
    for name, *literals in TEMPLATE_CALL.findall(templatize(text)):
        yield from message(name, [ast.literal_eval(literal) for literal in literals if literal])


def message(function: str, strings: list[str]) -> Iterator[Message]:
    names = ARGUMENTS.get(function, ())
    if names and len(strings) >= len(names):
        parts = dict(zip(names, strings, strict=False))
        yield parts.get("context", ""), parts["singular"], parts.get("plural", "")


@cache
def in_sources() -> dict[Message, set[str]]:
    """Every message and the files that use it."""
    found: dict[Message, set[str]] = {}
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.*")):
            read = {".py": in_python, ".html": in_template}.get(file.suffix)
            for each in read(file.read_text(encoding="utf-8")) if read else ():
                found.setdefault(each, set()).add(str(file.relative_to(ROOT)))
    return found


def key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def translations(entry: polib.POEntry) -> list[str]:
    forms = sorted(entry.msgstr_plural.items())
    return [text for _form, text in forms] if entry.msgid_plural else [entry.msgstr]


def update() -> None:
    """Bring the catalogue up to the sources: new messages come in empty, unused ones go."""
    old = (
        {key(entry): entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    )
    new = polib.POFile(wrapwidth=100)
    new.metadata = HEADER
    for (context, singular, plural), files in sorted(in_sources().items()):
        entry = old.get((context, singular, plural)) or polib.POEntry(
            msgid=singular,
            msgid_plural=plural,
            msgctxt=context or None,
            msgstr_plural=dict.fromkeys(range(4), "") if plural else {},
        )
        entry.occurrences = [(file, "") for file in sorted(files)]
        new.append(entry)
    new.save(str(CATALOGUE))


def problems() -> Iterator[str]:
    file = polib.pofile(str(CATALOGUE))
    if file.metadata.get("Plural-Forms") != HEADER["Plural-Forms"]:
        yield "other plural forms than Django's Welsh"
    catalogue = {key(entry): entry for entry in file}
    found = in_sources()
    for each in sorted(set(found) - set(catalogue)):
        yield f"not in the catalogue: {each[1]!r} ({', '.join(sorted(found[each]))})"
    for each in sorted(set(catalogue) - set(found)):
        yield f"no longer used: {each[1]!r}"
    for entry in catalogue.values():
        texts = translations(entry)
        if entry.fuzzy or not all(texts) or (entry.msgid_plural and len(texts) != 4):
            yield f"not translated: {entry.msgid!r}"
        else:
            yield from problems_of(entry.msgid_plural or entry.msgid, texts)
    yield from in_one_language()


def in_one_language() -> Iterator[str]:
    for folder in ("assets", "templates"):
        for file in sorted((ROOT / folder).rglob("*.*")):
            name = file.relative_to(ROOT).as_posix()
            read = None if name.startswith(EDITORS_ONLY) else PUBLIC.get(file.suffix)
            for text in read(file.read_text(encoding="utf-8")) if read else ():
                yield f"{name} says in one language only: {text!r}"


def compile_all() -> None:
    for file in (ROOT / "locale").rglob("*.po"):
        polib.pofile(str(file)).save_as_mofile(str(file.with_suffix(".mo")))


def main(command: str) -> int:
    if command == "update":
        update()
    elif command == "compile":
        compile_all()
    elif command == "check":
        found = list(problems())
        sys.stderr.writelines(f"{CATALOGUE.name}: {problem}\n" for problem in found)
        return 1 if found else 0
    else:
        sys.stderr.write("usage: catalogue.py update|check|compile\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
