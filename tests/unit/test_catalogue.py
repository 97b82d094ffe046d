"""The check of the Welsh catalogue finds what it is there to find."""

import importlib.util
import shutil
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PO = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """The tool, over a copy of the catalogue that a test may spoil."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "locale" / "catalogue.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "CATALOGUE", Path(shutil.copy(PO, tmp_path)))
    return module


def spoil(catalogue, message: str, /, **columns) -> list[str]:
    po = polib.pofile(str(catalogue.CATALOGUE))
    entry = po.find(message)
    assert entry
    for name, value in columns.items():
        setattr(entry, name, value)
    po.save()
    return list(catalogue.problems())


def test_the_catalogue_is_complete(catalogue):
    assert list(catalogue.problems()) == []


def test_a_removed_translation_is_found(catalogue):
    assert spoil(catalogue, "Programmes", msgstr="") == ["not translated: 'Programmes'"]


def test_a_fuzzy_translation_is_found(catalogue):
    assert spoil(catalogue, "Programmes", flags=["fuzzy"]) == ["not translated: 'Programmes'"]


def test_another_placeholder_is_found(catalogue):
    found = spoil(catalogue, "Page %(number)s of %(pages)s", msgstr="Tudalen %(rhif)s o %(pages)s")
    assert found == ["other placeholders than its English: 'Tudalen %(rhif)s o %(pages)s'"]


def test_a_missing_plural_form_is_found(catalogue):
    message = "%(found)s of %(total)s entries"
    forms = {0: "Cofnodion: %(found)s o %(total)s", 1: "Cofnodion: %(found)s o %(total)s"}
    assert spoil(catalogue, message, msgstr_plural=forms) == [f"not translated: {message!r}"]


def test_a_new_and_an_unused_string_are_found(catalogue):
    found = spoil(catalogue, "Programmes", msgid="Programs")
    assert any(problem.startswith("not in the catalogue: 'Programmes'") for problem in found)
    assert "no longer used: 'Programs'" in found


def test_strings_are_found_in_templates_and_python(catalogue):
    template = """
        {% translate "One" %}
        {% blocktranslate count n=n %}{{ n }} a{% plural %}{{ n }} b{% endblocktranslate %}
        {% include "x" with t=_("Two") %}
        {% translate "Three" context "c" %}
    """
    assert list(catalogue.in_template(template)) == [
        ("", "One", ""),
        ("", "%(n)s a", "%(n)s b"),
        ("", "Two", ""),
        ("c", "Three", ""),
    ]
    assert list(catalogue.in_python('_("One" "and")\npgettext("c", "Two")')) == [
        ("", "Oneand", ""),
        ("c", "Two", ""),
    ]
