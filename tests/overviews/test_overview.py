"""Provision, money, comparison, evidence and time: every number against its own download."""

import csv
import io
import re
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import pytest

from bench.sample_data import generate
from programmes.models import Edition
from programmes.publishing.publish import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answered_by")]


def rows_of(client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def later_words(programme, letter):
    """A later source that says of Clear until when it is funded, and takes it for high risk."""
    clear = programme("south-wales", "clear")
    words = clear.statements.create(
        source=letter,
        field="funding",
        text="Funded until March 2027",
        text_cy="Ariennir tan fis Mawrth 2027",
        place_en="First page",
        place_cy="Tudalen gyntaf",
    )
    clear.fundings.filter(funder="pcc").update(
        end="2027-03-31", end_precision="day", statement=words
    )
    publish(clear, by=None, why="A letter came, for a test.")


@pytest.mark.usefixtures("later_words")
def test_a_page_with_a_later_source_does_not_call_everything_the_submissions(client):
    text = text_of(client.get("/provision/"))
    assert "17 November 2023; Letter of the PCC, 5 March 2026; 0 of 18 checked since." in text
    assert (
        "8 of 15 are described as annual, 3 of them moving towards multi-year; 1 gives an end date."
        in text
    )
    assert "(until 31 March 2027)" in text


@pytest.mark.usefixtures("later_words")
def test_evidence_names_the_sources_it_quotes_and_no_other(client):
    text = text_of(client.get("/evidence/"))
    assert "report. Source: Policing in Wales submission to the Senedd, 17 November 2023." in text
    assert "Letter of the PCC" not in text


def test_one_source_is_named_once_and_not_with_each_quotation(client):
    # Once more in “About this page”; of an area, in the captions of both its tables.
    for path, times in (("/evidence/", 2), ("/timeline/", 2), ("/forces/south-wales/", 3)):
        text = text_of(client.get(path))
        assert "Policing in Wales submission to the Senedd, 17 November 2023" in text
        assert text.count("Policing in Wales submission") == times


def test_the_pages_of_all_entries_lead_to_each_other(client):
    for path in ("/provision/", "/evidence/", "/timeline/", "/compare/", "/changes/"):
        page = client.get(path).content.decode()
        siblings = page.partition('<nav class="app-siblings"')[2].partition("</nav>")[0]
        assert siblings.count("href=") == 5
        assert f'href="{path}" aria-current="page"' in siblings
    page = client.get("/cy/tystiolaeth/").content.decode()
    siblings = page.partition('<nav class="app-siblings"')[2].partition("</nav>")[0]
    assert 'href="/cy/darpariaeth/">Cymharu ardaloedd' in siblings


def test_who_funded_what(client):
    rows = rows_of(client, "/money.csv")
    assert Counter(row["funder"] for row in rows if row["period"] != "former") == {
        "vawdasv-partners": 5,
        "pcc": 4,
        "local-authority": 1,
        "welsh-government": 1,
        "moj": 1,
        "not-stated": 4,
    }
    assert [row["programme"] for row in rows if row["period"] == "former"] == [
        "Integrated Family Support Service",
        "Phoenix DAS",
    ]
    assert {row["funded_until"] for row in rows} == {"not-stated"}


# Comparison


HUBS = "programme=dyfed-powys/intervention-hub&programme=north-wales/intervention-hub"


def stated(rows) -> dict[str, list]:
    return {row.label: [values for _entry, values in row.cells] for row in rows}


def test_two_hubs_side_by_side_what_differs_first(client):
    comparison = client.get(f"/compare/?{HUBS}").context["comparison"]
    differing = stated(comparison["differing"])
    assert differing["How long"] == [
        ["Annual, moving towards multi-year"],
        ["Reported as stopped"],
    ]
    assert differing["Funded by"] == [["Strategic VAWDASV partners"], []]
    assert "Force area" not in differing
    same = stated(comparison["same"])
    assert same["Attendance"] == [["Voluntary"], ["Voluntary"]]
    assert "Attendance" not in differing
    page = client.get(f"/compare/?{HUBS}").content.decode()
    assert page.index("Where they differ") < page.index("The same for all of these")
    silent = [row.label for row in comparison["silent"]]
    assert silent == ["Risk level", "Council areas covered", "Funded until", "Evaluation"]
    assert not set(silent) & {*same, *differing}
    assert page.index("The same for all of these") < page.index("Not given for any of these")
    assert "Commissioned service stopped in 2023/24" in page


def test_whether_it_runs_comes_first_where_it_differs(client):
    comparison = client.get(f"/compare/?{HUBS}").context["comparison"]
    assert [row.label for row in comparison["differing"]][:2] == [
        "Running?",
        "Funded by",
    ]
    assert comparison["words"][0].label == "Running?"


def test_one_entry_asks_for_a_second_and_areas_are_compared_elsewhere(client):
    second = "Choose a second programme to compare this one with."
    nothing = client.get("/compare/").content.decode()
    assert second not in nothing
    assert 'To compare areas: <a class="govuk-link" href="/provision/">' in nothing
    one = client.get("/compare/?programme=gwent/cara").content.decode()
    assert second in one
    assert second not in client.get(f"/compare/?{HUBS}").content.decode()


def test_entries_are_offered_in_the_language_of_the_page(client):
    text = text_of(client.get("/cy/cymharu/"))
    assert text.count("CARA (Rhybudd Rhag Cam-drin mewn Perthynas)") == 2
    assert "CARA (Cautioning" not in text


def test_entries_are_ticked_to_be_compared(client):
    entry = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert 'href="/compare/?programme=gwent/phoenix-das"' in entry
    page = client.get("/compare/?programme=gwent/phoenix-das")
    assert "comparison" not in page.context
    ticks = re.findall('name="programme"[^>]*value="([^"]+)"( checked)?', page.content.decode())
    assert ticks[0] == ("gwent/phoenix-das", " checked")
    assert len(ticks) == 18
    assert {checked for _address, checked in ticks[1:]} == {""}
    two = "&".join(f"programme={address}" for address, _checked in ticks[:2])
    assert "comparison" in client.get(f"/compare/?{two}").context


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("programme=gwent/nothing", 404, "no such programme"),
        ("programme=%00/%00", 404, "no such programme"),
        ("programme=gwent", 404, "no such programme"),
        ("&".join(f"programme=gwent/{n}" for n in range(5)), 400, "no more than four programmes"),
        (f"{HUBS}&programme=gwent/nothing", 404, "no such programme"),
    ],
)
def test_a_comparison_that_cannot_be_made(client, query, status, words):
    response = client.get(f"/compare/?{query}")
    assert response.status_code == status
    assert words in response.content.decode()
    assert "Where they differ" not in response.content.decode()
    assert response.context["offered"]
    link = re.search('href="([^"]+)">See this page without', response.content.decode())
    assert link
    assert client.get(unescape(link[1])).status_code == 200
    assert client.get(f"/compare.csv?{query}").status_code == status
    assert client.get("/compare.csv?programme=gwent/cara").status_code == 400


