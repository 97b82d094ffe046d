"""A further document, invented, seeded beside the submission, published, and read on every page."""

import csv
import io
import re
import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook
from tinyhtml5.parser import HTMLParser

from config.urls import PAGES as ADDRESSES
from forces.models import ForceArea
from programmes.models import Development, Edition, Programme, Source, Statement
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.publish import has_unpublished_changes, publish
from tests.addresses import PAGES, by_language, in_welsh

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parent / "invented-submission-2026"
OLDER = ("November 2023", "Tachwedd 2023", "Nov 2023", "Tach 2023", "2023-11-17")
NEW_ENTRY = "/programmes/dyfed-powys/invented-new-start/"
CHOICES = "/programmes/dyfed-powys/choices/"
BOTH_NAMED = "programme=dyfed-powys/invented-new-start&programme=dyfed-powys/choices"
COMPARED = f"/compare/?{BOTH_NAMED}"
MORE = [NEW_ENTRY, CHOICES, "/programmes/north-wales/adapt/", "/forces/dyfed-powys/", COMPARED]
EVERY_PAGE = [*PAGES, *MORE]
FILES = [page for page in ADDRESSES if re.search(r"\.\w+$", page.english)]
FEEDS = ["/api/services?full=true", "/cy/api/services?full=true"]


def seed(folder: Path | str = DOCUMENT, **options: bool) -> str:
    told = io.StringIO()
    call_command("seed", str(folder), stdout=told, **options)
    return told.getvalue()


@pytest.fixture
def published(db: None) -> None:
    seed()
    publish_all()


def publish_all() -> None:
    for programme in Programme.objects.all():
        if has_unpublished_changes(programme):
            publish(programme, by=None, why="Invented for a test.")
    publish_changed_areas(by=None, why="Invented for a test.")


