"""The home page of the admin says what waits for whom, and a command mails it."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from forces.models import ForceArea
from programmes.models import Correction, Source, Verification
from programmes.publishing.amendments import record_verification
from programmes.publishing.publish import publish

pytestmark = pytest.mark.django_db


def editor(name: str, *areas: str, role: str = "Area editor") -> User:
    user = User.objects.create_user(name, f"{name}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    user.areas.set(ForceArea.objects.filter(slug__in=areas))
    return user


@pytest.fixture
def something_of_each(programme, admin_user):
    """In Gwent and in South Wales alike: each kind of thing that can wait."""
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", title_cy="Llythyr", dated="2020-01-01"
    )
    for area, slug in (("gwent", "phoenix-das"), ("south-wales", "clear")):
        entry = programme(area, slug)
        Correction.objects.create(programme=entry, kind="route", sender="other", language="en")
        tried = Verification(
            programme=entry, checked_with="provider", outcome="nobody-reached", by=admin_user
        )
        tried.checked_on = datetime.date(2026, 11, 2)
        record_verification(tried, by=admin_user)
        entry.contacts.create(
            team_en="Referral team",
            team_cy="Tîm atgyfeirio",
            audience="professionals",
            email="referrals@example.org",
            source=letter,
            checked_on="2020-01-02",
        )
        entry.summary_cy = ""
        entry.save()
        due, why = datetime.date(2027, 1, 31), "The translator is away."
        publish(
            programme(area, slug),
            by=admin_user,
            why="A contact was found.",
            language_due=due,
            language_why=why,
        )
        entry.summary_en = "It waits."
        entry.save()


def test_each_sees_what_waits_in_their_own_areas(sign_in, something_of_each):
    client = sign_in(editor("gwent", "gwent"))
    page = client.get(reverse("admin:index")).content.decode()
    assert "<h3>Gwent: 2</h3>" in page
    assert "known on 17 November 2023, nobody reached on 2 November 2026" in page
    assert "Phoenix DAS (Gwent): The referral route is wrong or has changed" in page
    assert "Corrections from the public: 1 waiting" in page
    assert "Changes not yet published: 1" in page
    assert "A language is still to follow: 1" in page
    assert "by 31 January 2027: The translator is away." in page
    assert "Contacts older than six months: 1" in page
    assert "South Wales" not in page
    assert "Clear" not in page


def test_who_sees_all_sees_it_by_area_the_oldest_first(admin_client, programme, admin_user):
    cara = Verification(programme=programme("gwent", "cara"), outcome="confirmed", by=admin_user)
    cara.checked_with, cara.checked_on = "provider", datetime.date(2024, 1, 5)
    cara.confirmed = ["referral_route", "eligibility", "status"]
    record_verification(cara, by=admin_user)
    page = admin_client.get(reverse("admin:index")).content.decode()
    for heading in (
        "Dyfed-Powys: 4",
        "South Wales: 8",
        "North Wales: 3",
        "Force area not stated: 1",
    ):
        assert f"<h3>{heading}</h3>" in page
    gwent = page.partition("<h3>Gwent: 2</h3>")[2]
    assert gwent.index("Phoenix DAS") < gwent.index("CARA")
    listed = admin_client.get(reverse("admin:programmes_programme_changelist"), {"due": "yes"})
    assert listed.context["cl"].result_count == 18


def test_what_was_checked_in_part_stays_due_and_says_so(admin_client, programme, admin_user):
    route = Verification(programme=programme("gwent", "cara"), outcome="confirmed", by=admin_user)
    route.checked_with, route.checked_on = "provider", datetime.date(2026, 11, 2)
    route.confirmed = ["referral_route"]
    record_verification(route, by=admin_user)
    page = " ".join(admin_client.get(reverse("admin:index")).content.decode().split())
    assert "known on 17 November 2023, checked in part on 2 November 2026" in page
    assert "<h3>Gwent: 2</h3>" in page
    listed = admin_client.get(reverse("admin:programmes_programme_changelist")).content.decode()
    assert "2 November 2026, in part" in listed


def test_what_is_not_shown_of_an_area_is_a_link_away(admin_client, programme):
    page = " ".join(admin_client.get(reverse("admin:index")).content.decode().split())
    area = programme("south-wales", "clear").area_id
    address = reverse("admin:programmes_programme_changelist")
    assert f'<a href="{address}?due=yes&amp;area__id__exact={area}">and 3 more' in page
    assert page.count(" more<") == 1
    listed = admin_client.get(f"{address}?due=yes&area__id__exact={area}").content.decode()
    assert "8 programmes" in listed


def test_what_does_not_wait_is_one_line(admin_client, programme):
    page = admin_client.get(reverse("admin:index")).content.decode()
    assert (
        "corrections from the public; answers of providers; what is ready to publish or sent "
        "back; changes not yet published; whom to ask in a force area; a language that is to "
        "follow; Welsh older than its English; contacts older than six months."
    ) in page
    assert "Corrections from the public" not in page
    Correction.objects.create(
        programme=programme("gwent", "cara"), kind="route", sender="other", language="en"
    )
    page = admin_client.get(reverse("admin:index")).content.decode()
    assert "Corrections from the public: 1 waiting" in page
    assert "corrections from the public" not in page
    assert "What lacks its Welsh</a>" in page


def test_the_home_page_takes_the_same_queries_however_many_entries(admin_client, many_entries):
    with CaptureQueriesContext(connection) as before:
        admin_client.get(reverse("admin:index"))
    many_entries(30)
    with CaptureQueriesContext(connection) as after:
        admin_client.get(reverse("admin:index"))
    assert len(after) == len(before)
