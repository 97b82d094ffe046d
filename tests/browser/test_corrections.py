"""Saying what is wrong with an entry, in Chromium: by keyboard, on a phone, without JavaScript."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import english_later, welsh_later

WORDS = {
    "/programmes/gwent/phoenix-das/": {
        "link": "Report a mistake",
        "send": "Send",
        "problem": "What is wrong: Choose one.",
        "thanks": "Thank you",
        "switch": "Cymraeg",
        "other": "Diolch",
    },
    "/cy/rhaglenni/gwent/phoenix-das/": {
        "link": "Rhoi gwybod am gamgymeriad",
        "send": "Anfon",
        "problem": "Beth sydd o’i le: Dewiswch un.",
        "thanks": "Diolch",
        "switch": "English",
        "other": "Thank you",
    },
}


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[type=radio][name={name}][value={value}]").press("Space")


@pytest.mark.parametrize("path", english_later(*WORDS))
def test_by_keyboard_on_a_phone_without_javascript(open_page, path):
    words, page = WORDS[path], open_page(path, 320, javascript=False)
    page.get_by_role("link", name=words["link"]).press("Enter")
    send = page.get_by_role("button", name=words["send"])
    # Nobody sees, hears or reaches with Tab what is there for programs.
    expect(page.locator("#id_homepage")).to_be_hidden()
    page.locator("textarea").focus()
    page.keyboard.press("Tab")
    expect(send).to_be_focused()
    page.locator("textarea").fill(f"Two lines\nof {path}")
    send.press("Enter")
    page.get_by_role("link", name=words["problem"]).press("Enter")
    expect(page.locator("#id_kind")).to_be_focused()
    expect(page.locator("textarea")).to_have_value(f"Two lines\nof {path}")
    choose(page, "kind", "stopped")
    choose(page, "sender", "other")
    send.press("Enter")
    expect(page.get_by_role("heading", name=words["thanks"])).to_be_in_viewport()
    reference = page.locator(".app-reference").inner_text()
    assert re.fullmatch("[2-9B-Z]{4}-[2-9B-Z]{4}", reference)
    page.reload()
    expect(page.locator(".app-reference")).to_have_text(reference)
    page.get_by_role("button", name=words["switch"]).click()
    expect(page.get_by_role("heading", name=words["other"])).to_be_visible()
    expect(page.locator(".app-reference")).to_have_text(reference)
    assert not urlsplit(page.url).query


@pytest.mark.parametrize("path", welsh_later(*WORDS))
def test_nothing_is_wrong_to_see_at_any_step(open_page, faults, path):
    words, page = WORDS[path], open_page(path, reduced_motion="reduce")
    page.get_by_role("link", name=words["link"]).click()
    send = page.get_by_role("button", name=words["send"])
    expect(send).to_be_visible()
    assert faults(page) == []
    send.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    choose(page, "kind", "contact")
    choose(page, "sender", "provider")
    send.click()
    expect(page.locator(".app-reference")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.cookie.length + localStorage.length") == 0


@pytest.mark.english_sweep
def test_the_other_language_takes_along_what_was_not_sent_yet(open_page):
    page = open_page("/programmes/gwent/cara/correction/")
    choose(page, "kind", "wording")
    page.locator("textarea").fill("Two lines\nof it")
    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url("**/cywiriad/")
    expect(page.locator("textarea")).to_have_value("Two lines\nof it")
    expect(page.locator("input[type=radio][name=kind][value=wording]")).to_be_checked()
    expect(page.get_by_role("alert")).to_have_count(0)
