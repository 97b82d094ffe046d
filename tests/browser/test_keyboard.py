"""What people come for, by keyboard alone, on a desk and enlarged fourfold: the focus is seen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import looking

ENGLISH = {
    "list": "/programmes/",
    "apply": "Apply filters",
    "check": "/check/",
    "provision": "/provision/?by=funder",
    "continue": "Continue",
    "show": "Show what may fit",
    "wrong": "Report a mistake",
    "send": "Send",
    "problem": "What is wrong: Choose one.",
    "thanks": "Thank you",
}
WELSH = {
    "list": "/cy/rhaglenni/",
    "apply": "Gosod hidlyddion",
    "check": "/cy/gwirio/",
    "provision": "/cy/darpariaeth/?by=funder",
    "continue": "Parhau",
    "show": "Dangos beth allai weddu",
    "wrong": "Rhoi gwybod am gamgymeriad",
    "send": "Anfon",
    "problem": "Beth sydd o’i le: Dewiswch un.",
    "thanks": "Diolch",
}
SIZES = {"desk": (1280, 900), "fourfold": (320, 256)}
EVERYWHERE = [
    pytest.param(ENGLISH, "desk", marks=pytest.mark.english_sweep, id="desk"),
    pytest.param(WELSH, "fourfold", marks=pytest.mark.welsh_sweep, id="fourfold"),
]


class Keyboard:
    """Moves through a page with Tab; wherever it stops, the focus shows and nothing hides it."""

    def __init__(self, page: Page, size: str) -> None:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        self.page = page

    def to(self, target: Locator) -> None:
        for _ in range(120):
            self.page.keyboard.press("Tab")
            assert looking.unseen_focus(self.page) == ""
            if target.evaluate("target => target === document.activeElement"):
                return
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.to(target)
        self.page.keyboard.press(key)

    def back(self) -> str:
        """Move one stop towards the top, where the header hides what does not make room for it."""
        self.page.keyboard.press("Shift+Tab")
        assert looking.unseen_focus(self.page) == ""
        return looking.focused(self.page)

    def follow(self, target: Locator) -> None:
        """Press Enter on what leads to another page, and wait for that page."""
        self.to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, name: str, value: str) -> None:
        """From the first radio button of a question on, with the arrows."""
        group = self.page.locator(f"input[type=radio][name={name}]")
        self.press(group.first, "Space")
        for _ in range(group.count()):
            if group.and_(self.page.locator(f"[value={value}]")).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
            assert looking.unseen_focus(self.page) == ""
        raise AssertionError(f"the arrows do not reach {value}")


@pytest.mark.parametrize(("words", "size"), EVERYWHERE)
def test_from_the_list_through_a_filter_to_an_entry(open_page, words, size):
    page = open_page(words["list"])
    keyboard = Keyboard(page, size)
    keyboard.press(page.locator(".app-filters > summary"))
    keyboard.press(page.locator(".app-filters__groups summary").first)
    keyboard.press(page.locator("input[name=area][value=gwent]"), "Space")
    keyboard.follow(page.get_by_role("button", name=words["apply"]))
    page.wait_for_url("**area=gwent**")
    keyboard.follow(page.locator(".app-rows th a[href$='/gwent/cara/']"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("CARA")


@pytest.mark.parametrize(("words", "size"), EVERYWHERE)
def test_a_referral_check_from_start_to_result(open_page, words, size):
    page = open_page(words["check"])
    keyboard = Keyboard(page, size)
    keyboard.to(page.locator("select[name=where]"))
    page.keyboard.type("Gwent")
    keyboard.choose("referrer", "police")
    keyboard.follow(page.get_by_role("button", name=words["continue"]))
    show = page.get_by_role("button", name=words["show"])
    expect(show).to_be_visible()
    keyboard.choose("sex", "man")
    keyboard.follow(show)
    expect(page.locator("section[data-group=elsewhere]")).to_contain_text("CARA")
    keyboard.to(page.locator(".app-brief").get_by_role("link", name="Phoenix DAS"))


@pytest.mark.parametrize(("words", "size"), EVERYWHERE)
def test_from_the_end_of_provision_back_over_all_that_can_be_followed(open_page, words, size):
    page = open_page(words["provision"])
    keyboard = Keyboard(page, size)
    controls = looking.controls(page)
    assert len(controls) > 50
    assert [keyboard.back() for _ in controls] == controls[::-1]


@pytest.mark.parametrize(("words", "size"), EVERYWHERE)
def test_saying_what_is_wrong_is_stopped_and_led_to_the_field(open_page, words, size):
    page = open_page(f"{words['list']}gwent/cara/")
    keyboard = Keyboard(page, size)
    keyboard.follow(page.get_by_role("link", name=words["wrong"]))
    send = page.get_by_role("button", name=words["send"])
    keyboard.follow(send)
    expect(page.get_by_role("alert")).to_be_in_viewport()
    keyboard.press(page.get_by_role("link", name=words["problem"]))
    expect(page.locator("#id_kind")).to_be_focused()
    keyboard.choose("kind", "stopped")
    keyboard.choose("sender", "other")
    keyboard.follow(send)
    expect(page.get_by_role("heading", name=words["thanks"])).to_be_visible()
