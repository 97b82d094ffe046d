"""What changed: on the page, in the feed, on the entry's own page and on the home page."""

import csv
import datetime
import io
import re
from html import unescape
from unittest.mock import patch
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import Contact, Edition, Programme, Source, Verification
from programmes.publishing.amendments import hide_contact, record_verification
from programmes.publishing.publish import publish, publish_first_editions, withdraw

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
FEED = {"/changes/feed/": "/changes/", "/cy/newidiadau/ffrwd/": "/cy/newidiadau/"}
CANARY = "canary"


def at(day: int):
    moment = datetime.datetime(2027, 3, day, 12, tzinfo=LONDON)
    return patch("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def story(programme, admin_user):
    """Five days in March 2027, of which the last thing is not published."""

    def phoenix():
        return programme("gwent", "phoenix-das")

    found = phoenix()
    with at(1):
        found.summary_en, found.summary_cy = "A new summary.", "Crynodeb newydd."
        words = found.statements.create(
            source=found.statements.first().source,
            field="longevity",
            text="Funded to 2030",
            place_en="a letter",
            place_cy="llythyr",
        )
        found.longevity, found.longevity_rests_on = "multi-year", words
        found.save()
        publish(found, by=admin_user, why=f"A {CANARY} reason.")
    with at(2):
        contact = Contact.objects.create(
            programme=found,
            team_en="Referral team",
            team_cy="Tîm atgyfeirio",
            audience="professionals",
            email=f"referrals@{CANARY}.example.org",
            source=found.statements.first().source,
            checked_on=timezone.localdate(),
        )
        publish(phoenix(), by=admin_user, why=f"A {CANARY} reason.")
    with at(3):
        hide_contact(contact, by=admin_user, why=f"A {CANARY} reason.")
        record_verification(
            Verification(
                programme=phoenix(),
                checked_with="provider",
                outcome="stopped",
                note=f"A {CANARY} note.",
                by=admin_user,
            ),
            by=admin_user,
        )
    with at(4):
        withdraw(programme("north-wales", "adapt"), by=admin_user, why="It is no programme.")
    with at(5):
        publish(programme("north-wales", "adapt"), by=admin_user, why=f"A {CANARY} reason.")
        draft = phoenix()
        draft.summary_en = f"A {CANARY} summary."
        draft.save()
    with at(6):
        yield


def text_of(page: str) -> str:
    results = page.partition('id="results"')[2].partition("</section>")[0]
    return " ".join(unescape(re.sub("<[^>]+>", " ", results)).split())


def told(client, query: str = "", path: str = "/changes/") -> str:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, query
    return text_of(answer.content.decode())


def days(client, query: str) -> list[int]:
    """Those of the story under which changes stand, in their order."""
    page = client.get(f"/changes/?{query}").content.decode()
    return [int(day) for day in re.findall(r"<h2[^>]*>(\d+) March 2027</h2>", page)]


def test_changes_are_told_in_words_field_by_field_newest_first(client, story):
    page = told(client)
    assert days(client, "page=1") == [5, 4, 3, 2, 1]
    assert "ADAPT , North Wales Added It had been withdrawn, and was published again." in page
    assert "ADAPT , North Wales Withdrawn Why: It is no programme." in page
    assert "Phoenix DAS , Gwent Checked, Said to have stopped" in page
    assert "A contact was added." in page
    assert "A contact is no longer shown." in page
    assert "Summary, in English Was: In November 2023" in page
    assert "Now: A new summary." in page
    assert "Summary, in Welsh" in page
    assert "How long Was: Not given Now: Multi-year" in page
    assert "Now: “Funded to 2030” (17 November 2023)" in page
    assert "Last checked Was: Not checked Now: 3 March 2027: it had stopped" in page
    assert told(client, "page=2").count("Added :") == 4
    assert page.count("Was:") == page.count("Now:") < 12
    for code in ("multi-year", "longevity", "known_status", "spot-purchase"):
        assert code not in page


@pytest.mark.parametrize("path", ["/changes/", "/cy/newidiadau/", *FEED, "/", "/cy/"])
def test_nothing_unpublished_no_reason_and_no_contact_is_told(client, story, path):
    for query in ("", "?since=2027-03-01&until=2027-03-06", "?entry=gwent/phoenix-das"):
        page = client.get(f"{path}{query}").content.decode()
        assert CANARY not in page
        assert "example.org" not in page
    assert "Phoenix" not in text_of(client.get(f"{path}?q={CANARY}").content.decode())
    entry = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert CANARY not in entry


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("area=gwent", [3, 2, 1]),
        ("area=north-wales", [5, 4]),
        ("entry=gwent/phoenix-das", [3, 2, 1]),
        ("entry=gwent/cara", []),
        ("q=phoenix", [3, 2, 1]),
        # Addresses from when these were parameters.
        ("kind=withdrawn&net=1", [5, 4, 3, 2, 1]),
        ("kind=edited&net=2", [5, 4, 3, 2, 1]),
        ("since=2027-03-03", [5, 4, 3]),
        ("until=2027-03-02", [2, 1]),
        ("since=2027-03-02&until=2027-03-02", [2]),
        # What it became counts, and what it was: the stop took it out of "spot-purchase".
        ("status=stopped&area=gwent", [3, 2, 1]),
        ("status=spot-purchase", [3, 2, 1]),
        ("authority=newport", [3, 2, 1]),
        ("as-at=2027-03-01&sort=name&utm_source=x", [5, 4, 3, 2, 1]),
    ],
)
def test_changes_are_filtered_like_the_list(client, story, query, expected):
    assert days(client, query) == expected


