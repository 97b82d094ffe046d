"""Public pages in Chromium: both languages, a phone and a desk, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.addresses import (
    AXE,
    IN_SOAK,
    LOOKED_AT,
    by_language,
    english_later,
    in_welsh,
    welsh_later,
)
from tests.browser import looking

ENGLISH, WELSH = pytest.mark.english_sweep, pytest.mark.welsh_sweep
SHEETS = {"dyfed-powys": 1, "south-wales": 2, "north-wales": 1, "gwent": 1}
"""How many sheets of A4 a force area may take."""


@pytest.mark.parametrize("path", AXE)
def test_axe_finds_nothing(open_page, axe_at_both_widths, path):
    assert axe_at_both_widths(open_page(path, again=True, reduced_motion="reduce")) == []


@pytest.mark.parametrize("path", LOOKED_AT)
def test_nothing_is_lost_on_the_way_to_the_eye(open_page, path):
    page = open_page(path, again=True, reduced_motion="reduce")
    assert looking.lost_to_the_eye(page) == []
    assert page.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(
    ("path", "area", "go"),
    [
        pytest.param("/programmes/", "South Wales", "Apply filters", marks=ENGLISH),
        pytest.param("/cy/rhaglenni/", "De Cymru", "Gosod hidlyddion", marks=WELSH),
    ],
)
def test_filtering_by_keyboard_without_javascript(open_page, path, area, go):
    page = open_page(path, 320, javascript=False)
    page.locator(".app-filters > summary").press("Enter")
    groups = page.locator(".app-filters__groups details")
    for box in (page.get_by_label(area, exact=True), page.locator("input[name=route][value=self]")):
        groups.filter(has=box).locator("summary").press("Enter")
        box.press("Space")
    page.get_by_role("button", name=go).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**area=south-wales**")
    assert "route=self" in page.url
    names = page.locator(".app-rows__row th a").all_inner_texts()
    assert names == [
        "Clear",
        "Driving Change",
        "Equilibrium",
        "Family Intervention Programme",
        "Inspiring Families",
        "Re-provide",
    ]


@pytest.mark.parametrize(
    "path",
    [
        *by_language("/programmes/?area=gwent", "/cy/rhaglenni/gwent/phoenix-das/"),
        *by_language("/provision/", "/cy/heddluoedd/gwent/"),
        *by_language("/timeline/", "/cy/newidiadau/"),
        *by_language("/compare/?programme=gwent/cara&programme=south-wales/cara", "/cy/gwirio/"),
    ],
)
def test_a_page_says_the_same_without_javascript(open_page, path):
    without = open_page(path, javascript=False).locator("body").inner_text()
    page = open_page(path)
    page.locator("[data-print]").evaluate_all("all => all.forEach(each => each.remove())")
    assert page.locator("body").inner_text().split() == without.split()


BUDGETS = {"/": (1300, 2400), "/programmes/": (1900, 3800)}
BUDGETS |= {in_welsh(path): budget for path, budget in BUDGETS.items()}
"""Pixels that a page may be tall, on a desk and on a phone."""
FIRST = """controls => [...document.querySelectorAll(controls)]
    .filter(e => e.checkVisibility() && e.tabIndex >= 0)
    .findIndex(e => e.matches('.app-rows__row th a')) + 1"""


@pytest.mark.parametrize(
    "path", [*welsh_later("/", "/cy/"), *english_later("/programmes/", "/cy/rhaglenni/")]
)
def test_a_page_is_no_longer_than_its_budget(open_page, path):
    desk, phone = BUDGETS[path]
    for width, most in ((1280, desk), (390, phone)):
        page = open_page(path, width)
        assert page.evaluate("document.documentElement.scrollHeight") <= most


@ENGLISH
def test_the_first_result_is_on_the_first_screen_and_near_for_the_keyboard(open_page):
    page = open_page("/programmes/")
    first = page.locator(".app-rows__row th a").first.bounding_box()
    assert first
    assert first["y"] <= 600
    assert 0 < page.evaluate(FIRST, looking.CONTROLS) <= 20
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.get_by_role("link", name="Skip to results")).to_be_visible()


@ENGLISH
def test_on_a_phone_a_row_is_a_block_whose_labels_are_one_word(open_page):
    page = open_page("/programmes/?area=gwent", 320)
    cells = page.locator(".app-rows__row", has_text="Phoenix DAS").locator("td[data-label]")
    before = "e => getComputedStyle(e, '::before').content"
    labels = [each.evaluate(before) for each in cells.all()]
    assert labels == ['"Refer: "', '"For: "', '"Funded: "', '"Length: "']
    expect(page.locator(".app-rows thead")).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/programmes/", marks=ENGLISH),
        pytest.param("/cy/rhaglenni/", marks=WELSH),
        pytest.param("/cy/newidiadau/", marks=WELSH),
    ],
)
def test_on_a_phone_the_longest_name_of_a_place_wraps(open_page, path):
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    page = open_page(f"{path}?q={name}", 320)
    assert name in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@ENGLISH
def test_ticked_programmes_lead_to_a_comparison_that_has_an_address(open_page):
    page = open_page("/programmes/?area=gwent", javascript=False)
    for name in ("CARA (Cautioning and Relationship Abuse)", "Phoenix DAS"):
        page.get_by_label(f"Compare: {name}, Gwent").press("Space")
    page.get_by_role("button", name="Compare the ticked").press("Enter")
    page.wait_for_url("**/compare/?programme=gwent%2Fcara&programme=gwent%2Fphoenix-das")


@pytest.mark.parametrize("path", by_language("/programmes/", "/cy/newidiadau/"))
def test_on_a_phone_nothing_jumps_while_a_page_loads(open_page, path):
    assert looking.jumped(open_page(path, 320)) == 0


@ENGLISH
def test_a_chip_takes_its_filter_away(open_page):
    page = open_page("/programmes/?area=gwent&risk=high", 320, javascript=False)
    expect(page.locator("#found")).to_have_text("0 of 18")
    page.get_by_role("link", name="Remove: Risk level: High risk").click()
    expect(page.locator("#found")).to_have_text("2 of 18")
    page.locator(".app-filters > summary").click()
    page.get_by_label("Council area").select_option("Cardiff")
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_role("link", name="Clear “Police area: Gwent” to see 8").click()
    page.wait_for_url("**/programmes/?authority=cardiff")
    expect(page.locator("#found")).to_have_text("8 of 18")


@ENGLISH
def test_a_download_is_of_exactly_this_list(open_page):
    page = open_page("/programmes/?area=gwent&risk=not-stated", javascript=False)
    page.get_by_text("Download", exact=True).press("Enter")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").press("Enter")
    assert download.value.path().read_text("utf-8-sig").count("\n") == 3


@ENGLISH
def test_printing_is_offered_where_it_can_be_done(open_page):
    page = open_page("/programmes/?area=gwent")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
    page = open_page("/programmes/?area=gwent", javascript=False)
    expect(page.get_by_role("button", name="Print")).to_be_hidden()


@ENGLISH
def test_from_start_to_an_entry_and_into_the_other_language(open_page):
    page = open_page("/", javascript=False)
    page.locator(".app-links--areas").get_by_role("link", name="North Wales").click()
    page.get_by_role("link", name="Intervention Hub").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Intervention Hub")
    page.get_by_role("link", name="Cymraeg").click()
    assert page.url.endswith("/cy/rhaglenni/north-wales/intervention-hub/")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("blockquote").first).to_have_attribute("lang", "en")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/programmes/north-wales/intervention-hub/")


@ENGLISH
def test_the_switch_keeps_the_selection(open_page):
    page = open_page("/programmes/?area=gwent&risk=not-stated&q=phoenix")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("input[value=gwent]")).to_be_checked()
    assert page.locator(".app-rows__row").count() == 1


@ENGLISH
def test_the_first_stop_skips_to_the_content(open_page):
    page = open_page("/programmes/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main-content")


@ENGLISH
def test_paper_shows_what_was_found_and_not_the_controls(open_page):
    page = open_page("/programmes/?area=gwent")
    page.emulate_media(media="print")
    for controls in (".app-bar", "[data-exit]", ".app-rows__foot", ".app-rows__tick >> nth=0"):
        expect(page.locator(controls)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programmes in the Gwent police area")
    expect(page.get_by_role("rowheader", name="Phoenix DAS")).to_be_visible()
    caption = page.locator(".app-rows caption")
    expect(caption).to_contain_text("Policing in Wales submission to the Senedd, 17 November 2023")
    expect(caption).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", by_language("/help/#own-behaviour", "/cy/ynghylch/#method"))
def test_a_link_within_a_page_does_not_land_behind_the_header(open_page, path, width):
    page = open_page(path, width)
    heading = page.locator(f"#{path.partition('#')[2]}").bounding_box()
    header = page.locator(".app-header").bounding_box()
    assert heading
    assert header
    assert heading["y"] >= header["y"] + header["height"]


@WELSH
def test_the_table_of_an_area_fits_on_paper(open_page):
    page = open_page("/cy/heddluoedd/south-wales/", 680)
    page.locator("#table").evaluate("each => { each.open = true; }")
    page.emulate_media(media="print")
    box, table = page.locator(".app-table").first, page.locator(".app-table table").first
    assert table.evaluate("e => e.scrollWidth") <= box.evaluate("e => e.clientWidth") + 1


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        *(
            pytest.param(f"/forces/{area}/", sheets, marks=IN_SOAK)
            for area, sheets in SHEETS.items()
        ),
        *(
            pytest.param(f"/cy/heddluoedd/{area}/", sheets, marks=WELSH)
            for area, sheets in SHEETS.items()
        ),
    ],
)
def test_a_force_area_fits_its_sheets(open_page, path, sheets):
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
    paper = open_page(path).pdf(format="A4", margin=margin)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= sheets


@ENGLISH
def test_paper_splits_no_event_over_two_columns(open_page):
    page = open_page("/forces/south-wales/")
    page.emulate_media(media="print")
    whole = "all => all.map(each => getComputedStyle(each).breakInside)"
    assert {*page.locator(".app-when li:visible").evaluate_all(whole)} == {"avoid"}


@ENGLISH
def test_the_table_as_submitted_is_printed_on_request(open_page):
    page = open_page("/forces/gwent/")
    page.emulate_media(media="print")
    table = page.locator(".app-submitted")
    expect(table).to_be_hidden()
    page.locator("#table").evaluate("each => { each.open = true; }")
    expect(table).to_be_visible()


@WELSH
def test_on_a_phone_the_figure_is_a_list_of_areas_and_names(open_page):
    page = open_page("/cy/darpariaeth/?by=route", 320)
    cell = page.locator("#matrix tbody tr").first.locator("td").nth(1)
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"De Cymru: "'
    assert cell.evaluate("e => getComputedStyle(e).backgroundImage") == "none"
    box = cell.bounding_box()
    assert box
    assert box["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@ENGLISH
def test_what_cannot_be_read_on_a_phone_is_not_drawn_there(open_page):
    page = open_page("/timeline/", 320)
    expect(page.locator(".app-timeline")).to_be_hidden()
    expect(page.get_by_text("Launch date in Gwent is 20/11/23.").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".app-timeline")).to_be_visible()


@ENGLISH
def test_the_table_of_an_area_says_each_column_on_a_phone(open_page):
    page = open_page("/forces/gwent/", 320)
    page.get_by_text("The table as submitted, word for word").click()
    cell = page.locator(".app-table td", has_text="Spot purchase arrangements")
    before = cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert before == '"Funding"'
    box = cell.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 320


def test_the_questions_to_ask_are_copied_where_a_script_runs(open_page):
    page = open_page("/programmes/gwent/phoenix-das/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Questions to ask").click()
    page.get_by_role("button", name="Copy the questions").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Programme: Phoenix DAS\nPolice area: Gwent\n1. Does it still run?")
    without = open_page("/programmes/gwent/phoenix-das/", javascript=False)
    without.get_by_text("Questions to ask").click()
    expect(without.get_by_text("1. Does it still run?")).to_be_visible()
    expect(without.get_by_role("button", name="Copy the questions")).to_have_count(0)
