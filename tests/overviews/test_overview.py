"""Provision, money, comparison, evidence and time: every number against its own download."""

import csv
import io
import re
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import pytest

from bench.sample_data import generate
from programmes.models import Edition, Programme
from programmes.overviews.views import SHOWN
from programmes.publishing.publish import publish, withdraw
from tests import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answered_by")]

AREAS = {
    "Dyfed-Powys": "dyfed-powys",
    "South Wales": "south-wales",
    "North Wales": "north-wales",
    "Gwent": "gwent",
}
NUMBER = {
    "/provision/": re.compile(r"(\d+) says? so|(\d+) of (\d+) do not say"),
    "/cy/darpariaeth/": re.compile(r"(\d+) yn dweud hynny|(\d+) o (\d+) heb ddweud"),
}


def rows_of(client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("by", SHOWN)
def test_every_number_is_what_its_link_finds_and_its_download_counts(client, by):
    rows = rows_of(client, f"/provision.csv?by={by}")
    counted = Counter((row["area"], row["value"]) for row in rows)
    english, welsh = (client.get(f"{path}?by={by}").context["matrix"] for path in NUMBER)
    # What no entry tells in words of its own has no row.
    other = any(value == "other" for _area, value in counted)
    values = [v for v in SHOWN[by].terms.values if other or v != "other"] + ["not-stated"]
    for value, row, in_welsh in zip(values, english, welsh, strict=True):
        for area, *cells in zip([*AREAS, None], row["cells"], in_welsh["cells"], strict=True):
            cell, twin = cells
            found, said = (
                form.fullmatch(each["number"])
                for form, each in zip(NUMBER.values(), cells, strict=True)
            )
            assert found
            assert said
            assert (said.groups(), twin["query"]) == (found.groups(), cell["query"])
            number = int(found[1] or found[2])
            expected = (
                counted[area, value]
                if area
                else sum(n for (_area, each), n in counted.items() if each == value)
            )
            assert number == expected
            assert number == listed.count(cell["query"])
            if value == "not-stated":
                here = {row["programme"] for row in rows if area in (None, row["area"])}
                assert int(found[3]) == (15 if area is None else len(here))
    # What was counted above is what a link shows: one of each row, in another column each time.
    for column, row in enumerate(english):
        query = row["cells"][column % len(row["cells"])]["query"]
        page = client.get(f"/programmes/?{query}").context["page"]
        assert page.paginator.count == listed.count(query)


def test_what_is_known_of_the_15(client):
    page = client.get("/provision/")
    assert page.context["answer"]["entries"] == 15
    assert page.context["names"] == 14
    assert [area.entries for area in page.context["areas"]] == [4, 7, 3, 1, 15]
    numbers = {
        row["label"]: [cell["number"] for cell in row["cells"]] for row in page.context["matrix"]
    }
    assert numbers["High risk"] == [
        "0 say so",
        "1 says so",
        "1 says so",
        "0 say so",
        "2 say so",
    ]
    assert numbers["Entries that do not say"] == [
        "3 of 4 do not say",
        "3 of 7 do not say",
        "2 of 3 do not say",
        "1 of 1 do not say",
        "9 of 15 do not say",
    ]
    assert numbers["Described in other words"][0] == "1 says so"
    assert "Described in other words “Identified based on risk”" in text_of(page)
    longevity = client.get("/provision/?by=longevity").context["matrix"]
    assert [row["cells"][-1]["number"] for row in longevity] == [
        "5 say so",
        "3 say so",
        "2 say so",
        "1 says so",
        "4 of 15 do not say",
    ]
    funders = client.get("/provision/?by=funder").context["matrix"]
    assert funders[-1]["cells"][-1]["number"] == "4 of 15 do not say"
    text = text_of(page)
    assert (
        "Provision across Wales 15 community entries. Force areas with an entry: 4 of 4. "
        "Risk level: given by 6, not given by 9. Described in other words: 1. "
        "Money : No entry says until when it is funded. No funder stated: 4 of 15. "
        "Service stopped: Intervention Hub, North Wales , 2023/24. "
        "Decommissioned: Phoenix DAS, Gwent ." in text
    )
    assert "several entries may share a name. Different names here: 14." in text
    assert "Source: Policing in Wales submission to the Senedd, 17 November 2023." in text
    assert "“0 say so” does not mean that none exists" in text
    assert "%" not in text


def test_what_no_entry_states_is_in_the_answer_and_once_in_the_matrix(client):
    routes = text_of(client.get("/provision/?by=route"))
    assert (
        "given by 14, not given by 1. Given by none: Through the criminal justice system." in routes
    )
    assert routes.count("No entry says so Through the criminal justice system") == 1
    assert "0 say so Through the criminal justice system" not in routes
    assert routes.count("0 say so Self-referral") == 3
    served = text_of(client.get("/provision/?by=group"))
    assert (
        "given by 8, not given by 7. Read from the name alone: 1. "
        "No community entry states: that it serves women; that it serves people under 18; "
        "that it serves LGBT+ people." in served
    )


def test_a_route_that_is_not_named_is_not_refused(client):
    text = text_of(client.get("/provision/?by=route"))
    before_the_numbers = text.partition("Any agency 3 say so")[0]
    assert (
        "A named route rules out others only where its words leave none; such an entry says so."
        in before_the_numbers
    )
    assert "“0 say so” does not mean that none exists" in before_the_numbers
    any_agency = "does not say whether people can refer themselves; entries with those words: 5."
    assert any_agency in before_the_numbers
    assert any_agency not in text_of(client.get("/provision/?by=risk"))


def left_in_provision(slugs: list[str]) -> None:
    """Withdraw every community entry but some."""
    standing = Edition.objects.current().values_list("slug", flat=True)
    others = Programme.objects.filter(stage="community", slug__in=standing)
    for programme in others.exclude(slug__in=slugs):
        withdraw(programme, by=None, why="To be few, for a test.")


def test_numbers_are_said_to_add_up_to_more_only_where_they_do(client):
    words = "Numbers add up to more than the number of entries"
    assert words in text_of(client.get("/provision/?by=route"))
    assert words in text_of(client.get("/provision/?by=risk"))
    assert words not in text_of(client.get("/provision/?by=attendance"))
    assert words not in text_of(client.get("/provision/?by=longevity"))


def test_money_says_which_entries_it_does_not_count(client):
    text = text_of(client.get("/provision/"))
    assert (
        "Only community entries are counted. Entries that are not : "
        "CARA (Cautioning and Relationship Abuse), South Wales ; "
        "CARA (Cautioning and Relationship Abuse), Gwent ; "
        "Building Better Relationships (BBR) ." in text
    )
    assert "Only community entries" not in text_of(client.get("/forces/gwent/"))


def test_one_entry_and_none(client):
    left_in_provision(["phoenix-das"])
    text = text_of(client.get("/provision/"))
    assert "1 community entry. Force areas with an entry: 1 of 4." in text
    assert "given by 0, not given by 1." in text
    assert "names here" not in text
    left_in_provision([])
    for path, words in (
        ("/provision/", "No community entry is published here."),
        ("/cy/darpariaeth/", "Nid oes cofnod cymunedol wedi’i gyhoeddi yma."),
    ):
        text = text_of(client.get(path))
        assert words in text
        assert "say so" not in text
        assert "Named on each entry" not in text


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
    page = client.get("/provision/")
    text = text_of(page)
    assert "Sources: 2. The oldest: 17 November 2023. The newest: 5 March 2026." in text
    assert "Source Letter of the PCC, 5 March 2026" in text
    assert "1 of 15 entries gives an end date. Clear, South Wales: 31 March 2027." in text
    cell = page.context["matrix"][0]["cells"][1]
    assert cell["of_what"] == "High risk, South Wales (entries: 7, Nov 2023 or later)"
    assert "submission of 17 November 2023" not in text.partition("What the submission says")[0]
    text = text_of(client.get("/evidence/"))
    assert "Sources: 2. The oldest: 17 November 2023. The newest: 5 March 2026." in text
    assert "Policing in Wales submission to the Senedd, 17 November 2023: “Evaluation" in text


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
    assert 'href="/cy/darpariaeth/">Darpariaeth' in siblings


def test_every_cell_stands_on_its_own(client):
    matrix = client.get("/provision/").context["matrix"]
    assert matrix[0]["cells"][1]["of_what"] == "High risk, South Wales (entries: 7, Nov 2023)"
    silent = "Risk level, Dyfed-Powys (entries: 4, Nov 2023)"
    assert matrix[-1]["cells"][0]["of_what"] == silent


@pytest.mark.parametrize("by", ["stage", "status", "nothing", "", "risk%00"])
def test_a_dimension_that_there_is_not(client, by):
    status = 200 if by == "" else 400
    for path in ("/provision/", "/cy/darpariaeth/", "/provision.csv", "/cy/darpariaeth.json"):
        assert client.get(f"{path}?by={by}").status_code == status


@pytest.mark.parametrize(
    ("asked", "without"),
    [
        ("by=nothing", "/provision/"),
        ("by=nothing&as-at=2026-11-01", "/provision/?as-at=2026-11-01"),
        ("by=route&as-at=2222-01-01", "/provision/?by=route"),
    ],
)
def test_what_could_not_be_read_is_left_out_by_one_link(client, asked, without):
    page = client.get(f"/provision/?{asked}")
    assert page.status_code == 400
    link = f'href="{without}">See this page without what could not be read'
    assert link in page.content.decode()
    assert client.get(without).status_code == 200


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/provision/", "/money.csv"),
    ],
)
def test_money_is_what_its_download_counts(client, path, file):
    rows = rows_of(client, file)
    current = Counter((row["area"], row["funder"]) for row in rows if row["period"] != "former")
    joint = Counter(row["area"] for row in rows if row["arrangement"] == "joint")
    for area in client.get(path).context["money"]:
        here = [number for (name, _funder), number in current.items() if name == area["name"]]
        assert sorted(bar["total"] for bar in area["bars"]) == sorted(here)
        assert sum(bar["jointly"] for bar in area["bars"]) == joint[area["name"]]
        assert all(len(bar["squares"]) == bar["total"] for bar in area["bars"])