def test_between_two_days_each_entry_is_told_once(client, story):
    page = told(client, "since=2027-03-01&until=2027-03-06")
    assert "Each programme once: what was, and what is now. What differs ADAPT" in page
    assert "Programmes listed: 18 before 1 March 2027, 18 at the end of 6 March 2027." in page
    assert "Of these, reported as stopped: 1, then 2." in page
    assert page.count("Phoenix DAS , Gwent Changed, Checked, Said to have stopped") == 1
    assert "Now: A new summary." in page
    assert "contact" not in page
    assert "ADAPT , North Wales The same at both ends" in page
    assert "CARA" not in page
    page = told(client, "since=2027-03-03&until=2027-03-04&area=north-wales")
    assert "ADAPT , North Wales Withdrawn Why: It is no programme." in page
    page = told(client, "since=2027-03-05&until=2027-03-06")
    assert "ADAPT , North Wales Added It had been withdrawn" in page
    assert "Phoenix" not in page
    assert told(client, "since=2020-01-01&until=2027-03-06").count("Added :") == 18
    # The difference is that between the two views of the past.
    was = client.get("/programmes/gwent/phoenix-das/?as-at=2027-02-28").context["entry"]
    now = client.get("/programmes/gwent/phoenix-das/?as-at=2027-03-03").context["entry"]
    page = told(client, "since=2027-03-01&until=2027-03-03&entry=gwent/phoenix-das")
    assert f"Was: {was.summary.en}" in page
    assert f"Now: {now.summary.en}" in page


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "until=2026-02-30",
        "since=9999-12-31",
        "since=0001-01-01",
        "since=2027-03-03&until=2027-03-01",
        "since=2027-03-01&since=2027-03-02",
        "entry=gwent/nothing",
        "entry=gwent",
        "entry=%00",
        "area=nowhere",
        "q=%00",
        "page=x",
    ],
)
def test_what_cannot_be_read_is_refused(client, story, query):
    for path, title in (("/changes/", "There is a problem"), ("/cy/newidiadau/", "Mae problem")):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert title in answer.content.decode()
        assert "Phoenix" not in answer.content.decode()
    answer = client.get(f"/changes/feed/?{query}")
    assert answer.status_code == 400
    assert b"Phoenix" not in answer.content
    assert client.get("/changes/?page=9").status_code == 404