def text_of(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def main_of(client: Client, address: str) -> Element:
    document = HTMLParser(namespace_html_elements=False).parse(client.get(address).content)
    main = document.find(".//main")
    assert main is not None, address
    return main


def older_days(text: str) -> list[str]:
    return [day for day in OLDER if day in text]


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def innermost(main: Element, words: str) -> list[Element]:
    """The smallest parts of a page that say some words."""
    parts = {"article", "dd", "figure", "li", "section", "td", "th", "tr"}
    found = [each for each in main.iter() if each.tag in parts and words in text_of(each)]
    return [each for each in found if not set(found) & set(list(each.iter())[1:])]


def test_a_dry_run_tells_in_words_and_writes_nothing():
    told = seed(dry_run=True)
    submission = "where Policing in Wales submission to the Senedd (17 November 2023) says"
    assert (
        "Replaces in Choices (Dyfed-Powys), Referral route: “Invented: people refer themselves”, "
        f"{submission} “Can take referrals from any agency”"
    ) in told
    assert (
        "Contradicts in Choices (Dyfed-Powys), Who it is for: “Invented: the whole family”, "
        f"{submission} “Open – community based”"
    ) in told
    assert "Adds in Choices (Dyfed-Powys), Funding: blank" in told
    assert "Adds an entry: Invented New Start (Dyfed-Powys)" in told
    assert "Contradicts in ADAPT (North Wales), status was listed: “stopped”" in told
    assert "Look at" not in told
    assert told.endswith("Nothing was written: this was a dry run.\n")
    assert not Source.objects.filter(slug="invented-submission-2026").exists()
    assert (Programme.objects.count(), Edition.objects.count()) == (18, 22)


def test_it_writes_drafts_and_publishes_nothing(client, programme):
    choices = programme("dyfed-powys", "choices")
    assert seed().endswith("look through them in the admin and publish.\n")
    assert Edition.objects.count() == 22
    assert client.get(NEW_ENTRY).status_code == 404
    assert "Invented" not in client.get(CHOICES).content.decode()
    # An editor who has the page open is told at saving.
    assert programme("dyfed-powys", "choices").version == choices.version + 1


def test_seeding_a_document_twice_is_refused():
    seed()
    with pytest.raises(CommandError, match="“invented-submission-2026” is here already"):
        seed()
    with pytest.raises(CommandError, match="“submission-2023-11-17” is here already"):
        seed("submission-2023-11-17")
    assert Statement.objects.filter(source__slug="invented-submission-2026").count() == 16


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('status = "stopped"', 'status = "gone"', "2-north-wales.toml, adapt: Value 'gone'"),
        (
            "[entry.reading]",
            '[entry.replaces]\nlongevity = "nowhere"\n[entry.reading]',
            "2-north-wales.toml, adapt: nowhere has 0 statements about longevity, not one.",
        ),
        ('longevity = "Invented', 'duration = "Invented', "nothing here is called duration"),
        ('longevity = "ended"', 'longevty = "ended"', "adapt: nothing here is called longevty."),
        ("[[entry.developments]]", "[[entry.events]]", "adapt: nothing here is called events."),
        ("[[entry]]", "[[entries]]", "2-north-wales.toml: nothing here is called entries."),
        ("\ntext = ", "\nwords = ", "unexpected keyword arguments: 'words'"),
        ('rests_on = "ended"', 'rests_on = "begun"', "adapt: 'begun' is missing, or names nothing"),
        ('area = "north-wales"', 'area = "mid-wales"', "ForceArea matching query does not exist"),
        ('when = "2026-06"', 'when = "2026/28"', "adapt: 2026/28 is no financial year"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_of_it_is_written(tmp_path, right, wrong, told):
    folder = shutil.copytree(DOCUMENT, tmp_path / "document")
    file = folder / "2-north-wales.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        seed(folder)
    assert told in str(refused.value)
    assert not Source.objects.filter(slug="invented-submission-2026").exists()
    assert Programme.objects.count() == 18


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("pages", by_language(EVERY_PAGE, [*map(in_welsh, EVERY_PAGE)]))
def test_no_page_says_2023_of_what_is_newer(client, pages):
    for address in pages:
        main = main_of(client, address)
        for part in innermost(main, "Invented New Start"):
            assert not older_days(text_of(part)), f"{address}: {text_of(part)}"
        for figure in innermost(main, "Invented: "):
            if figure.tag == "figure":
                assert re.search("2 (November|Tachwedd) 2026", text_of(figure)), address
                assert not older_days(text_of(figure)), f"{address}: {text_of(figure)}"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", by_language(NEW_ENTRY, in_welsh(NEW_ENTRY)))
def test_the_page_of_a_new_entry_knows_nothing_of_2023(client, address):
    text = text_of(main_of(client, address))
    assert not older_days(text)
    assert re.search("2 (November|Tachwedd) 2026", text)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "addresses",
    by_language([f"/{page.english}" for page in FILES], [f"/cy/{page.welsh}" for page in FILES]),
)
def test_no_file_says_2023_of_what_is_newer(client, addresses):
    for address in addresses:
        response = client.get(f"{address}?{BOTH_NAMED}")
        assert response.status_code == 200, address
        if address.endswith(".csv"):
            for line in csv.reader(io.StringIO(response.content.decode("utf-8-sig"))):
                assert "Invented New Start" not in line or not older_days(" ".join(line)), line


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", FEEDS)
def test_the_feed_says_2023_of_nothing_newer(client, address):
    [new] = (
        service
        for service in client.get(address).json()["contents"]
        if service["name"] == "Invented New Start"
    )
    # The label of `listed` is one for all sources.
    assert not older_days(str({**new, "attributes": []}))
    assert "https://example.org/invented-submission" in new["description"]


@pytest.mark.usefixtures("published")
def test_what_is_stated_is_given_in_the_list_as_a_file(client):
    rows = {row["programme"]: row for row in rows_of(client, "/programmes.csv?area=dyfed-powys")}
    new, choices = rows["Invented New Start"], rows["Choices"]
    assert (new["attendance"], new["referral_route"], new["eligibility"], new["funding"]) == (
        "Invented: voluntary",
        "Invented: any agency",
        "Invented: medium risk",
        "Invented: the council pays",
    )
    terms = ("attendance_term", "routes", "risk_levels", "funders", "longevity_term")
    assert [new[term] for term in terms] == [
        "voluntary",
        "any-agency",
        "medium",
        "local-authority",
        "not-stated",
    ]
    assert (new["longevity"], new["source_date"]) == ("", "2026-11-02")
    # The words that stand: those of 2023 where 2026 has a blank cell, both where both have words.
    assert (choices["referral_route"], choices["longevity"], choices["funding"]) == (
        "Invented: people refer themselves",
        "Invented: funded for three years",
        "Funded jointly by strategic VAWDASV partners",
    )
    assert choices["eligibility"] == "Open – community based; Invented: the whole family"
    assert (choices["routes"], choices["longevity_term"]) == ("self", "multi-year")
    [adapt] = (r for r in rows_of(client, "/programmes.csv") if r["programme"] == "ADAPT")
    assert (adapt["longevity"], adapt["longevity_term"], adapt["status"]) == (
        "Invented: ended in June 2026",
        "ended",
        "stopped",
    )


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("address", "silence"), [(NEW_ENTRY, "Not "), (in_welsh(NEW_ENTRY), "(Heb|Dim)")]
)
def test_what_is_stated_is_given_on_the_page(client, address, silence):
    main = main_of(client, address)
    silent = [
        text_of(line)
        for line in main.iter("div")
        if line.get("class") == "app-lines__line" and re.search(rf"(^|\s){silence}", text_of(line))
    ]
    stated = ("Attendance", "Referral", "Risk", "Funder", "Presenoldeb", "Llwybr", "Lefel", "Arian")
    assert not [line for line in silent if line.startswith(stated)]
    for words in ("voluntary", "any agency", "medium risk", "the council pays"):
        assert f"Invented: {words}" in text_of(main)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("address", "captions", "replaced"),
    [
        (
            "/forces/dyfed-powys/",
            [
                "Invented submission for tests, 2 November 2026",
                "Policing in Wales submission to the Senedd, 17 November 2023",
            ],
            "Replaced by newer words, of 2 November 2026: Invented: people refer themselves",
        ),
        (
            "/cy/heddluoedd/dyfed-powys/",
            [
                "Cyflwyniad dychmygol at brofion, 2 Tachwedd 2026",
                "Cyflwyniad Plismona yng Nghymru i’r Senedd, 17 Tachwedd 2023",
            ],
            "Disodlwyd gan eiriau mwy diweddar, dyddiedig 2 Tachwedd 2026: "
            "Invented: people refer themselves",
        ),
    ],
)
def test_an_area_shows_each_table_as_submitted_the_newest_first(
    client, address, captions, replaced
):
    main = main_of(client, address)
    tables = [each for div in main.iter("div") for each in div if each.tag == "table"]
    newer, older = (text_of(t) for t in tables if text_of(t).startswith(tuple(captions)))
    assert newer.startswith(captions[0])
    assert "Invented New Start" in newer
    assert "Invented New Start" not in older
    assert "Stalking intervention" not in newer
    assert f"Can take referrals from any agency {replaced}" in older


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/sources/",
            [
                "Document with a table Publisher Invented Office for Tests Date 2 November 2026",
                "Licence Open Government Licence v3.0 Programmes that rest on it: 3",
                "Publisher Policing in Wales Date 17 November 2023",
                "https://business.senedd.wales/mgIssueHistoryHome.aspx?IId=40933",
                "Licence Not checked Programmes that rest on it: 18",
                "Developments that rest on it: 1",
                "North Wales: Invented: the service ended.",
            ],
        ),
        (
            "/cy/ffynonellau/",
            [
                "Math Dogfen â thabl Cyhoeddwr Swyddfa Ddychmygol Profion Dyddiad 2 Tachwedd 2026",
                "Trwydded Trwydded Llywodraeth Agored v3.0",
                "Cyhoeddwr Plismona yng Nghymru Dyddiad 17 Tachwedd 2023",
                "Trwydded Heb ei gwirio Rhaglenni sy’n seiliedig arni: 18",
            ],
        ),
    ],
)
def test_the_page_of_sources_says_what_each_is_and_what_rests_on_it(client, address, words):
    main = main_of(client, address)
    text = text_of(main)
    assert [each for each in words if each not in text] == []
    assert text.index("2026") < text.index("2023")
    links = {link.get("href") for link in main.iter("a")}
    assert "https://example.org/invented-submission" in links
    assert any(str(link).endswith("/dyfed-powys/invented-new-start/") for link in links)


