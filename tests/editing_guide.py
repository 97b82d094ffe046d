"""The pictures of docs/editing.md, taken of the admin as it is. `make guide` writes them."""

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

Shot = Callable[[str], object]


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=machine.chromium(), args=["--no-sandbox", "--disable-quic"]
        )
        yield started
        started.close()


def tour(page: Page, shot: Shot) -> None:
    """Through a day of an editor, a picture at each station."""
    page.goto("/admin/")
    shot("home")
    page.get_by_role("link", name="Phoenix DAS", exact=True).first.click()
    shot("entry")
    page.locator("#id_summary_en").fill(CHANGED)
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_role("link", name="Publish…").click()
    shot("publish")
    page.go_back()
    page.get_by_role("link", name="Record a check…").click()
    shot("check")
    page.go_back()
    page.get_by_role("link", name="Hide now…").first.click()
    shot("hide")
    page.goto("/admin/programmes/programme/import/")
    shot("import")
    page.goto("/admin/programmes/programme/unpublished/")
    shot("unpublished")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, served(Path(folder), PREPARE) as site, browser() as used:
        page = signed_in(used, site, PUBLISHER).new_page()
        tour(page, lambda name: page.screenshot(path=FOLDER / f"{name}.png"))
    print(f"Written to {FOLDER}")


if __name__ == "__main__":
    main()
