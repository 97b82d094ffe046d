"""The seeded directory against the submission, held beside its PDF row by row."""

import csv
import io

import pytest
from django.core.management import call_command

from forces.models import ForceArea, LocalAuthority
from programmes.models import (
    Development,
    Edition,
    Evaluation,
    Funding,
    Programme,
    Referral,
    Statement,
)

pytestmark = pytest.mark.django_db

ANY = "Can take referrals from any agency"
OPEN = "Open – community based"
JOINTLY = "Funded jointly by strategic VAWDASV partners"
MOVING = "Annual funding, moving towards multi-year arrangement"
SELECTED = "High risk- multi agency selection through MARAC"
PREDOMINANTLY = "Third party organisation or self (predominantly Children’s Services)"
FORMER = "Funded by Home Office DA Perpetrator Funding originally, now funded by PCC"
STOPPED = "Commissioned service stopped in 2023/24 due to lack of integrated partner support."
PARTIES = "Parties with children, looking to continue relationship"
CLEAR_ROUTE = "Open- Prevention work often self-referral or Children’s services."

ROWS = [
    ("Dyfed-Powys", "Choices", ANY, OPEN, JOINTLY, MOVING),
    (
        "Dyfed-Powys",
        "Stalking intervention",
        "Police only",
        "Identified based on risk",
        JOINTLY,
        MOVING,
    ),
    ("Dyfed-Powys", "Intervention Hub", ANY, OPEN, JOINTLY, MOVING),
    (
        "Dyfed-Powys",
        "Integrated Family Support Service",
        ANY,
        OPEN,
        FORMER,
        "Yearly funding approval",
    ),
    (
        "South Wales",
        "Drive Project",
        "MARAC",
        SELECTED,
        "Funded by PCC",
        "Multi-year arrangement, current cycle…",
    ),
    (
        "South Wales",
        "Family Intervention Programme",
        PREDOMINANTLY,
        "Open community based- Whole Family Approach",
        "Funded by PCC",
        "Annual funding",
    ),
    (
        "South Wales",
        "Clear",
        CLEAR_ROUTE,
        "Community based early intervention- not high risk",
        "Funded by PCC and by strategic VAWDASV partners",
        "Annual funding",
    ),
    (
        "South Wales",
        "Driving Change",
        "Third party organisation or self",
        "Medium/ Standard risk",
        "Funded by strategic VAWDASV partners",
        "Annually",
    ),
    (
        "South Wales",
        "Equilibrium",
        PREDOMINANTLY,
        "Medium/ standard risk",
        "Funded by Local Authority",
        "Multi-year funding (core business)",
    ),
    ("South Wales", "Inspiring Families", "Third party organisation or self", PARTIES, "", ""),
    ("South Wales", "Re-provide", "Self-referrals", "Males who have been using violence", "", ""),
    (
        "North Wales",
        "Relate Cymru – Choose2Change",
        "",
        "",
        "Welsh Government Regional VAWDASV Grant",
        "Annually",
    ),
    ("North Wales", "Intervention Hub", ANY, OPEN, "", STOPPED),
    ("North Wales", "ADAPT", SELECTED, "High risk/high harm", "MOJ Perpetrator fund", ""),
    ("Gwent", "Phoenix DAS", "Any agency can refer", "", "Spot purchase arrangements", ""),
]
"""The tables of the submission: area, programme, route, eligibility, funding, longevity."""