@pytest.mark.usefixtures("published")
def test_sources_and_statements_as_files_name_publisher_and_licence(client):
    newer, older = rows_of(client, "/data/sources.csv")
    assert newer == {
        "slug": "invented-submission-2026",
        "source": "Invented submission for tests",
        "source_kind": "document-with-table",
        "publisher": "Invented Office for Tests",
        "source_date": "2026-11-02",
        "source_url": "https://example.org/invented-submission",
        "licence": "Open Government Licence v3.0",
        "entries": "3",
        "url": newer["url"],
    }
    assert newer["url"].endswith("/sources/#invented-submission-2026")
    assert (older["publisher"], older["licence"]) == ("Policing in Wales", "not-checked")
    of_cy = rows_of(client, "/cy/data/ffynonellau.csv")[0]
    assert (of_cy["cyhoeddwr"], of_cy["cofnodion"]) == ("Invented Office for Tests", "3")
    statements = rows_of(client, "/data/statements.csv")
    [link] = (row for row in statements if row["link"] == "https://example.org/invented-sessions")
    assert (link["licence"], link["source_kind"]) == (
        "Open Government Licence v3.0",
        "document-with-table",
    )


@pytest.mark.usefixtures("published")
def test_each_download_says_of_which_source_it_gives_the_licence(client):
    licence = client.get("/programmes.json").json()["licence"]
    assert licence == (
        "Policing in Wales submission to the Senedd, 17 November 2023: Licence not checked. "
        "Invented submission for tests, 2 November 2026: Licence: Open Government Licence v3.0. "
        "The words of a source belong to their authors. Name it and its date on every line."
    )
    for address in ("/evidence.json", "/money.json", f"/compare.json?{BOTH_NAMED}"):
        assert "Licence not checked" in client.get(address).json()["licence"]
    book = load_workbook(io.BytesIO(client.get("/programmes.xlsx").content))
    about = {row[0].value: row[1].value for row in book.worksheets[0].rows}
    assert "17 November 2023: Licence not checked." in about["Licence"]
    assert about["Source"] == (
        "Invented submission for tests, 2026-11-02 (Invented Office for Tests; Document with "
        "a table; Licence: Open Government Licence v3.0; https://example.org/invented-submission)"
    )
    newest = client.get("/programmes.json").json()["sources"][-1]
    assert (newest["kind"], newest["publisher"]["cy"], newest["licence"]["en"]) == (
        "document-with-table",
        "Swyddfa Ddychmygol Profion",
        "Open Government Licence v3.0",
    )


