"""What editors change is nobody's business until it is published; what was published stays."""

import datetime
import zoneinfo
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from programmes.models import Edition, Programme, Source, Term
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import edition_terms, standing_edition
from programmes.publishing.publish import (
    NothingToPublishError,
    NotReadyError,
    is_changed,
    publish,
    withdraw,
)

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/programmes/", "/programmes.csv", "/programmes/gwent/phoenix-das/"]
CANARY = "Phoenix Canary"


def seen_in(client) -> list[str]:
    paths = [*PUBLIC, "/cy/rhaglenni/", "/cy/rhaglenni.csv", "/cy/rhaglenni/gwent/phoenix-das/"]
    return [path for path in paths if CANARY in client.get(path).content.decode()]


def test_an_unpublished_change_is_nowhere_and_a_published_one_everywhere(
    client, programme, admin_user
):
    phoenix = programme("gwent", "phoenix-das")
    before = standing_edition(phoenix)
    phoenix.name_en = CANARY
    phoenix.save()
    phoenix.statements.create(
        source=phoenix.statements.first().source,
        field="programme",
        text=f"{CANARY} in a statement",
        place_en="a place",
        place_cy="lle",
    )
    assert is_changed(phoenix)
    assert seen_in(client) == []
    assert client.get("/programmes/", {"q": CANARY}).context["rows"] == []

    publish(phoenix, by=admin_user, why="The name changed.")
    assert seen_in(client) == [
        "/programmes/",
        "/programmes/gwent/phoenix-das/",
        "/cy/rhaglenni/",
        "/cy/rhaglenni/gwent/phoenix-das/",
    ]
    assert len(client.get("/programmes/", {"q": CANARY}).context["rows"]) == 1

    earlier = Edition.objects.get(pk=before.pk)
    assert earlier.document == before.document
    assert earlier.entry.name.en == "Phoenix DAS"
    assert earlier.replaced_at is not None


def test_a_reading_reaches_the_filters_only_when_published(client, programme, admin_user):
    clear = programme("south-wales", "clear")
    clear.criteria.create(answer="risk:medium", statement=clear.statements.get(field="eligibility"))
    found = client.get("/programmes/?risk=medium").content.decode()
    assert "/south-wales/clear/" not in found
    publish(clear, by=admin_user, why="The provider confirmed that medium risk is taken.")
    assert "/south-wales/clear/" in client.get("/programmes/?risk=medium").content.decode()
    assert "/south-wales/clear/" not in client.get("/programmes/?risk=not-high").content.decode()


def test_publishing_nothing_new_is_refused(programme, admin_user):
    with pytest.raises(NothingToPublishError):
        publish(programme("gwent", "phoenix-das"), by=admin_user, why="No reason.")
    assert Edition.objects.exclude(programme=None).count() == 18


def test_publishing_needs_a_reason(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.name_en = "Phoenix"
    phoenix.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        publish(phoenix, by=admin_user, why="  ")
    assert standing_edition(phoenix).entry.name.en == "Phoenix DAS"


def test_an_entry_without_words_or_a_status_that_rests_on_none_cannot_be_published(
    programme, admin_user
):
    gwent = programme("gwent", "phoenix-das").area
    new = Programme.objects.create(
        area=gwent, slug="new", name_en="New", stage="community", status="listed"
    )
    with pytest.raises(NotReadyError, match="Add a statement with its source first"):
        publish(new, by=admin_user, why="It is new.")
    new.statements.create(
        source=Source.objects.get(), field="about", text="It is new.", place_en="page 1"
    )
    with pytest.raises(NotReadyError, match="Say which statement"):
        publish(new, by=admin_user, why="It is new.")
    assert not new.editions.exists()


def test_a_missing_language_needs_a_reason_and_a_day(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en, phoenix.summary_cy = "Another summary.", ""
    phoenix.save()
    with pytest.raises(NotReadyError, match=r"the summary is missing in Welsh\."):
        publish(phoenix, by=admin_user, why="A better summary.")
    follows: dict[str, Any] = {
        "language_due": datetime.date(2026, 12, 31),
        "language_why": "The translator is away.",
    }
    edition = publish(phoenix, by=admin_user, why="A better summary.", **follows)
    assert {name: getattr(edition, name) for name in follows} == follows

    phoenix.summary_cy = "Crynodeb arall."
    phoenix.save()
    edition = publish(
        programme("gwent", "phoenix-das"), by=admin_user, why="Translated.", **follows
    )
    assert (edition.language_due, edition.language_why) == (None, "")


def test_statements_that_replace_others_are_marked(client, programme, admin_user):
    choices = programme("dyfed-powys", "choices")
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", title_cy="Llythyr", dated="2026-05-12"
    )
    old = choices.statements.get(field="referral_route")
    newer = choices.statements.create(
        source=letter,
        field="referral_route",
        text="Only the police can refer now.",
        place_en="page 1",
        place_cy="tudalen 1",
        replaces=old,
    )
    choices.referrals.update(route="police", statement=newer)
    publish(choices, by=admin_user, why="The provider wrote to us.")
    page = client.get("/programmes/dyfed-powys/choices/").content.decode()
    stands, _summary, folded = page.partition("Earlier words, replaced since")
    assert stands.count("Only the police can refer now.") == 1
    assert stands.count("Can take referrals from any agency") == 0
    assert folded.count("Can take referrals from any agency") == 1
    row = client.get("/programmes.csv?area=dyfed-powys&q=choices").content.decode().splitlines()[1]
    assert ",Only the police can refer now.," in row
    assert "Can take referrals from any agency" not in row
    assert "2023-11-17; 2026-05-12" in row


def test_a_later_source_is_not_shown_as_the_submission(client, programme, admin_user):
    new = Programme.objects.create(
        area=programme("gwent", "phoenix-das").area,
        slug="new",
        name_en="New",
        summary_en="It is new.",
        stage="community",
        status="listed",
    )
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", dated="2026-05-12"
    )
    new.status_rests_on = new.statements.create(
        source=letter, field="programme", text="New", place_en="page 1", place_cy="tudalen 1"
    )
    new.save()
    due, why = datetime.date(2026, 12, 31), "The summary is being translated."
    publish(new, by=admin_user, why="It is new.", language_due=due, language_why=why)
    page = client.get("/programmes/gwent/new/").content.decode()
    assert "Information from 12 May 2026. Nothing has been checked since." in page
    assert "17 November 2023" not in page.partition("<main")[2].partition("same-area")[0]


