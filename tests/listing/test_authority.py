"""Council areas: what is stated of them, and lists, downloads and checks for one of them."""

import io
import json
import re
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from bench.sample_data import generate
from forces.models import LocalAuthority
from programmes.models import Coverage, Programme, Source
from programmes.publishing.draft import entry_of
from programmes.publishing.load_back import load_back
from programmes.publishing.publish import publish
from programmes.seeding import transcription
from tests.admin.test_admin import change_page, unchanged
from tests.listed import count, names

pytestmark = pytest.mark.django_db

WHOLE = (
    "We looked at the whole South Wales police area. "
    "No source says which council areas a programme covers."
)
WHOLE_CY = (
    "Edrychwyd ar yr ardal heddlu gyfan: De Cymru. "
    "Nid oes unrhyw ffynhonnell yn dweud pa ardaloedd cyngor y mae rhaglen yn eu gwasanaethu."
)
SOME = (
    "We looked at the whole South Wales police area. "
    "For some programmes, no source says which council areas they cover."
)
IN_SOUTH_WALES = 8


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def covered(programme, letter: Source) -> Programme:
    """Driving Change is said to serve Cardiff and Bridgend, which is public."""
    entry = programme("south-wales", "driving-change")
    words = {"text": "It serves Cardiff and Bridgend.", "place_en": "1", "place_cy": "1"}
    statement = entry.statements.create(source=letter, field="coverage", **words)
    for slug in ("cardiff", "bridgend"):
        entry.coverage.create(authority=LocalAuthority.objects.get(slug=slug), statement=statement)
    publish(entry, by=None, why="The PCC wrote.")
    return entry


def test_nothing_is_stated_in_the_seed_and_pages_say_so(client):
    assert not Coverage.objects.exists()
    page = text_of(client.get("/programmes/south-wales/driving-change/"))
    assert "which council areas it covers" in page
    welsh = text_of(client.get("/cy/rhaglenni/south-wales/driving-change/"))
    assert "pa ardaloedd cyngor y mae’n eu gwasanaethu" in welsh


def test_an_entry_names_the_council_areas_that_it_is_said_to_cover(client, covered):
    page = text_of(client.get("/programmes/south-wales/driving-change/"))
    assert "which council areas it covers" not in page
    assert page.count("It serves Cardiff and Bridgend.") == 1
    welsh = text_of(client.get("/cy/rhaglenni/south-wales/driving-change/"))
    assert "Ardaloedd cyngor dan sylw: Pen-y-bont ar Ogwr; Caerdydd" in welsh
    readings = client.get("/data/readings.csv?authority=cardiff&q=driving").content.decode()
    assert ",authority,cardiff," in readings
    assert ",authority,not-stated," in client.get("/data/readings.csv?q=clear").content.decode()


def test_a_council_area_keeps_its_force_area_less_what_names_others_alone(
    client, covered, answered_by
):
    assert count("authority=cardiff") == IN_SOUTH_WALES
    assert count("authority=swansea") == IN_SOUTH_WALES - 1
    assert count("authority=newport") == 2
    assert count("authority=swansea&area=south-wales") == IN_SOUTH_WALES - 1
    assert count("authority=swansea&area=gwent") == 0
    assert count("authority=swansea&risk=medium") == 1
    assert count("authority=bridgend&risk=medium") == 2
    assert count("authority=swansea&q=driving") == 0
    assert "Driving Change" in names(client.get("/programmes/?authority=bridgend"))
    assert "Driving Change" not in names(client.get("/programmes/?authority=swansea"))
    for suffix in ("json", "csv", "xlsx"):
        assert client.get(f"/programmes.{suffix}?authority=swansea").status_code == 200
    found = client.get("/programmes.json?authority=swansea").json()
    assert len(found["entries"]) == found["entries_found"] == IN_SOUTH_WALES - 1
    assert {entry["area"] for entry in found["entries"]} == {"south-wales"}


def test_numbers_beside_the_filters_are_those_of_the_council_area(client, covered, answered_by):
    counts = client.get("/programmes/?authority=swansea").context["form"].counts
    assert counts["risk"] == {"high": 1, "medium": 1, "standard": 1, "not-high": 1, "not-stated": 4}
    assert counts["area"] == {"south-wales": 7}
    page = client.get("/programmes/?authority=swansea&risk=medium")
    assert page.context["form"].counts["risk"]["medium"] == 1
    dropped = {each.name: each.number for each in page.context["to_drop"]}
    assert dropped == {"risk": 7, "authority": 2}


