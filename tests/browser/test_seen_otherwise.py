"""Pages as others meet them: in colours of their own or none, and read aloud."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking

# The same whatever holds the data; with SQLite, whose run is the shorter.
pytestmark = pytest.mark.english_sweep


MARKS = """marks => marks.map(mark => {
    const {fill, stroke} = getComputedStyle(mark);
    const ground = getComputedStyle(document.body).backgroundColor;
    return [mark.closest('.app-timeline__mark--planned') ? 'planned' : '',
        fill === ground ? 'hollow' : 'full', ![ground, 'none'].includes(stroke)];
})"""


@pytest.mark.parametrize("forced", ["active", "none"])
def test_what_happened_is_drawn_full_and_what_was_planned_hollow(open_page, forced):
    """Months and years are bars of one height: too alike for a comparison of pictures."""
    page = open_page("/timeline/", forced_colors=forced)
    drawn = page.locator(".app-timeline__mark > *").evaluate_all(MARKS)
    assert {tuple(mark) for mark in drawn} == {("planned", "hollow", True), ("", "full", True)}


EDGES = [".app-exit", ".app-chip", ".app-tag", ".app-not-stated", ".app-warning", ".app-narrow"]
EDGES += ["[aria-current]", ".govuk-button", ".govuk-input", ".govuk-select", ".govuk-textarea"]
EDGES += [".govuk-radios__label::before", ".govuk-checkboxes__label::before"]
WITHOUT_EDGE = """edges => edges.flatMap(edge => {
    const [name, part] = edge.split('::');
    return [...document.querySelectorAll(name)].filter(e => {
        const style = getComputedStyle(e, part && `::${part}`);
        return e.checkVisibility() && (style.borderBottomStyle === 'none'
            || style.borderBottomWidth === '0px' || style.borderBottomColor === 'rgba(0, 0, 0, 0)'
            || style.borderBottomColor === getComputedStyle(document.body).backgroundColor);
    }).map(e => e.outerHTML);
})"""


@pytest.mark.parametrize(
    ("path", "stops"),
    [
        ("/programmes/?area=gwent", 25),
        ("/", 25),
        ("/programmes/gwent/phoenix-das/", 20),
        ("/provision/?by=funder", 40),
        ("/programmes/gwent/cara/correction/", 20),
    ],
)
def test_forced_colours_leave_edges_and_focus(open_page, path, stops):
    check_edges_and_focus(open_page(path, forced_colors="active"), stops)


def test_forced_colours_leave_edges_and_focus_at_each_step_of_the_check(open_page):
    page = open_page("/check/", forced_colors="active")
    check_edges_and_focus(page, 20)
    with page.expect_navigation():
        page.locator("button[value=result]").click()
    check_edges_and_focus(page, 25)


def check_edges_and_focus(page: Page, stops: int) -> None:
    assert page.evaluate(WITHOUT_EDGE, EDGES) == []
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert looking.unseen_focus(page) == ""


LINE_BELOW = """e => {
    const style = getComputedStyle(e), ground = getComputedStyle(document.body).backgroundColor;
    const clear = ['rgba(0, 0, 0, 0)', ground].includes(style.borderBottomColor);
    return clear || style.borderBottomWidth;
}"""


@pytest.mark.parametrize("colours", [{}, {"forced_colors": "active"}], ids=["as made", "forced"])
def test_the_page_one_is_on_is_told_by_more_than_its_hue(open_page, colours):
    page = open_page("/programmes/", **colours)
    here = page.locator(".app-navigation [aria-current]").evaluate(LINE_BELOW)
    others = page.locator(".app-navigation a:not([aria-current])")
    elsewhere = others.evaluate_all(f"all => all.map({LINE_BELOW})")
    assert here not in elsewhere


def test_no_badge_leaves_its_meaning_to_its_colour(open_page):
    page = open_page("/programmes/")
    marked = page.locator(".app-mark").all_inner_texts()
    assert set(marked) == {"Launch not confirmed", "Stopped 2023/24", "Bought case by case"}
    three = ("gwent/cara", "gwent/phoenix-das", "north-wales/intervention-hub")
    page = open_page(f"/compare/?{urlencode({'programme': three}, doseq=True)}")
    both = "all => all.map(e => [e.className, e.innerText])"
    badges = page.locator(".app-tag").evaluate_all(both)
    meanings = {tuple(badge) for badge in badges}
    assert len(meanings) == len({text for _class, text in meanings}) >= 3


UNSAID = """cells => cells.filter(each => {
    const style = getComputedStyle(each, '::before');
    const label = (each.dataset.column || each.dataset.label).trim();
    return each.textContent.trim() && (!style.content.includes(label) || style.display === 'none');
}).map(each => each.outerHTML)"""


@pytest.mark.parametrize(
    "path",
    [
        "/cy/darpariaeth/",
        "/forces/gwent/",
        "/compare/?programme=gwent/cara&programme=gwent/phoenix-das",
        "/data/",
    ],
)
def test_a_table_is_read_as_one_on_a_phone(open_page, path):
    page = open_page(path, 320)
    session = page.context.new_cdp_session(page)
    with looking.all_opened(page):
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    heard = [node for node in nodes if not node["ignored"]]
    roles = Counter(node["role"]["value"] for node in heard)
    assert roles["table"] == page.locator("table").count() > 0
    assert all(node["name"]["value"] for node in heard if node["role"]["value"] == "table")
    assert roles["columnheader"] == page.locator("th[scope=col]").count()
    assert roles["rowheader"] == page.locator("th[scope=row]").count()
    assert roles["cell"] == page.locator("td").count()
    assert page.locator("td:is([data-column], [data-label])").evaluate_all(UNSAID) == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/programmes/?risk=enormous", "#id_risk"),
        ("/cy/newidiadau/?since=yesterday", "#id_since"),
        ("/provision/?by=nothing", "#id_by"),
        ("/cy/cymharu/?programme=gwent/nothing", "#choose"),
    ],
)
def test_a_problem_is_told_first_and_leads_to_its_field(open_page, path, field):
    page = open_page(path)
    assert page.title().startswith(("Error:", "Gwall:"))
    summary, at_field = page.get_by_role("alert"), page.locator(field)
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(at_field).to_be_focused()
    expect(at_field).to_be_in_viewport()
    if field != "#choose":
        told = page.locator(f"{field}_error").evaluate("e => e.lastChild.textContent.trim()")
        expect(summary).to_contain_text(told)
        assert f"{field}_error"[1:] in (at_field.get_attribute("aria-describedby") or "")
