"""The directory as it was: what was published by the end of a day, and nothing learnt since."""

import datetime
import random
import re
from contextlib import suppress
from html import unescape
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import Contact, Edition, Verification
from programmes.publishing.amendments import hide_contact, record_verification
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.publish import NothingToPublishError, publish, withdraw

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
OWN = [("gwent", "phoenix-das"), ("south-wales", "driving-change"), ("north-wales", "adapt")]
TIMES = [(0, 0, 0), (0, 30, 0), (9, 0, 0), (15, 30, 0), (23, 30, 0), (23, 59, 59)]
# The clocks go forward on 28 March 2027: midnight in London is then no longer midnight in UTC.
FIRST = datetime.date(2027, 3, 25)
DAYS = [FIRST + datetime.timedelta(days=number) for number in range(12)]
LOOKED_AT = DAYS[::3]
"""Those whose pages are looked at, that of the clocks among them; the others rest on the keys."""


def at(day: datetime.date, time: tuple[int, int, int] = (12, 0, 0)):
    """As if this were the time in London."""
    moment = datetime.datetime.combine(day, datetime.time(*time), LONDON)
    return patch("django.utils.timezone.now", lambda: moment)


def edited(found, by, number):
    found.summary_en = f"Summary {number}."
    found.save()
    return found


def add_route(found, by, number):
    words = found.statements.get(field="referral_route")
    route = ["police", "marac", "open", "criminal-justice"][number % 4]
    found.referrals.get_or_create(route=route, defaults={"statement": words})
    return found


def add_contact(found, by, number):
    Contact.objects.create(
        programme=found,
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        page=f"https://example.org/referrals/{number}",
        source=found.statements.first().source,
        checked_on=timezone.localdate(),
    )
    return found


def checked(found, by, number):
    outcome = ["confirmed", "stopped", "changed", "nobody-reached"][number % 4]
    confirmed = ["funding"] if outcome == "confirmed" else []
    record_verification(
        Verification(
            programme=found,
            checked_with="provider",
            outcome=outcome,
            confirmed=confirmed,
            by=by,
        ),
        by=by,
    )


def hidden(found, by, number):
    if contact := found.contacts.filter(hidden_at=None).first():
        hide_contact(contact, by=by, why="It is wrong.")


def published(change):
    def act(found, by, number):
        publish(change(found, by, number), by=by, why=f"Reason {number}.")

    return act


def withdrawn(found, by, number):
    withdraw(found, by=by, why=f"Withdrawn {number}.")


ACTIONS = [edited, add_route, checked, checked, withdrawn, hidden]
ACTIONS += [published(change) for change in (edited, edited, add_route, add_contact)]


def addresses(page) -> list[str]:
    return [row.address for row in page.context["rows"]]


def seen(client, day: datetime.date | None = None) -> list:
    """What the public sees of list, downloads and entries, now or as at the end of a day."""
    query = {"as-at": day.isoformat()} if day else {}
    answer = client.get("/programmes/", query)
    found = [addresses(answer), answer.context["total"]]
    found.append(addresses(client.get("/programmes/", {**query, "status": "stopped"})))
    found.append(addresses(client.get("/programmes/", {**query, "route": "marac"})))
    found.append(client.get("/cy/rhaglenni.csv", query).content)
    found.append(client.get("/programmes.json", query).json()["entries"])
    found.append(client.get("/provision.csv", {**query, "by": "route"}).content)
    figure = client.get("/provision/", {**query, "by": "route"}).context["figure"]
    found.append([cell["number"] for _row, cells in figure["rows"] for cell in cells])
    for area, slug in OWN:
        answer = client.get(f"/programmes/{area}/{slug}/", query)
        found.append(answer.status_code)
        if answer.status_code == 200:
            found += [answer.context[name] for name in ("tag", "rows", "events", "sentences")]
    return found


def standing(day: datetime.date | None = None) -> list[list[int]]:
    """The keys of the editions that the public sees, of entries and of force areas."""
    public = (Edition.objects.as_at(day), Edition.objects.areas(day))
    return [sorted(editions.values_list("pk", flat=True)) for editions in public]