def test_a_square_says_how_its_entry_is_funded(client):
    kinds = {
        (area["name"], bar["label"]): [kind for kind, _x in bar["squares"]]
        for area in client.get("/provision/").context["money"]
        for bar in area["bars"]
    }
    assert kinds["Dyfed-Powys", "Strategic VAWDASV partners"] == ["joint"] * 3
    assert kinds["South Wales", "Police and Crime Commissioner (PCC)"] == [
        "alone",
        "alone",
        "joint",
    ]
    assert kinds["Gwent", "No funder stated"] == ["silent"]


def test_silence_about_funders_is_one_number_in_picture_matrix_and_download(client, programme):
    phoenix, clear = programme("gwent", "phoenix-das"), programme("south-wales", "clear")
    cell = phoenix.statements.get(field="funding")
    phoenix.fundings.all().delete()
    phoenix.fundings.create(funder="pcc", period="former", statement=cell)
    clear.fundings.create(
        funder="not-stated",
        arrangement="bid",
        statement=clear.statements.get(field="funding", in_table=True),
    )
    for changed in (phoenix, clear):
        publish(changed, by=None, why="Other funding, for a test.")
    page = client.get("/provision/?by=funder").context
    silent = [
        bar["total"]
        for area in page["money"]
        for bar in area["bars"]
        if bar["label"] == "No funder stated"
    ]
    rows = [row for row in rows_of(client, "/money.csv") if row["funder"] == "not-stated"]
    assert sum(silent) == len(rows) == 4
    assert page["matrix"][-1]["cells"][-1]["number"] == "4 of 15 do not say"


