"""What a script of another site can read, in a real browser."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

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


class Blank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()


@pytest.fixture(scope="module")
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A page of another origin: the same machine at another port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Blank) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        page.close()
        server.shutdown()


@pytest.mark.parametrize("path", DATA)
def test_data_can_be_read_from_another_site(elsewhere, site, path):
    assert elsewhere.evaluate(READ, site + path)


@pytest.mark.parametrize("path", ["/", "/programmes/", "/data/", "/admin/login/"])
def test_pages_cannot(elsewhere, site, path):
    assert not elsewhere.evaluate(READ, site + path)
