"""Pages of the served site in a real Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests import machine
from tests.browser import looking

HERE = Path(__file__).parent
WAIT_AT_MOST = 10_000
# Chromium still calls its makers with all the switches that are meant to stop it: it can reach no
# other host. A second --disable-features would undo Playwright's own, so there is none.
SWITCHES = [
    "--no-sandbox",  # root, as in containers, has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-domain-reliability",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Playwright's event loop stays on for the session, and Django's ORM refuses to work beside one.
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable, _font = machine.chromium(), machine.arial()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=SWITCHES)
        yield browser
        browser.close()


class Pages:
    """Opens pages, and keeps what they asked of others, what the console said and what they stored.

    The contexts that pages are opened in, one for each set of options, serve one test after the
    other: each begins with a window of its own, which costs Chromium more than most pages do.
    """

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.contexts: dict[str, BrowserContext] = {}
        self.begin()

    def begin(self) -> None:
        self.elsewhere: list[str] = []
        self.errors: list[tuple[str, str]] = []
        self.visited: set[str] = set()
        self.used: set[str] = set()
        self.stored: list[object] = []

    def __call__(
        self,
        path: str,
        width: int = 1280,
        *,
        javascript: bool = True,
        again: bool = False,
        **options: Any,
    ) -> Page:
        """A page of its own, or `again` the one that others went through before.

        `options` are those of Browser.new_context.
        """
        name = f"{width} {javascript} {options}"
        if name not in self.contexts:
            self.contexts[name] = self.context(width, java_script_enabled=javascript, **options)
        self.used.add(name)
        page = self.contexts[name].pages[0] if again else self.contexts[name].new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        return page

    def context(self, width: int, **options: Any) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.site, viewport={"width": width, "height": 900}, **options
        )
        context.set_default_timeout(WAIT_AT_MOST)
        context.on("request", self.note_request)
        context.on("console", self.note_console)
        context.on("weberror", lambda error: self.errors.append(("", str(error.error))))
        context.new_page()  # stays open, since a window closes with its last page
        return context

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.site).netloc:
            self.elsewhere.append(request.url)
        if request.is_navigation_request():
            self.visited.add(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append((message.location["url"], message.text))

    @property
    def complaints(self) -> list[str]:
        """Console errors, but for those about what a test meant to visit or no page asked for."""
        # Chromium looks for an icon of its own accord where a document names none, as CSV cannot.
        unasked = {f"{self.site}/favicon.ico"}
        return [
            text
            for url, text in self.errors
            if not (url in self.visited | unasked and text.startswith("Failed to load resource"))
        ]

    def close(self) -> None:
        """Close what was opened and forget what was stored, which the next test must not meet."""
        for name in self.used:
            context = self.contexts[name]
            if kept := [each for each in context.storage_state().values() if each]:
                self.stored += kept
                self.contexts.pop(name).close()
                continue
            context.unroute_all()
            for page in context.pages[1:]:
                page.close()


@pytest.fixture(scope="session")
def pages(browser: Browser, site: str) -> Pages:
    return Pages(browser, site)


@pytest.fixture
def open_page(pages: Pages) -> Iterator[Pages]:
    """Opens pages of the site: `open_page("/cy/", width=375, javascript=False)`.

    Afterwards no page may have asked another host for anything, nor made the console complain, nor
    kept anything; a test that means one to can clear `open_page.elsewhere` or `open_page.errors`.
    """
    pages.begin()
    yield pages
    pages.close()
    assert not pages.elsewhere, "pages asked other hosts"
    assert not pages.complaints, "the console complained"
    assert not pages.stored, "pages stored something"


VIOLATIONS = """options => axe.run(document, options).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}`)))"""


@pytest.fixture(scope="session")
def axe_violations() -> Callable[..., list[str]]:
    """What axe finds wrong with a page, a line for each element."""

    def violations(page: Page, *, best_practice: bool = True) -> list[str]:
        page.wait_for_load_state()  # a link leads to a page of which nothing may be there yet
        # Half a megabyte of script goes into each page once, however often it is looked at.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        tags = [*AXE_TAGS, "best-practice"] if best_practice else AXE_TAGS
        options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
        return page.evaluate(VIOLATIONS, options)

    return violations


@pytest.fixture(scope="session")
def axe_at_both_widths(axe_violations: Callable[..., list[str]]) -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page on a desk and on a phone, with all opened that can be."""

    def found(page: Page) -> list[str]:
        with looking.all_opened(page):
            return [each for _width in looking.widths(page) for each in axe_violations(page)]

    return found


@pytest.fixture(scope="session")
def faults(axe_at_both_widths: Callable[[Page], list[str]]) -> Callable[[Page], list[str]]:
    """What is wrong with a page, for axe and for the eye."""
    return lambda page: [*axe_at_both_widths(page), *looking.lost_to_the_eye(page)]
