"""What an editor comes for, done in a real browser in a few clicks."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser import looking
from tests.browser.conftest import WAIT_AT_MOST
from tests.editors import EDITOR, HIDDEN_LATER, PREPARE, PUBLISHER, signed_in
from tests.served import served

pytestmark = pytest.mark.welsh_sweep  # the same whatever holds the data

PUBLIC = "/programmes/gwent/phoenix-das/"


@pytest.fixture(scope="module")
def editors_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of its own: what editors do here, other tests must not see."""
    with served(tmp_path_factory.mktemp("editors"), PREPARE) as address:
        yield address


@pytest.fixture(scope="module")
def as_publisher(browser: Browser, editors_site: str) -> Iterator[BrowserContext]:
    """Signed in once: a code of the authenticator app works once."""
    context = signed_in(browser, editors_site, PUBLISHER)
    context.set_default_timeout(WAIT_AT_MOST)
    yield context
    context.close()


@pytest.fixture(scope="module")
def as_editor(browser: Browser, editors_site: str) -> Iterator[BrowserContext]:
    context = signed_in(browser, editors_site, EDITOR)
    context.set_default_timeout(WAIT_AT_MOST)
    yield context
    context.close()


@pytest.fixture
def clean(axe_violations: Callable[..., list[str]]) -> Callable[[Page], None]:
    """Asserts that axe finds nothing of WCAG 2.2 A or AA wrong with a page of the admin."""

    def look(page: Page) -> None:
        assert axe_violations(page, best_practice=False) == []

    return look


def test_a_programme_has_stopped(as_publisher, clean):
    page = as_publisher.new_page()
    page.goto("/admin/")
    page.get_by_role("link", name="Record a check of CARA").click()
    clean(page)
    # Four actions on the page of the check.
    page.get_by_label("The commissioner").check()
    page.get_by_role("radio", name="Has stopped").check()
    page.get_by_label("If it has stopped: yes, tell readers so now").check()
    page.get_by_role("button", name="Record this check").click()
    expect(page.get_by_text("The check is recorded. The public sees it now.")).to_be_visible()
    page.goto("/cy/rhaglenni/gwent/cara/")
    expect(page.get_by_text("Wedi dod i ben: canfuwyd drwy wiriad").first).to_be_visible()
    # And it was the wrong entry.
    page.goto("/admin/")
    page.get_by_role("link", name="CARA").first.click()
    page.get_by_role("link", name="Record a check…").click()
    page.get_by_role("link", name="Recorded by mistake…").click()
    clean(page)
    page.get_by_label("How it came about").fill("It was of another entry.")
    page.get_by_role("button", name="It was a mistake").click()
    expect(page.get_by_text("The check counts no longer. The public sees so now.")).to_be_visible()
    page.goto("/cy/rhaglenni/gwent/cara/")
    expect(page.get_by_text("Wedi dod i ben: canfuwyd drwy wiriad")).to_have_count(0)


def test_a_contact_must_vanish_now(as_editor, clean):
    page = as_editor.new_page()
    page.goto("/admin/programmes/programme/")
    page.get_by_role("link", name="Phoenix DAS").click()
    heading = page.get_by_role("heading", name=HIDDEN_LATER)
    contact = page.locator(".inline-related.has_original").filter(has=heading)
    contact.get_by_role("link", name="Hide now…").click()
    clean(page)
    page.get_by_role("button", name="Hide now").click()
    expect(page.get_by_text("Nobody sees it on the public pages now.")).to_be_visible()
    expect(page.get_by_role("link", name="Publish…", exact=True)).to_have_count(0)
    page.goto(PUBLIC)
    expect(page.get_by_text("Referral team")).to_be_visible()
    expect(page.get_by_text(HIDDEN_LATER)).to_have_count(0)


