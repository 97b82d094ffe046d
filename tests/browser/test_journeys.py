"""The journeys that the check and the list are judged by, as people make them on a phone."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

TABLE = Path(__file__).parents[1] / "referral_check" / "referral_cases.toml"
CASES = {case["case"]: case for case in tomllib.loads(TABLE.read_text("utf-8"))["case"]}
JOURNEYS = [
    "Children’s Services, Swansea, medium risk",
    "police, Powys, stalking, high risk, willing: nothing rests on a name or on willingness",
    "police, Powys, stalking, high risk, not willing: no conflict",
    "a GP, Wrexham, high risk: another way in meets the risk and comes first",
    "a GP, Wrexham, risk not assessed",
    "an IDVA, Newport, high risk",
    "an IDVA, Newport, high risk, a conditional caution: another way in meets the order",
    "probation, Cardiff, a probation order, risk not assessed",
    "somebody in Cardiff, for themself",
    "a housing officer, Anglesey, a woman, risk not assessed",
    "somebody in Merthyr Tydfil, for themself, with children: half a condition is not met",
    "Children’s Services, Ceredigion, the relationship to continue",
]
PLACES = {"newport": "Newport, Gwent", "isle-of-anglesey": "Ynys Môn"}
NARROWING = ("order", "sex", "stalking", "children", "relationship", "willing")
SHOWN = """sections => sections.map(section => [section.dataset.group,
    [...section.querySelectorAll("h3 a")].map(link => link.pathname.split("/").at(-2))])"""


class Taps:
    """A finger on a phone, and how often it touched the page. What is typed does not count."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def on(self, control: Locator) -> Locator:
        control.tap()
        self.number += 1
        return control

    def on_button(self, name: str) -> None:
        self.on(self.page.get_by_role("button", name=name, exact=True))

    def choose(self, control: Locator, value: str) -> None:
        """Two: one opens the list of options, which belongs to the phone and not to the page."""
        control.select_option(value)
        self.number += 2


@pytest.fixture
def finger(open_page) -> Taps:
    return Taps(open_page("/", 390, has_touch=True))


def check(finger: Taps, case: dict[str, Any]) -> None:
    """From home to the names."""
    page = finger.page
    finger.on(page.locator("main").get_by_role("link", name="Check a referral"))
    place = PLACES.get(case["where"], case["where"].replace("-", " ").title())
    finger.on(page.get_by_label("Where", exact=True)).fill(place)
    for name in ("referrer", "risk"):
        if name in case:
            finger.on(page.locator(f"label[for={option(page, name, case[name])}]"))
    finger.on_button("Show programmes")
    expect(page.locator("[data-group]").first).to_be_visible()


def option(page: Page, name: str, value: str) -> str:
    return page.locator(f"input[name={name}][value={value}]").get_attribute("id") or ""


@pytest.mark.english_sweep
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_check_names_these_programmes_in_this_order(finger, name):
    case, page = CASES[name], finger.page
    check(finger, case)
    # Nothing in Ceredigion speaks of the relationship, so nobody is asked about it there.
    asked = [page.locator(f"select[name={name}]") for name in NARROWING if name in case]
    answers = {each: case[each.get_attribute("name")] for each in asked if each.count()}
    for question, answer in answers.items():
        question.select_option(answer)
    if answers:
        with page.expect_navigation():
            finger.on_button("Update")
    shown = page.locator("[data-group]").evaluate_all(SHOWN)
    assert shown == [[group, list(rows)] for group, rows in case["groups"].items()]


@pytest.mark.english_sweep
def test_from_home_to_the_names_by_the_check_takes_five_taps(finger):
    check(finger, CASES[JOURNEYS[0]])
    assert finger.number == 5
    expect(finger.page.get_by_role("heading", name="Whom to ask")).to_be_attached()


@pytest.mark.english_sweep
def test_from_home_to_whom_to_ring_by_the_list_takes_five_taps(finger):
    page = finger.page
    finger.on(page.get_by_label("Where", exact=True)).fill("Swansea")
    finger.choose(page.get_by_label("Who is asking"), "childrens-services")
    finger.on_button("Show programmes")
    row = page.locator(".app-rows__row", has_text="“Medium/ standard risk”")
    finger.on(row.get_by_role("link", name="Equilibrium"))
    to_do = page.locator("main section, main div", has_text="For professionals").last
    expect(to_do).to_contain_text("Office of the Police and Crime Commissioner for South Wales")
    expect(to_do).to_contain_text("0808 802 4040")
    assert finger.number == 5