def test_a_change_that_no_page_shows_is_owned_to(client, programme, admin_user):
    found = programme("gwent", "phoenix-das")
    with at(1):
        extra = {"source": found.statements.first().source, "field": "about", "text": "Two words."}
        words = found.statements.create(place_en="a letter", place_cy="llythyr", **extra)
        publish(programme("gwent", "phoenix-das"), by=admin_user, why="Why.")
    with at(2):
        words.place_en = "another letter"
        words.save()
        publish(programme("gwent", "phoenix-das"), by=admin_user, why="Why.")
        assert "Where the words stand" in told(client, "since=2027-03-02")


def test_changes_follow_each_other_over_pages_in_a_fixed_number_of_queries(
    uncached_client, programme, admin_user
):
    found = programme("gwent", "phoenix-das")
    counts = []
    for number in range(26):
        found.summary_en = f"Summary {number}."
        found.save()
        publish(programme("gwent", "phoenix-das"), by=admin_user, why="Why.")
        if number in (1, 25):
            with CaptureQueriesContext(connection) as queries:
                uncached_client.get("/changes/")
                uncached_client.get(f"/changes/?since=2026-01-01&until={timezone.localdate()}")
                uncached_client.get("/changes/feed/?area=gwent")
                uncached_client.get("/")
            counts.append(len(queries))
    assert counts[1] == counts[0]
    told_ = [told(uncached_client, f"page={page}&area=gwent") for page in (1, 2)]
    numbers = [int(n) for page in told_ for n in re.findall(r"Now: Summary (\d+)", page)]
    assert numbers == list(range(25, -1, -1))
    page = uncached_client.get("/changes/?area=gwent").content.decode()
    assert 'href="?area=gwent&amp;page=2"' in page


def test_entries_added_together_are_each_named(client, story):
    page = told(client, "until=2027-02-01")
    assert page.count("Added :") == 18
    assert "Added : Drive Project , South Wales" in page


@pytest.mark.parametrize(("path", "page"), FEED.items())
def test_the_feed_is_sound_stable_and_in_one_language(client, story, settings, path, page):
    settings.SITE_URL = "https://directory.example"
    settings.PUBLISHER = {"en": "A publisher", "cy": "Cyhoeddwr"}
    answer = client.get(f"{path}?area=gwent&utm_source=x")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    language = "cy" if path.startswith("/cy") else "en"
    assert feed.feed.language == language
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"https://directory.example{path}?area=gwent"
    assert links["alternate"] == f"https://directory.example{page}?area=gwent"
    assert feed.feed.author == {"en": "A publisher", "cy": "Cyhoeddwr"}[language]
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids)) == 6
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    assert feed.entries[0].updated.startswith("2027-03-03T12:00:00")
    assert feed.feed.updated == feed.entries[0].updated
    if language == "en":
        assert feed.entries[0].title == "Phoenix DAS, Gwent: Checked, Said to have stopped"
        assert "Was: Not checked. Now: 3 March 2027: it had stopped." in feed.entries[0].summary
        assert any("Now: A new summary." in entry.summary for entry in feed.entries)
    for entry in feed.entries:
        assert entry.link.startswith(f"https://directory.example{page}?since=2")
        shown = client.get(entry.link.removeprefix("https://directory.example"))
        assert "Phoenix" in shown.content.decode() or "CARA" in shown.content.decode()
    again = feedparser.parse(
        client.get(f"{path}?q=&area=gwent&kind=checked&since=2027-03-03").content
    )
    assert [entry.id for entry in again.entries] == ids[:2]
    html = client.get(f"{page}?area=gwent").content.decode()
    link = re.search(r'<link rel="alternate" type="application/atom\+xml" href="([^"]*)"', html)
    assert link
    assert link[1] == f"https://directory.example{path}?area=gwent"
    assert f'<a class="govuk-link" href="{path}?area=gwent"' in html