def test_nothing_but_the_choice_is_carried_on(client):
    page = client.get(f"/compare/?{HUBS}&email=me@example.org").content.decode()
    assert "me@example.org" not in page
    assert "secret" not in client.get("/money.json?foo=secret").content.decode()


def test_a_comparison_can_be_taken_away(client):
    rows = rows_of(client, f"/compare.csv?{HUBS}")
    assert [row["area"] for row in rows] == ["Dyfed-Powys", "North Wales"]
    found = client.get(f"/cy/cymharu.json?{HUBS}").json()
    assert found["selection"] == "Intervention Hub, Dyfed-Powys; Intervention Hub, Gogledd Cymru."
    assert [entry["terms"]["status"] for entry in found["entries"]] == [["listed"], ["stopped"]]


# Evidence and time


def test_what_has_been_evaluated_and_what_has_not(client):
    page = client.get("/evidence/")
    told = [
        ([entry.address for entry in event.entries], event.kind, event.when)
        for event in page.context["rows"]
    ]
    assert told == [
        (["south-wales/drive-project"], "Evaluation published", "2020"),
        (["south-wales/family-intervention-programme"], "Evaluated, with limits", "2020"),
        (["south-wales/drive-project"], "A further evaluation was under way", ""),
        (["south-wales/clear"], "Evaluated; the report was awaited", ""),
        (["south-wales/cara", "gwent/cara"], "Evaluated elsewhere in the UK", ""),
    ]
    assert (
        "What has been evaluated The report mentions evaluations of 3 of 15 community programmes, "
        "all in South Wales. They stand in one section of it, which covers that area only: "
        "“Evaluation of Perpetrator Programmes in South Wales Police Area”." in text_of(page)
    )
    rows = rows_of(client, "/evidence.csv")
    silent = [row["programme"] for row in rows if row["evaluation"] == "not-stated"]
    assert [entry.name.en for entry in page.context["silent"]] == silent
    assert len(silent) == 13
    assert "significantly impacted by the COVID pandemic" in text_of(page)
    assert 'href="https://osf.io/preprints/psyarxiv/jw9uy/"' in page.content.decode()


