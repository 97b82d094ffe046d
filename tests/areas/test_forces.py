"""The page of a force area: the table as submitted, developments, and whom to ask."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.urls import reverse

from forces.models import ForceArea, all_force_areas
from programmes.models import Development, Edition, Programme, Statement
from programmes.publishing.areas import changed_areas, publish_changed_areas
from programmes.publishing.publish import publish, withdraw

pytestmark = pytest.mark.django_db

TABLES = {
    "dyfed-powys": [
        "Choices",
        "Stalking intervention",
        "Intervention Hub",
        "Integrated Family Support Service",
    ],
    "south-wales": [
        "Drive Project",
        "Family Intervention Programme",
        "Clear",
        "Driving Change",
        "Equilibrium",
        "Inspiring Families",
        "Re-provide",
    ],
    "north-wales": ["Relate Cymru – Choose2Change", "Intervention Hub", "ADAPT"],
    "gwent": ["Phoenix DAS"],
}


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("area", TABLES)
def test_the_table_is_the_submissions_in_its_order(client, area):
    [table] = client.get(f"/forces/{area}/").context["tables"]
    assert [entry.name.en for entry, _cells in table["rows"]] == TABLES[area]
    assert all(
        cells[0][1].quotation.words == "Voluntary" and len(cells) == 5
        for _entry, cells in table["rows"]
    )


def test_a_blank_cell_says_so(client):
    page = client.get("/forces/gwent/").content.decode()
    assert page.count("Blank: not given") == 2
    assert "Gwag: dim gwybodaeth" in client.get("/cy/heddluoedd/gwent/").content.decode()


def test_developments_of_the_area_and_its_entries(client):
    def kinds(area: str) -> list[str]:
        return [event.kind for event in client.get(f"/forces/{area}/").context["events"]]

    assert kinds("north-wales") == ["Service stopped"]
    assert kinds("dyfed-powys") == []
    may = "Launch: planned for May 2024; nobody has confirmed it here"
    assert {"Decommissioned", may} <= {*kinds("gwent")}
    north = text_of(client.get("/forces/north-wales/"))
    assert "2023/24 · Intervention Hub: Service stopped." in north
    text = text_of(client.get("/forces/gwent/"))
    after_heading = text.partition("Dates and developments here")[2]
    assert "Phoenix DAS: Decommissioned. The Gwent PCC’s office had" in after_heading
    assert "six key activities: map provision, analyse data" in after_heading
    assert "2023 · Policy. In the spring" in after_heading
    assert after_heading.index("February 2023 · Policy.") < after_heading.index("In the spring")


def test_the_same_queries_for_each_area(uncached_client, django_assert_num_queries):
    for area in TABLES:
        with django_assert_num_queries(12):
            uncached_client.get(f"/forces/{area}/")


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        (
            "/forces/north-wales/",
            "North Wales: 3 programmes named, 1 reported as stopped, 1 listed for high risk",
        ),
        (
            "/forces/south-wales/",
            "South Wales: 7 programmes named, 1 listed for high risk, "
            "1 after a caution or conviction",
        ),
        ("/forces/dyfed-powys/", "Dyfed-Powys: 4 programmes named, none listed for high risk"),
        (
            "/forces/gwent/",
            "Gwent: 1 programme named, 1 bought case by case, none listed for high risk, "
            "1 after a caution or conviction",
        ),
        (
            "/cy/heddluoedd/north-wales/",
            "Gogledd Cymru: 3 o raglenni wedi’u henwi, 1 wedi dod i ben, yn ôl y ffynhonnell, "
            "1 a restrwyd ar gyfer risg uchel",
        ),
    ],
)
def test_the_heading_answers(client, path, heading):
    page = client.get(path).content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page
    assert f"<title>{heading} – " in page


def test_what_wales_has_beside_it_is_named(client):
    text = text_of(client.get("/forces/gwent/"))
    assert (
        "Elsewhere in Wales Dyfed-Powys : 4 programmes "
        "South Wales : 7, and CARA (Cautioning and Relationship Abuse) "
        "North Wales : 3 programmes No area given : Building Better Relationships (BBR) "
        "Listed for high risk elsewhere: Drive Project , South Wales · ADAPT , North Wales" in text
    )
    north = text_of(client.get("/forces/north-wales/"))
    assert "Listed for high risk elsewhere: Drive Project , South Wales Dates" in north


def test_the_board_is_told_what_to_ask(client):
    asked = text_of(client.get("/forces/gwent/")).partition("Questions for the board")[2]
    assert asked.startswith(" No source answers these for any programme here. Do the police")
    assert "Who provides it?" in asked


def test_each_row_says_whether_its_entry_runs(client):
    text = text_of(client.get("/forces/north-wales/"))
    assert "Intervention Hub Compare: Intervention Hub, North Wales Stopped 2023/24" in text
    assert text.index("ADAPT") < text.index("Whom to ask")


def test_newer_words_stand_beside_those_they_replace(client, programme, letter):
    clear = programme("south-wales", "clear")
    cell = clear.statements.get(field="funding", in_table=True)
    words = {"text": "Funded by the PCC alone", "text_cy": "Ariennir gan y CHTh yn unig"}
    place = {"place_en": "First page", "place_cy": "Tudalen gyntaf"}
    clear.statements.create(source=letter, field="funding", replaces=cell, **words, **place)
    clear.fundings.update(statement=clear.statements.get(source=letter))
    publish(clear, by=None, why="A letter came, for a test.")
    text = text_of(client.get("/forces/south-wales/"))
    assert "Replaced by newer words, of 5 March 2026: Funded by the PCC alone" in text
    assert "Source: Policing in Wales submission to the Senedd , 17 November 2023;" in text


def test_an_area_without_entries_says_so_once(client):
    for programme in Programme.objects.filter(area__slug="gwent"):
        withdraw(programme, by=None, why="To be none, for a test.")
    text = text_of(client.get("/forces/gwent/"))
    assert "Gwent: no programme named" in text
    assert "No programme is listed here. One may exist all the same." in text
    assert "Office of the Police and Crime Commissioner for Gwent" in text
    assert "MATAC" in text
    for words in ("The table as submitted", "Questions for the board", "0 programmes"):
        assert words not in text


def test_a_development_is_public_once_its_area_is_published(admin_client, client):
    Development.objects.create(
        kind="policy",
        expected=False,
        summary_en="A canary development.",
        summary_cy="Datblygiad dedwydd.",
        statement=Statement.objects.filter(programme=None)[0],
    )
    assert [area.slug for area in changed_areas()] == list(TABLES)
    assert "canary" not in client.get("/forces/gwent/").content.decode()
    address = reverse("admin:forces_forcearea_publish")
    assert "North Wales" in admin_client.get(address).content.decode()
    admin_client.post(address, {"why": "It was announced."})
    assert "canary" in client.get("/forces/gwent/").content.decode()
    assert "dedwydd" in client.get("/cy/heddluoedd/north-wales/").content.decode()
    assert changed_areas() == []
    assert Edition.objects.areas().count() == 4


def test_whom_to_ask_is_public_once_published(client, admin_user):
    gwent = ForceArea.objects.get(slug="gwent")
    assert publish_changed_areas(by=admin_user, why="Nothing.") == []
    gwent.ask_en = "Canary Office"
    gwent.save()
    assert "Canary" not in client.get("/programmes/gwent/phoenix-das/").content.decode()
    publish_changed_areas(by=admin_user, why="The office has a new name.")
    for path in ("/programmes/gwent/phoenix-das/", "/forces/gwent/"):
        assert "Canary Office" in client.get(path).content.decode()


def test_the_map_and_the_list_link_to_all_areas_and_name_all_authorities(client):
    for path, name in (("/forces/", "Isle of Anglesey"), ("/cy/heddluoedd/", "Ynys Môn")):
        page = client.get(path).content.decode()
        prefix = path.removesuffix("/")
        assert all(page.count(f'href="{prefix}/{area}/"') == 2 for area in TABLES)
        assert "CARA" in page
        assert name in page
        assert page.count("<rect") == 22


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        (
            "/",
            [
                "Dyfed-Powys: 4 programmes",
                "South Wales: 7, and CARA (Cautioning and Relationship Abuse)",
                "North Wales: 3 programmes",
                "Gwent: 1, and CARA (Cautioning and Relationship Abuse)",
                "No area given: Building Better Relationships (BBR)",
            ],
        ),
        (
            "/cy/",
            [
                "Dyfed-Powys: 4 o raglenni",
                "De Cymru: 7, a hefyd: CARA (Rhybudd Rhag Cam-drin mewn Perthynas)",
                "Gogledd Cymru: 3 o raglenni",
                "Gwent: 1, a hefyd: CARA (Rhybudd Rhag Cam-drin mewn Perthynas)",
                "Dim gwybodaeth am yr ardal: Building Better Relationships (BBR)",
            ],
        ),
    ],
)
def test_home_says_what_was_listed_in_each_area(client, path, listed):
    page = client.get(path).content.decode().partition("app-links--areas")[2].partition("</ul>")[0]
    items = re.findall("<li>(.*?)</li>", page, re.DOTALL)
    assert [" ".join(re.sub("<[^>]+>", "", item).split()) for item in items] == listed


def test_areas_first_asked_for_by_several_threads_at_once_are_still_four(monkeypatch):
    monkeypatch.setattr("forces.models._known", ())
    first = list(ForceArea.objects.prefetch_related("authorities"))
    together = threading.Barrier(4)

    def read(_areas, _name) -> list[ForceArea]:
        together.wait()
        return first

    monkeypatch.setattr("django.db.models.query.QuerySet.prefetch_related", read)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(all_force_areas) for _ in range(4)]
    assert [len(each.result()) for each in asked] == [4, 4, 4, 4]
    assert len(all_force_areas()) == 4
