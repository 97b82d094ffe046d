"""What people come for, from the start page in at most three steps, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import by_language

LANGUAGES = {
    "/": {
        "self": "Who took self-referrals",
        "stopped": "What has stopped, and why",
        "area": "South Wales",
        "apply": "Apply filters",
        "ask": "Office of the Police and Crime Commissioner for Gwent",
    },
    "/cy/": {
        "self": "Pwy oedd yn derbyn hunanatgyfeiriadau",
        "stopped": "Beth sydd wedi dod i ben, a pham",
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


@pytest.mark.parametrize("start", by_language(*LANGUAGES))
def test_who_takes_self_referrals_in_south_wales(open_page, start):
    words, page = LANGUAGES[start], open_page(start, javascript=False)
    follow(page, words["self"])
    page.get_by_label(words["area"], exact=True).press("Space")
    page.get_by_role("button", name=words["apply"]).press("Enter")
    page.wait_for_url("**area=south-wales**")
    assert page.locator(".app-card__name").all_inner_texts() == [
        "Clear",
        "Driving Change",
        "Equilibrium",
        "Family Intervention Programme",
        "Inspiring Families",
        "Re-provide",
    ]


@pytest.mark.parametrize("start", by_language(*LANGUAGES))
def test_what_is_said_about_gwent_and_whom_to_ask(open_page, start):
    page = open_page(start, 320, javascript=False)
    follow(page, "Gwent")
    expect(page.get_by_role("link", name=LANGUAGES[start]["ask"])).to_be_visible()
    expect(page.get_by_role("rowheader", name="Phoenix DAS").first).to_be_visible()
    expect(page.get_by_text("decommission due to low referrals").first).to_be_visible()


@pytest.mark.parametrize("start", by_language(*LANGUAGES))
def test_what_has_stopped_and_why(open_page, start):
    page = open_page(start, javascript=False)
    follow(page, LANGUAGES[start]["stopped"])
    assert page.locator(".app-card__name").all_inner_texts() == ["Intervention Hub", "Phoenix DAS"]
    follow(page, "Intervention Hub")
    expect(page.get_by_text("due to lack of integrated partner support").first).to_be_visible()
    page.go_back()
    follow(page, "Phoenix DAS")
    expect(page.get_by_text("decommission due to low referrals").first).to_be_visible()
    expect(page.get_by_text("Spot purchase arrangements").first).to_be_visible()