FIELDS = ["attendance", "referral_route", "eligibility", "funding", "longevity"]


@pytest.mark.parametrize("field", FIELDS)
def test_words_from_which_nothing_is_read_are_not_published(programme, admin_user, letter, field):
    phoenix = programme("gwent", "phoenix-das")
    words = {"text": "As the panel thinks fit", "place_en": "page 1", "place_cy": "tudalen 1"}
    statement = phoenix.statements.create(source=letter, field=field, **words)
    with pytest.raises(NotReadyError, match="Nothing is read from the words “As the panel thinks"):
        publish(phoenix, by=admin_user, why="A letter came.")
    # What newer words replace does not stand, so nothing need be read from it any longer.
    newer = phoenix.statements.create(source=letter, field=field, replaces=statement, **words)
    phoenix.criteria.create(answer="group:other", statement=newer)
    phoenix.summary_en = f"{phoenix.summary_en} A panel decides."
    phoenix.save()
    edition = publish(phoenix, by=admin_user, why="A letter came.")
    assert set(edition.terms.filter(dimension="group").values_list("value", flat=True)) == {"other"}


def test_a_former_condition_is_shown_and_counts_for_nothing(client, programme):
    entry = standing_edition(programme("gwent", "phoenix-das")).entry
    assert edition_terms(entry)["group"] == edition_terms(entry)["risk"] == ("not-stated",)
    page = " ".join(client.get("/programmes/gwent/phoenix-das/").content.decode().split())
    assert "Formerly required" in page
    assert "Accepts full responsibility for their actions" in page
    rows = client.get("/data/readings.csv?q=phoenix").content.decode().splitlines()
    criteria = [row for row in rows if ",criterion," in row]
    assert "criterion,responsibility:full,accepted; only-these; former," in criteria[0]
    assert ",criterion,not-stated," in criteria[1]


def test_publishing_half_way_leaves_nothing(programme, admin_user, monkeypatch):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.name_en = "Phoenix"
    phoenix.save()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Term.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(phoenix, by=admin_user, why="The name changed.")
    assert standing_edition(programme("gwent", "phoenix-das")).entry.name.en == "Phoenix DAS"


