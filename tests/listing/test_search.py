"""Folding: what a search forgives."""

import time
import tomllib

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from programmes.listing.search import synonyms_in, wanted
from programmes.publishing.search_text import HYPHENATED, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Children’s Services", "childrens services"),
        ("children's SERVICES", "childrens services"),
        ("tŷ, ŵyn â llên", "ty wyn a llen"),
        ("Self-referral/any_agency", "self referral any agency"),
        ("  Relate Cymru – Choose2Change ", "relate cymru choose2change"),
        ("…!?", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("teulu", ["teulu"]),
        ("plant", ["children"]),
        ("dynion a phlant", ["men", "a", "children"]),
        ("rhaglen i gyflawnwyr", []),
        ("Gweithiwr Cymdeithasol yng Ngwent", ["childrens services", "yng", "ngwent"]),
        ("batterer programme", []),
        ("risk  high", ["risk", "high"]),
        ('"very high" risk', ["very high", "risk"]),
        ("“very high”", ["very high"]),
        ('"very high', ["very", "high"]),
        ("not high risk", ["nothigh", "risk"]),
        ("nid risg uchel", ["risg", "nothigh"]),
        ("risk not-high", ["risk", "nothigh"]),
        ('""', []),
        ("re-provide", ["re", "provide"]),
    ],
)
def test_wanted(query, parts):
    assert wanted(query) == parts


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_text_contains_what_is_searched_in_it(before, text):
    replaced = '"' in text or synonyms_in(text)
    assert replaced or all(part in fold(f"{before} {text}") for part in wanted(text))


def test_each_word_has_one_synonym():
    rows = tomllib.loads((settings.BASE_DIR / "fixtures/synonyms.toml").read_text("utf-8"))["term"]
    words = [fold(word) for row in rows for word in row["words"]]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("text", ["a" * 200_000, "a-" * 100_000, "-" * 200_000, "a" * 99_999 + "-"])
def test_a_word_of_any_length_is_read_once(text):
    """A fifth of a million letters took a quarter of an hour when each began the search anew."""
    began = time.monotonic()
    HYPHENATED.findall(text)
    fold(text)
    assert time.monotonic() - began < 5


def test_hyphenated_words_are_found_whole():
    assert HYPHENATED.findall("re-provide an on‑line, self-to-self -x y- z") == [
        "re-provide",
        "on‑line",
        "self-to-self",
    ]
