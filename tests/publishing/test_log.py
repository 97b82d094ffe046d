"""Whatever changes what the public sees is noted with who did it, or does not happen."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry, LogEntryManager

from accounts.models import User
from forces.models import ForceArea
from programmes.models import Contact, Edition, Mistake, Programme, Verification
from programmes.publishing.amendments import (
    hide_contact,
    record_verification,
    show_contact_again,
    take_back_verification,
)
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.draft import entry_of
from programmes.publishing.load_back import load_back
from programmes.publishing.publish import publish, withdraw

pytestmark = pytest.mark.django_db


def phoenix() -> Programme:
    return Programme.objects.get(slug="phoenix-das")


@pytest.fixture
def contact(letter) -> Contact:
    return phoenix().contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        email="referrals@example.org",
        source=letter,
        checked_on="2026-06-01",
    )


@pytest.fixture
def verification(admin_user) -> Verification:
    return recorded("stopped", 2, admin_user)


def recorded(outcome: str, day: int, by: User) -> Verification:
    on = datetime.date(2026, 11, day)
    verification = Verification(
        programme=phoenix(), checked_on=on, checked_with="provider", outcome=outcome
    )
    record_verification(verification, by=by)
    return verification


def publishes(by, contact, verification):
    publish(phoenix(), by=by, why="A letter came.")


def withdraws(by, contact, verification):
    withdraw(phoenix(), by=by, why="It was never here.")


def records(by, contact, verification):
    recorded("changed", 3, by)


def takes_back(by, contact, verification):
    take_back_verification(verification, by=by, why="It was of another.")


def hides(by, contact, verification):
    hide_contact(contact, by=by, why="It is wrong.")


def shows_again(by, contact, verification):
    show_contact_again(contact, by=by)


def loads_back(by, contact, verification):
    load_back(phoenix(), Edition.objects.filter(slug="phoenix-das").earliest("pk"), by=by)


def publishes_areas(by, contact, verification):
    ForceArea.objects.filter(slug="gwent").update(ask_en="Another office")
    publish_changed_areas(by=by, why="It moved.")


DOORS: list[tuple[Callable[..., None], str]] = [
    (publishes, "publish: A letter came."),
    (withdraws, "withdraw: It was never here."),
    (records, "check: Something has changed"),
    (takes_back, "check recorded by mistake: 2 November 2026: Has stopped"),
    (hides, "Contact {contact} is hidden."),
    (shows_again, "Contact {contact} is to be shown again."),
    (loads_back, "loaded back: Phoenix DAS, "),
    (publishes_areas, "publish: It moved."),
]


def state() -> tuple[object, ...]:
    """All that one of the doors may change."""
    entry = entry_of(phoenix()).as_document()
    hidden = list(Contact.objects.values_list("hidden_at", flat=True))
    rows = (Verification.objects.count(), Mistake.objects.count(), phoenix().version)
    return Edition.objects.newest(), entry, hidden, rows, LogEntry.objects.count()


@pytest.mark.parametrize(("act", "message"), DOORS)
def test_nothing_is_done_that_cannot_be_noted(
    act, message, contact, verification, admin_user, monkeypatch
):
    if act is shows_again:
        hide_contact(contact, by=admin_user, why="It is wrong.")
    before = state()
    with monkeypatch.context() as broken:
        broken.setattr(LogEntryManager, "log_actions", full)
        with pytest.raises(OSError, match="full"):
            act(admin_user, contact, verification)
    assert state() == before

    act(admin_user, contact, verification)
    assert state() != before
    noted = LogEntry.objects.latest("pk")
    assert noted.user == admin_user
    assert noted.change_message.startswith(message.format(contact=contact.pk))


def full(*args, **options) -> None:
    raise OSError("the disk is full")
