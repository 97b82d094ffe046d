"""What the database itself refuses, and the words in which an editor is told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programmes.models import (
    Contact,
    Criterion,
    Development,
    Evaluation,
    Funding,
    Programme,
    Referral,
    Statement,
    Verification,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)

REFUSED = [
    (Programme, {"stage": "prison"}, "not a valid choice"),
    (Programme, {"attendance": "maybe"}, "not a valid choice"),
    (Programme, {"name_en": ""}, "cannot be blank"),
    (Programme, {"accreditation": "accredited"}, "Choose the statement that this rests on"),
    (Programme, {"slug": "phoenix-das"}, "Another entry of this force area has this address"),
    (Statement, {"text": ""}, "Only a cell of the table can be blank"),
    (Statement, {"programme": None}, "about an entry, or else about a development"),
    (Statement, {"as_extracted": "funding�"}, "not read “as stated”"),
    (Statement, {"basis": "guessed"}, "not a valid choice"),
    (Referral, {"route": "letter"}, "not a valid choice"),
    (Referral, {"route": "any-agency"}, "already exists"),
    (Criterion, {"answer": "risk:extreme"}, "not a valid choice"),
    (Funding, {"funder": "not-stated"}, "Name a funder or an arrangement"),
    (Funding, {"period": "former"}, "This funder is listed already for the same period"),
    (Funding, {"start": DAY}, "Give “start” both a date and how exact it is"),
    (
        Funding,
        {
            "start": DAY,
            "start_precision": "day",
            "end": DAY - datetime.timedelta(1),
            "end_precision": "day",
        },
        "ends before it starts",
    ),
    (Contact, {"page": ""}, "Give a page, an e-mail address or a telephone number"),
    (Evaluation, {"published": DAY}, "Give “published” both a date and how exact it is"),
    (Development, {"kind": "party"}, "not a valid choice"),
    (Verification, {"confirmed": []}, "Tick what was confirmed"),
    (
        Verification,
        {"outcome": "nobody-reached", "confirmed": ["funding"]},
        "nothing else is confirmed",
    ),
]


@pytest.fixture
def good(programme, admin_user):
    """A sound, unsaved row of each kind, to be spoilt in one thing."""
    phoenix = programme("gwent", "phoenix-das")
    statement = phoenix.statements.get(field="referral_route")
    of_entry = {"programme": phoenix}
    reading = {**of_entry, "statement": statement}
    words = {"summary_en": "In words.", "summary_cy": "Mewn geiriau."}
    return {
        Programme: {
            "area": phoenix.area,
            "slug": "another",
            "name_en": "Another",
            "stage": "community",
            "status": "listed",
        },
        Statement: {
            **of_entry,
            "source": statement.source,
            "field": "funding",
            "text": "More funding.",
            "place_en": "Page 2",
        },
        Referral: {**reading, "route": "self"},
        Criterion: {**reading, "answer": "sex:man"},
        Funding: {**reading, "funder": "pcc"},
        Contact: {
            **of_entry,
            "team_en": "Team",
            "audience": "self",
            "page": "https://example.org/",
            "source": statement.source,
            "checked_on": DAY,
        },
        Evaluation: {**reading, **words, "state": "awaited"},
        Development: {**reading, **words, "kind": "launch", "expected": True},
        Verification: {
            **of_entry,
            "checked_on": DAY,
            "checked_with": "provider",
            "outcome": "confirmed",
            "confirmed": ["funding"],
            "by": admin_user,
        },
    }


@pytest.mark.parametrize(("model", "spoilt", "message"), REFUSED)
def test_the_database_and_the_form_refuse_with_a_message(good, model, spoilt, message):
    with pytest.raises(ValidationError) as told:
        model(**good[model] | spoilt).full_clean()
    assert message in " ".join(told.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        model(**good[model] | spoilt).save()


def test_the_sound_rows_are_taken(good):
    for model, columns in good.items():
        model(**columns).full_clean()
        model(**columns).save()


def test_a_reading_rests_on_a_statement_of_its_own_entry(programme, good):
    foreign = programme("gwent", "cara").statements.first()
    for model in (Referral, Criterion, Funding, Evaluation, Development):
        with pytest.raises(ValidationError, match="about another entry"):
            model(**good[model] | {"statement": foreign}).full_clean()


def test_a_statement_that_a_reading_rests_on_cannot_be_deleted(programme):
    phoenix = programme("gwent", "phoenix-das")
    with pytest.raises(IntegrityError):
        phoenix.statements.get(field="referral_route").delete()
