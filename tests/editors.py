"""Two editors of Gwent, and something for them to do, in a copy of the site that is served."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, BrowserContext

from forces.models import ForceArea
from programmes.models import Programme, Source
from programmes.publishing import publish

PREPARE = "from tests.editors import prepare; prepare()"
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


def prepare() -> None:
    gwent = ForceArea.objects.get(slug="gwent")
    for editor in (EDITOR, PUBLISHER):
        user = User.objects.create_user(editor.name, password=PASSWORD, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=editor.roles))
        user.areas_looked_after.create(area=gwent)
        if editor.has_app:
            TOTPDevice.objects.create(user=user, name="app", key=SECRET)
    letter = Source.objects.create(
        slug="provider-2026-11",
        kind="written-confirmation",
        title_en="E-mail of the provider",
        title_cy="E-bost y darparwr",
        dated="2026-11-02",
    )
    phoenix = Programme.objects.get(slug="phoenix-das")
    for team_en, team_cy in (("Referral team", "Tîm atgyfeirio"), (HIDDEN_LATER, "Desg ddyletswydd")):
        phoenix.contacts.create(
            team_en=team_en,
            team_cy=team_cy,
            audience="professionals",
            email="referrals@example.org",
            source=letter,
            checked_on="2026-11-02",
        )
    publish(phoenix, None, "The provider wrote to us whom to ask.")


def signed_in(browser: Browser, site: str, editor: Editor, width: int = 1280) -> BrowserContext:
    """A window in which somebody has given their password and, where asked, a code."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    if editor.has_app:
        code = f"{totp(bytes.fromhex(SECRET)):06d}"
        page.get_by_label("Code from your authenticator app").fill(code)
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="Due for a check").wait_for()
    page.close()
    return context