def test_a_route_has_changed_and_the_provider_confirmed_it(as_publisher, clean):
    page = as_publisher.new_page()
    page.goto("/admin/")
    page.get_by_role("link", name="Phoenix DAS", exact=True).first.click()
    # Eight actions: newer words and what is read from them are saved at once.
    page.get_by_role("link", name="Newer words on Referral route").click()
    clean(page)
    page.locator("#id_source").select_option("E-mail of the provider (2 November 2026)")
    page.get_by_label("Place in the source, in English").fill("first sentence")
    page.get_by_label("Place in the source, in Welsh").fill("y frawddeg gyntaf")
    page.locator("#id_referral_route-text").fill("People refer themselves.")
    page.locator("#id_referral_route-effect").select_option(
        "They replace “Any agency can refer” (Policing in Wales submission to the Senedd "
        "(17 November 2023))"
    )
    page.locator("#id_referrals-0-route").select_option("Self-referral")
    page.get_by_role("button", name="Save").click()
    warned = page.get_by_text("has changed and the summary has not: does it still fit?")
    expect(warned.first).to_be_visible()
    page.get_by_role("link", name="Publish…", exact=True).click()
    expect(page.get_by_role("insertion").filter(has_text="Self-referral").first).to_be_visible()
    clean(page)
    page.get_by_label("Why").fill("The provider wrote that people refer themselves now.")
    page.get_by_role("button", name="Publish").click()
    # The line that says that nothing is recorded as checked leads there.
    page.get_by_role("link", name="Record a check…").first.click()
    page.get_by_role("radio", name="The provider", exact=True).check()
    page.get_by_label("Confirmed", exact=True).check()
    page.get_by_label("Referral route").check()
    page.get_by_role("button", name="Record this check").click()
    page.goto(PUBLIC)
    route = page.locator("#referral_route")
    expect(route.get_by_text("Self-referral")).to_be_visible()
    expect(route.get_by_text("2 November 2026", exact=True)).to_be_visible()
    earlier = page.get_by_role("group").filter(has_text="Earlier words, replaced since")
    expect(earlier.get_by_text("Any agency can refer")).to_be_hidden()
    expect(page.get_by_text("referral route.").first).to_be_visible()


def test_a_provider_confirms_and_an_editor_decides_on_one_page(as_editor, browser, faults, clean):
    page = as_editor.new_page()
    page.goto("/admin/programmes/programme/?q=phoenix")
    page.get_by_role("link", name="Phoenix DAS").click()
    page.get_by_role("link", name="Ask the provider…").click()
    clean(page)
    page.get_by_label("The address I send this to").check()
    page.get_by_role("button", name="Make a link").click()
    links = re.findall(r"http\S+", page.get_by_label("Send this to the address").input_value())
    clean(page)
    provider = browser.new_page()
    for link in (link for link in links if "/c" in link):
        provider.goto(link)
        assert faults(provider) == []
        provider.get_by_role("button").last.click()
        assert faults(provider) == []  # as it comes back with what is wrong
    for choice in provider.locator("input[type=radio][value=still]").all():
        choice.check()
    provider.get_by_role("button").last.click()
    assert faults(provider) == []
    provider.close()
    page.goto("/admin/")
    page.locator("section", has_text="Answers of providers").get_by_role("link").click()
    clean(page)
    # A tick a fact that is accepted, and two fields.
    page.get_by_label(re.compile("Referral route: ")).check()
    page.get_by_label("Role and organisation that answered, in English").fill("Team, Phoenix")
    page.get_by_label("The same in Welsh").fill("Tîm, Phoenix")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("What you accepted is recorded as a check.")).to_be_visible()


FIRST_PROGRAMME = {
    "source-title_en": "Letter of the council",
    "source-title_cy": "Llythyr y cyngor",
    "source-dated": "2026-11-02",
    "place_en": "page 2",
    "place_cy": "tudalen 2",
    "entry-name_en": "Llŷn",
    "entry-summary_en": "People refer themselves.",
    "entry-summary_cy": "Mae pobl yn eu hatgyfeirio eu hunain.",
    "attendance-text": "Voluntary.",
    "referral_route-text": "People refer themselves.",
    "eligibility-text": "Adults.",
    "funding-text": "The council pays.",
    "longevity-text": "For three years.",
}
CHOSEN = {
    "source-kind": "document",
    "entry-stage": "community",
    "attendance-attendance": "voluntary",
    "referrals-0-route": "self",
    "criteria-0-answer": "age:adult",
    "fundings-0-funder": "local-authority",
    "longevity-longevity": "multi-year",
}