def test_a_feed_escapes_what_it_quotes(client, programme, admin_user):
    found = programme("gwent", "phoenix-das")
    found.summary_en = "Less <b>than</b> & more."
    found.save()
    publish(found, by=admin_user, why="Why.")
    feed = feedparser.parse(client.get("/changes/feed/").content)
    assert not feed.bozo
    assert "Less &lt;b&gt;than&lt;/b&gt; &amp; more" in feed.entries[0].summary


def test_an_entry_tells_of_its_last_changes_and_home_leads_to_all(client, story):
    def brief(path: str) -> list[str]:
        page = " ".join(client.get(path).content.decode().split())
        part = page.partition("What changed")[2].partition("</ul>")[0]
        items = re.findall("<li>(.*?)</li>", part)
        return [" ".join(re.sub("<[^>]+>", "", item).split()) for item in items]

    first = f"{Edition.objects.history().first_day():%-d %B %Y}"
    assert brief("/programmes/gwent/phoenix-das/") == [
        "3 March 2027: Checked, Said to have stopped",
        "3 March 2027: Changed",
        "2 March 2027: Changed",
        "1 March 2027: Changed",
        f"{first}: Added",
    ]
    assert brief("/programmes/gwent/phoenix-das/?as-at=2027-03-01") == [
        "1 March 2027: Changed",
        f"{first}: Added",
    ]
    page = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert 'href="/changes/?entry=gwent/phoenix-das"' in page
    assert 'href="/changes/"' in client.get("/").content.decode()


def test_titles_hold_no_search_words(client, story):
    page = client.get("/changes/?q=phoenix").content.decode()
    assert "phoenix" not in page.partition("</title>")[0].lower()


@pytest.mark.parametrize("path", ["/changes/feed/", "/cy/newidiadau/ffrwd/"])
def test_no_control_character_ends_the_feed(client, programme, admin_user, path):
    withdraw(programme("gwent", "phoenix-das"), by=admin_user, why="No\x0blonger\x01run.")
    for query in ("", "?q=a%01b", "?q=a%0bb", "?q=a%EF%BF%BFb"):
        response = client.get(path + query)
        assert response.status_code == 200
        assert not feedparser.parse(response.content).bozo


def test_many_additions_at_one_moment_are_paged(client, programme):
    area = programme("gwent", "phoenix-das").area
    for batch, number in (("first", 5), ("second", 60)):
        for each in range(number):
            new = Programme.objects.create(
                area=area,
                slug=f"{batch}-{each}",
                name_en=f"{batch} {each}",
                stage="community",
                status="listed",
            )
            new.status_rests_on = new.statements.create(
                source=Source.objects.get(), field="about", text="It is.", place_en="1"
            )
            new.save()
        publish_first_editions(Programme.objects.filter(slug__startswith=batch), "For a test.")
    named = " ".join(told(client, f"page={page}") for page in range(1, 6))
    assert named.count("Added :") == 60 + 5 + 18
    assert client.get("/changes/?page=6").status_code == 404
    assert len(file_of(client, "/changes.csv")) == 60 + 5 + 18


