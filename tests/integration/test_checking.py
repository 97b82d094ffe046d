"""A check is recorded apart from editing, is public at once, and alone makes an entry younger."""

import datetime

import pytest
from django.utils import timezone

from programmes.models import Edition, Verification
from programmes.publishing import record_check, standing_edition, withdraw

pytestmark = pytest.mark.django_db
DAY = datetime.date
PAGE = "/programmes/gwent/phoenix-das/"


def check(programme, by, outcome: str = "confirmed", **columns) -> Verification:
    columns = {"checked_on": DAY(2026, 11, 2), "checked_with": "provider"} | columns
    confirmed = columns.pop("confirmed", ["referral_route"] if outcome == "confirmed" else [])
    return Verification(programme=programme, outcome=outcome, confirmed=confirmed, by=by, **columns)


def test_a_check_is_public_at_once_and_takes_no_other_change_with_it(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = "Not to be published yet."
    phoenix.save()
    edition = record_check(check(phoenix, admin_user))
    page = client.get(PAGE).content.decode()
    assert "checked on 2 November 2026: referral route." in page
    assert "Not to be published yet." not in page
    assert (edition.by, edition.why) == (admin_user, "A check was recorded: confirmed.")
    assert "1 of 18 entries checked since" in client.get("/").content.decode()
    first = client.get("/programmes/?sort=checked").context["cards"]
    assert first[-1].address == "gwent/phoenix-das"


def test_the_list_says_an_age_once_only_where_all_its_entries_have_it(
    client, programme, admin_user
):
    said_once = (
        "Each entry on this page: Stated 3 years ago, on 17 November 2023; not checked since."
    )
    assert said_once in client.get("/programmes/").content.decode()
    record_check(check(programme("gwent", "phoenix-das"), admin_user))
    page = client.get("/programmes/").content.decode()
    assert "Each entry on this page" not in page
    assert "app-cards--same-age" not in page
    assert "Each entry on this page" not in client.get("/programmes/?route=police").content.decode()


def test_nobody_reached_is_kept_and_moves_nothing(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    before = client.get(PAGE).content
    assert record_check(check(phoenix, admin_user, "nobody-reached")) is None
    assert phoenix.verifications.count() == 1
    assert client.get(PAGE).content == before


def test_an_older_check_recorded_late_does_not_undo_a_newer_one(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    record_check(check(phoenix, admin_user, "stopped"))
    late = check(phoenix, admin_user, checked_on=DAY(2026, 3, 1))
    assert record_check(late) is None
    assert standing_edition(programme("gwent", "phoenix-das")).entry.check_outcome == "stopped"


def test_a_stop_found_by_a_check_is_said_everywhere(client, programme, admin_user):
    driving = programme("south-wales", "driving-change")
    assert "driving-change" not in client.get("/programmes/?status=stopped").content.decode()
    record_check(check(driving, admin_user, "stopped"))
    page = client.get("/programmes/south-wales/driving-change/").content.decode()
    assert "Stopped: found by a check on 2 November 2026" in page
    assert "How referrals were made" in page
    assert "driving-change" in client.get("/programmes/?status=stopped").content.decode()
    answers = {"where": "south-wales", "referrer": "police", "step": "result", "risk": "medium"}
    result = client.post("/check/", answers).content.decode()
    stopped = result.partition("Stopped, or not confirmed as started")[2]
    assert "driving-change" in stopped

    # That the route was confirmed does not make it run; that it runs has to be confirmed itself.
    record_check(check(driving, admin_user, checked_on=DAY(2026, 11, 3)))
    assert "driving-change" in client.get("/programmes/?status=stopped").content.decode()
    later = check(driving, admin_user, checked_on=DAY(2026, 11, 4), confirmed=["status"])
    record_check(later)
    assert "driving-change" not in client.get("/programmes/?status=stopped").content.decode()


def test_no_tick_that_says_stopped_lifts_a_stop(admin_client, programme, admin_user):
    driving = programme("south-wales", "driving-change")
    record_check(check(driving, admin_user, "stopped"))
    page = admin_client.get(f"/admin/programmes/programme/{driving.pk}/check/").content.decode()
    ticks = page.partition('id="id_confirmed"')[2].partition('name="note"')[0]
    assert "Whether it runs: runs again, as read before the stop (Named in the November" in ticks
    assert "Stopped" not in ticks


def test_a_check_of_what_is_not_public_makes_nothing_public(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    withdraw(phoenix, admin_user, "It was never in Gwent.")
    assert record_check(check(programme("gwent", "phoenix-das"), admin_user)) is None
    assert Edition.objects.withdrawn_entries().count() == 1


def test_what_is_due_comes_oldest_first(programme, admin_user, settings):
    today = timezone.localdate()
    editions = Edition.objects.current()
    assert editions.due_for_check(DAY(2024, 5, 16)).count() == 0
    assert editions.due_for_check(DAY(2024, 5, 17)).count() == 18
    record_check(check(programme("gwent", "phoenix-das"), admin_user, checked_on=today))
    record_check(check(programme("gwent", "cara"), admin_user, checked_on=DAY(2026, 1, 5)))
    due = [edition.entry.slug for edition in editions.due_for_check(DAY(2026, 11, 24))]
    assert "phoenix-das" not in due
    assert due[-1] == "cara"
    settings.CHECK_EVERY = datetime.timedelta(days=0)
    assert editions.due_for_check(today).count() == 18