def test_a_new_programme_of_six_fields_from_a_new_source(as_editor, as_publisher, clean):
    assert len(FIRST_PROGRAMME) + len(CHOSEN) <= 30
    page = as_editor.new_page()
    page.goto("/admin/")
    page.get_by_role("link", name="Transcribe a source").click()
    clean(page)
    for name, words in FIRST_PROGRAMME.items():
        page.locator(f"#id_{name}").fill(words)
    for name, value in CHOSEN.items():
        page.locator(f"#id_{name}").select_option(value)
    page.get_by_label("And then").select_option("A look at the public page")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Preview: the public does not see this yet.")).to_be_visible()
    expect(page.locator("#referral_route")).to_contain_text("Self-referral")
    page.get_by_role("link", name="Back to editing").click()
    expect(page.locator("#id_slug")).to_have_value("llyn")
    publisher = as_publisher.new_page()
    publisher.goto(page.url)
    publisher.get_by_role("link", name="Publish…", exact=True).click()
    expect(publisher.get_by_role("heading", name="Not in both languages yet")).to_have_count(0)
    expect(publisher.get_by_role("button", name="Publish")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/admin/programmes/programme/transcribe_new/")
    clean(page)
    fields = page.locator("#content :is(select, input, textarea)")
    assert fields.evaluate_all(CUT_OFF) == []


def test_what_is_typed_outlives_the_session(browser, editors_site, as_editor):
    state = as_editor.storage_state()
    context = browser.new_context(base_url=editors_site, storage_state=state)
    page = context.new_page()
    page.goto("/admin/programmes/source/add/")
    title = page.get_by_label("Title in English")
    title.fill("A letter")
    context.clear_cookies()
    page.evaluate("dispatchEvent(new Event('focus'))")
    told = page.get_by_text("You are no longer signed in. Nothing typed here is lost.")
    expect(told).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(title).to_have_value("A letter")
    context.add_cookies(state["cookies"])
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(told).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Please correct the errors below.").wait_for()
    expect(title).to_have_value("A letter")
    context.close()


def test_two_editors_save_one_entry(as_editor, clean):
    first, second = as_editor.new_page(), as_editor.new_page()
    for page in (first, second):
        page.goto("/admin/programmes/programme/?q=cara")
        page.get_by_role("link", name="CARA").click()
    first.locator("#id_summary_en").fill("Of the first.")
    first.locator("#id_summary_cy").fill("Yn Gymraeg.")
    first.get_by_role("button", name="Save", exact=True).first.click()
    first.get_by_text("was changed successfully").wait_for()
    second.locator("#id_summary_en").fill("Of the second.")
    second.get_by_role("button", name="Save", exact=True).first.click()
    row = second.get_by_role("row").filter(has_text="Summary in English")
    expect(row.get_by_role("cell").nth(0)).to_have_text("Of the first.")
    expect(row.get_by_role("cell").nth(1)).to_have_text("Of the second.")
    clean(second)
    second.get_by_label("Take what is saved: Summary in Welsh").check()
    second.get_by_role("button", name="Save and continue editing").first.click()
    expect(second.locator("#id_summary_en")).to_have_value("Of the second.")
    expect(second.locator("#id_summary_cy")).to_have_value("Yn Gymraeg.")


def test_whoever_leaves_with_something_typed_is_asked_first(as_editor):
    page = as_editor.new_page()
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    source = "/admin/programmes/source/add/"
    title = page.get_by_label("Title in English")
    page.goto(source)
    page.goto("/admin/")
    assert asked == []
    page.goto(source)
    title.fill("A letter")
    page.goto("/admin/")
    assert asked == ["beforeunload"]
    page.goto(source)
    title.fill("A letter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the errors below.")).to_be_visible()
    assert asked == ["beforeunload"]
    # What came back with errors is saved nowhere. Chromium asks only who has done something there.
    title.press("End")
    page.goto("/admin/")
    assert asked == ["beforeunload"] * 2


