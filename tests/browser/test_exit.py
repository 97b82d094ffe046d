"""Leaving at once, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import by_language

AWAY = "https://www.bbc.co.uk/weather"


@pytest.fixture
def open_with_exit(open_page):
    """Pages whose exit leads to a stand-in: the tests reach nothing beyond this machine."""
    referrers: list[str | None] = []

    def answer(route) -> None:
        referrers.append(route.request.headers.get("referer"))
        route.fulfill(status=200, content_type="text/html", body="<title>elsewhere</title>")

    def open_one(path: str, width: int = 1280, **options) -> Page:
        page = open_page("/", width, **options)
        page.context.route(AWAY + "**", answer)
        page.goto(path)
        return page

    yield open_one
    assert referrers == [None]
    assert all(address.startswith(AWAY) for address in open_page.elsewhere)
    open_page.elsewhere.clear()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", by_language("/programmes/", "/cy/rhaglenni/gwent/phoenix-das/"))
def test_in_view_at_top_and_foot_and_gone_for_good(open_with_exit, path, width):
    page = open_with_exit(path, width)
    exit_link = page.locator("[data-exit]")
    for where in ("0", "document.body.scrollHeight"):
        page.evaluate(f"window.scrollTo(0, {where})")
        expect(exit_link).to_be_in_viewport(ratio=1)
        box = exit_link.bounding_box()
        assert box
        assert box["height"] >= 44
    exit_link.click()
    page.wait_for_url(AWAY)
    page.go_back()
    assert not page.url.endswith(path)


@pytest.mark.english_sweep
def test_no_result_of_a_check_comes_back_after_leaving(open_with_exit):
    page = open_with_exit("/check/")
    page.locator("[name=referrer][value=police]").check()
    page.get_by_role("button", name="Show programmes").click()
    page.locator("section[data-group] h3 a").first.click()
    page.wait_for_url("**/programmes/**")
    page.locator("[data-exit]").click()
    page.wait_for_url(AWAY)
    page.go_back()
    expect(page.get_by_role("button", name="Show programmes")).to_be_visible()
    expect(page.locator("section[data-group]")).to_have_count(0)


@pytest.mark.english_sweep
def test_no_result_comes_back_where_the_way_out_was_stopped_half_way(open_page):
    page = open_page("/check/")
    page.locator("[name=referrer][value=police]").check()
    page.get_by_role("button", name="Show programmes").click()
    page.locator("section[data-group] h3 a").first.click()
    page.wait_for_url("**/programmes/**")
    page.context.route(AWAY + "**", lambda route: route.abort("aborted"))
    page.locator("[data-exit]").click()
    expect(page.locator("body")).to_be_empty()
    page.go_back()
    expect(page.get_by_role("button", name="Show programmes")).to_be_visible()
    expect(page.locator("section[data-group]")).to_have_count(0)
    open_page.elsewhere.clear()
    open_page.errors.clear()


@pytest.mark.english_sweep
def test_shift_three_times(open_with_exit):
    page = open_with_exit("/programmes/gwent/cara/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(AWAY)


MISSING = [
    "delete Element.prototype.replaceChildren",
    "Object.defineProperty(Document.prototype, 'title', {set() { throw new TypeError(); }})",
    "Object.defineProperty(Node.prototype, 'textContent', {set() { throw new TypeError(); }})",
    "document.querySelector = undefined",
    "delete window.matchMedia; delete Array.prototype.filter",
]


@pytest.mark.english_sweep
@pytest.mark.parametrize("missing", MISSING)
def test_a_browser_that_lacks_something_leaves_all_the_same(open_page, open_with_exit, missing):
    page = open_with_exit("/help/")
    page.add_init_script(missing)
    page.goto("/help/")
    page.locator("[data-exit]").click()
    page.wait_for_url(AWAY)
    open_page.errors.clear()


@pytest.mark.english_sweep
def test_without_javascript_it_is_a_link(open_with_exit):
    page = open_with_exit("/help/", javascript=False)
    page.locator("[data-exit]").click()
    page.wait_for_url(AWAY)


@pytest.mark.english_sweep
def test_typing_capitals_does_not_leave(open_page):
    page = open_page("/programmes/")
    page.get_by_label("Search").press_sequentially("MARAC")
    for key in ("Shift", "a", "Shift", "b", "Shift"):
        page.keyboard.press(key)
    assert page.url.endswith("/programmes/")
