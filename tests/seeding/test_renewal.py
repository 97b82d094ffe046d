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


@pytest.mark.parametrize("address", ["/", "/programmes/", "/forces/", "/provision/"])
def test_one_newer_entry_does_not_make_all_look_new(client, address):
    said = {
        address: "Information from 17 November 2023, newer about 1 of 18 (up to 12 November 2026). "
        "Nothing has been checked since.",
        in_welsh(address): "Gwybodaeth o 17 Tachwedd 2023. Gwybodaeth fwy diweddar: 1 o 18 "
        "(hyd at 12 Tachwedd 2026). Nid oes dim wedi’i wirio ers hynny.",
    }
    for path, words in said.items():
        assert words in " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize(
    ("path", "heading", "event"),
    [
        (PHOENIX, "What the sources say about it", "Decommissioned (Source: 17 November 2023)."),
        (
            in_welsh(PHOENIX),
            "Beth mae’r ffynonellau",
            "Wedi’i dadgomisiynu (Ffynhonnell: 17 Tachwedd 2023).",
        ),
    ],
)
def test_each_source_speaks_on_its_day(client, path, heading, event):
    [report] = (
        s
        for s in main_of(client, path).iter("section")
        if "app-entry__report" in s.get("class", "")
    )
    assert text_of(report).startswith(heading)
    assert event in text_of(report)
    assert not list(report.iter("strong"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (PHOENIX, "Takes referrals: Took referrals on 12 November 2026"),
        (in_welsh(PHOENIX), "Roedd yn derbyn atgyfeiriadau ar 12 Tachwedd 2026"),
    ],
)
def test_that_it_took_referrals_is_said_with_its_day(client, path, said):
    text = text_of(main_of(client, path))
    assert said in text
    assert "date of the source" not in text
    assert "ar ddyddiad y ffynhonnell" not in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/provision/", "formerly: Police and Crime Commissioner (PCC); until March 2027"),
        (
            "/cy/darpariaeth/",
            "gynt: Comisiynydd yr Heddlu a Throseddu (CHTh); dyddiad gorffen: Mawrth 2027",
        ),
    ],
)
def test_who_paid_before_is_called_former_and_not_the_first(client, path, said):
    assert said in text_of(main_of(client, path))
