"""What a script of another site can read, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

READ = """async address => {
  try { return (await (await fetch(address)).text()).length > 0 } catch { return false }
}"""
DATA = [
    "/programmes.csv",
    "/programmes.json",
    "/programmes.xlsx",
    "/data/statements.csv",
    "/data/datapackage.json",
    "/changes/feed/",
    "/api/services",
    "/cy/api/services?minimum_age=18",
]


@pytest.fixture(scope="module")
def elsewhere(browser) -> Iterator[Page]:
    """A page of another origin, which no server has."""
    page = browser.new_page()
    page.route("http://127.0.0.1:8099/", lambda route: route.fulfill(content_type="text/html"))
    page.goto("http://127.0.0.1:8099/")
    yield page
    page.close()


@pytest.mark.parametrize("path", DATA)
def test_data_can_be_read_from_another_site(elsewhere, site, path):
    assert elsewhere.evaluate(READ, site + path)


@pytest.mark.parametrize("path", ["/", "/programmes/", "/data/", "/admin/login/"])
def test_pages_cannot(elsewhere, site, path):
    assert not elsewhere.evaluate(READ, site + path)