def test_the_form_of_an_entry_has_no_holes_on_a_phone(as_editor):
    page = as_editor.new_page()
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/admin/programmes/programme/?q=phoenix")
    page.get_by_role("link", name="Phoenix DAS").click()
    page.locator("#contacts-0 summary").click()
    page.locator("#id_contacts-0-email").wait_for()
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    assert page.evaluate(top, "id_name_cy") - page.evaluate(top, "id_name_en") < 150
    right = "field => field.getBoundingClientRect().right"
    field = page.locator("#id_contacts-0-email")
    row = page.locator("#contacts-0 .form-row").filter(has=field)
    assert field.evaluate(right) <= row.evaluate(right)


CUT_OFF = """fields => fields
    .filter(field => field.checkVisibility() && field.getBoundingClientRect().right > innerWidth)
    .map(field => field.id)"""


CHOSEN_CUT_OFF = """fields => fields
    .filter(field => field.checkVisibility() && field.scrollWidth > field.clientWidth)
    .map(field => field.id)"""


def test_no_field_of_an_entry_is_cut_off(as_editor):
    page = as_editor.new_page()
    page.goto("/admin/programmes/programme/?q=phoenix")
    page.get_by_role("link", name="Phoenix DAS").click()
    page.locator("#referrals-0 summary").wait_for()
    fields = page.locator("#content :is(select, input, textarea)")
    with looking.all_opened(page):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert fields.evaluate_all(CUT_OFF) == []
            assert page.locator("#content select").evaluate_all(CHOSEN_CUT_OFF) == []


def test_an_entry_is_half_as_high_as_it_was(as_editor):
    """The same entry took 6,100 pixels on a desk and 12,700 on a phone."""
    page = as_editor.new_page()
    page.goto("/admin/programmes/programme/?q=phoenix")
    page.get_by_role("link", name="Phoenix DAS").click()
    page.locator("#referrals-0 summary").wait_for()
    for width, height in ((1280, 3050), (390, 6350)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollHeight") <= height, width


PAGES = [
    "/admin/programmes/programme/",
    "/admin/programmes/programme/welsh/",
    "/admin/programmes/programme/unpublished/",
    "/admin/programmes/programme/transcribe_new/",
    "/admin/programmes/correction/",
    "/admin/programmes/contact/",
    "/admin/programmes/source/add/",
    "/admin/forces/forcearea/",
    "/admin/second-factor/",
    "/admin/recovery-codes/",
    "/admin/password_change/",
    "/admin/forgotten/",
    "/admin/forgotten/sent/",
]
OF_ONE_ENTRY = ["change", "transcribe", "publish", "check", "withdraw", "history", "editions"]


def test_pages_that_editors_use(as_publisher, clean):
    """As they are found; the journeys above look at what an editor's work makes of them."""
    page = as_publisher.new_page()

    def look_at(paths: list[str], on_a_phone_too: int) -> None:
        for number, path in enumerate(paths):
            assert page.goto(path).ok, path
            clean(page)
            if number < on_a_phone_too:
                page.set_viewport_size({"width": 320, "height": 900})
                clean(page)
                page.set_viewport_size({"width": 1280, "height": 900})

    look_at(["/admin/", *PAGES], 5)
    page.goto("/admin/programmes/programme/?q=phoenix")
    entry = page.get_by_role("link", name="Phoenix DAS").get_attribute("href")
    assert entry
    look_at([entry.replace("change/", f"{name}/") for name in OF_ONE_ENTRY], 4)
    page.locator("#content").get_by_role("rowheader").get_by_role("link").first.click()
    page.wait_for_url("**/edition/**")
    clean(page)


def test_pages_before_signing_in(browser, editors_site, clean):
    page = browser.new_page(base_url=editors_site)
    page.goto("/admin/")
    clean(page)
    page.get_by_role("button", name="Log in").click()
    clean(page)
    page.close()
