"""What people come for, from the start page in at most three steps, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import by_language, english_later, welsh_later

LANGUAGES = {
    "/": {
        "all": "All programmes",
        "more": "More filters",
        "route": "Who could refer",
        "self": "Self-referral",
        "where": "Police area",
        "area": "South Wales",
        "apply": "Apply filters",
        "ask": "Office of the Police and Crime Commissioner for Gwent",
    },
    "/cy/": {
        "all": "Pob rhaglen",
        "more": "Rhagor o hidlyddion",
        "route": "Pwy allai atgyfeirio",
        "self": "Hunanatgyfeirio",
        "where": "Ardal heddlu",
        "area": "De Cymru",
        "apply": "Gosod hidlyddion",
        "ask": "Swyddfa Comisiynydd yr Heddlu a Throseddu Gwent",
    },
}


def follow(page: Page, name: str) -> None:
    """Tab to a link of that name and press Enter."""
    link = page.locator("main").get_by_role("link", name=name, exact=True).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


@pytest.mark.parametrize("start", english_later(*LANGUAGES))
def test_who_takes_self_referrals_in_south_wales(open_page, start):
    words, page = LANGUAGES[start], open_page(start, javascript=False)
    follow(page, words["all"])
    filters = page.locator(".app-list__filters")
    for group, value in (("where", "area"), ("route", "self")):
        if group == "where":
            filters.locator("summary", has_text=words["more"]).press("Enter")
        filters.locator("summary", has_text=words[group]).press("Enter")
        filters.get_by_label(words[value], exact=True).press("Space")
    page.get_by_role("button", name=words["apply"]).press("Enter")
    page.wait_for_url("**area=south-wales**route=self**")
    assert page.locator(".app-rows__row th a").all_inner_texts() == [
        "Clear",
        "Driving Change",
        "Equilibrium",
        "Family Intervention Programme",
        "Inspiring Families",
        "Re-provide",
    ]


@pytest.mark.parametrize("start", welsh_later(*LANGUAGES))
def test_what_is_said_about_gwent_and_whom_to_ask(open_page, start):
    page = open_page(start, 320, javascript=False)
    follow(page, "Gwent")
    expect(page.get_by_role("link", name=LANGUAGES[start]["ask"])).to_be_visible()
    expect(page.get_by_role("rowheader", name="Phoenix DAS").first).to_be_visible()
    # Our summary stands open; the words are one press away.
    quoted = page.get_by_text("decommission due to low referrals").first
    expect(quoted).to_be_hidden()
    page.locator("section[aria-labelledby=developments] summary").press("Enter")
    expect(quoted).to_be_visible()


@pytest.mark.parametrize("start", english_later(*LANGUAGES))
def test_what_has_stopped_and_why(open_page, start):
    page = open_page(start, javascript=False)
    follow(page, LANGUAGES[start]["all"])
    row = page.locator("tr", has=page.locator(".app-mark", has_text="2023/24"))
    row.get_by_role("link", name="Intervention Hub").press("Enter")
    expect(page.get_by_text("due to lack of integrated partner support").first).to_be_visible()


HELP = {
    "/": ("I am being hurt, controlled or frightened", "Speak to them before anyone mentions"),
    "/cy/": ("Rwy’n poeni am rywun arall", "Siaradwch â nhw cyn i chi ddweud dim"),
}


@pytest.mark.parametrize("start", by_language(*HELP))
def test_who_asks_for_themself_gets_a_page_of_their_own_and_no_address_says_so(open_page, start):
    page, (button, words) = open_page(start, 320, javascript=False), HELP[start]
    page.get_by_role("button", name=button).press("Enter")
    expect(page.get_by_role("link", name="0808 80 10 800").first).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator("main table")).to_have_count(0)
    for said in ("hurt", "worried", "referrer"):
        assert said not in page.url
