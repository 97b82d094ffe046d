"""A check is recorded apart from editing, is public at once, and alone makes an entry younger."""

import datetime
from unittest.mock import patch

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from programmes.models import Edition, Verification
from programmes.publishing.amendments import record_verification, take_back_verification
from programmes.publishing.editions import standing_edition
from programmes.publishing.publish import withdraw

pytestmark = pytest.mark.django_db
DAY = datetime.date
PAGE = "/programmes/gwent/phoenix-das/"


def at(day: int):
    """A moment of March 2027, after everything that a test begins with."""
    moment = datetime.datetime(2027, 3, day, 12, tzinfo=datetime.UTC)
    return patch("django.utils.timezone.now", lambda: moment)


def check(programme, by, outcome: str = "confirmed", **columns) -> Verification:
    columns = {"checked_on": DAY(2026, 11, 2), "checked_with": "provider"} | columns
    confirmed = columns.pop("confirmed", ["referral_route"] if outcome == "confirmed" else [])
    return Verification(programme=programme, outcome=outcome, confirmed=confirmed, by=by, **columns)


def record(programme, by, *of_check, **columns) -> Edition | None:
    return record_verification(check(programme, by, *of_check, **columns), by=by)


def test_a_check_is_public_at_once_and_takes_no_other_change_with_it(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = "Not to be published yet."
    phoenix.save()
    edition = record(phoenix, admin_user)
    page = client.get(PAGE).content.decode()
    assert "Checked in part on 2 November 2026: referral route." in page
    assert "Not to be published yet." not in page
    assert (edition.by, edition.why) == (admin_user, "A check was recorded: confirmed.")
    assert "Checked in part: 1 of 18." in client.get("/").content.decode()
    first = client.get("/programmes/?sort=checked").context["rows"]
    assert first[-1].address == "gwent/phoenix-das"


def test_an_entry_is_checked_when_all_three_are_confirmed(client, programme, admin_user):
    driving = programme("south-wales", "driving-change")
    path = "/programmes/south-wales/driving-change/"
    record(driving, admin_user)
    later = DAY(2026, 11, 5)
    edition = record(driving, admin_user, checked_on=later, confirmed=["eligibility", "status"])
    assert (edition.checked_on, edition.last_checked) == (DAY(2026, 11, 2), later)
    page = client.get(path).content.decode()
    assert "Checked on 5 November 2026: who it is for, whether it runs." in page
    assert page.count("Confirmed on 2 November 2026.") == 1
    assert page.count("Confirmed on 5 November 2026.") == 2
    assert "Checked since: 1 of 18." in client.get("/").content.decode()

    # What was confirmed before something changed has to be confirmed again.
    changed = check(driving, admin_user, "changed", checked_on=DAY(2026, 11, 9))
    changed.confirmed = ["status"]
    assert record_verification(changed, by=admin_user).checked_on is None
    page = client.get(path).content.decode()
    assert "Checked in part on 9 November 2026: something had changed" in page
    assert "Confirmed on 2 November 2026." not in page
    assert "Checked in part: 1 of 18." in client.get("/").content.decode()


def test_sorted_by_check_the_unchecked_come_first_then_those_in_part(client, programme, admin_user):
    every = ["referral_route", "eligibility", "status"]
    record(programme("gwent", "phoenix-das"), admin_user)
    record(programme("gwent", "cara"), admin_user, checked_on=DAY(2026, 3, 1), confirmed=every)
    record(programme("south-wales", "clear"), admin_user, confirmed=every)
    order = [card.address for card in client.get("/programmes/?sort=checked").context["rows"]]
    assert order[-3:] == ["gwent/phoenix-das", "gwent/cara", "south-wales/clear"]


def test_the_caption_of_the_list_says_how_many_were_checked(client, programme, admin_user):
    page = client.get("/programmes/").content.decode()
    assert "17 November 2023. Nothing here has been checked since." in " ".join(page.split())
    every = ["referral_route", "eligibility", "status"]
    record(programme("gwent", "phoenix-das"), admin_user, confirmed=every)
    assert "Checked since: 1 of 18." in client.get("/programmes/").content.decode()
    police = client.get("/programmes/?route=police").content.decode()
    assert "Nothing here has been checked since." in police


def test_nobody_reached_is_kept_and_moves_nothing(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    before = client.get(PAGE).content
    assert record(phoenix, admin_user, "nobody-reached") is None
    assert phoenix.verifications.count() == 1
    assert client.get(PAGE).content == before


def test_an_older_check_recorded_late_does_not_undo_a_newer_one(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    record(phoenix, admin_user, "stopped")
    late = check(phoenix, admin_user, checked_on=DAY(2026, 3, 1))
    assert record_verification(late, by=admin_user) is None
    assert standing_edition(programme("gwent", "phoenix-das")).entry.check_outcome == "stopped"


def test_a_stop_found_by_a_check_is_said_everywhere(client, programme, admin_user):
    driving = programme("south-wales", "driving-change")
    assert "driving-change" not in client.get("/programmes/?status=stopped").content.decode()
    record(driving, admin_user, "stopped")
    page = client.get("/programmes/south-wales/driving-change/").content.decode()
    assert "Stopped: found by a check on 2 November 2026" in page
    assert "Who could refer" in page
    assert "driving-change" in client.get("/programmes/?status=stopped").content.decode()
    answers = {"where": "south-wales", "referrer": "police", "step": "result", "risk": "medium"}
    result = client.post("/check/", answers).content.decode()
    stopped = result.partition('data-group="stopped"')[2]
    assert "driving-change" in stopped

    # That the route was confirmed does not make it run; that it runs has to be confirmed itself.
    record(driving, admin_user, checked_on=DAY(2026, 11, 3))
    assert "driving-change" in client.get("/programmes/?status=stopped").content.decode()
    later = check(driving, admin_user, checked_on=DAY(2026, 11, 4), confirmed=["status"])
    record_verification(later, by=admin_user)
    assert "driving-change" not in client.get("/programmes/?status=stopped").content.decode()


def test_no_tick_that_says_stopped_lifts_a_stop(admin_client, programme, admin_user):
    driving = programme("south-wales", "driving-change")
    record(driving, admin_user, "stopped")
    page = admin_client.get(f"/admin/programmes/programme/{driving.pk}/check/").content.decode()
    ticks = page.partition('id="id_confirmed"')[2].partition('name="note"')[0]
    assert "Whether it runs: runs again, as read before the stop (Listed; we do not" in ticks
    assert "Stopped" not in ticks


def test_a_check_of_what_is_not_public_makes_nothing_public(programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    withdraw(phoenix, by=admin_user, why="It was never in Gwent.")
    assert record(programme("gwent", "phoenix-das"), admin_user) is None
    assert Edition.objects.withdrawn_entries().count() == 1


def test_what_is_due_comes_oldest_first(programme, admin_user, settings):
    today = timezone.localdate()
    editions = Edition.objects.current()
    assert editions.due_for_check(DAY(2024, 5, 16)).count() == 0
    assert editions.due_for_check(DAY(2024, 5, 17)).count() == 18
    every = ["referral_route", "eligibility", "status"]
    record(programme("gwent", "phoenix-das"), admin_user, checked_on=today, confirmed=every)
    record(programme("gwent", "cara"), admin_user, checked_on=DAY(2026, 1, 5), confirmed=every)
    record(programme("north-wales", "adapt"), admin_user, checked_on=today)
    due = [edition.entry.slug for edition in editions.due_for_check(DAY(2026, 11, 24))]
    assert "phoenix-das" not in due
    assert "adapt" in due
    assert due[-1] == "cara"
    settings.CHECK_EVERY = datetime.timedelta(days=0)
    assert editions.due_for_check(today).count() == 18


# The form


def form_of(programme) -> str:
    return reverse("admin:programmes_programme_check", args=[programme.pk])


def answers(**more: object) -> dict[str, object]:
    return {"checked_on": "2026-11-02", "checked_with": "provider", "outcome": "stopped", **more}


def test_a_stop_is_recorded_at_a_second_step_and_confirms_nothing(admin_client, client, programme):
    cara = programme("gwent", "cara")
    assert 'name="meant"' in admin_client.get(form_of(cara)).content.decode()
    asked = admin_client.post(form_of(cara), answers(note="The hub said so.")).content.decode()
    assert "Not recorded yet. Every page will say “Stopped: found by a check”" in asked
    assert "Tick this if that is so." in asked
    assert "The hub said so." in asked
    beside = answers(meant="on", confirmed=["funding"])
    refused = admin_client.post(form_of(cara), beside).content.decode()
    assert "or it has stopped, nothing else is confirmed" in refused
    assert not Verification.objects.exists()
    assert "Stopped" not in client.get("/programmes/gwent/cara/").content.decode()
    assert admin_client.post(form_of(cara), answers(meant="on")).status_code == 302
    page = client.get("/programmes/gwent/cara/").content.decode()
    assert "Stopped: found by a check on 2 November 2026" in page


def test_a_check_recorded_by_mistake_stays_and_counts_no_longer(
    admin_client, client, programme, admin_user
):
    phoenix = programme("gwent", "phoenix-das")
    record(phoenix, admin_user, checked_on=DAY(2026, 10, 1))
    before = client.get(PAGE).content.decode()
    stop = check(phoenix, admin_user, "stopped")
    record_verification(stop, by=admin_user)
    assert "Stopped: found by a check" in client.get(PAGE).content.decode()
    listed = admin_client.get(form_of(phoenix)).content.decode()
    assert "1 October 2026: Confirmed (Referral route), with: The provider" in listed
    mistake = reverse("admin:programmes_programme_mistake", args=[phoenix.pk, stop.pk])
    assert mistake in listed
    page = admin_client.get(mistake).content.decode()
    assert "2 November 2026: Has stopped, with: The provider." in page
    assert admin_client.post(mistake, {"why": " "}).status_code == 200
    named = admin_client.post(mistake, {"why": "Dr Jones told us of another."}).content.decode()
    assert "“Dr” is a person’s title" in named

    told = admin_client.post(mistake, {"why": "It was of another entry."}, follow=True)
    assert "The check counts no longer. The public sees so now." in told.content.decode()
    after = client.get(PAGE).content.decode()
    assert "Stopped" not in after
    assert "Checked in part on 1 October 2026: referral route." in after
    assert (
        before.partition("<main")[2].split("</h1>")[0]
        == after.partition("<main")[2].split("</h1>")[0]
    )
    changes = client.get("/changes/").content.decode()
    assert "A check had been recorded by mistake, and counts no longer." in changes
    assert "it had stopped" in changes

    listed = admin_client.get(form_of(phoenix)).content.decode()
    assert "Recorded by mistake:</strong> 2 November 2026: Has stopped" in listed
    assert "It was of another entry." in listed
    assert mistake not in listed
    assert admin_client.post(mistake, {"why": "Twice."}).status_code == 404
    assert Verification.objects.count() == 2
    assert [e.why for e in phoenix.editions.order_by("-pk")[:2]] == [
        "A check had been recorded by mistake: has stopped.",
        "A check was recorded: has stopped.",
    ]


@pytest.mark.parametrize(
    ("earlier", "confirmed", "later", "by_mistake"),
    [
        # a check before the stop, and one after it → whether what ends it says “by mistake”
        (None, [], None, True),
        (DAY(2026, 10, 1), ["referral_route"], None, True),
        (DAY(2026, 11, 2), ["referral_route"], None, True),
        (DAY(2026, 11, 2), ["status", "funding"], None, True),
        (None, [], DAY(2026, 11, 2), False),
        (None, [], DAY(2026, 11, 3), False),
    ],
)
def test_readers_tell_a_mistake_from_an_entry_that_runs_again(
    client, programme, admin_user, earlier, confirmed, later, by_mistake
):
    phoenix = programme("gwent", "phoenix-das")
    if earlier:
        record_verification(
            check(phoenix, admin_user, checked_on=earlier, confirmed=confirmed), by=admin_user
        )
    stop = check(phoenix, admin_user, "stopped")
    record_verification(stop, by=admin_user)
    if later:
        record_verification(
            check(phoenix, admin_user, checked_on=later, confirmed=["status"]), by=admin_user
        )
    else:
        take_back_verification(stop, by=admin_user, why="It was of another entry.")
    assert "Stopped" not in client.get(PAGE).content.decode()
    heading, by_mistake_said = told_last(client)
    assert heading == (["Check taken back"] if by_mistake else ["Checked"])
    assert by_mistake_said == by_mistake


def told_last(client) -> tuple[list[str], bool]:
    """What the newest change is headed, and whether it says “by mistake”, as the feed does too."""
    told = client.get("/changes/").context["changes"][0]
    by_mistake = "A check had been recorded by mistake, and counts no longer." in told.notes
    newest = client.get("/changes/feed/").content.decode().partition("<entry>")[2]
    assert ", ".join(told.kinds) in newest
    assert ("counts no longer" in newest.partition("</entry>")[0]) == by_mistake
    return told.kinds, by_mistake


@pytest.mark.parametrize(
    ("outcome", "confirmed"), [("confirmed", ["referral_route"]), ("changed", [])]
)
def test_a_check_taken_back_on_its_own_day_is_no_new_check(
    client, programme, admin_user, outcome, confirmed
):
    phoenix = programme("gwent", "phoenix-das")
    record(phoenix, admin_user, confirmed=["funding"])
    mistaken = check(phoenix, admin_user, outcome, confirmed=confirmed)
    record_verification(mistaken, by=admin_user)
    assert told_last(client) == (["Checked"], False)
    take_back_verification(mistaken, by=admin_user, why="It was of another entry.")
    assert told_last(client) == (["Check taken back"], True)
    assert "Tynnwyd gwiriad yn ôl" in client.get("/cy/newidiadau/").content.decode()


def test_between_two_days_a_mistake_is_told_where_the_check_differs(client, programme, admin_user):
    def told() -> list[str]:
        days = "since=2027-03-02&until=2027-03-03"
        net = client.get(f"/changes/?{days}&entry=gwent/phoenix-das")
        (only,) = net.context["changes"]
        return [*only.kinds, *only.notes]

    mistaken = check(programme("gwent", "phoenix-das"), admin_user, "stopped")
    mistake = "A check had been recorded by mistake, and counts no longer."
    with at(1):
        record_verification(mistaken, by=admin_user)
    with at(3):
        take_back_verification(mistaken, by=admin_user, why="It was of another entry.")
        assert told() == ["Check taken back", mistake]
        record(programme("gwent", "phoenix-das"), admin_user)
        assert told() == ["Checked", "Check taken back", mistake]


def test_a_check_is_taken_back_by_who_may_record_one_there(signed_in, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    stop = check(phoenix, admin_user, "stopped")
    record_verification(stop, by=admin_user)
    mistake = reverse("admin:programmes_programme_mistake", args=[phoenix.pk, stop.pk])
    clear = programme("south-wales", "clear")
    elsewhere = reverse("admin:programmes_programme_mistake", args=[clear.pk, stop.pk])
    why = {"why": "It was of another entry."}
    assert signed_in("Area editor", areas=("south-wales",)).post(mistake, why).status_code == 404
    assert signed_in("Administrator").post(elsewhere, why).status_code == 404
    assert standing_edition(phoenix).entry.check_outcome == "stopped"
    assert signed_in("Area editor", areas=("gwent",)).post(mistake, why).status_code == 302
    assert standing_edition(programme("gwent", "phoenix-das")).entry.check_outcome == ""
    log = LogEntry.objects.latest("pk")
    assert log.change_message == "check recorded by mistake: 2 November 2026: Has stopped"


def test_only_what_is_stated_can_be_confirmed(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    page = admin_client.get(form_of(phoenix)).content.decode()
    ticks = page.partition('id="id_confirmed"')[2].partition('name="note"')[0]
    assert "Referral route: Any agency" in ticks
    assert "Programme: Phoenix DAS" in ticks
    for field in ("provider", "evaluation"):
        assert f'value="{field}"' not in ticks
        forged = answers(outcome="confirmed", confirmed=[field])
        assert (
            "Select a valid choice" in admin_client.post(form_of(phoenix), forged).content.decode()
        )
    assert not Verification.objects.exists()


def test_what_waits_to_be_published_is_told_with_the_way_to_it(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = "Not public yet."
    phoenix.save()
    sent = answers(outcome="confirmed", confirmed=["about", "referral_route"], note="Kept.")
    page = admin_client.post(form_of(phoenix), sent).content.decode()
    assert "Changed here and not public: “What it is”." in page
    waiting = reverse("admin:programmes_programme_unpublished")
    assert f'<a href="{waiting}#entry-{phoenix.pk}">See what has changed</a>' in page
    assert "Kept." in page
    assert page.count(" checked") >= 4  # with whom, what came of it, and both ticks


def test_something_has_changed_keeps_what_still_holds_and_says_how_to_go_on(
    admin_client, client, programme
):
    phoenix = programme("gwent", "phoenix-das")
    sent = answers(outcome="changed", confirmed=["attendance", "funding"])
    told = admin_client.post(form_of(phoenix), sent, follow=True).content.decode()
    assert "Readers are told that something has changed, and not yet what. Edit it here" in told
    page = client.get(PAGE).content.decode()
    assert (
        "Checked in part on 2 November 2026: something had changed; confirmed: attendance, "
        "funding." in page
    )
    welsh = client.get("/cy/rhaglenni/gwent/phoenix-das/").content.decode()
    assert "roedd rhywbeth wedi newid; cadarnhawyd: presenoldeb, cyllid" in welsh


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ("PC on duty said so.", "“PC” is a person’s title."),
        ("The Prince Charles Hospital said so, as the PCC did.", ""),
        ("Ring 07700 900123.", "Leave out telephone numbers and e-mail addresses"),
        ("referrals@example.org wrote.", "Leave out telephone numbers and e-mail addresses"),
        ("Y tîm: mae wedi dod i ben ar 2026-11-02, meddai llythyr 02/11/2026.", ""),
        ("Tel 1234 567890.", "Leave out telephone numbers and e-mail addresses"),
        ("On 01.12.2023 they gave 01633 838838.", "Leave out telephone numbers"),
        ("Funding 01.04.2025-31.03.2026.", ""),
        ("Funding 2025-04-01 - 2026-03-31, from 01.12.2023 05.01.", ""),
        ("The referral team of St David’s office, at the meeting of 2026-11-02.", ""),
    ],
)
def test_a_note_names_nobody(admin_client, programme, note, problem):
    sent = answers(outcome="confirmed", confirmed=["funding"], note=note)
    page = admin_client.post(form_of(programme("gwent", "phoenix-das")), sent)
    assert page.status_code == (200 if problem else 302)
    assert problem in page.content.decode()
