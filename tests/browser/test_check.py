"""The referral check in Chromium: both languages, a phone, a keyboard, no JavaScript, paper."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.addresses import english_later, welsh_later

WORDS = {
    "/check/": {
        "switch": "Cymraeg",
        "twin": "/cy/gwirio/",
        "show": "Show programmes",
        "change": "Change",
        "match": "Match your answers (November 2023 details)",
        "record": "Professional record. Do not keep where the person can read it.",
    },
    "/cy/gwirio/": {
        "switch": "English",
        "twin": "/check/",
        "show": "Dangos rhaglenni",
        "change": "Newid",
        "match": "Yn cyd-fynd â’ch atebion (manylion Tachwedd 2023)",
        "record": "Cofnod proffesiynol. Peidiwch â’i gadw lle gall y person ei ddarllen.",
    },
}
EQUILIBRIUM = "Equilibrium"


# What can be pressed, stands in no sentence, and is less than 24 pixels high.
TOO_SMALL = """() => [...document.querySelectorAll("main :is(a, summary, button)")]
    .filter((each) => each.getClientRects().length)
    .filter((each) => each.textContent.trim() === each.parentElement.textContent.trim()
        || getComputedStyle(each).display !== "inline")
    .filter((each) => each.getBoundingClientRect().height < 24)
    .map((each) => each.textContent)"""


def check(page: Page, words: dict[str, str], where: str, referrer: str, **answers: str) -> None:
    """From the questions to the result, by keyboard alone."""
    page.locator("input[name=where][type=text]").fill(where)
    for name, value in {"referrer": referrer, **answers}.items():
        radio(page, name, value).press("Space")
    page.get_by_role("button", name=words["show"]).press("Enter")
    # The next page has come: what stands in it cannot be asked of the one that is leaving.
    expect(group(page, "ask").first).to_be_visible()


def radio(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"input[type=radio][name={name}][value={value}]")


def group(page: Page, code: str) -> Locator:
    return page.locator(f"section[data-group={code}]")


def names(page: Page, code: str) -> list[str]:
    return group(page, code).locator("h3").all_inner_texts()


@pytest.mark.parametrize("path", welsh_later(*WORDS))
def test_by_keyboard_on_a_phone_without_javascript(open_page, path):
    words, page = WORDS[path], open_page(path, 320, javascript=False)
    check(page, words, "Swansea", "childrens-services", risk="medium")
    expect(page.get_by_role("heading", name=words["match"])).to_be_visible()
    assert names(page, "match") == [EQUILIBRIUM, "Driving Change"]
    expect(page.get_by_role("link", name=EQUILIBRIUM)).to_be_in_viewport()
    expect(page.locator("noscript p")).to_be_visible()
    assert page.evaluate(TOO_SMALL) == []
    assert urlsplit(page.url).path == path
    assert not urlsplit(page.url).query
    page.get_by_role("button", name=words["switch"]).click()
    expect(page.get_by_role("heading", name=WORDS[words["twin"]]["match"])).to_be_visible()
    assert urlsplit(page.url).path == words["twin"]
    page.locator("select[name=sex]").select_option("woman")
    page.locator(".app-narrow button").press("Enter")
    expect(group(page, "no")).to_contain_text("Re-provide")
    expect(group(page, "match")).to_have_count(0)
    page.get_by_role("button", name=WORDS[words["twin"]]["change"]).press("Enter")
    expect(radio(page, "risk", "medium")).to_be_checked()
    expect(page.locator("select[name=sex]")).to_have_value("woman")
    assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("path", english_later(*WORDS))
def test_nothing_is_wrong_to_see_at_any_step(open_page, faults, path):
    page = open_page(path, reduced_motion="reduce")
    assert faults(page) == []
    check(page, WORDS[path], "Newport, Gwent", "victim-support", risk="high")
    assert faults(page) == []
    page.goto(path)
    check(page, WORDS[path], "", "self")
    assert faults(page) == []
    page.goto(path)
    page.locator("input[name=where][type=text]").fill("Newport")
    page.get_by_role("button", name=WORDS[path]["show"]).click()
    expect(page.locator("#place-newport")).to_be_visible()
    assert faults(page) == []
    radio(page, "referrer", "being-hurt").check()
    expect(radio(page, "risk", "high")).to_be_hidden()
    page.get_by_role("button", name=WORDS[path]["show"]).click()
    expect(page.locator("main").get_by_role("link", name="0808 80 10 800")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.cookie.length + localStorage.length") == 0


@pytest.mark.parametrize("path", welsh_later(*WORDS))
def test_on_paper_it_is_a_dated_record_with_the_words(open_page, path):
    words, page = WORDS[path], open_page(path)
    check(page, words, "Cardiff", "health", risk="medium")
    record = page.locator(".app-record")
    expect(record).to_be_hidden()
    page.emulate_media(media="print")
    expect(record).to_contain_text(words["record"])
    expect(record).to_contain_text(re.compile(r"\d{1,2} \S+ 20\d\d"))
    expect(page.locator(".app-narrow")).to_be_hidden()
    expect(page.locator("#notes")).to_be_hidden()
    expect(page.get_by_text("Medium/ Standard risk", exact=True)).to_be_visible()
    # What is folded away on screen stands open: how to refer to what does not fit, as worded.
    folded = page.locator("#south-wales-drive-project details blockquote", has_text="MARAC")
    expect(folded.last).to_be_visible()
    page.emulate_media(media="screen")
    expect(folded.last).to_be_hidden()


def shows_result(page: Page, path: str) -> None:
    expect(group(page, "match").get_by_role("link", name=EQUILIBRIUM)).to_be_visible()
    assert urlsplit(page.url).path == path


@pytest.mark.english_sweep
def test_a_professionals_result_survives_what_browsers_do_with_history(open_page):
    page = open_page("/check/")
    check(page, WORDS["/check/"], "Swansea", "childrens-services", risk="medium")
    page.get_by_role("link", name=EQUILIBRIUM).click()
    page.wait_for_url("**/equilibrium/")
    page.go_back()
    shows_result(page, "/check/")
    page.go_forward()
    page.wait_for_url("**/equilibrium/")
    page.go_back()
    shows_result(page, "/check/")
    page.reload()
    shows_result(page, "/check/")
    page.get_by_role("button", name="Cymraeg").click()
    shows_result(page, "/cy/gwirio/")
    page.go_back()
    shows_result(page, "/check/")
    page.go_back()
    expect(page.get_by_role("button", name="Show programmes")).to_be_visible()
    assert page.evaluate("history.state") is None
    page.go_forward()
    shows_result(page, "/check/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=EQUILIBRIUM).click(modifiers=["Control"])
    expect(opened.value.locator("h1")).to_have_text(EQUILIBRIUM)
    shows_result(page, "/check/")
    page.get_by_role("link", name="Check a referral").click()
    expect(page.get_by_role("button", name="Show programmes")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Show programmes")).to_be_visible()
    kept = page.evaluate("JSON.stringify([location.href, document.title, window.name])")
    assert "swansea" not in kept


@pytest.mark.english_sweep
@pytest.mark.parametrize("referrer", ["self", "being-hurt", "worried"])
def test_nothing_of_somebodys_own_answers_stays_in_the_history(open_page, referrer):
    page = open_page("/check/")
    radio(page, "referrer", referrer).check()
    page.get_by_role("button", name="Show programmes").click()
    expect(page.locator("main a").first).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("history.state") is None
    page.goto("/help/")
    page.go_back()
    expect(page.get_by_role("button", name="Show programmes")).to_be_visible()
    expect(radio(page, "referrer", referrer)).not_to_be_checked()


@pytest.mark.english_sweep
def test_who_asks_for_themself_from_the_first_page_can_go_back(open_page):
    page = open_page("/")
    page.get_by_role("button", name="I want to change how I behave").click()
    expect(radio(page, "referrer", "self")).to_be_checked()
    page.get_by_role("button", name="Show programmes").click()
    expect(group(page, "ask").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Check a referral")).to_be_visible()
    expect(radio(page, "referrer", "self")).not_to_be_checked()


@pytest.mark.english_sweep
def test_the_other_language_takes_along_what_was_not_sent_yet(open_page):
    page = open_page("/check/")
    page.locator("input[name=where][type=text]").fill("Mumbles")
    radio(page, "referrer", "other").check()
    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url("**/cy/gwirio/")
    expect(page.locator("input[name=where][type=text]")).to_have_value("Mumbles")
    expect(radio(page, "referrer", "other")).to_be_checked()
    expect(page.get_by_role("button", name="Dangos rhaglenni")).to_be_visible()


@pytest.mark.english_sweep
def test_who_asks_for_themself_prints_no_professional_record(open_page):
    page = open_page("/check/")
    check(page, WORDS["/check/"], "Merthyr Tydfil", "self")
    page.emulate_media(media="print")
    expect(page.locator(".app-record")).to_contain_text("Keep it where only you can see it.")
    expect(page.locator(".app-record")).not_to_contain_text("Professional")


@pytest.mark.english_sweep
def test_notes_are_copied_as_they_stand(open_page):
    page = open_page("/check/", permissions=["clipboard-read", "clipboard-write"])
    check(page, WORDS["/check/"], "Swansea", "childrens-services", risk="medium")
    page.get_by_text("Copy for case notes").click()
    page.locator("[data-copy=notes]").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Not a risk assessment. Details of 17 November 2023, unchecked.")
    assert "- Equilibrium: Children’s Services are named as a referrer." in copied


@pytest.mark.english_sweep
def test_the_language_button_works_where_its_script_cannot(open_page):
    page = open_page("/check/")
    page.add_init_script("delete HTMLFormElement.prototype.requestSubmit")
    page.goto("/check/")
    page.get_by_role("button", name="Show programmes").click()
    expect(group(page, "ask")).to_be_visible()
    page.get_by_role("button", name="Cymraeg").click()
    expect(page).to_have_url(re.compile("/cy/gwirio/$"))
    expect(page.locator("html")).to_have_attribute("lang", "cy")
