"""What pages are made of, as programs that read them aloud take it. No browser, no JavaScript."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from tinyhtml5.parser import HTMLParser

from tests import seeded
from tests.addresses import APART, BOTH, ENOUGH, PAGES, SWEEP, in_welsh

CONTROLS = ("a", "button", "input", "select", "summary", "textarea")
CHARTS = ["/timeline/", "/forces/"]
TABLES = [
    "/privacy/",
    "/forces/gwent/",
    "/compare/?programme=dyfed-powys/intervention-hub&programme=north-wales/intervention-hub",
]


def page(path: str) -> tuple[Element, list]:
    return read(seeded.page(path))


def read(text: str) -> tuple[Element, list]:
    """The tree of a page, and what its syntax does that the standard calls an error."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(text)
    return tree, parser.errors


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def tagged(tree: Element, *names: str) -> list[Element]:
    return [element for element in tree.iter() if element.tag in names]


def attributes(elements: list[Element], name: str) -> list[str]:
    return [element.get(name, "") for element in elements]


def called(tree: Element, element: Element) -> str:
    """The words of what an element says names it."""
    ids = element.get("aria-labelledby", "").split()
    return " ".join(words(each) for each in tree.iter() if each.get("id") in ids)


@pytest.mark.django_db
@pytest.mark.parametrize("path", SWEEP)
def test_a_page_is_valid_and_can_be_found_ones_way_about_in(path):
    tree, errors = page(path)
    check_page(tree, errors)
    if seeded.answer(path).status_code == 400:
        check_problem(tree)


def check_page(tree: Element, errors: list) -> None:
    assert not errors
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert not [each for each, number in Counter(ids).items() if number > 1]
    within = [href for href in attributes(tagged(tree, "a"), "href") if href.startswith("#")]
    assert {href[1:] for href in within} <= set(ids)
    main, heading = tagged(tree, "main"), tagged(tree, "h1")
    assert len(main) == len(heading) == 1
    assert heading[0] in main[0].iter()
    levels = [int(each.tag[1]) for each in tagged(tree, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(level - before <= 1 for before, level in zip([1, *levels], levels, strict=False))
    navigation = attributes(tagged(tree, "nav"), "aria-label")
    assert all(navigation)
    assert len(set(navigation)) == len(navigation)
    assert [len(tagged(tree, name)) for name in ("header", "footer")] == [1, 1]
    for form in tagged(tree, "form"):
        assert {"submit"} & set(attributes(tagged(form, "button"), "type"))
    assert list(needing_a_script(tree)) == []
    assert list(unlabelled(tree)) == []
    assert list(run_together(tree)) == []
    passed_over = [each for each in tagged(tree, *CONTROLS) if each.get("tabindex")]
    assert {each.get("name") for each in passed_over} <= {"homepage"}  # which nobody is to fill in
    for table in tagged(tree, "table"):
        check_table(tree, table)


def run_together(tree: Element) -> Iterator[tuple[str, str]]:
    """Words of two elements without white space between, which text browsers and others join."""
    for before, after in pairwise(texts(tree)):
        ends, begins = not before[-1].isspace() and before[-1] not in "“‘(–/", after[0]
        if ends and (begins.isalnum() or begins in "“(£"):
            yield before, after


def texts(element: Element) -> Iterator[str]:
    """The pieces of text of an element, in their order."""
    if element.tag not in ("script", "style"):
        if text := "\n" if element.tag == "br" else element.text:
            yield text
        for child in element:
            yield from texts(child)
            if child.tail:
                yield child.tail


def needing_a_script(tree: Element) -> Iterator[str]:
    for link in tagged(tree, "a"):
        if not {"href", "{http://www.w3.org/1999/xlink}href"} & {*link.keys()}:
            yield words(link)
    working = [each for form in tagged(tree, "form") for each in tagged(form, "button")]
    for button in tagged(tree, "button"):
        works = button in working and button.get("type") == "submit"
        if not works and button.get("hidden") is None:
            yield words(button)


def check_problem(tree: Element) -> None:
    """A page that could not take what was asked or sent says so first, and at the field."""
    assert words(tagged(tree, "title")[0]).startswith(("Error: ", "Gwall: "))
    (summary,) = [each for each in tree.iter() if each.get("role") == "alert"]
    assert summary.get("tabindex") == "-1"
    order = list(tree.iter())
    assert order.index(summary) < order.index(tagged(tree, "h1")[0])
    links = [words(link) for link in tagged(summary, "a")]
    for told in tree.iter("p"):
        if told.get("class") == "govuk-error-message":
            _error, _space, problem = words(told).partition(" ")
            assert any(link.endswith(problem) for link in links)


def unlabelled(tree: Element) -> Iterator[str]:
    labelled = attributes(tagged(tree, "label"), "for")
    for control in tagged(tree, "input", "select", "textarea"):
        if control.get("type") != "hidden" and control.get("id") not in labelled:
            yield control.get("name", "")


def check_table(tree: Element, table: Element) -> None:
    assert called(tree, table) or words(tagged(table, "caption")[0])
    assert all(attributes(tagged(table, "th"), "scope"))
    assert all(row[0].tag == "th" for row in tagged(table, "tbody")[0])


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*TABLES, *map(in_welsh, TABLES)])
def test_a_cell_says_its_column_where_a_phone_shows_no_headings(path):
    tree, _errors = page(path)
    boxes = [each for each in tree.iter("div") if "app-table" in each.get("class", "").split()]
    assert boxes
    for table in (tagged(box, "table")[0] for box in boxes):
        columns = tagged(table, "thead")[0][0]
        for row in tagged(table, "tbody")[0]:
            for column, cell in zip(columns[1:], row[1:], strict=True):
                said = " ".join(cell.get("data-column", "").split())
                assert words(column).startswith(said) if said else str(column.text) in words(cell)