def test_the_sources_judgement_stands_with_its_words(client):
    text = text_of(client.get("/evidence/")).partition("How the report judges them")[2]
    assert "The judgement is the report’s. This directory has not read the evaluations." in text
    assert "an example of a successful perpetrator intervention programme" in text
    assert "Figure 1. – Key Findings of the Drive Programme Evaluation" in text


@pytest.mark.parametrize(
    ("page", "welsh"), [("evidence", "tystiolaeth"), ("timeline", "llinell-amser")]
)
def test_an_area_narrows_page_and_file_alike(client, page, welsh):
    for path in (f"/{page}", f"/cy/{welsh}"):
        narrowed = client.get(f"{path}/?area=gwent")
        assert "/south-wales/" not in narrowed.content.decode()
        assert f'href="{path}.csv?area=gwent"' in narrowed.content.decode()
        assert f'href="{path}/"' in narrowed.content.decode()
        assert client.get(f"{path}/?area=nowhere").status_code == 400
    places = {row["area"] for row in rows_of(client, f"/{page}.csv?area=gwent")}
    assert places - {"Wales"} == {"Gwent"}
    assert "No evaluation of a community programme is mentioned here." in text_of(
        client.get("/evidence/?area=gwent")
    )


def test_evaluations_of_two_sources_are_of_no_one_report(client, programme, letter):
    clear = programme("south-wales", "clear")
    words = clear.statements.create(
        source=letter,
        field="evaluation",
        text="Clear was evaluated.",
        place_en="First page",
        place_cy="Tudalen gyntaf",
    )
    clear.evaluations.update(statement=words)
    publish(clear, by=None, why="A letter came, for a test.")
    text = text_of(client.get("/evidence/"))
    assert "Evaluations are mentioned for 3 of 15 community programmes." in text
    assert "The report mentions" not in text
    assert "Sources: 2. The oldest: 17 November 2023. The newest: 5 March 2026." in text


def test_newer_words_on_an_evaluation_stay_with_their_entry(client, programme, letter):
    cara = programme("gwent", "cara")
    evaluation = cara.evaluations.get()
    cara.statements.create(
        source=letter,
        field="evaluation",
        text="An evaluation in Gwent has begun.",
        place_en="First page",
        place_cy="Tudalen gyntaf",
        replaces=evaluation.statement,
    )
    publish(cara, by=None, why="A letter came, for a test.")
    newer = {
        event.entries[0].address: event.words.newer and event.words.newer.words
        for event in client.get("/evidence/").context["rows"]
        if event.entries[0].slug == "cara"
    }
    assert newer == {
        "south-wales/cara": None,
        "gwent/cara": "An evaluation in Gwent has begun.",
    }