@pytest.mark.parametrize("path", ["/programmes/", "/programmes.json", "/programmes.csv"])
@pytest.mark.parametrize("query", ["authority=london", "authority=cardiff&authority=swansea"])
def test_an_unknown_council_area_and_two_of_them_are_refused(client, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    words = "Choose only from the values listed here." if "london" in query else "once only"
    assert words in answer.content.decode()


def test_a_list_of_a_council_area_says_what_no_source_says(client):
    page = client.get("/programmes/?authority=swansea")
    assert WHOLE in text_of(page)
    assert "Council area: × Swansea" in text_of(page)
    assert "Programmes in the South Wales police area: 8 of 18" in page.content.decode()
    assert WHOLE_CY in text_of(client.get("/cy/rhaglenni/?authority=swansea"))
    assert WHOLE in text_of(client.get("/programmes/?authority=swansea&route=police"))
    assert WHOLE not in text_of(client.get("/programmes/?area=south-wales"))
    assert WHOLE in client.get("/programmes.json?authority=swansea").json()["selection"]
    book = load_workbook(io.BytesIO(client.get("/programmes.xlsx?authority=swansea").content))
    assert WHOLE in str(list(book.worksheets[0].values))
    timeline = json.loads(client.get("/timeline.json?authority=newport").content)
    assert "We looked at the whole Gwent police area." in timeline["selection"]
    assert {row["area"] for row in timeline["rows"]} == {"Gwent", "Wales"}


def test_where_some_coverage_is_stated_the_sentence_speaks_of_the_others(client, covered):
    assert SOME in text_of(client.get("/programmes/?authority=swansea"))
    case = {"where": "swansea", "referrer": "childrens-services", "step": "result"}
    assert SOME in text_of(client.post("/check/", case))
    newport = text_of(client.get("/programmes/?authority=newport"))
    assert "No source says which council areas a programme covers." in newport


def test_a_check_for_a_council_area_says_so_above_the_names(client):
    case = {"where": "merthyr-tydfil", "referrer": "childrens-services", "risk": "medium"}
    page = text_of(client.post("/check/", case | {"step": "result"}))
    assert page.index(WHOLE) < page.index("Equilibrium")
    welsh = text_of(client.post("/cy/gwirio/", case | {"step": "result"}))
    assert welsh.index(WHOLE_CY) < welsh.index("Equilibrium")
    whole = case | {"where": "south-wales", "step": "result"}
    assert WHOLE not in text_of(client.post("/check/", whole))


def test_a_check_leaves_out_what_serves_other_council_areas_alone(client, covered):
    case = {"referrer": "childrens-services", "risk": "medium", "step": "result"}
    bridgend, swansea = (
        text_of(client.post("/check/", case | {"where": where}))
        for where in ("bridgend", "swansea")
    )
    assert "Driving Change" in bridgend
    assert "Driving Change" not in swansea


def test_a_council_area_asks_the_database_as_often_at_any_size(
    uncached_client, django_assert_num_queries
):
    for size in (40, 200):
        generate(size, seed=size)
        with django_assert_num_queries(9):
            assert uncached_client.get("/programmes/?authority=cardiff").status_code == 200


def test_coverage_comes_back_with_an_earlier_edition(covered, programme):
    edition = covered.editions.get(replaced_at=None)
    Coverage.objects.all().delete()
    load_back(covered, edition, by=None)
    assert entry_of(programme("south-wales", "driving-change")) == edition.entry
    assert [str(each) for each in covered.coverage.all()] == ["Bridgend", "Cardiff"]


def test_a_council_area_is_of_the_entrys_own_force_area_and_given_once(covered):
    statement = covered.statements.get(field="coverage")
    newport = LocalAuthority.objects.get(slug="newport")
    row = Coverage(programme=covered, authority=newport, statement=statement)
    with pytest.raises(ValidationError, match="another police area"):
        row.full_clean()
    row.authority = LocalAuthority.objects.get(slug="cardiff")
    with pytest.raises(ValidationError, match="already exists"):
        row.full_clean()


@pytest.mark.parametrize(
    ("roles", "areas", "saved"),
    [
        (("Area editor",), ("south-wales",), True),
        (("Administrator",), (), True),
        (("Area editor",), ("gwent",), False),
        (("Publisher",), (), False),
    ],
)
def test_coverage_is_given_on_the_page_of_an_entry_by_its_editors(
    signed_in, programme, letter, roles, areas, saved
):
    entry = programme("south-wales", "driving-change")
    words = {"text": "It serves Cardiff.", "place_en": "1", "place_cy": "1"}
    statement = entry.statements.create(source=letter, field="coverage", **words)
    data = unchanged(signed_in("Administrator"), change_page(entry))
    cardiff = LocalAuthority.objects.get(slug="cardiff")
    data |= {"coverage-TOTAL_FORMS": "1", "coverage-0-authority": str(cardiff.pk)}
    data |= {"coverage-0-statement": str(statement.pk), "coverage-0-programme": str(entry.pk)}
    client = signed_in(*roles, areas=areas)
    assert client.post(change_page(entry), data).status_code in ((302,) if saved else (302, 403))
    assert entry.coverage.exists() == saved


def test_a_transcription_can_state_coverage(programme):
    entry = transcription.EntryOfSource(
        {"area": "gwent", "place_en": "Table", "place_cy": "Tabl"},
        {
            "slug": "new",
            "name_en": "New",
            "summary_en": "New.",
            "summary_cy": "Newydd.",
            "sentences": [
                {
                    "key": "serves",
                    "field": "coverage",
                    "text": "It serves Newport.",
                    "place_en": "1",
                    "place_cy": "1",
                }
            ],
            "reading": {
                "status": "listed",
                "status_rests_on": "serves",
                "coverage": [{"authority": "newport", "rests_on": "serves"}],
            },
        },
        "gwent",
        Source.objects.get(),
    )
    entry.write()
    assert entry_of(entry.programme).authorities() == ("newport",)
