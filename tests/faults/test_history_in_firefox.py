"""The referral check and the history of Firefox; `tests/browser` has that of Chromium."""

import pytest

from tests.faults.firefox import Firefox, firefox

MATCH = "html[lang={}] section[data-group=match]"
QUESTIONS = "form[data-case=questions]"


@pytest.fixture
def browser(tmp_path, site):
    with firefox(tmp_path) as started:
        started.do("Navigate", url=f"{site}/check/")
        yield started


def ask(browser: Firefox, **answers: str) -> None:
    browser.write("input[name=where][type=text]", "Swansea")
    for name, value in answers.items():
        browser.click(f"[name={name}][value={value}] + label")
    browser.click(f"{QUESTIONS} button")


def test_a_professionals_result_survives_what_browsers_do_with_history(browser):
    ask(browser, referrer="childrens-services", risk="medium")
    browser.click(f"{MATCH.format('en')} h3 a")
    browser.find(".app-print")
    browser.do("Back")
    browser.find(MATCH.format("en"))
    browser.do("Forward")
    assert browser.run("return location.pathname") == "/programmes/south-wales/equilibrium/"
    browser.do("Back")
    browser.find(MATCH.format("en"))
    browser.do("Refresh")
    browser.find(MATCH.format("en"))
    browser.click("[data-switch]")
    browser.find(MATCH.format("cy"))
    browser.do("Back")
    browser.find(MATCH.format("en"))
    browser.do("Back")
    browser.find(QUESTIONS)
    assert browser.run("return [location.search, document.cookie, localStorage.length]") == [
        "",
        "",
        0,
    ]


def test_nothing_of_somebodys_own_answers_comes_back(browser):
    ask(browser, referrer="self")
    browser.click("section[data-group] h3 a")
    browser.find(".app-print")
    browser.do("Back")
    browser.find(QUESTIONS)
    assert browser.run("return history.state") is None


def test_no_result_comes_back_after_leaving(browser):
    ask(browser, referrer="police", risk="high")
    browser.click("section[data-group] h3 a")
    browser.find(".app-print")
    # Nothing answers there: Firefox shows a page of its own, and whoever tests it says so.
    browser.run("document.querySelector('[data-exit]').click()")
    browser.do("Back")
    browser.find(QUESTIONS)
