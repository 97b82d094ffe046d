"""The check of the Welsh catalogue finds what it is there to find."""

import shutil
from pathlib import Path

import polib
import pytest

from tools import catalogue as tool
from tools.welsh_review import DOCUMENT, already_read, document, in_full, name_of

ROOT = Path(__file__).resolve().parent.parent.parent
PO = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """The tool, over a copy of the catalogue that a test may spoil."""
    monkeypatch.setattr(tool, "CATALOGUE", Path(shutil.copy(PO, tmp_path)))
    return tool


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


NAME, PAGE, COUNT = "Programmes", "Page %(number)s of %(pages)s", "%(found)s of %(total)s listings"
COUNTED = "Cofnodion: %(found)s o %(total)s"


@pytest.mark.parametrize(
    ("message", "columns", "problem"),
    [
        (NAME, {"msgstr": ""}, "not translated: 'Programmes'"),
        (NAME, {"flags": ["fuzzy"]}, "not translated: 'Programmes'"),
        (NAME, {"msgstr": "Programmes"}, "the same as its English: 'Programmes'"),
        (NAME, {"msgstr": "Rhaglenni and"}, "English left inside (and): 'Rhaglenni and'"),
        (
            "See all programmes",
            {"msgstr": "Gweld pob programmes"},
            "kept from its English (programmes): 'Gweld pob programmes'",
        ),
        (NAME, {"msgstr": "Rhaglenni yn"}, "ends in a preposition: 'Rhaglenni yn'"),
        (
            PAGE,
            {"msgstr": "Tudalen %(rhif)s o %(pages)s"},
            "other placeholders than its English: 'Tudalen %(rhif)s o %(pages)s'",
        ),
        (
            PAGE,
            {"msgstr": "Tudalen %(pages)s o %(number)s"},
            "a preposition before a placeholder: 'Tudalen %(pages)s o %(number)s'",
        ),
        (COUNT, {"msgstr_plural": {0: COUNTED, 1: COUNTED}}, f"not translated: {COUNT!r}"),
        (
            COUNT,
            {"msgstr_plural": {0: COUNTED, 1: COUNTED, 2: COUNTED, 3: f"{COUNTED}."}},
            f"“N o …” is the same for every number above two: '{COUNTED}.'",
        ),
        (
            COUNT,
            {"msgstr_plural": dict.fromkeys(range(4), "%(found)s cofnod o %(total)s")},
            "a number above two takes “o” and a plural: '%(found)s cofnod o %(total)s'",
        ),
    ],
)
def test_what_is_wrong_with_a_welsh_text_is_found(catalogue, message, columns, problem):
    assert spoil(catalogue, message, **columns) == [problem]


def test_another_rule_for_plurals_is_found(catalogue):
    po = polib.pofile(str(catalogue.CATALOGUE))
    po.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
    po.save()
    assert list(catalogue.problems()) == ["other plural forms than Django's Welsh"]


def test_what_awaits_a_welsh_reader_is_written_down():
    """`make welsh` writes it."""
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def test_what_is_short_or_seldom_seen_stands_in_the_full_list_alone():
    row = "| This day has not come yet. | Nid yw’r diwrnod hwn wedi dod eto. |"
    assert row in in_full()
    assert row not in document()
    assert "| Do not match your answers | Ddim yn cyd-fynd â’ch atebion |" in document()


def test_what_was_read_stands_in_the_catalogue_as_it_was_read():
    now = {name_of(entry): entry.msgstr for entry in polib.pofile(str(PO))}
    assert {name: now.get(name) for name in already_read()} == already_read()


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


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("list.html", '<p>Beware {{ of }}</p>{% translate "Dogs" %}', ["Beware"]),
        ("list.html", '<nav aria-label="Menu"><img alt="Picture">', ["Menu", "Picture"]),
        ("list.html", "{% block title %}Home{% endblock %}<q lang='en'>Any</q> 1.", ["Home"]),
        (
            "print.js",
            "button.textContent = `Print this`; e.title = ok ? '' : 'Stop';",
            ["Print this", "Stop"],
        ),
        ("print.js", 'const link = document.querySelector("[data-exit] a");', []),
        (
            "main.scss",
            '.a { content: "Printed" attr(data-day); } .b { content: "“"; }',
            ["Printed"],
        ),
    ],
)
def test_words_that_nothing_marks_are_found(catalogue, tmp_path, monkeypatch, file, text, found):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    said = [f"templates/{file} says in one language only: {each!r}" for each in found]
    assert list(catalogue.in_one_language()) == said
