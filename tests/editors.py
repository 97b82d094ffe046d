"""Two editors of Gwent, as they sign in to a copy of the site that is served."""

from base64 import b32decode
from dataclasses import dataclass

from django_otp.oath import totp
from playwright.sync_api import Browser, BrowserContext, Page

PREPARE = "from tests.something_to_edit import prepare; prepare()"
PASSWORD = "for-trying-it-out-only"  # noqa: S105 - of a throw-away copy
SECRET = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105
HIDDEN_LATER = "Duty desk"


@dataclass(frozen=True)
class Editor:
    name: str
    roles: tuple[str, ...]
    has_app: bool = False


EDITOR = Editor("gwen", ("Area editor",))
PUBLISHER = Editor("pedr", ("Area editor", "Publisher"), has_app=True)


def secret_shown(page: Page) -> bytes:
    """What a telephone without a camera is told on the page that enrols it."""
    return b32decode(page.locator("#letters").inner_text().replace(" ", ""))


def signed_in(browser: Browser, site: str, editor: Editor, width: int = 1280) -> BrowserContext:
    """A window in which somebody has given a password and a code, of a new app if they had none."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    secret = bytes.fromhex(SECRET) if editor.has_app else secret_shown(page)
    page.get_by_label("Code from your authenticator app").fill(f"{totp(secret):06d}")
    page.keyboard.press("Enter")
    if not editor.has_app:
        page.get_by_role("link", name="Continue").click()
    page.get_by_role("heading", name="Due for a check").wait_for()
    page.close()
    return context
