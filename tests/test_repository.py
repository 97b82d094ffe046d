"""Rules about the tree itself."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOORS = ("current", "as_at", "areas", "withdrawn_entries", "history")
WRITERS = {"programmes/publishing.py"}
NOT_PUBLIC = {
    "programmes/publishing.py",
    "programmes/copying.py",
    "programmes/data_health.py",
    "programmes/drafting.py",
    "programmes/generation.py",
    "programmes/languages.py",
    "programmes/restoring.py",
    "programmes/to_do.py",
    "programmes/transcription.py",
    "programmes/management/commands/seed.py",
}
NOT_PUBLIC_FOLDERS = ("/admin/", "/models/", "/transfer/")


def sources(*folders: str) -> list[Path]:
    return [
        file
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in file.parts
    ]


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def tracked() -> list[Path]:
    listing = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True)
    return [ROOT / line for line in listing.splitlines() if (ROOT / line).is_file()]


@pytest.mark.parametrize("file", sources("config", "programmes"), ids=name)
def test_public_code_reads_editions_through_their_doors_alone(file):
    text = file.read_text(encoding="utf-8")
    if name(file) in NOT_PUBLIC or any(folder in name(file) for folder in NOT_PUBLIC_FOLDERS):
        return
    uses = re.findall(r"\bEdition\b(\.objects)?(?:\.(\w+))?", text)
    assert all(method in DOORS for objects, method in uses if objects)
    working = {"Programme", "Statement", "Referral", "Criterion", "Funding", "Development"}
    assert not [model for model in working if re.search(rf"\b{model}\.objects\b", text)]


@pytest.mark.parametrize("file", sources("config", "forces", "programmes"), ids=name)
def test_editions_and_terms_are_written_in_one_place(file):
    text = file.read_text(encoding="utf-8")
    write = r"\b(Edition|Term)\.objects(\.\w+\([^)]*\))*\.(create|bulk_create|update|delete)\("
    assert not re.search(write, text) or name(file) in WRITERS


@pytest.mark.parametrize("file", sources("forces"), ids=name)
def test_forces_import_nothing_from_programmes(file):
    assert not [module for module in imports(file) if module.split(".")[0] == "programmes"]


@pytest.mark.parametrize("file", ["programmes/entry.py", "programmes/eligibility.py"])
def test_rules_import_no_django(file):
    assert not [module for module in imports(ROOT / file) if module.startswith("django")]


def test_no_file_is_named_for_having_no_concern():
    assert not [file for file in tracked() if file.stem in ("utils", "helpers", "misc", "common")]


def test_templates_hold_no_inline_script_or_style():
    for file in (ROOT / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", text), name(file)


def test_no_registry_and_no_path_of_a_machine_is_named():
    # In pieces, so that this file does not name them itself.
    forbidden = [r"pypi\." + "org", r"registry\." + "npmjs", "python" + "hosted"]
    forbidden += ["/opt/" + "wheels", "/root" + "/", r"\.\./" + "shared"]
    for file in tracked():
        if file.suffix not in (".png", ".svg"):
            assert not re.search("|".join(forbidden), file.read_text(encoding="utf-8")), name(file)