def test_what_happened_and_what_was_expected_stand_apart(client):
    page = client.get("/timeline/")
    stopped, happened, expected = (page.context[n] for n in ("stopped", "happened", "expected"))
    all_rows = rows_of(client, "/timeline.csv")
    # What is said of the whole and is no event stands in the download alone.
    rows = [row for row in all_rows if row["kind"] != "background"]
    assert len(all_rows) - len(rows) == 12
    assert len(stopped) + len(happened) == sum(row["expected"] == "no" for row in rows) == 11
    # The pilot of CARA is one event, though the download has a row for each of its two entries.
    assert len(expected) == sum(row["expected"] == "yes" for row in rows) - 1 == 10
    pilot = next(event for event in expected if event.when == "2024")
    assert pilot.place == "South Wales; Gwent"
    assert [entry.address for entry in pilot.entries] == ["south-wales/cara", "gwent/cara"]
    assert [(event.when, event.place, event.kind) for event in stopped] == [
        ("2023/24", "North Wales", "Service stopped"),
        ("", "Gwent", "Decommissioned"),
    ]
    launch = next(event for event in expected if event.when == "20 November 2023")
    assert launch.kind == "Launch: planned for 20 November 2023; nobody has confirmed it here"
    assert launch.place == "Gwent"
    text = text_of(page)
    assert "Service stopped, 2023/24: Intervention Hub , North Wales" in text
    assert "· Decommissioned: Phoenix DAS , Gwent" in text
    lists = text.partition("What stopped")[2]
    assert lists.index("due to lack of integrated") < lists.index("In the spring")
    assert lists.index("In February 2023") < lists.index("In the spring")
    assert "nothing to enforce engagement which also resulted in low numbers" in text
    assert "due to lack of integrated partner support" in text
    assert "decision was made to decommission due to low referrals" in text


def test_what_concerns_all_of_wales_is_told_once(client):
    rows = rows_of(client, "/timeline.csv")
    assert len(rows) == len(
        {(row["area"], row["programme"], row["kind"], row["when"], row["words"]) for row in rows}
    )
    assert sum(row["area"] == "Wales" for row in rows) == 17
    assert {row["area"] for row in rows_of(client, "/timeline.csv?area=gwent")} == {
        "Gwent",
        "Wales",
    }


def test_the_picture_shows_each_dated_event_and_how_exact_its_date_is(client):
    picture = client.get("/timeline/?as-at=2026-11-30").context["picture"]
    rows = picture["rows"]
    assert [(row["event"].when, row["event"].planned) for row in rows] == [
        ("February 2023", False),
        ("20 November 2023", True),
        ("2023/24", False),
        ("2023", False),
        ("January 2024", True),
        ("January 2024", True),
        ("May 2024", True),
        ("November 2024", True),
        ("2024", True),
    ]
    assert picture["undated"] == 12
    assert [str(day) for _x, day in picture["sources"]] == ["2023-11-17"]
    assert str(picture["today"][1]) == "2026-11-30"
    assert [year for _x, year in picture["years"]] == [2023, 2024, 2025, 2026]
    # An axis of 528 units for four years: a year is 132 of them, a month 11.
    widths = {row["event"].when: row["width"] for row in rows}
    assert (widths["20 November 2023"], widths["May 2024"], widths["2024"]) == (0, 11, 132)
    assert widths["2023/24"] == widths["2023"] == 132
    starts = {row["event"].when: row["x"] for row in rows}
    assert (starts["2023"], starts["2024"], starts["2023/24"]) == (420, 552, 453)
    launch = [line for _y, line, _bold in rows[1]["lines"]]
    assert launch == [
        "Gwent · CARA (Cautioning and Relationship Abuse)",
        "Launch, 20 November 2023: planned, not confirmed here",
    ]


