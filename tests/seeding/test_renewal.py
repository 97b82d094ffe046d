"""An invented letter of 2026 beside the submission: a programme that is funded and runs again."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from tests.addresses import in_welsh
from tests.seeding.test_further_document import main_of, publish_all, seed, text_of

pytestmark = pytest.mark.django_db

LETTER = Path(__file__).parent / "invented-renewal-2026"
PHOENIX = "/programmes/gwent/phoenix-das/"


@pytest.fixture(autouse=True)
def published(db: None) -> None:
    seed(LETTER)
    publish_all()


def on(monkeypatch: pytest.MonkeyPatch, today: datetime.date) -> None:
    of = timezone.localdate
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *at: of(*at) if at else today)


@pytest.mark.parametrize(
    ("path", "length", "ended", "passed"),
    [
        (PHOENIX, "how long", "ended since", "The end date has passed, so it may have ended"),
        (in_welsh(PHOENIX), "am ba hyd", "wedi dod i ben", "Mae’r dyddiad gorffen wedi mynd"),
    ],
)
def test_what_is_funded_until_a_day_to_come_gives_its_length(
    client, monkeypatch, path, length, ended, passed
):
    on(monkeypatch, datetime.date(2027, 3, 31))
    text = text_of(main_of(client, path))
    assert "until March 2027" in text
    assert length not in text
    assert ended not in text
    on(monkeypatch, datetime.date(2027, 4, 1))
    assert passed in text_of(main_of(client, path))
