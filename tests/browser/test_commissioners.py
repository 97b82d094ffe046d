"""What commissioners come for: from home in at most three clicks, and read without scrolling.

A tick in a list is no click: it chooses, and leads nowhere. `make test` asks one question in Welsh
and the next in English, and `make soak` each in the other language.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.addresses import IN_SOAK, english_later, welsh_later

SCREEN = 950
"""The height of a desk's first screen."""
MOST_CLICKS = 3
ENGLISH, WELSH = pytest.mark.english_sweep, pytest.mark.welsh_sweep


class Desk:
    """A page on a desk, and how often it was clicked."""

    def __init__(self, page: Page) -> None:
        page.set_viewport_size({"width": 1280, "height": SCREEN})
        self.page, self.clicks = page, 0

    def follow(self, *names: str, role: str = "link") -> None:
        for name in names:
            self.click(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def reads(self, what: Locator, text: str) -> None:
        """That it is on the screen as it stands, after no more clicks than may be."""
        expect(what).to_contain_text(text)
        expect(what).to_be_in_viewport(ratio=1)
        assert self.clicks <= MOST_CLICKS


@pytest.fixture
def desk(open_page):
    return lambda start: Desk(open_page(start, javascript=False))


@pytest.mark.parametrize(
    ("start", "areas", "title", "of_area"),
    [
        pytest.param(
            "/",
            "Compare areas",
            "Two of 15 community programmes are listed for high risk; nine give no risk level",
            "North Wales: 3",
            marks=IN_SOAK,
        ),
        pytest.param(
            "/cy/",
            "Cymharu ardaloedd",
            "Mae dwy o’r 15 rhaglen gymunedol wedi’u rhestru ar gyfer risg uchel; "
            "nid yw naw yn nodi lefel risg",
            "Gogledd Cymru: 3",
            marks=WELSH,
        ),
    ],
)
def test_one_slide_with_the_gaps_by_risk(desk, start, areas, title, of_area):
    at = desk(start)
    at.follow(areas)
    at.reads(at.page.locator("h1"), title)
    at.reads(at.page.locator("#matrix"), of_area)


@pytest.mark.parametrize(
    ("start", "areas", "money", "said"),
    [
        pytest.param(
            "/",
            "Compare areas",
            "Money",
            "8 of 15 are described as annual, 3 of them moving towards multi-year; "
            "no end date is given for any.",
            marks=ENGLISH,
        ),
        pytest.param(
            "/cy/",
            "Cymharu ardaloedd",
            "Arian",
            "Disgrifir fel rhai blynyddol: 8 o 15, 3 ohonynt tuag at drefniant "
            "aml-flwyddyn; ni nodir dyddiad gorffen.",
            marks=IN_SOAK,
        ),
    ],
)
def test_who_pays_what_and_what_is_annual(desk, start, areas, money, said):
    at = desk(start)
    at.follow(areas, money)
    table = at.page.locator(".app-money table")
    at.reads(table.locator("caption"), said)
    at.reads(table.locator("tr").filter(has_text="MOJ Perpetrator fund"), "ADAPT")


@pytest.mark.parametrize(
    ("start", "evidence", "said"),
    [
        pytest.param("/", "Evidence", "evaluations of 3 of 15", marks=IN_SOAK),
        pytest.param("/cy/", "Tystiolaeth", "3 o’r 15 rhaglen", marks=WELSH),
    ],
)
def test_what_has_evidence(desk, start, evidence, said):
    at = desk(start)
    at.follow(evidence)
    at.reads(at.page.locator("main p").first, said)
    for name in ("Drive Project", "Family Intervention Programme", "Clear"):
        at.reads(at.page.locator("main table").get_by_role("link", name=name).first, name)


@pytest.mark.parametrize(
    ("start", "data", "workbook", "name"),
    [
        pytest.param("/", "Data and API", "XLSX", "programmes", marks=ENGLISH),
        pytest.param("/cy/", "Data ac API", "XLSX", "rhaglenni", marks=IN_SOAK),
    ],
)
def test_a_spreadsheet_to_pivot(desk, start, data, workbook, name):
    at = desk(start)
    at.follow(data)
    with at.page.expect_download() as download:
        at.click(at.page.locator("main a", has_text=workbook))
    assert re.fullmatch(rf"{name}-[\d-]+\.xlsx", download.value.suggested_filename)
    assert at.clicks <= MOST_CLICKS


@pytest.mark.parametrize(
    ("start", "area", "said"),
    [
        pytest.param(
            "/", "North Wales", "3 programmes named, 1 reported as stopped", marks=IN_SOAK
        ),
        pytest.param("/cy/", "Gogledd Cymru", "3 o raglenni wedi’u henwi", marks=WELSH),
    ],
)
def test_a_briefing_on_north_wales(desk, start, area, said):
    at = desk(start)
    at.follow(area)
    at.reads(at.page.locator("h1"), said)
    at.reads(at.page.locator(".app-rows__table"), "ADAPT")


@pytest.mark.parametrize(
    ("start", "changes", "apply", "said"),
    [
        pytest.param(
            "/",
            "What changed",
            "Apply",
            "Programmes listed: 0 before 1 January 2020",
            marks=ENGLISH,
        ),
        pytest.param("/cy/", "Beth newidiodd", "Gosod", "1 Ionawr 2020", marks=IN_SOAK),
    ],
)
def test_what_changed_since_a_date(desk, start, changes, apply, said):
    at = desk(start)
    at.follow(changes)
    at.page.locator("[name=since]").fill("2020-01-01")
    at.follow(apply, role="button")
    at.reads(at.page.locator("main p").filter(has_text=said).first, said)


@pytest.mark.parametrize(
    ("start", "all_", "compare", "said"),
    [
        pytest.param("/", "All programmes", "Compare the ticked", "Through MARAC", marks=IN_SOAK),
        pytest.param("/cy/", "Pob rhaglen", "Cymharu’r rhai a diciwyd", "Drwy MARAC", marks=WELSH),
    ],
)
def test_drive_adapt_and_both_hubs_compared(desk, start, all_, compare, said):
    at = desk(start)
    at.follow(all_)
    for address in (
        "south-wales/drive-project",
        "north-wales/adapt",
        "dyfed-powys/intervention-hub",
        "north-wales/intervention-hub",
    ):
        at.page.locator(f"input[name=programme][value='{address}']").check()
    at.follow(compare, role="button")
    at.reads(at.page.locator("main table").first, said)


@pytest.mark.parametrize("by", ["risk", "route", "funder", "longevity", "evaluation"])
@pytest.mark.parametrize("path", english_later("/provision/", "/cy/darpariaeth/"))
def test_the_whole_figure_stands_on_the_first_screen_and_on_one_sheet(open_page, path, by):
    page = open_page(f"{path}?by={by}")
    end = "e => Math.round(e.getBoundingClientRect().bottom + scrollY)"
    assert page.locator("#matrix").evaluate(end) <= SCREEN
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


@pytest.mark.parametrize("path", welsh_later("/provision/", "/cy/darpariaeth/"))
def test_paper_has_every_question_the_age_and_headings_apart(open_page, path):
    page = open_page(path)
    page.emulate_media(media="print")
    expect(page.locator(".app-questions li:visible")).to_have_count(9)
    expect(page.locator(".app-questions summary")).to_be_hidden()
    expect(page.locator(".app-banner")).to_contain_text("17")
    expect(page.locator(".app-banner")).to_be_visible()
    apart = "all => all.every(each => parseFloat(getComputedStyle(each).paddingRight) >= 8)"
    assert page.locator(".app-money thead th").evaluate_all(apart)