@pytest.mark.usefixtures("published")
def test_a_link_that_a_source_gives_stands_with_its_sentence(client):
    for address in ("/programmes/gwent/cara/", "/cy/tystiolaeth/"):
        links = [link.get("href") for link in main_of(client, address).iter("a")]
        assert "https://osf.io/preprints/psyarxiv/jw9uy/" in links
    links = [link.get("href") for link in main_of(client, CHOICES).iter("a")]
    assert "https://example.org/invented-sessions" in links


@pytest.mark.usefixtures("published")
def test_a_stop_is_told_everywhere(client):
    assert "Invented: the service ended." in text_of(main_of(client, "/timeline/"))
    assert Development.objects.get(kind="stop", programme__slug="adapt").when_precision == "month"
    assert "Stopped" in text_of(main_of(client, "/programmes/north-wales/adapt/"))
    assert ForceArea.objects.count() == 4


@pytest.mark.parametrize(
    ("publisher", "problem"),
    [
        ("", "Say which role and organisation confirmed it in writing."),
        ("Dr Jones, Invented Trust", "“Dr” is a person’s title."),
        ("jones@example.org", "Leave out telephone numbers and e-mail addresses"),
        ("Referral team, Invented Trust", ""),
    ],
)
def test_a_written_confirmation_names_a_role_and_organisation_and_no_person(publisher, problem):
    source = Source(
        slug="letter",
        kind="written-confirmation",
        title_en="E-mail of the provider",
        publisher_en=publisher,
        dated="2026-10-01",
    )
    if not problem:
        return source.full_clean()
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert problem in " ".join(refused.value.messages)
    return None