@pytest.mark.django_db
@pytest.mark.english_sweep
def test_no_two_pages_have_one_title():
    listed = re.findall(r"<loc>https?://[^/]+([^<]+)", seeded.page("/sitemap.xml"))
    assert len(listed) > 2 * 18  # each entry in both languages, and more
    titles: dict[str, list[str]] = {}
    for path in {*BOTH, *listed}:
        head = seeded.page(path).partition("</head>")[0]
        (title,) = re.findall(r"<title>(.*?)</title>", head, re.DOTALL)
        titles.setdefault(" ".join(title.split()), []).append(path)
    assert not [paths for paths in titles.values() if len(paths) > 1]


def shown(response: Any) -> set[tuple[str, str]]:
    """The templates of a page, and its elements with their classes."""
    parts = {("template", each.name) for each in response.templates}
    elements = re.findall(r'<(\w+)(?:[^>]* class="([^"]*)")?', response.content.decode())
    return parts.union(elements)


@pytest.mark.django_db
@pytest.mark.english_sweep
def test_the_pages_that_are_enough_to_look_at_show_all_there_is():
    every = {path: shown(seeded.answer(path)) for path in PAGES}
    enough = set().union(*(every[path] for path in ENOUGH + APART))
    assert {path: found - enough for path, found in every.items() if found - enough} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*CHARTS, *map(in_welsh, CHARTS)])
def test_what_a_chart_shows_stands_there_in_words_too(path):
    tree, _errors = page(path)
    pictures = [each for each in tree.iter() if str(each.tag).endswith("svg")]
    assert pictures
    for picture in pictures:
        links = [each for each in picture.iter() if each.get("{http://www.w3.org/1999/xlink}href")]
        if links:  # the map, whose links the list beside it repeats
            assert picture.get("aria-label")
            there = attributes(tagged(tree, "a"), "href")
            assert all(each.get("{http://www.w3.org/1999/xlink}href") in there for each in links)
            continue
        assert picture.get("role") == "img"
        told, drawn = called(tree, picture), [words(each) for each in shapes(picture, "text")]
        years = {each for each in drawn if re.fullmatch(r"20\d\d", each)}
        assert drawn
        assert all(each in told for each in drawn if each not in years)


def shapes(picture: Element, name: str) -> list[Element]:
    return [each for each in picture.iter() if str(each.tag).endswith(name)]
