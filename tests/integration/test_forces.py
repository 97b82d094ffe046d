"""The page of a force area: the table as submitted, developments, and whom to ask."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from forces.models import ForceArea, all_force_areas
from programmes.models import Development, Edition, Statement
from programmes.publishing import NothingToPublishError, changed_areas, publish_area

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


@pytest.mark.parametrize("area", TABLES)
def test_the_table_is_the_submissions_in_its_order(client, area):
    rows = client.get(f"/forces/{area}/").context["page"].table
    assert [row.entry.name.en for row in rows] == TABLES[area]
    assert all(row.cells[0][1].words == "Voluntary" and len(row.cells) == 5 for row in rows)


def test_a_blank_cell_says_so(client):
    page = client.get("/forces/gwent/").content.decode()
    assert page.count("Blank: not stated") == 2
    assert "Gwag: heb ei nodi" in client.get("/cy/heddluoedd/gwent/").content.decode()


def test_developments_of_the_area_and_its_entries(client):
    def kinds(area: str) -> list[str]:
        return [event.kind for event in client.get(f"/forces/{area}/").context["page"].events]

    assert kinds("north-wales") == ["Intervention Hub: Service stopped"]
    assert kinds("dyfed-powys") == []
    assert "Phoenix DAS: Decommissioned" in kinds("gwent")
    assert "Launch: expected by the source; not confirmed" in kinds("gwent")
    page = client.get("/forces/gwent/").content.decode()
    assert "Said in 2023; it may have changed." in page


def test_the_same_queries_for_each_area(client, django_assert_num_queries):
    for area in TABLES:
        with django_assert_num_queries(8):
            client.get(f"/forces/{area}/")


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
    with pytest.raises(NothingToPublishError):
        publish_area(gwent, admin_user, "Nothing.")
    gwent.ask_en = "Canary Office"
    gwent.save()
    assert "Canary" not in client.get("/programmes/gwent/phoenix-das/").content.decode()
    publish_area(gwent, admin_user, "The office has a new name.")
    for path in ("/programmes/gwent/phoenix-das/", "/forces/gwent/"):
        assert "Canary Office" in client.get(path).content.decode()


def test_the_map_and_the_list_link_to_all_areas_and_name_all_authorities(client):
    for path, name in (("/", "Isle of Anglesey"), ("/cy/", "Ynys Môn")):
        page = client.get(path).content.decode()
        prefix = "/cy/heddluoedd" if path == "/cy/" else "/forces"
        assert all(page.count(f'href="{prefix}/{area}/"') == 2 for area in TABLES)
        assert name in page
        assert page.count("<rect") == 22


def test_areas_first_asked_for_by_several_threads_at_once_are_still_four(monkeypatch):
    known: list[ForceArea] = []
    monkeypatch.setattr("forces.models._known", known)
    first = list(ForceArea.objects.with_authorities())
    together = threading.Barrier(4)

    def read(_editions) -> list[ForceArea]:
        together.wait()
        return first

    monkeypatch.setattr("forces.models.ForceAreaQuerySet.with_authorities", read)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(all_force_areas) for _ in range(4)]
    assert [len(each.result()) for each in asked] == [4, 4, 4, 4]
    assert len(known) == 4