def test_a_later_day_for_a_text_is_no_change(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    Programme.objects.filter(pk=phoenix.pk).update(summary_cy="")
    for day in (1, 2):
        due, why = datetime.date(2998, 1, day), "The translator is away."
        publish(phoenix, by=admin_user, why="Now.", language_due=due, language_why=why)
    page = client.get("/changes/?entry=gwent/phoenix-das").content.decode()
    assert page.count("Was:") == 1
    assert Edition.objects.filter(programme=phoenix).count() == 3


SELECTIONS = {
    "": "All programmes.",
    "?entry=gwent/phoenix-das": "Phoenix DAS, Gwent.",
    "?entry=gwent/phoenix-das&area=gwent": "Phoenix DAS, Gwent. Police area: Gwent.",
}


@pytest.mark.parametrize(("query", "expected"), SELECTIONS.items())
def test_the_changes_say_whose_they_are(client, query, expected):
    assert f'<p class="govuk-body">{expected} ' in client.get(f"/changes/{query}").content.decode()
    feed = client.get(f"/changes/feed/{query}").content.decode()
    assert f"<subtitle>{expected}</subtitle>" in feed


@pytest.mark.parametrize("path", FEED)
def test_the_feed_has_an_item_for_each_entry_even_of_one_moment(client, path):
    """All were first published together: whoever follows one area is told of each of its own."""
    feed = feedparser.parse(client.get(path).content)
    assert len(feed.entries) == len({entry.id for entry in feed.entries}) == 18
    gwent = feedparser.parse(client.get(f"{path}?area=gwent").content).entries
    assert [{tag.term for tag in entry.tags} for entry in gwent] == [{"added", "gwent"}] * 2
    assert all("entry=gwent/" in entry.link for entry in gwent)
    assert "CC-BY-4.0" in feed.feed.rights
    assert all("17" in entry.rights and "2023" in entry.rights for entry in feed.entries)


def file_of(client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_of_changes_has_a_row_for_each_thing_that_changed(client, story):
    rows = file_of(client, "/changes.csv")
    added = [row for row in rows if row["changes"] == "Added" and not row["what"]]
    assert len(added) == len({row["id"] for row in added}) == 18
    phoenix = [row for row in rows if row["programme"] == "Phoenix DAS" and row["was"]]
    told_ = {(row["changed_on"], row["what"], row["was"][:11], row["now"]) for row in phoenix}
    assert ("2027-03-01", "Summary, in English", "In November", "A new summary") in told_
    last_check = "3 March 2027: it had stopped"
    assert ("2027-03-03", "Last checked", "Not checked", last_check) in told_
    assert CANARY not in str(rows)
    assert [row["changed_on"] for row in rows] == sorted(
        (row["changed_on"] for row in rows), reverse=True
    )
    of_gwent = file_of(client, "/changes.csv?area=gwent&since=2027-03-01&until=2027-03-01")
    assert {(row["area_code"], row["changed_on"]) for row in of_gwent} == {("gwent", "2027-03-01")}
    welsh = file_of(client, "/cy/newidiadau.csv")
    assert list(welsh[0])[:6] == ["ardal", "rhaglen", "newidiwyd_ar", "newidiadau", "beth", "cynt"]
    assert [row["beth"] for row in welsh] == [row["what"] for row in rows]


def test_between_two_days_the_file_has_what_differs(client, story):
    rows = file_of(client, "/changes.csv?since=2027-03-01&until=2027-03-06")
    assert {row["programme"] for row in rows} == {"Phoenix DAS", "ADAPT"}
    [same] = [row for row in rows if row["programme"] == "ADAPT"]
    assert same["what"] == "The same at both ends: what was changed was changed back."
    assert same["changes"] == ""


@pytest.mark.parametrize("path", ["/changes/", "/cy/newidiadau/"])
def test_a_day_may_be_written_as_day_month_and_year(client, story, path):
    for query in ("since=02/03/2027&until=3/3/2027", "since=2027-03-02&until=2027-03-03"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert '<input type="text" name="since" value="02/03/2027"' in page
        assert '<input type="text" name="until" value="03/03/2027"' in page
        assert "Phoenix DAS" in text_of(page)
        assert "ADAPT" not in text_of(page)
    with at(6):
        refused = client.get(f"{path}?since=29/11/2028")
    assert refused.status_code == 400
    day = client.get(f"{path}?since=29/11/2026").content.decode()
    assert 'name="since" value="29/11/2026"' in day


def test_what_is_no_day_stands_in_its_field_to_be_corrected(client):
    page = client.get("/changes/?since=yesterday&until=2023-12-01").content.decode()
    assert '<input type="text" name="since" value="yesterday"' in page
    assert '<input type="text" name="until" value="01/12/2023"' in page
