"""The editors of `tests.editors`, and something for them to do, put into a new database."""

from django.contrib.auth.models import Group
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from forces.models import ForceArea
from programmes.models import Organisation, Programme, Source
from programmes.publishing.publish import publish
from tests.editors import EDITOR, HIDDEN_LATER, PASSWORD, PUBLISHER, SECRET


def prepare() -> None:
    gwent = ForceArea.objects.get(slug="gwent")
    for editor in (EDITOR, PUBLISHER):
        email = f"{editor.name}@example.org"
        user = User.objects.create_user(editor.name, email, PASSWORD, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=editor.roles))
        user.areas.add(gwent)
        if editor.has_app:
            TOTPDevice.objects.create(user=user, name="app", key=SECRET)
    letter = Source.objects.create(
        slug="provider-2026-11",
        kind="written-confirmation",
        publisher_en="Referral team",
        publisher_cy="Tîm atgyfeirio",
        title_en="E-mail of the provider",
        title_cy="E-bost y darparwr",
        dated="2026-11-02",
    )
    phoenix = Programme.objects.get(slug="phoenix-das")
    for team_en, team_cy in (
        ("Referral team", "Tîm atgyfeirio"),
        (HIDDEN_LATER, "Desg ddyletswydd"),
    ):
        phoenix.contacts.create(
            team_en=team_en,
            team_cy=team_cy,
            audience="professionals",
            email="referrals@example.org",
            source=letter,
            checked_on="2026-11-02",
        )
    provider = Organisation.objects.create(name_en="Phoenix", page="https://example.org/")
    named = phoenix.statements.get(field="programme", in_table=True)
    phoenix.involvements.create(organisation=provider, role="provider", statement=named)
    publish(phoenix, by=None, why="The provider wrote to us whom to ask.")
