"""An earlier edition comes back into the working tables whole, and nothing is published by it."""

import datetime
from dataclasses import replace

import pytest

from programmes.models import Edition, Organisation, Programme, Source, Statement
from programmes.publishing.amendments import hide_contact
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import standing_edition
from programmes.publishing.load_back import as_loaded_back, load_back
from programmes.publishing.publish import publish

pytestmark = pytest.mark.django_db
DAY = datetime.date


def everything_else(programme: Programme) -> Programme:
    """An entry with at least one row of each kind, all from a later source."""
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", title_cy="Llythyr", dated="2026-05-12"
    )

    def say(field: str, text: str, replaces: Statement | None = None) -> Statement:
        places = {"place_en": "page 1", "place_cy": "tudalen 1"}
        return programme.statements.create(
            source=letter, field=field, text=text, replaces=replaces, **places
        )

    old = programme.statements.get(field="referral_route", in_table=True)
    route = say("referral_route", "The police and the person.", old)
    newest = say("referral_route", "Only the person.", route)
    programme.referrals.update(route="self", usual=True, statement=newest)
    programme.criteria.create(
        answer="sex:man", only=True, statement=say("eligibility", "Men only.")
    )
    programme.fundings.create(
        funder="home-office",
        arrangement="grant",
        start=DAY(2026, 4, 1),
        start_precision="financial-year",
        statement=say("funding", "A Home Office grant from 2026/27."),
    )
    programme.evaluations.create(
        state="awaited", summary_en="Awaited.", summary_cy="Disgwylir.", statement=route
    )
    programme.developments.create(
        kind="pilot",
        expected=True,
        when=DAY(2027, 1, 1),
        when_precision="month",
        summary_en="A pilot.",
        summary_cy="Peilot.",
        statement=route,
    )
    provider = Organisation.objects.create(name_en="A charity", name_cy="Elusen")
    programme.involvements.create(
        organisation=provider, role="provider", statement=say("provider", "A charity runs it.")
    )
    programme.contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        email="referrals@example.org",
        source=letter,
        checked_on="2026-06-01",
    )
    programme.accreditation = "accredited"
    programme.accreditation_rests_on = say("about", "It is accredited.")
    programme.summary_en, programme.summary_cy = "Another summary.", "Crynodeb arall."
    programme.routes_are_all = True
    programme.save()
    return Programme.objects.get(pk=programme.pk)


def test_there_and_back_again(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    first = phoenix.editions.get()
    second = publish(everything_else(phoenix), by=admin_user, why="A letter came.")

    load_back(phoenix, first, by=None)
    phoenix = programme("gwent", "phoenix-das")
    assert replace(entry_of(phoenix), contacts=()) == first.entry
    assert standing_edition(phoenix) == second
    assert not Statement.objects.filter(source__slug="letter").exists()

    load_back(phoenix, second, by=None)
    assert entry_of(programme("gwent", "phoenix-das")) == second.entry
    assert programme("gwent", "phoenix-das").version == 3


def test_an_organisation_that_was_renamed_meanwhile_stays_one_organisation(programme, admin_user):
    edition = publish(
        everything_else(programme("gwent", "phoenix-das")), by=admin_user, why="A letter came."
    )
    Organisation.objects.filter(name_en="A charity").update(name_en="A renamed charity")
    load_back(programme("gwent", "phoenix-das"), edition, by=None)
    [involvement] = programme("gwent", "phoenix-das").involvements.all()
    assert [o.name_en for o in Organisation.objects.all()] == ["A renamed charity"]
    assert involvement.organisation.name_en == "A renamed charity"


def test_a_contact_that_is_public_now_stays_so_that_it_can_be_hidden(programme, admin_user):
    first = programme("gwent", "phoenix-das").editions.get()
    phoenix = everything_else(programme("gwent", "phoenix-das"))
    publish(phoenix, by=admin_user, why="A letter came.")
    would_be = as_loaded_back(programme("gwent", "phoenix-das"), first)
    load_back(phoenix, first, by=None)
    phoenix = programme("gwent", "phoenix-das")
    [contact] = phoenix.contacts.all()
    assert contact.team_en == "Referral team"
    assert entry_of(phoenix) == would_be
    assert hide_contact(contact, by=admin_user, why="For a test.")
    assert standing_edition(programme("gwent", "phoenix-das")).entry.contacts == ()


def test_checks_and_hidden_contacts_stay(programme, admin_user):
    phoenix = everything_else(programme("gwent", "phoenix-das"))
    edition = publish(phoenix, by=admin_user, why="A letter came.")
    contact = phoenix.contacts.get()
    contact.hidden_at, contact.hidden_by = "2026-07-01T12:00Z", admin_user
    contact.save()
    phoenix.verifications.create(
        checked_with="provider", outcome="changed", checked_on="2026-07-01", by=admin_user
    )
    load_back(phoenix, edition, by=None)
    phoenix = programme("gwent", "phoenix-das")
    assert phoenix.contacts.get().hidden_at
    assert entry_of(phoenix).contacts == ()
    assert entry_of(phoenix).last_checked == DAY(2026, 7, 1)


def test_an_edition_of_another_entry_is_refused(programme):
    clear = programme("south-wales", "clear")
    with pytest.raises(ValueError, match="is not of"):
        load_back(clear, Edition.objects.get(slug="phoenix-das"), by=None)


def test_every_entry_of_the_transcription_comes_back_as_it_was(db):
    for programme in Programme.objects.all():
        edition = programme.editions.get()
        load_back(programme, edition, by=None)
        assert entry_of(Programme.objects.get(pk=programme.pk)) == edition.entry
