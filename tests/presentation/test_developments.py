"""What was planned, and what came of it; what sources say of the wider system."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from programmes.domain.entry import (
    Bilingual,
    Development,
    LaterDevelopment,
    PartialDate,
    Quotation,
    SourceDocument,
)
from programmes.models import Development as Row
from programmes.models import Programme, Source, Statement
from programmes.presentation.developments import kind_of
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.draft import entry_of
from programmes.publishing.load_back import load_back
from programmes.publishing.publish import publish
from tests.admin.test_admin import change_page, unchanged

pytestmark = pytest.mark.django_db

DAPO = "DAPO – The expected launch date is May 2024, subject to operational readiness."
MET = (
    "Launch: planned for May 2024. It happened, 27 November 2024. "
    "Source: Letter of the PCC, 5 March 2026"
)
MET_CY = (
    "Lansio: bwriadwyd ar gyfer Mai 2024. Digwyddodd, 27 Tachwedd 2024. "
    "Ffynhonnell: Llythyr y CHTh, 5 Mawrth 2026"
)


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def tell(letter: Source) -> Callable[..., Row]:
    """A development that the letter of 2026 tells, of an entry or else of an area."""

    def write(programme: Programme | None = None, **more: Any) -> Row:
        words = {"text": "It began on 27 November 2024.", "place_en": "1", "place_cy": "1"}
        statement = Statement.objects.create(
            programme=programme, source=letter, field="development", **words
        )
        told = {"kind": "launch", "expected": False, "summary_en": "It began."}
        told |= {"summary_cy": "Dechreuodd.", "when": date(2024, 11, 27), "when_precision": "day"}
        row = Row.objects.create(programme=programme, statement=statement, **(told | more))
        return Row.objects.get(pk=row.pk)

    return write


@pytest.fixture
def met(tell: Callable[..., Row], admin_user: Any) -> Row:
    """Gwent's DAPO began, and that is public."""
    planned = Row.objects.get(statement__text=DAPO)
    planned.came_about = tell(area=planned.area, subject="dapo")
    planned.outcome = "met"
    planned.full_clean()
    planned.save()
    publish_changed_areas(by=admin_user, why="The PCC wrote.")
    return planned


# In words


def plan(code: str, precision: str, outcome: str = "") -> Development:
    source = SourceDocument("letter", "document", Bilingual("Letter", "Llythyr"), date(2026, 3, 5))
    words = Quotation(2, "development", "It began.", Bilingual("1"), source, "stated")
    later = LaterDevelopment(9, words, PartialDate(date(2025, 4, 1), "month"))
    return Development(
        kind="launch",
        expected=True,
        summary=Bilingual("A launch."),
        rests_on=1,
        when=PartialDate(date.fromisoformat(code), precision) if code else None,
        outcome=outcome,
        came_about=later if outcome else None,
    )


@pytest.mark.parametrize(
    ("development", "today", "english", "welsh"),
    [
        (
            plan("2024-05-01", "month"),
            "2024-05-31",
            "Launch: planned for May 2024",
            "Lansio: bwriadwyd ar gyfer Mai 2024",
        ),
        (
            plan("2024-05-01", "month"),
            "2024-06-01",
            "Launch: planned for May 2024; nobody has confirmed it here",
            "Lansio: bwriadwyd ar gyfer Mai 2024; nid oes neb wedi cadarnhau hyn yma",
        ),
        (
            plan("2023-11-20", "day"),
            "2023-11-20",
            "Launch: planned for 20 November 2023",
            "Lansio: bwriadwyd ar gyfer 20 Tachwedd 2023",
        ),
        (
            plan("2024-04-01", "financial-year"),
            "2025-04-01",
            "Launch: planned for 2024/25; nobody has confirmed it here",
            "Lansio: bwriadwyd ar gyfer 2024/25; nid oes neb wedi cadarnhau hyn yma",
        ),
        (
            plan("2024-01-01", "year"),
            "2024-12-31",
            "Launch: planned for 2024",
            "Lansio: bwriadwyd ar gyfer 2024",
        ),
        (
            plan("", ""),
            "2030-01-01",
            "Launch: planned; no date was given",
            "Lansio: bwriadwyd; ni nodwyd dyddiad",
        ),
        (
            plan("2024-05-01", "month", "met"),
            "2030-01-01",
            "Launch: planned for May 2024. It happened, April 2025. Source: Letter, 5 March 2026",
            "Lansio: bwriadwyd ar gyfer Mai 2024. Digwyddodd, Ebrill 2025. "
            "Ffynhonnell: Llythyr, 5 Mawrth 2026",
        ),
        (
            plan("2024-05-01", "month", "missed"),
            "2030-01-01",
            "Launch: planned for May 2024. It did not happen, April 2025. "
            "Source: Letter, 5 March 2026",
            "Lansio: bwriadwyd ar gyfer Mai 2024. Ni ddigwyddodd, Ebrill 2025. "
            "Ffynhonnell: Llythyr, 5 Mawrth 2026",
        ),
        (
            plan("2024-05-01", "month", "elsewhere"),
            "2030-01-01",
            "Launch: planned for May 2024. It happened elsewhere, April 2025. "
            "Source: Letter, 5 March 2026",
            "Lansio: bwriadwyd ar gyfer Mai 2024. Digwyddodd yn rhywle arall, Ebrill 2025. "
            "Ffynhonnell: Llythyr, 5 Mawrth 2026",
        ),
    ],
)
def test_a_plan_says_what_came_of_it(development, today, english, welsh):
    day = date.fromisoformat(today)
    with translation.override("en"):
        assert kind_of(development, day) == english
    with translation.override("cy"):
        assert kind_of(development, day) == welsh