@pytest.mark.parametrize("seed", [1, 2])
def test_as_at_is_what_was_seen_at_the_end_of_that_day(client, programme, admin_user, seed):
    chance = random.Random(seed)  # noqa: S311
    snapshots, keys = {}, {}
    for number, day in enumerate(DAYS):
        times = sorted(chance.choices(TIMES, k=chance.randint(0, 4)))
        for turn, time in enumerate(times):
            with at(day, time):
                found = programme(*chance.choice(OWN))
                with suppress(NothingToPublishError):
                    chance.choice(ACTIONS)(found, admin_user, 10 * number + turn)
        with at(day, (23, 59, 59)):
            keys[day] = standing()
            if day in LOOKED_AT:
                snapshots[day] = seen(client)
    with at(DAYS[-1] + datetime.timedelta(days=400)):
        assert {day: standing(day) for day in DAYS} == keys
        assert len({str(each) for each in keys.values()}) > 4
        for day, snapshot in snapshots.items():
            assert seen(client, day) == snapshot, day
        assert 410 in [status for each in snapshots.values() for status in each[8:]]
        assert len({str(each) for each in snapshots.values()}) > 2


def then(client, path: str, day: datetime.date | str, status: int = 200) -> str:
    separator = "&" if "?" in path else "?"
    answer = client.get(f"{path}{separator}as-at={day}")
    assert answer.status_code == status, path
    return " ".join(answer.content.decode().split())


UNDERSTANDS = re.compile(
    r"(/cy)?/(programmes|rhaglenni|provision|darpariaeth|money|cyllid|evidence|tystiolaeth"
    r"|timeline|llinell-amser)(/|\.csv|\.json|\.xlsx)|(/cy)?/(forces|heddluoedd)/[a-z]"
)
PAST = {
    # Taking the day's chip away, or all of them.
    "/programmes/?area=gwent": {"/programmes/", "/programmes/?area=gwent"},
    "/cy/rhaglenni/?area=gwent": {"/cy/rhaglenni/", "/cy/rhaglenni/?area=gwent"},
    # Whom to ask now.
    "/programmes/gwent/phoenix-das/": {"/programmes/gwent/phoenix-das/#ask"},
    "/cy/rhaglenni/gwent/cara/": {"/cy/rhaglenni/gwent/cara/#ask"},
    "/forces/gwent/": {"/forces/gwent/#ask"},
    "/cy/heddluoedd/south-wales/": {"/cy/heddluoedd/south-wales/#ask"},
    "/provision/?by=funder": set(),
    "/cy/darpariaeth/?by=route": set(),
    "/evidence/": set(),
    "/cy/tystiolaeth/": set(),
    "/timeline/": set(),
    "/cy/llinell-amser/": set(),
}
"""Page → its links that lead to now on purpose."""


@pytest.mark.parametrize(("path", "to_now"), PAST.items())
def test_a_page_of_the_past_says_so_and_its_links_keep_the_day(client, path, to_now):
    day = timezone.localdate()
    page = then(client, path, day)
    assert 'class="app-past"' in page
    assert f'<a class="govuk-link" href="{path}">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'rel="canonical" href="http://127.0.0.1:8000{path}"' in page
    twin = re.search(r'<a href="([^"]*)" rel="alternate"', page)
    assert twin
    assert f"as-at={day}" in twin[1]
    main = page.partition("<main")[2].partition("</main>")[0]
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', main)]
    aware = [link for link in links if UNDERSTANDS.match(link)]
    assert len(aware) > 3
    assert {link for link in aware if f"as-at={day}" not in link} == to_now
    for name in ("compare", "cymharu", "changes", "newidiadau", "correction", "cywiriad"):
        assert f'/{name}/"' not in page
    now = client.get(path).content.decode()
    assert "app-past" not in now
    assert "noindex" not in now


def test_the_past_is_told_in_words(client):
    day = timezone.localdate()
    page = then(client, "/provision/", day)
    assert f"published at the end of this day: {day:%-d %B %Y}." in page
    assert "The day says when something was recorded here, not when it was true" in page


BAD = ["yesterday", "2026-13-01", "9999-12-31", "2026-01-01&as-at=2026-01-02", "%00"]


@pytest.mark.parametrize("day", BAD)
@pytest.mark.parametrize(
    "path",
    [
        "/programmes/gwent/phoenix-das/",
        "/cy/rhaglenni/gwent/phoenix-das/",
        "/forces/gwent/",
        "/cy/heddluoedd/gwent/",
        "/provision/?by=risk",
        "/evidence/",
        "/cy/llinell-amser/",
        "/provision.csv",
        "/money.json",
        "/programmes.xlsx",
    ],
)
def test_a_day_that_cannot_be_shown_is_refused(client, path, day):
    page = then(client, path, day, 400)
    assert "Phoenix" not in page
    assert "pcc" not in page
    if not path.endswith((".csv", ".json", ".xlsx")):
        assert "<html" in page
        assert "Mae problem" in page or "There is a problem" in page


