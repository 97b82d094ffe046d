"""Downloads: the same entries in three formats, and what each says of itself."""

import csv
import datetime
import io
import json
import shutil
import subprocess

import pytest
from openpyxl import Workbook, load_workbook

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


def workbook(client, address: str) -> Workbook:
    book = load_workbook(io.BytesIO(client.get(address).content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    return book


def sheets(client, address: str) -> list[list[list[str]]]:
    """Each sheet's rows as text, dates as files write them."""
    book = workbook(client, address)
    return [
        [[str(cell or "").removesuffix(" 00:00:00") for cell in row] for row in sheet.values]
        for sheet in book
    ]


@pytest.mark.parametrize("path", ["/programmes", "/cy/rhaglenni"])
def test_all_three_hold_what_the_list_shows_in_its_order(client, path):
    shown = listed.names(client.get(f"{path}/?{QUERY}"))
    rows = csv_rows(client, f"{path}.csv?{QUERY}")
    entries = client.get(f"{path}.json?{QUERY}").json()["entries"]
    assert shown == [row[1] for row in rows[1:]] == [e["name"]["en"] for e in entries] == NAMES
    assert [row[1] for row in sheets(client, f"{path}.xlsx?{QUERY}")[1][1:]] == NAMES


LABELLED = (0, *range(7, 16), 24)
"""Columns that the CSV has in codes, or in English, and the workbook in words."""


@pytest.mark.parametrize("path", ["/programmes", "/cy/rhaglenni"])
def test_the_workbook_has_the_words_of_the_csv_for_all_entries(client, path):
    rows = csv_rows(client, f"{path}.csv")
    assert len(rows) == 19
    in_book = sheets(client, f"{path}.xlsx")[1]
    assert in_book[0] == rows[0]
    for row, csv_row in zip(in_book, rows, strict=True):
        same = [number for number in range(len(row)) if number not in LABELLED]
        assert [row[number] for number in same] == [csv_row[number] for number in same]


@pytest.mark.parametrize(
    ("path", "titles", "drive"),
    [
        (
            "/programmes.xlsx",
            ["Read me", "Programmes", "Long", "Money", "Codes"],
            ("South Wales", "Drive Project", "Risk level", "High risk", "high"),
        ),
        (
            "/cy/rhaglenni.xlsx",
            ["Darllenwch fi", "Rhaglenni", "Gwerthoedd", "Arian", "Codau"],
            ("De Cymru", "Drive Project", "Lefel risg", "Risg uchel", "high"),
        ),
    ],
)
def test_the_workbook_is_for_pivoting(client, path, titles, drive):
    book = workbook(client, path)
    assert [sheet.title for sheet in book] == titles
    _read_me, programmes, long, money, codes = book.worksheets
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.ref == table.autoFilter.ref == sheet.dimensions
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        for row in sheet.iter_rows():
            assert all(cell.alignment.wrap_text for cell in row)
            height = sheet.row_dimensions[row[0].row].height
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width
                assert height >= min(409, 15 * len(str(cell.value or "")) / width)
    dated = programmes["Q2"]
    assert (dated.value, dated.is_date) == (datetime.datetime(2023, 11, 17), True)
    quoted = "High risk- multi agency selection through MARAC"
    rows = [row[:8] for row in long.values]
    assert any(row[:6] == (*drive, quoted) and row[7] == dated.value for row in rows)
    assert sum(row[4] == "not-high" for row in rows) == 1
    assert (money.max_row, codes.max_column) == (22, 4)


def test_the_workbook_says_what_it_is_of(client):
    origin = dict(sheets(client, f"/programmes.xlsx?{QUERY}")[0])
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
    origin = dict(sheets(client, "/cy/rhaglenni.xlsx?as-at=2026-11-01")[0])
    assert origin["Dewis"] == "Pob rhaglen."
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


def test_a_file_is_named_for_its_day(client):
    response = client.get("/cy/rhaglenni.csv?area=gwent&as-at=2026-11-01")
    assert response["Content-Disposition"] == 'attachment; filename="rhaglenni-2026-11-01.csv"'


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
    assert row[5] == sheets(client, "/programmes.xlsx?q=clear&sort=name")[1][1][5]
    Statement.objects.filter(programme=clear, field="funding").update(text="#N/A")
    publish(clear, by=None, why="What looks like an error, for a test.")
    book = load_workbook(io.BytesIO(client.get("/programmes.xlsx?q=clear&sort=name").content))
    assert (book.worksheets[1]["F2"].value, book.worksheets[1]["F2"].data_type) == ("#N/A", "s")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_the_workbook_opens_in_libreoffice(client, tmp_path):
    file = tmp_path / "rhaglenni.xlsx"
    file.write_bytes(client.get("/cy/rhaglenni.xlsx").content)
    first_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", first_sheet, "--outdir", tmp_path]
    subprocess.run([*command, file], check=True, capture_output=True, timeout=120)
    with (tmp_path / "rhaglenni-Rhaglenni.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert [row[1] for row in rows] == [row[1] for row in csv_rows(client, "/cy/rhaglenni.csv")]


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