def test_six_plans_of_the_submission_have_passed_and_nobody_has_confirmed_them(client):
    plans = [event.kind for event in client.get("/timeline/").context["expected"]]
    assert plans == [
        "Launch: planned for 20 November 2023; nobody has confirmed it here",
        "Launch: planned for January 2024; nobody has confirmed it here",
        "Needs assessment: planned for January 2024; nobody has confirmed it here",
        "Launch: planned for May 2024; nobody has confirmed it here",
        "Launch: planned for November 2024; nobody has confirmed it here",
        "Pilot: planned for 2024; nobody has confirmed it here",
        "Needs assessment: planned; no date was given",
        "Needs assessment: planned; no date was given",
        "Needs assessment: planned; no date was given",
        "Policy: planned; no date was given",
    ]
    for path in ("/timeline/", "/forces/gwent/", "/programmes/gwent/cara/", "/about/"):
        assert "nobody has confirmed it here" in text_of(client.get(path))
        assert "expected by the source" not in text_of(client.get(path))


# What came of one


def test_a_plan_that_was_met_says_so_with_its_own_source(client, met):
    for path in ("/timeline/", "/forces/gwent/", "/about/"):
        assert MET in text_of(client.get(path)), path
    assert MET_CY in text_of(client.get("/cy/llinell-amser/"))
    case = {"where": "gwent", "referrer": "police", "step": "result"}
    assert MET in text_of(client.post("/check/", case))
    rows = csv.DictReader(io.StringIO(client.get("/timeline.csv").content.decode("utf-8-sig")))
    [row] = (row for row in rows if row["words"] == DAPO)
    assert [row[name] for name in ("subject", "outcome")] == ["dapo", "met"]
    assert [row[name] for name in ("outcome_source", "outcome_source_date")] == [
        "Letter of the PCC",
        "2026-03-05",
    ]
    assert "Letter of the PCC" in text_of(client.get("/forces/gwent/"))


def test_a_plan_met_in_another_area_says_so_where_it_was_planned(
    client, met, programme, admin_user
):
    Row.objects.filter(pk=met.came_about_id).update(area=programme("north-wales", "adapt").area)
    Row.objects.filter(pk=met.pk).update(outcome="elsewhere")
    publish_changed_areas(by=admin_user, why="It is in North Wales.")
    gwent, powys = (text_of(client.get(f"/forces/{area}/")) for area in ("gwent", "dyfed-powys"))
    assert "planned for May 2024. It happened elsewhere, 27 November 2024. Source:" in gwent
    assert "27 November 2024" not in powys


def test_what_came_of_an_entrys_plan_stands_on_its_page_and_comes_back(client, tell, programme):
    cara = programme("gwent", "cara")
    planned = cara.developments.get(kind="launch")
    planned.outcome, planned.came_about = "met", tell(cara)
    planned.save()
    edition = publish(cara, by=None, why="The PCC wrote.")
    said = "Launch: planned for 20 November 2023. It happened, 27 November 2024."
    page = text_of(client.get("/programmes/gwent/cara/"))
    assert said in page
    assert "Launch planned. It happened" in page
    assert "not confirmed" not in page
    readings = client.get("/data/readings.csv?area=gwent").content.decode()
    assert "launch,expected; met,2023-11-20" in readings
    cara.developments.all().delete()
    load_back(cara, edition, by=None)
    assert entry_of(programme("gwent", "cara")) == edition.entry


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": "met"}, "another development that tells it"),
        ({"outcome": "met", "expected": False}, "another development that tells it"),
        ({"outcome": "soon"}, "not a valid choice"),
        ({"subject": "prison"}, "not a valid choice"),
    ],
)
def test_the_database_refuses_half_an_outcome(changes, words):
    planned = Row.objects.get(statement__text=DAPO)
    for name, value in changes.items():
        setattr(planned, name, value)
    with pytest.raises(ValidationError, match=words):
        planned.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        planned.save()