@pytest.fixture
def rows(client) -> dict[tuple[str, str], dict[str, str]]:
    text = client.get("/programmes.csv").content.decode("utf-8-sig")
    return {(row["area"], row["programme"]): row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.parametrize("expected", ROWS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_csv_equals_the_submission_cell_by_cell(rows, expected):
    row = rows[expected[:2]]
    assert row["attendance"] == "Voluntary"
    columns = ("referral_route", "eligibility", "funding", "longevity")
    assert tuple(row[column] for column in columns) == expected[2:]
    assert (row["stage"], row["source_date"]) == ("community", "2023-11-17")


def test_csv_holds_the_table_and_the_three_entries_of_the_text(rows):
    others = {key for key in rows if key not in {row[:2] for row in ROWS}}
    assert others == {
        ("Gwent", "CARA (Cautioning and Relationship Abuse)"),
        ("South Wales", "CARA (Cautioning and Relationship Abuse)"),
        ("not-stated", "Building Better Relationships (BBR)"),
    }
    bbr = rows[("not-stated", "Building Better Relationships (BBR)")]
    assert bbr["eligibility"] == (
        "Building Better Relationships (BBR) is provided by HMPPS Interventions Services for those "
        "with a probation order. BBR is for adult men convicted of an Intimate Partner Violence "
        "(IPV) offence."
    )
    assert (bbr["routes"], bbr["client_groups"], bbr["funders"]) == (
        "criminal-justice",
        "men",
        "not-stated",
    )


def test_75_cells_of_which_10_are_blank():
    cells = Statement.objects.filter(in_table=True).exclude(field="programme")
    assert (cells.count(), cells.filter(text="").count()) == (75, 10)
    assert cells.filter(field="attendance", text="Voluntary").count() == 15


READINGS = {
    ("Dyfed-Powys", "Stalking intervention"): ("police", "other", "stalking"),
    ("Dyfed-Powys", "Choices"): ("any-agency", "not-stated", "open"),
    ("North Wales", "Intervention Hub"): ("any-agency", "not-stated", "open"),
    ("South Wales", "Drive Project"): ("marac", "high", "not-stated"),
    ("South Wales", "Family Intervention Programme"): (
        "third-party; self; childrens-services",
        "not-stated",
        "open; families",
    ),
    ("South Wales", "Clear"): ("open; self; childrens-services", "not-high", "not-stated"),
    ("South Wales", "Driving Change"): ("third-party; self", "medium; standard", "not-stated"),
    ("South Wales", "Inspiring Families"): ("third-party; self", "not-stated", "parents"),
    ("South Wales", "Re-provide"): ("self", "not-stated", "men"),
    ("North Wales", "Relate Cymru – Choose2Change"): ("not-stated", "not-stated", "not-stated"),
    ("North Wales", "ADAPT"): ("marac", "high", "not-stated"),
    ("Gwent", "Phoenix DAS"): ("any-agency", "not-stated", "not-stated"),
}


@pytest.mark.parametrize("key", READINGS, ids=lambda key: key[1])
def test_reading_of_routes_risk_and_groups(rows, key):
    row = rows[key]
    assert (row["routes"], row["risk_levels"], row["client_groups"]) == READINGS[key]


def test_what_rows_say_beyond_their_term(rows):
    hub, phoenix = rows[("North Wales", "Intervention Hub")], rows[("Gwent", "Phoenix DAS")]
    assert (hub["status"], hub["longevity_term"], hub["funders"]) == (
        "stopped",
        "ended",
        "not-stated",
    )
    assert (phoenix["status"], phoenix["funders"]) == ("spot-purchase", "not-stated")
    former = Funding.objects.filter(period="former").values_list("programme__slug", "funder")
    assert set(former) == {
        ("integrated-family-support-service", "home-office"),
        ("phoenix-das", "pcc"),  # who had commissioned it
    }
    usual = Referral.objects.filter(usual=True).values_list("programme__slug", "route")
    assert set(usual) == {
        ("family-intervention-programme", "childrens-services"),
        ("equilibrium", "childrens-services"),
    }


def test_funder_of_cara_is_named_for_gwent_alone(rows):
    name = "CARA (Cautioning and Relationship Abuse)"
    assert rows[("Gwent", name)]["funders"] == "home-office"
    assert rows[("South Wales", name)]["funders"] == "other"
    assert "bid to the Home Office" in rows[("Gwent", name)]["funding"]
    assert rows[("South Wales", name)]["funding"] == "This is joint commissioned with South Wales."


def test_repairs_are_recorded():
    stalking = Statement.objects.get(text="Identified based on risk")
    assert (stalking.as_extracted, stalking.basis) == ("Iden�fied based on risk", "repaired")
    often = Statement.objects.get(text=CLEAR_ROUTE)
    assert "o�en" in often.as_extracted
    assert not Statement.objects.filter(text__contains="�").exists()
    moved = Statement.objects.get(text=STOPPED)
    assert (moved.field, moved.basis) == ("longevity", "inferred-from-layout")
    assert Statement.objects.get(text="Stalking intervention").basis == "inferred-from-name"


def test_evaluations():
    found = Evaluation.objects.values_list("programme__slug", "state", "published__year")
    assert sorted(found, key=str) == sorted(
        [
            ("drive-project", "published", 2020),
            ("drive-project", "underway", None),
            ("family-intervention-programme", "limited", 2020),
            ("clear", "awaited", None),
            ("cara", "elsewhere", None),
            ("cara", "elsewhere", None),
        ],
        key=str,
    )


def test_dated_developments():
    dated = Development.objects.exclude(when=None)
    found = {
        (d.area.slug if d.area else None, d.programme and d.programme.slug, d.kind, str(d.when))
        for d in dated.select_related("area", "programme")
    }
    assert found == {
        (None, "intervention-hub", "stop", "2023-04-01"),
        (None, "cara", "launch", "2023-11-20"),
        (None, "cara", "pilot", "2024-01-01"),
        ("gwent", None, "launch", "2024-01-01"),
        ("gwent", None, "launch", "2024-05-01"),
        ("gwent", None, "launch", "2024-11-01"),
        ("gwent", None, "needs-assessment", "2024-01-01"),
        (None, None, "policy", "2023-02-01"),
        (None, None, "policy", "2023-01-01"),
    }
    launch = Development.objects.filter(kind="launch", programme__slug="cara")
    assert [development.programme.area.slug for development in launch] == ["gwent"]


def test_areas_and_authorities():
    assert [
        (area.slug, area.name_cy, area.in_cy, area.gss_code, area.authorities.count())
        for area in ForceArea.objects.all()
    ] == [
        ("dyfed-powys", "Dyfed-Powys", "yn Nyfed-Powys", "W15000004", 4),
        ("south-wales", "De Cymru", "yn Ne Cymru", "W15000003", 7),
        ("north-wales", "Gogledd Cymru", "yng Ngogledd Cymru", "W15000001", 6),
        ("gwent", "Gwent", "yng Ngwent", "W15000002", 5),
    ]
    powys = LocalAuthority.objects.get(gss_code="W06000023")
    assert (powys.name_en, powys.area.slug) == ("Powys", "dyfed-powys")


def test_seeding_again_leaves_edited_data_alone(programme):
    choices = programme("dyfed-powys", "choices")
    choices.name_en = "Choices, edited"
    choices.save()
    call_command("seed")
    assert Programme.objects.filter(name_en="Choices, edited").count() == 1
    assert (Programme.objects.count(), Edition.objects.count()) == (18, 18 + 4)