def test_the_eye_is_helped_where_something_is_stated(client):
    high, *_others, silent = client.get("/provision/").context["matrix"]
    assert [cell["stated"] for cell in high["cells"]] == [False, True, True, False, True]
    assert not any(cell["stated"] for cell in silent["cells"])


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
    page = client.get("/provision/").context["money"]
    assert [area["name"] for area in page] == list(AREAS)
    ifss = next(dict(c) for entry, c in page[0]["rows"] if entry.slug.startswith("integrated"))
    assert ifss["Funder, on that date"] == ["Police and Crime Commissioner (PCC)"]
    assert ifss["Former funder or commissioner"] == ["Home Office"]


def test_an_end_date_is_not_denied_once_there_is_one(client, programme):
    clear = programme("south-wales", "clear")
    clear.fundings.create(
        funder="home-office",
        period="former",
        end="2022-03-31",
        end_precision="day",
        statement=clear.statements.get(field="funding", in_table=True),
    )
    publish(clear, by=None, why="A former funder, for a test.")
    assert "No entry says until when it is funded." in text_of(client.get("/provision/"))
    clear.fundings.filter(period="current").update(end="2027-03-31", end_precision="day")
    publish(clear, by=None, why="An end date, for a test.")
    text = text_of(client.get("/provision/"))
    assert "No entry says until when it is funded." not in text
    assert "31 March 2027" in text