def test_before_the_first_edition_it_says_so(client):
    first = Edition.objects.history().first_day()
    assert first
    day = first - datetime.timedelta(days=1)
    said = f"first programmes were published here on this day: {first:%-d %B %Y}."
    for path in ("/programmes/", "/provision/", "/evidence/", "/timeline/", "/forces/gwent/"):
        page = then(client, path, day)
        assert said in page
        assert "Phoenix DAS" not in page
    page = then(client, "/programmes/gwent/phoenix-das/", day, 404)
    assert said in page
    assert "had not been published by the end of that day" in page
    assert "spot purchase" not in page.lower()
    then(client, "/programmes/gwent/nothing/", day, 404)
    then(client, "/programmes/", "0001-01-01")
    rows = then(client, "/programmes.csv", day)
    assert "Phoenix" not in rows


def test_a_withdrawn_entry_is_shown_as_it_was_and_told_of_as_it_is(client, programme, admin_user):
    with at(FIRST):
        withdraw(programme("gwent", "phoenix-das"), by=admin_user, why="It was never in Gwent.")
    with at(FIRST + datetime.timedelta(days=3)):
        path = "/programmes/gwent/phoenix-das/"
        assert "Bought case by case" in then(client, path, FIRST - datetime.timedelta(days=1))
        assert "It was never in Gwent." in then(client, path, FIRST, 410)
        assert client.get(path).status_code == 410


def test_ages_and_offices_are_those_of_the_day_and_contacts_are_not_shown(
    client, programme, admin_user
):
    path = "/programmes/gwent/phoenix-das/"
    phoenix = programme("gwent", "phoenix-das")
    with at(FIRST):
        add_contact(phoenix, admin_user, 7)
        publish(phoenix, by=admin_user, why="A contact.")
    with at(FIRST + datetime.timedelta(days=2)):
        area = phoenix.area
        area.ask_en = "Another office"
        area.save()
        publish_changed_areas(by=admin_user, why="Another office.")
        checked(programme("north-wales", "adapt"), admin_user, 0)
    with at(FIRST + datetime.timedelta(days=700)):
        page = then(client, path, FIRST)
        assert "Information from 17 November 2023." in page
        assert "Nothing has been checked since." in page
        assert "Another office" not in page
        assert "example.org" not in page
        assert "Contacts are shown only as they are now." in page
        assert f'href="{path}#ask">Whom to ask now' in page
        area = then(client, "/forces/gwent/", FIRST)
        assert "Another office" not in area
        assert "example.org" not in area
        assert "Office of the Police and Crime Commissioner for Gwent" in area
        assert "<li>a contact</li>" not in page
        later = FIRST + datetime.timedelta(days=2)
        page = then(client, path, later)
        assert "Another office" in page
        area = then(client, "/forces/gwent/", later)
        assert "Checked in part: 1 of 18." in area
        assert "Another office" in area
        now = client.get(path).content.decode()
        assert "example.org/referrals/7" in now
        assert "example.org/referrals/7" in client.get("/forces/gwent/").content.decode()


def test_the_past_costs_no_query_more_for_more_editions(
    uncached_client, programme, admin_user, django_assert_num_queries
):
    today = timezone.localdate()
    path = f"/programmes/gwent/phoenix-das/?as-at={today}"
    with CaptureQueriesContext(connection) as before:
        uncached_client.get(path)
    for number in range(8):
        publish(
            edited(programme("gwent", "phoenix-das"), admin_user, number), by=admin_user, why="Why."
        )
    with django_assert_num_queries(len(before)):
        uncached_client.get(path)


def test_a_download_of_the_past_without_parameters_holds_what_the_page_shows(client):
    today = timezone.localdate()
    assert client.get(f"/money.csv?as-at={today}").content == client.get("/money.csv").content
    found = client.get(f"/provision.json?as-at={today}&by=risk").json()
    assert found["as_at"] == str(today)
    assert f"as-at={today}" in found["address"]


def test_an_entry_can_be_cited(client, settings):
    settings.SITE_URL = "https://directory.example"
    today = timezone.localdate()
    page = " ".join(client.get("/programmes/gwent/cara/").content.decode().split())
    cited = page.partition("Cite this page")[2].partition("</details>")[0]
    assert f"https://directory.example/programmes/gwent/cara/?as-at={today}" in cited
    assert f"Last changed here: {Edition.objects.history().first_day():%-d %B %Y}." in cited
    assert "Information from 17 November 2023. Nothing has been checked since." in cited
    assert "Sources: " in cited
    assert "Policing in Wales submission" in cited
