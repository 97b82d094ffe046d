"""Pictures of the site as it is, for README.md and docs/editing.md: `make pictures` takes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests import machine
from tests.editors import PREPARE, PUBLISHER, signed_in
from tests.served import served

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHANGED = "In November 2023 it was bought case by case. Any agency could refer."

Shot = Callable[[str], None]


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=machine.chromium(), args=["--no-sandbox", "--disable-quic"]
        )
        yield started
        started.close()


def for_readers(browser: Browser, site: str) -> None:
    """The list and provision on a desk, and on a phone a result of the referral check in Welsh."""
    desk = browser.new_page(viewport={"width": 1280, "height": 960})
    desk.goto(f"{site}/programmes/?area=south-wales&route=self&route=third-party")
    desk.screenshot(path=FOLDER / "list.png")
    desk.goto(f"{site}/provision/")
    desk.screenshot(path=FOLDER / "provision.png")
    phone = browser.new_page(viewport={"width": 390, "height": 960})
    phone.goto(f"{site}/cy/gwirio/")
    phone.get_by_label("Ble", exact=True).fill("Abertawe")
    phone.get_by_label("Heddlu", exact=True).check()
    phone.get_by_role("button", name="Dangos rhaglenni").click()
    phone.wait_for_load_state()
    phone.screenshot(path=FOLDER / "check-on-a-phone.png")


def a_day_of_an_editor(page: Page, shot: Shot) -> None:
    """A picture at each station."""
    page.goto("/admin/")
    shot("home")
    page.get_by_role("link", name="Phoenix DAS", exact=True).first.click()
    shot("entry")
    page.locator("#id_summary_en").fill(CHANGED)
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_role("link", name="Publish…", exact=True).click()
    shot("publish")
    page.go_back()
    page.get_by_role("link", name="Record a check…").click()
    shot("check")
    page.go_back()
    page.get_by_role("link", name="Hide now…").first.click()
    shot("hide")
    page.goto("/admin/programmes/programme/unpublished/")
    shot("unpublished")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, served(Path(folder), PREPARE) as site, browser() as used:
        for_readers(used, site)
        page = signed_in(used, site, PUBLISHER).new_page()

        def shot(name: str) -> None:
            page.wait_for_load_state()
            page.screenshot(path=FOLDER / f"{name}.png")

        a_day_of_an_editor(page, shot)
    print(f"Written to {FOLDER}")


if __name__ == "__main__":
    main()