def test_the_database_refuses_what_tells_of_itself_and_a_subject_of_an_entry(programme):
    planned = Row.objects.get(statement__text=DAPO)
    for columns in (
        {"outcome": "met", "came_about": planned},
        {"subject": "dapo", "programme": programme("gwent", "cara"), "area": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Row.objects.filter(pk=planned.pk).update(**columns)


def test_only_what_happened_by_a_later_source_tells_what_came_of_a_plan(tell, programme):
    planned = Row.objects.get(statement__text=DAPO)
    submission = planned.statement.source
    for later, words in (
        (tell(expected=True), "Choose what happened"),
        (tell(programme("gwent", "cara")), "of the same entry if any"),
        (Row.objects.get(kind="pilot", programme=None), "Only a later source"),
    ):
        planned.outcome, planned.came_about = "met", later
        with pytest.raises(ValidationError, match=words):
            planned.full_clean()
    assert submission.slug == "submission-2023-11-17"


# The wider system


def test_a_referrer_in_powys_reads_nothing_of_gwents_processes_and_orders(client):
    case = {"referrer": "childrens-services", "risk": "high", "step": "result"}
    powys, gwent = (
        text_of(client.post("/check/", case | {"where": where})) for where in ("powys", "gwent")
    )
    for words in ("DAPO", "MATAC", "Gwent Police", "electronic"):
        assert words not in powys
    assert "launch date" not in powys
    assert "Gwent : Electronic monitoring under the DAPO" in gwent
    assert "MATAC, the meeting of agencies about repeat perpetrators" in gwent
    for page in (powys, gwent):
        assert "A family court can place requirements" in page
        assert "After a conviction, a programme can be made part" in page
        assert "the police decide" not in page
        assert "probation arranges it" not in page


def test_the_person_reads_of_no_meeting_about_them(client):
    case = {"where": "gwent", "referrer": "self", "step": "result"}
    page = text_of(client.post("/check/", case))
    assert "MATAC" not in page
    assert "Gwent : Domestic Abuse Protection Order (DAPO)" in page


def test_the_overview_names_what_is_described_and_not_counted(client):
    page = text_of(client.get("/provision/"))
    assert (
        "Also described, not a programme: "
        "MATAC, the meeting of agencies about repeat perpetrators (Gwent)"
    ) in page


def test_about_quotes_what_sources_say_of_the_wider_system(client):
    page = text_of(client.get("/about/")).partition("The wider system")[2]
    assert "Gwent Police have recently introduced the Multi-Agency Tasking" in page
    assert "Family Courts can also place certain requirements on perpetrators" in page
    welsh = text_of(client.get("/cy/ynghylch/")).partition("Y system ehangach")[2]
    assert "Llysoedd teulu Cymru : Gall llys teulu osod gofynion" in welsh


def test_a_record_is_changed_in_the_admin_and_published_with_its_areas(client, signed_in):
    boss = signed_in("Administrator")
    record = Row.objects.get(subject="family-court")
    address = reverse("admin:programmes_development_change", args=[record.pk])
    data = unchanged(boss, address) | {"summary_en": "A court can.", "summary_cy": "Gall llys."}
    assert boss.post(address, data).status_code == 302
    assert "A court can." not in text_of(client.get("/about/"))
    publish_address = reverse("admin:forces_forcearea_publish")
    assert "A court can." in boss.get(publish_address).content.decode()
    assert boss.post(publish_address, {"why": "Plainer words."}).status_code == 302
    assert "Wales : A court can." in text_of(client.get("/about/"))
    case = {"where": "powys", "referrer": "police", "step": "result"}
    assert "Wales : A court can." in text_of(client.post("/check/", case))


def test_an_outcome_is_given_in_the_admin(signed_in, tell):
    boss = signed_in("Administrator")
    planned = Row.objects.get(statement__text=DAPO)
    address = reverse("admin:programmes_development_change", args=[planned.pk])
    data = unchanged(boss, address) | {"outcome": "met"}
    assert "another development that tells it" in boss.post(address, data).content.decode()
    assert boss.post(address, data | {"came_about": tell().pk}).status_code == 302
    planned.refresh_from_db()
    assert planned.outcome == "met"


@pytest.mark.parametrize(
    ("roles", "areas"),
    [
        (("Area editor",), ("gwent",)),
        (("Area editor",), ("south-wales",)),
        (("Area editor", "Publisher"), ("gwent",)),
        (("Publisher",), ()),
    ],
)
def test_records_of_the_wider_system_are_changed_by_who_edits_all_of_wales(signed_in, roles, areas):
    client, boss = signed_in(*roles, areas=areas), signed_in("Administrator")
    before = list(Row.objects.values())
    for record in Row.objects.exclude(subject=""):
        addresses = [
            reverse(f"admin:programmes_development_{name}", args=[record.pk])
            for name in ("change", "delete")
        ]
        data = unchanged(boss, addresses[0]) | {"summary_en": "CANARY", "post": "yes"}
        for address in addresses:
            # What is another area's is as if it did not exist.
            assert client.post(address, data).status_code in (302, 403)
    assert client.get(reverse("admin:programmes_development_add")).status_code == 403
    assert list(Row.objects.values()) == before


def test_an_area_editor_is_offered_what_happened_to_their_own_entry_alone(
    signed_in, tell, programme
):
    tell(programme("south-wales", "clear"), summary_en="SECRET")
    tell(programme("gwent", "cara"), summary_en="Ours")
    client = signed_in("Area editor", areas=("gwent",))
    page = client.get(change_page(programme("gwent", "cara"))).content.decode()
    assert ">Ours</option>" in page
    assert "SECRET" not in page