def test_the_picture_shows_when_what_was_planned_came_about(client, programme, letter):
    launch = programme("gwent", "cara").developments.get(kind="launch")
    said = launch.programme.statements.create(
        source=letter,
        field="development",
        text="CARA began in Gwent in January 2024.",
        place_en="First page",
        place_cy="Tudalen gyntaf",
    )
    later = launch.programme.developments.create(
        kind="launch",
        expected=False,
        when="2024-01-01",
        when_precision="month",
        summary_en="It began.",
        summary_cy="Dechreuodd.",
        statement=said,
    )
    launch.outcome, launch.came_about = "met", later
    launch.save()
    publish(launch.programme, by=None, why="A letter came, for a test.")
    row = next(
        row
        for row in client.get("/timeline/").context["picture"]["rows"]
        if row["event"].stated.outcome
    )
    assert row["later"] == {"x": 552, "width": 11}
    assert row["lines"][1][1] == "Launch, 20 November 2023: It happened, January 2024"


def test_the_timeline_is_a_picture_to_save(client):
    response = client.get("/timeline.svg?as-at=2026-11-30")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="timeline-2026-11-30.svg"'
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own page
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0] == "What had happened, and what was planned"
    assert "Source: 17 November 2023" in words
    assert "This page: 30 November 2026" in words
    assert words[-1] == (
        "Source: Policing in Wales submission to the Senedd, 17 November 2023 · "
        "http://127.0.0.1:8000/timeline/?as-at=2026-11-30 · 30 November 2026"
    )
    welsh = client.get("/cy/llinell-amser.svg").content.decode()
    assert "Beth oedd wedi digwydd, a beth a fwriadwyd" in welsh
    assert client.get("/timeline.svg?area=nowhere").status_code == 400


@pytest.mark.parametrize(
    ("path", "language"),
    [(f"/{name}.json", "en") for name in ("provision", "money", "evidence", "timeline")]
    + [
        (f"/cy/{name}.json", "cy")
        for name in ("darpariaeth", "cyllid", "tystiolaeth", "llinell-amser")
    ],
)
def test_the_same_rows_as_json_with_what_they_are_of(client, path, language):
    found = client.get(path).json()
    assert found["sources"][0]["dated"] == "2023-11-17"
    assert found["licence"]
    page = found["address"].removeprefix("http://127.0.0.1:8000")
    assert client.get(page).status_code == 200
    heading = client.get(path.replace(".json", ".csv")).content.decode("utf-8-sig").splitlines()[0]
    assert heading.split(",")[0] == ("ardal" if language == "cy" else "area")
    rows = rows_of(client, path.replace(".json", ".csv"))
    assert [list(row.values()) for row in rows] == [list(row.values()) for row in found["rows"]]


@pytest.mark.parametrize("answered_by", ["database"], indirect=True)
def test_the_overviews_ask_the_database_as_often_at_any_size(
    uncached_client, django_assert_num_queries
):
    queries = {
        "/provision/": 26,  # the numbers of each funder, by length
        "/evidence/": 6,
        "/timeline/": 5,
        f"/compare/?{HUBS}": 4,
        "/forces/gwent/": 12,
    }
    with django_assert_num_queries(15):
        uncached_client.get("/provision/")
    for size in (30, 100):
        generate(size, seed=size)
        for path, number in queries.items():
            with django_assert_num_queries(number):
                assert uncached_client.get(path).status_code == 200
    assert Edition.objects.current().count() == 148


def test_where_entries_are_many_the_numbers_lead_to_the_list(client):
    generate(300, seed=3)
    text = text_of(client.get("/provision/?by=route"))
    assert "Source: named on each programme’s page." in text
    assert "A programme with several funders is counted with each." in text
    assert "Do the police commission it, or can they only refer people to it?" in text
    for path in ("/forces/gwent/", "/evidence/"):
        assert "Only the first 60 programmes are shown here." in text_of(client.get(path))
