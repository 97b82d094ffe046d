"""The referral check in Chromium: both languages, a phone, a keyboard, no JavaScript, paper."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.addresses import by_language

WORDS = {
    "/check/": {
        "switch": "Cymraeg",
        "twin": "/cy/gwirio/",
        "go": "Continue",
        "show": "Show what may fit",
        "match": "Match your answers (November 2023 details)",
        "record": "Professional record. Do not send or give to a home address.",
    },
    "/cy/gwirio/": {
        "switch": "English",
        "twin": "/check/",
        "go": "Parhau",
        "show": "Dangos beth allai weddu",
        "match": "Yn cyd-fynd â’ch atebion (manylion Tachwedd 2023)",
        "record": "Cofnod proffesiynol. Peidiwch â’i anfon na’i roi i gyfeiriad cartref.",
    },
}


# What can be pressed, stands in no sentence, and is less than 24 pixels high.
TOO_SMALL = """() => [...document.querySelectorAll("main :is(a, summary, button)")]
    .filter((each) => each.getClientRects().length)
    .filter((each) => each.textContent.trim() === each.parentElement.textContent.trim()
        || getComputedStyle(each).display !== "inline")
    .filter((each) => each.getBoundingClientRect().height < 24)
    .map((each) => each.textContent)"""


def check(page: Page, words: dict[str, str], **answers: str) -> None:
    """From the first step to the result, by keyboard alone."""
    page.locator("[name=where]").select_option("south-wales")
    choose(page, "referrer", "other")
    page.get_by_role("button", name=words["go"]).press("Enter")
    expect(page.get_by_role("button", name=words["show"])).to_be_visible()
    for name, value in answers.items():
        choose(page, name, value)
    page.get_by_role("button", name=words["show"]).press("Enter")
    # The next page has come: what stands in it cannot be asked of the one that is leaving.
    expect(group(page, "ask")).to_be_visible()


def radio(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"input[type=radio][name={name}][value={value}]")


def group(page: Page, code: str) -> Locator:
    return page.locator(f"section[data-group={code}]")


def choose(page: Page, name: str, value: str) -> None:
    radio(page, name, value).press("Space")


@pytest.mark.parametrize("path", by_language(*WORDS))
def test_by_keyboard_on_a_phone_without_javascript(open_page, path):
    words, page = WORDS[path], open_page(path, 320, javascript=False)
    check(page, words, risk="medium", sex="man")
    expect(page.get_by_role("heading", name=words["match"])).to_be_visible()
    expect(
        page.locator(".app-brief").get_by_role("link", name="Driving Change")
    ).to_be_in_viewport()
    assert page.evaluate(TOO_SMALL) == []
    page.locator(".app-brief").get_by_role("link", name="Clear").press("Enter")
    expect(page.locator("#south-wales-clear").get_by_role("heading")).to_be_in_viewport()
    assert urlsplit(page.url).path == path
    assert not urlsplit(page.url).query
    page.get_by_role("button", name=words["switch"]).click()
    expect(page.get_by_role("heading", name=WORDS[words["twin"]]["match"])).to_be_visible()
    assert urlsplit(page.url).path == words["twin"]
    page.locator(".app-answers summary").click()
    expect(radio(page, "risk", "medium")).to_be_checked()
    choose(page, "sex", "woman")
    page.locator(".app-answers button").press("Enter")
    expect(page.locator("main a[href='#wider']")).to_be_in_viewport()
    assert page.evaluate(TOO_SMALL) == []
    expect(group(page, "match")).to_have_count(0)
    page.locator(".app-answers summary").click()
    expect(radio(page, "risk", "medium")).to_be_checked()


@pytest.mark.parametrize("path", by_language(*WORDS))
def test_nothing_is_wrong_to_see_at_any_step(open_page, faults, path):
    page = open_page(path, reduced_motion="reduce")
    assert faults(page) == []
    page.locator("button[value=questions]").click()
    expect(page.locator("button[value=result]")).to_be_visible()
    assert faults(page) == []
    choose(page, "risk", "high")
    page.locator("button[value=result]").click()
    expect(group(page, "no")).to_be_visible()
    assert faults(page) == []
    page.locator(".app-answers summary").click()
    choose(page, "referrer", "being-hurt")
    page.locator(".app-answers button").click()
    expect(page.locator("main").get_by_role("link", name="0808 80 10 800")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.cookie.length + localStorage.length") == 0


@pytest.mark.parametrize("path", by_language(*WORDS))
def test_on_paper_it_is_a_dated_record_with_the_answers(open_page, path):
    words, page = WORDS[path], open_page(path)
    check(page, words, risk="medium")
    record = page.locator(".app-record")
    expect(record).to_be_hidden()
    page.emulate_media(media="print")
    expect(record).to_contain_text(words["record"])
    expect(record).to_contain_text(re.compile(r"\d{1,2} \S+ 20\d\d"))
    expect(page.locator(".app-answers")).to_be_hidden()
    expect(page.locator(".app-elsewhere")).to_be_hidden()
    expect(page.get_by_text("Medium/ Standard risk", exact=True)).to_be_visible()
    expect(page.locator("figcaption").first).to_contain_text("2023")
    # What is folded away on screen stands open: how to refer to what does not fit, as worded.
    folded = page.locator("#south-wales-drive-project details blockquote", has_text="MARAC")
    expect(folded.last).to_be_visible()
    page.emulate_media(media="screen")
    expect(folded.last).to_be_hidden()


@pytest.mark.english_sweep
def test_a_question_of_another_area_is_led_to_with_the_answers_kept(open_page):
    page = open_page("/check/", 320, javascript=False)
    check(page, WORDS["/check/"], sex="man")
    page.get_by_role("button", name="Dyfed-Powys").click()
    page.get_by_role("link", name="Is there stalking?").click()
    expect(radio(page, "stalking", "yes")).to_be_in_viewport()
    expect(radio(page, "sex", "man")).to_be_checked()
    page.get_by_role("button", name="Show what may fit").click()
    page.get_by_role("button", name="North Wales").click()
    expect(group(page, "ask")).to_be_visible()


@pytest.mark.english_sweep
def test_the_other_language_takes_along_what_was_not_sent_yet(open_page):
    page = open_page("/check/")
    page.locator("[name=where]").select_option("south-wales")
    choose(page, "referrer", "other")
    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url("**/cy/gwirio/")
    expect(page.locator("select[name=where]")).to_have_value("south-wales")
    expect(radio(page, "referrer", "other")).to_be_checked()
    page.get_by_role("button", name="Parhau").click()
    choose(page, "risk", "high")
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/check/")
    expect(radio(page, "risk", "high")).to_be_checked()
    expect(page.get_by_role("button", name="Show what may fit")).to_be_visible()


@pytest.mark.english_sweep
def test_who_asks_for_themself_prints_no_professional_record(open_page):
    page = open_page("/check/")
    choose(page, "referrer", "self")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show what may fit").click()
    page.emulate_media(media="print")
    expect(page.locator(".app-record")).to_contain_text("Keep it where only you can see it.")
    expect(page.locator(".app-record")).not_to_contain_text("Professional")


@pytest.mark.english_sweep
def test_the_language_button_works_where_its_script_cannot(open_page):
    page = open_page("/check/")
    page.add_init_script("delete HTMLFormElement.prototype.requestSubmit")
    page.goto("/check/")
    page.locator("button[value=questions]").click()
    page.get_by_role("button", name="Cymraeg").click()
    expect(page).to_have_url(re.compile("/cy/gwirio/$"))
    expect(page.locator("html")).to_have_attribute("lang", "cy")
