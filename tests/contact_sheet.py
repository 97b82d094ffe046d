"""Every page in both languages, on a phone and on a desk, as pictures to look at.

`make screenshots` writes them to var/screenshots/, with a sheet of all pages for each width.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests import machine
from tests.addresses import BOTH
from tests.served import served

FOLDER = Path(__file__).resolve().parent.parent / "var" / "screenshots"
WIDTHS = (320, 1280)
SHEET = """<!DOCTYPE html><title>Contact sheet</title><style>
body {{ display: flex; flex-wrap: wrap; gap: 16px; margin: 16px; font: 13px arial }}
figure {{ width: 300px; margin: 0 }} img {{ width: 100%; max-height: 620px; object-fit: cover;
object-position: top; border: 1px solid #999 }}</style>{figures}"""


def name_of(path: str, width: int) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"
    return f"{width}-{words}.png"


def take(browser: Browser, site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in BOTH:
        page.goto(site + path)
        page.screenshot(path=FOLDER / name_of(path, width), full_page=True)
    figures = "".join(
        f'<figure><img src="{name_of(path, width)}" alt=""><figcaption>{path}</figcaption></figure>'
        for path in BOTH
    )
    sheet = FOLDER / f"{width}.html"
    sheet.write_text(SHEET.format(figures=figures), encoding="utf-8")
    page.set_viewport_size({"width": 1920, "height": 900})
    page.goto(sheet.as_uri())
    page.screenshot(path=FOLDER / f"sheet-{width}.png", full_page=True)
    page.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        served(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=machine.chromium(), args=["--no-sandbox", "--disable-quic"]
        )
        for width in WIDTHS:
            take(browser, site, width)
        browser.close()
    print(f"Look at {FOLDER}/sheet-320.png and sheet-1280.png")


if __name__ == "__main__":
    main()
