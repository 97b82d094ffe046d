"""An invented letter of 2026: an unknown funder, a programme said to run, plans that came about.

It needs `other`, `said-to-run`, the age of each fact, and what became of what was expected.
"""

from pathlib import Path

import pytest

from programmes.models import Development, Programme
from tests.addresses import in_welsh
from tests.seeding.test_further_document import main_of, publish_all, rows_of, seed, text_of

pytestmark = pytest.mark.django_db

LETTER = Path(__file__).parent / "invented-letter-2026"
KITE = "/programmes/gwent/invented-kite/"
CARA = "/programmes/gwent/cara/"


@pytest.fixture(autouse=True)
def published(db: None) -> None:
    seed()
    seed(LETTER)
    publish_all()


def test_an_unknown_funder_is_in_other_words_and_never_silent(client):
    def found(query: str) -> set[str]:
        return {row["programme"] for row in rows_of(client, f"/programmes.csv?{query}")}

    assert "Invented Kite" in found("funder=other")
    assert "Invented Kite" not in found("funder=not-stated")
    assert "Invented Kite" in found("group=other")
    [row] = (r for r in rows_of(client, "/programmes.csv") if r["programme"] == "Invented Kite")
    assert (row["funders"], row["funding"]) == ("other", "Invented: an imaginary trust pays")
    for address, silence in ((KITE, "Not given"), (in_welsh(KITE), "Dim gwybodaeth")):
        main = main_of(client, address)
        lines = [text_of(div) for div in main.iter("div") if div.get("class") == "app-lines__line"]
        funder = [line for line in lines if line.startswith(("Fund", "Arian", "Cyllid"))]
        assert not [line for line in funder[:1] if silence in line]
        assert "Invented: an imaginary trust pays" in text_of(main)


@pytest.mark.parametrize(
    ("address", "age"),
    [
        (KITE, "Information from 10 November 2026."),
        (CARA, "Information from 17 November 2023 to 10 November 2026."),
        ("/programmes/dyfed-powys/invented-new-start/", "Information from 2 November 2026."),
        (
            "/programmes/dyfed-powys/choices/",
            "Information from 17 November 2023 to 2 November 2026.",
        ),
        ("/programmes/south-wales/clear/", "Information from 17 November 2023."),
        (in_welsh(KITE), "10 Tachwedd 2026"),
    ],
)
def test_each_entry_is_as_old_as_its_own_words(client, address, age):
    assert age in text_of(main_of(client, address))


@pytest.mark.parametrize("address", [KITE, CARA])
def test_a_programme_is_said_to_run_on_the_day_of_the_letter(client, address):
    assert "Said to be running on 10 November 2026" in text_of(main_of(client, address))


def test_what_was_expected_came_about_or_came_about_elsewhere(client):
    launch, dapo = (
        Development.objects.get(expected=True, statement__text__startswith=words)
        for words in ("Launch date in Gwent", "DAPO – The expected launch")
    )
    assert (launch.outcome, launch.came_about.summary_en) == ("met", "Invented: it began in Gwent.")
    assert (dapo.outcome, dapo.came_about.area.slug) == ("elsewhere", "north-wales")
    cara = text_of(main_of(client, CARA))
    assert "Invented: it began in Gwent." in cara
    assert "not confirmed" not in cara
    assert Programme.objects.get(slug="cara", area__slug="gwent").status == "said-to-run"


def test_a_letter_names_the_role_and_organisation_that_gave_it(client):
    text = text_of(main_of(client, "/sources/"))
    assert "Written confirmation Confirmed by Referral team, Invented Trust" in text