def test_a_withdrawn_entry_says_so_at_its_address(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    withdraw(phoenix, by=admin_user, why="Its provider asked for it.")
    for path in ("/programmes/gwent/phoenix-das/", "/cy/rhaglenni/gwent/phoenix-das/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "Its provider asked for it." in response.content.decode()
    assert "Phoenix" not in client.get("/programmes/").content.decode()
    assert "Phoenix" not in client.get("/programmes.csv").content.decode()
    with pytest.raises(NothingToPublishError):
        withdraw(phoenix, by=admin_user, why="Twice.")
    publish(phoenix, by=admin_user, why="It is back.")
    assert client.get("/programmes/gwent/phoenix-das/").status_code == 200


def test_the_past_stays_as_it_was(client, programme, admin_user):
    edition = Edition.objects.get(slug="phoenix-das")
    long_ago = timezone.now() - datetime.timedelta(days=30)
    move_in_time(edition, long_ago)
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = "Another summary."
    phoenix.save()
    publish(phoenix, by=admin_user, why="A better summary.")

    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    then = Edition.objects.as_at(yesterday)
    assert [each.pk for each in then] == [edition.pk]
    page = client.get("/programmes/", {"as-at": yesterday.isoformat()})
    assert [card.address for card in page.context["rows"]] == ["gwent/phoenix-das"]
    assert "The directory as it was published at the end of this day:" in page.content.decode()
    assert Edition.objects.as_at(timezone.localdate()).count() == 18


def move_in_time(edition: Edition, published_at: datetime.datetime) -> None:
    """What only a test may do: editions refuse it."""
    models.QuerySet.update(Edition.objects.filter(pk=edition.pk), published_at=published_at)


LONDON = zoneinfo.ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("published_at", "days"),
    [
        # British Summer Time: midnight in London is 23:00 the day before in UTC.
        (datetime.datetime(2026, 7, 2, 0, 0, tzinfo=LONDON), {1: False, 2: True}),
        (datetime.datetime(2026, 7, 1, 23, 59, 59, tzinfo=LONDON), {1: True, 2: True}),
    ],
)
def test_the_end_of_a_day_is_midnight_in_london(published_at, days):
    edition = Edition.objects.get(slug="phoenix-das")
    move_in_time(edition, published_at)
    for day, seen in days.items():
        then = Edition.objects.as_at(datetime.date(2026, 7, day))
        assert then.filter(pk=edition.pk).exists() == seen


def test_a_withdrawn_entry_is_seen_before_its_withdrawal_and_not_after(programme, admin_user):
    edition = Edition.objects.get(slug="phoenix-das")
    move_in_time(edition, timezone.now() - datetime.timedelta(days=30))
    withdraw(programme("gwent", "phoenix-das"), by=admin_user, why="It was never in Gwent.")
    today = timezone.localdate()
    for day, seen in ((today - datetime.timedelta(days=1), 1), (today, 0)):
        assert Edition.objects.as_at(day).filter(slug="phoenix-das").count() == seen
    assert is_changed(programme("gwent", "phoenix-das"))


def test_an_edition_cannot_be_changed_or_deleted(programme):
    edition = Edition.objects.get(slug="phoenix-das")
    edition.why = "Another reason"
    with pytest.raises(TypeError):
        edition.save()
    with pytest.raises(TypeError):
        edition.delete()
    with pytest.raises(TypeError):
        Edition.objects.filter(pk=edition.pk).delete()
    with pytest.raises(TypeError):
        Edition.objects.filter(pk=edition.pk).update(document={})


def test_a_reading_whose_words_went_elsewhere_cannot_be_published(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    words = phoenix.statements.get(text__startswith="Phoenix DAS was previously")
    words.programme = programme("gwent", "cara")
    words.save()
    with pytest.raises(NotReadyError, match="rests on a statement about something else"):
        publish(phoenix, by=admin_user, why="Nothing good.")


def test_a_later_check_that_found_a_stop_is_the_news(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    record = {"checked_with": "provider", "by": admin_user}
    for day, outcome, fields in ((1, "confirmed", ["funding"]), (5, "stopped", [])):
        phoenix.verifications.create(
            checked_on=datetime.date(2026, 10, day), outcome=outcome, confirmed=fields, **record
        )
    publish(programme("gwent", "phoenix-das"), by=admin_user, why="The provider told us.")
    page = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert "Checked on 5 October 2026: it had stopped." in page


def test_an_entry_has_one_standing_edition():
    edition = Edition.objects.get(slug="phoenix-das")
    edition.pk, edition._state.adding = None, True
    with pytest.raises(IntegrityError):
        edition.save()


def test_a_published_entry_cannot_be_deleted(programme):
    with pytest.raises(IntegrityError):
        programme("gwent", "phoenix-das").delete()


def test_every_edition_is_the_entry_of_its_working_tables():
    for programme in Programme.objects.all():
        edition = standing_edition(programme)
        assert edition.entry == entry_of(programme)
        terms = set(edition.terms.values_list("dimension", "value"))
        expected = {
            (name, value)
            for name, values in edition_terms(edition.entry).items()
            for value in values
        }
        assert terms == expected
        assert {name for name, _value in terms} == {
            "area",
            "authority",
            "coverage",
            "stage",
            "status",
            "attendance",
            "route",
            "risk",
            "group",
            "funder",
            "longevity",
            "evaluation",
        }


def test_a_verification_makes_an_entry_younger_if_somebody_was_reached(
    client, programme, admin_user
):
    phoenix = programme("gwent", "phoenix-das")
    record = {"checked_with": "provider", "by": admin_user}
    phoenix.verifications.create(
        checked_on=datetime.date(2026, 10, 1), outcome="nobody-reached", **record
    )
    assert entry_of(phoenix).last_checked is None
    phoenix.verifications.create(
        checked_on=datetime.date(2026, 9, 1), outcome="confirmed", confirmed=["funding"], **record
    )
    phoenix = programme("gwent", "phoenix-das")
    publish(phoenix, by=admin_user, why="The provider confirmed the funding.")
    page = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert "Checked in part on 1 September 2026: funding." in page
    rows = client.get("/programmes.csv?area=gwent").content.decode()
    assert "2026-09-01" in rows


@pytest.mark.parametrize("dimension", ["coverage", "attendance"])
def test_terms_that_a_former_release_did_not_know_are_written_by_the_next_migrate(dimension):
    before = set(Term.objects.filter(dimension=dimension).values_list("edition", "value"))
    assert len(before) >= 18
    Term.objects.filter(dimension=dimension).delete()
    call_command("migrate", verbosity=0)
    assert set(Term.objects.filter(dimension=dimension).values_list("edition", "value")) == before
