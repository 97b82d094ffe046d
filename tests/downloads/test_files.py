"""Downloads: the same entries in three formats, and what each says of itself."""

import csv
import datetime
import io
import json
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from programmes.downloads.tables import safe
from programmes.models import Statement
from programmes.publishing.publish import publish
from tests import listed

pytestmark = pytest.mark.django_db

QUERY = "area=south-wales&risk=medium&risk=not-stated&sort=name"
NAMES = [
    "CARA (Cautioning and Relationship Abuse)",
    "Driving Change",
    "Equilibrium",
    "Family Intervention Programme",
    "Inspiring Families",
    "Re-provide",
]
TODAY = datetime.date.today().isoformat()


def csv_rows(client, address: str) -> list[list[str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def sheets(client, address: str) -> list[list[list[str]]]:
    book = load_workbook(io.BytesIO(client.get(address).content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    return [[[cell or "" for cell in row] for row in sheet.values] for sheet in book]


@pytest.mark.parametrize("path", ["/programmes", "/cy/rhaglenni"])
def test_all_three_hold_what_the_list_shows_in_its_order(client, path):
    shown = listed.names(client.get(f"{path}/?{QUERY}"))
    rows = csv_rows(client, f"{path}.csv?{QUERY}")
    entries = client.get(f"{path}.json?{QUERY}").json()["entries"]
    assert shown == [row[1] for row in rows[1:]] == [e["name"]["en"] for e in entries] == NAMES
    assert sheets(client, f"{path}.xlsx?{QUERY}")[0] == rows


@pytest.mark.parametrize("path", ["/programmes", "/cy/rhaglenni"])
def test_the_workbook_equals_the_csv_for_all_entries(client, path):
    rows = csv_rows(client, f"{path}.csv")
    assert len(rows) == 19
    assert sheets(client, f"{path}.xlsx")[0] == rows


def test_the_workbook_says_what_it_is_of(client):
    origin = dict(sheets(client, f"/programmes.xlsx?{QUERY}")[1])
    assert origin["Selection"] == (
        "Police area: South Wales. Risk level, any of these: Medium risk, Not given."
    )
    assert origin["Entries"] == "6 of 18"
    assert origin["The directory as it stood on"] == TODAY
    assert origin["Source"] == (
        "Policing in Wales submission to the Senedd, 2023-11-17 (Policing in Wales; Document with "
        "a table; Licence not checked; "
        "https://business.senedd.wales/mgIssueHistoryHome.aspx?IId=40933)"
    )
    assert origin["Address"].endswith(f"/programmes/?{QUERY}")
    assert "17 November 2023: Licence not checked." in origin["Licence"]
    origin = dict(sheets(client, "/cy/rhaglenni.xlsx?as-at=2026-11-01")[1])
    assert origin["Dewis"] == "Pob cofnod."
    assert origin["Y cyfeiriadur fel yr oedd ar"] == "2026-11-01"


def test_json_has_the_shape_that_is_documented(client):
    found = client.get("/programmes.json?area=gwent&sort=name").json()
    assert {
        key: found[key] for key in ("selection", "as_at", "entries_found", "entries_in_all")
    } == {
        "selection": "Police area: Gwent.",
        "as_at": TODAY,
        "entries_found": 2,
        "entries_in_all": 18,
    }
    assert found["sources"] == [
        {
            "slug": "submission-2023-11-17",
            "title": {
                "en": "Policing in Wales submission to the Senedd",
                "cy": "Cyflwyniad Plismona yng Nghymru i’r Senedd",
                "cy_older": False,
            },
            "dated": "2023-11-17",
            "address": "https://business.senedd.wales/mgIssueHistoryHome.aspx?IId=40933",
            "kind": "document-with-table",
            "publisher": {
                "en": "Policing in Wales",
                "cy": "Plismona yng Nghymru",
                "cy_older": False,
            },
            "licence": {"en": "", "cy": "", "cy_older": False},
        }
    ]
    phoenix = found["entries"][1]
    assert phoenix["name"] == {"en": "Phoenix DAS", "cy": "", "cy_older": False}
    assert phoenix["terms"] == {
        "area": ["gwent"],
        "stage": ["community"],
        "status": ["spot-purchase"],
        "attendance": ["voluntary"],
        "route": ["any-agency"],
        "risk": ["not-stated"],
        "group": ["not-stated"],
        "funder": ["not-stated"],
        "longevity": ["not-stated"],
        "evaluation": ["not-stated"],
    }
    assert phoenix["last_checked"] is None
    assert list(phoenix.items())[-5:] == [
        ("area_code", "gwent"),
        ("area_gss", "W15000002"),
        ("first_stated", "2023-11-17"),
        ("last_stated", "2023-11-17"),
        ("evaluation", ["not-stated"]),
    ]
    assert {s["about"]: s["words"] for s in phoenix["statements"] if s["cell_of_a_table"]} == {
        "programme": "Phoenix DAS",
        "attendance": "Voluntary",
        "referral_route": "Any agency can refer",
        "eligibility": "",
        "funding": "Spot purchase arrangements",
        "longevity": "",
    }


def test_a_file_is_named_for_its_day_and_points_to_its_list(client):
    response = client.get("/cy/rhaglenni.csv?area=gwent&as-at=2026-11-01")
    assert response["Content-Disposition"] == 'attachment; filename="rhaglenni-2026-11-01.csv"'
    assert "/cy/rhaglenni/?area=gwent&as-at=2026-11-01>; rel=" in response["Link"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("High risk- multi agency", "High risk- multi agency"),
        ("a\x0bb\x00c", "a b c"),
        ("#N/A", "#N/A"),
        ("", ""),
    ],
)
def test_a_cell_that_looks_like_a_formula_is_made_safe(cell, written):
    assert safe(cell) == written


def test_no_formula_reaches_a_spreadsheet(client, programme):
    clear = programme("south-wales", "clear")
    words = '=HYPERLINK("http://127.0.0.1/","x")\x0b'
    Statement.objects.filter(programme=clear, field="funding").update(text=words)
    publish(clear, by=None, why="A formula for a test.")
    row = csv_rows(client, "/programmes.csv?q=clear&sort=name")[1]
    assert row[5] == '\'=HYPERLINK("http://127.0.0.1/","x") '
    assert row in sheets(client, "/programmes.xlsx?q=clear&sort=name")[0]
    Statement.objects.filter(programme=clear, field="funding").update(text="#N/A")
    publish(clear, by=None, why="What looks like an error, for a test.")
    book = load_workbook(io.BytesIO(client.get("/programmes.xlsx?q=clear&sort=name").content))
    assert (book.worksheets[0]["F2"].value, book.worksheets[0]["F2"].data_type) == ("#N/A", "s")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_the_workbook_opens_in_libreoffice_and_equals_the_csv(client, tmp_path):
    file = tmp_path / "rhaglenni.xlsx"
    file.write_bytes(client.get("/cy/rhaglenni.xlsx").content)
    first_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", first_sheet, "--outdir", tmp_path]
    subprocess.run([*command, file], check=True, capture_output=True, timeout=120)
    with (tmp_path / "rhaglenni-Rhaglenni.csv").open(encoding="utf-8-sig", newline="") as text:
        assert list(csv.reader(text)) == csv_rows(client, "/cy/rhaglenni.csv")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_bad_value_gets_a_message_and_no_file(client, suffix):
    response = client.get(f"/programmes.{suffix}?area=nowhere")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith("area: Choose only from the values")


def test_a_bad_value_in_json_is_told_as_json(client):
    response = client.get("/cy/rhaglenni.json?stage=open&q=!!")
    assert response.status_code == 400
    assert json.loads(response.content)["errors"] == [
        {"parameter": "q", "message": "Defnyddiwch lythrennau neu rifau.", "values": []},
        {
            "parameter": "stage",
            "message": "Dewiswch o’r gwerthoedd a restrir yma yn unig.",
            "values": ["community", "out-of-court", "statutory"],
        },
    ]