def test_what_no_entry_states_shrinks_as_editors_fill_it(client):
    unstated = client.get("/provision/").context["unstated"]
    assert "a contact" in unstated
    assert "what it costs" in unstated
    assert "that it serves women" in unstated


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
    assert comparison["silent"] == [
        "Risk level",
        "Council areas covered",
        "Funded until",
        "Evaluation",
    ]
    assert not set(comparison["silent"]) & {*same, *differing}
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


def test_entries_are_chosen_by_plain_links(client):
    entry = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert 'href="/compare/?programme=gwent/phoenix-das"' in entry
    page = client.get("/compare/?programme=gwent/phoenix-das")
    assert "comparison" not in page.context
    offered = page.context["offers"]
    assert len(offered) == 17
    assert "comparison" in client.get(f"/compare/?{offered[0][1]}").context
    three = client.get(f"/compare/?{HUBS}&programme=gwent/cara").context
    assert [query for _entry, query in three["chosen"]][2] == HUBS
    high = client.get("/provision/").context["matrix"][0]["compare"]
    pages = client.get(f"/compare/?{high}").context["comparison"]["pages"]
    assert [page.entry.name.en for page in pages] == ["Drive Project", "ADAPT"]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("programme=gwent/nothing", 404, "no such entry"),
        ("programme=%00/%00", 404, "no such entry"),
        ("programme=gwent", 404, "no such entry"),
        ("&".join(f"programme=gwent/{n}" for n in range(5)), 400, "no more than four programmes"),
        (f"{HUBS}&programme=gwent/nothing", 404, "no such entry"),
    ],
)
def test_a_comparison_that_cannot_be_made(client, query, status, words):
    response = client.get(f"/compare/?{query}")
    assert response.status_code == status
    assert words in response.content.decode()
    assert "Where they differ" not in response.content.decode()
    assert response.context["offers"]
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
        ([entry.address for entry in entries], event.kind, event.when)
        for event, entries in page.context["rows"]
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
        entries[0].address: event.words.newer and event.words.newer.words
        for event, entries in client.get("/evidence/").context["rows"]
        if entries[0].slug == "cara"
    }
    assert newer == {
        "south-wales/cara": None,
        "gwent/cara": "An evaluation in Gwent has begun.",
    }


def test_a_former_funder_is_not_called_given_by_none(client):
    text = text_of(client.get("/provision/?by=funder"))
    assert "Given by none: " not in text
    assert "Home Office" in text


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
    assert [(row["event"].when, row["event"].development.expected) for row in rows] == [
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
        if row["event"].development.outcome
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
    assert "Beth oedd wedi digwydd, a beth oedd wedi’i gynllunio" in welsh
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
        "/provision/": 12,
        "/evidence/": 6,
        "/timeline/": 5,
        f"/compare/?{HUBS}": 4,
        "/forces/gwent/": 12,
    }
    for size in (20, 100):
        generate(size, seed=size)
        for path, number in queries.items():
            with django_assert_num_queries(number):
                assert uncached_client.get(path).status_code == 200
    assert Edition.objects.current().count() == 138


def test_where_entries_are_many_the_numbers_lead_to_the_list(client):
    generate(300, seed=3)
    text = text_of(client.get("/provision/?by=route"))
    community = client.get("/programmes/?stage=community").context["page"].paginator.count
    assert f"{community} community entries. Force areas with an entry: 4 of 4." in text
    assert "Each number opens its entries." in text
    assert "The source is named on each entry." in text
    assert "different names" not in text
    assert "No entry states a contact who provides it" in text
    funded = client.get("/provision/").context["money"]
    rows = rows_of(client, "/money.csv")
    for area in funded[:-1]:  # the last has no force area
        # A row of squares that stops short would belie its number.
        drawn = all(bar["total"] <= 14 for bar in area["bars"])
        assert [len(b["squares"]) for b in area["bars"]] == [
            b["total"] * drawn for b in area["bars"]
        ]
        assert not area["rows"]
        here = [row for row in rows if row["area"] == area["name"] and row["period"] != "former"]
        funders = Counter(row["funder"] for row in here)
        assert sorted(bar["total"] for bar in area["bars"]) == sorted(funders.values())
        joint = [row for row in here if row["arrangement"] == "joint"]
        assert sum(bar["jointly"] for bar in area["bars"]) == len(joint)
    for path in ("/forces/gwent/", "/evidence/"):
        assert "Only the first 60 entries are told here one by one." in text_of(client.get(path))
