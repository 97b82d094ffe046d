"""What can be taken away, what programs find on pages, and that both say what the pages say."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.domain.entry import PartialDate
from programmes.downloads.data_dictionary import FILES
from programmes.downloads.tables import COLUMNS, WELSH
from programmes.models import Source, Statement, Verification
from programmes.publishing.amendments import record_verification
from programmes.publishing.publish import publish

pytestmark = pytest.mark.django_db


def table(response) -> list[dict[str, str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_every_statement_of_an_entry_is_a_row(client):
    rows = table(client.get("/data/statements.csv"))
    assert len(rows) == Statement.objects.exclude(programme=None).count()
    [cell] = [row for row in rows if row["words"] == "Police only"]
    assert (cell["about"], cell["cell_of_a_table"]) == ("referral_route", "yes")
    assert cell["source_date"] == "2023-11-17"
    assert sum(row["words"] == "" for row in rows) == 10


def test_every_reading_is_a_row_that_names_its_statement(client):
    words = {row["statement"]: row["words"] for row in table(client.get("/data/statements.csv"))}
    rows = table(client.get("/data/readings.csv"))
    for row in rows:
        assert row["words"] == words.get(row["statement"], ""), row
        # An arrangement may be stated without a funder; the stage is ours, after no one's words.
        if row["about"] not in ("funder", "stage"):
            assert bool(row["statement"]) == (row["value"] != "not-stated"), row
    drive = [row for row in rows if row["url"].endswith("/south-wales/drive-project/")]
    found = {(row["about"], row["value"], row["more"]) for row in drive}
    assert ("route", "marac", "only-these") in found
    assert ("criterion", "risk:high", "accepted; only-these") in found
    assert ("delivery_language", "not-stated", "") in found
    routes = [row["value"] for row in rows if row["about"] == "route"]
    assert (routes.count("self"), routes.count("marac")) == (6, 2)


def test_an_entry_that_names_former_funders_alone_is_silent_on_who_funds_it(client, programme):
    entry = programme("south-wales", "drive-project")
    entry.fundings.update(period="former")
    publish(entry, by=None, why="Nobody pays for it now.")
    rows = table(client.get("/data/readings.csv?area=south-wales&q=drive"))
    assert [row["value"] for row in rows if row["about"] == "funder"] == ["pcc", "not-stated"]


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("/data/statements.csv", "/cy/data/datganiadau.csv"),
        ("/data/readings.csv", "/cy/data/darlleniadau.csv"),
    ],
)
def test_the_welsh_table_has_welsh_headings_and_the_same_rows(client, english, welsh):
    one, other = table(client.get(english)), table(client.get(welsh))
    assert len(one) == len(other)
    assert list(other[0]) == [WELSH[heading] for heading in one[0]]
    assert [row["id"] for row in one] == [row["id"] for row in other]


def test_the_tables_take_the_parameters_of_the_list(client):
    rows = table(client.get("/data/readings.csv?area=gwent&stage=community"))
    assert {row["programme"] for row in rows} == {"Phoenix DAS"}
    refused = client.get("/data/statements.csv?area=kent")
    assert refused.status_code == 400
    assert "gwent" in refused.content.decode()


def test_the_json_joins_readings_to_statements(client):
    document = json.loads(client.get("/programmes.json?q=phoenix").content)
    [entry] = document["entries"]
    statements = {row["statement"]: row["words"] for row in entry["statements"]}
    [route] = [row for row in entry["readings"] if row["about"] == "route"]
    assert (route["value"], statements[route["statement"]]) == (
        "any-agency",
        "Any agency can refer",
    )


def test_a_stop_that_a_check_found_is_the_status_of_the_readings_too(client, programme, admin_user):
    check = Verification(programme=programme("gwent", "phoenix-das"), outcome="stopped")
    check.checked_with, check.by = "provider", admin_user
    record_verification(check, by=admin_user)
    rows = table(client.get("/data/readings.csv?q=phoenix"))
    [status] = [row for row in rows if row["about"] == "status"]
    assert (status["value"], status["statement"]) == ("stopped", "")
    [entry] = json.loads(client.get("/programmes.json?q=phoenix").content)["entries"]
    [reading] = [row for row in entry["readings"] if row["about"] == "status"]
    assert [reading["value"]] == entry["terms"]["status"] == ["stopped"]


def test_contacts_and_what_is_not_published_are_in_no_download(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", title_cy="Llythyr", dated="2026-10-01"
    )
    phoenix.contacts.create(
        team_en="Canary team",
        team_cy="Tîm canari",
        audience="professionals",
        email="canary@example.org",
        source=letter,
        checked_on="2026-10-01",
    )
    publish(phoenix, by=admin_user, why="Canary reason.")
    phoenix.statements.create(source=letter, field="about", text="Canary words.", place_en="1")
    for path in ("/data/statements.csv", "/data/readings.csv", "/programmes.json"):
        assert b"anary" not in client.get(path).content, path


# What the columns and codes mean


@pytest.mark.parametrize(
    ("path", "label"),
    [("/data/", "Children’s Services named"), ("/cy/data/", "Enwir y Gwasanaethau Plant")],
)
def test_the_dictionary_names_every_column_and_code(client, path, label):
    page = client.get(path).content.decode()
    for headings in FILES.values():
        assert all(f">{heading}</code>" in page for heading in headings)
    for code in ("spot-purchase", "risk:high", "conditional-caution", "not-stated"):
        assert f">{code}</code>" in page
    assert label in page


def test_nothing_is_explained_that_no_file_has():
    explained = {heading for heading, column in COLUMNS.items() if "holds_en" in column}
    assert {name for headings in FILES.values() for name in headings} == explained


def test_the_dictionary_says_which_headings_the_files_have(client):
    page = client.get("/data/").content.decode()
    for name in ("/programmes.csv", "/data/statements.csv", "/data/readings.csv"):
        for heading in table(client.get(name))[0]:
            assert f'<code lang="en">{heading}</code>' in page


# What programs find


def parts(response) -> dict[str, dict]:
    """What a page says of itself and of its entry, by kind."""
    return {part["@type"]: part for part in structured(response)["@graph"]}


def structured(response) -> dict:
    [block] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode()
    )
    return json.loads(block)


def test_an_entry_is_a_service_without_what_nobody_states(client):
    found = parts(client.get("/programmes/gwent/phoenix-das/"))["Service"]
    assert found["name"] == "Phoenix DAS"
    assert found["areaServed"] == {"@type": "AdministrativeArea", "name": "Gwent"}
    assert found["url"] == f"{settings.SITE_URL}/programmes/gwent/phoenix-das/"
    assert found["description"].endswith("no longer commissioned as a service.")
    assert found["subjectOf"][0]["datePublished"] == "2023-11-17"
    assert "provider" not in found
    assert not {"offers", "hoursAvailable", "availableChannel"} & set(found)
    nowhere = parts(client.get("/programmes/not-stated/building-better-relationships/"))
    assert "areaServed" not in nowhere["Service"]
    assert nowhere["WebPage"]["breadcrumb"]["itemListElement"][1]["name"] == "No area given"


def test_a_page_says_its_language_and_where_it_stands(client):
    found = parts(client.get("/cy/rhaglenni/gwent/cara/"))
    page, site = found["WebPage"], settings.SITE_URL
    assert page["@id"] == page["url"] == f"{site}/cy/rhaglenni/gwent/cara/"
    assert page["inLanguage"] == "cy"
    assert page["mainEntity"] == {"@id": found["Service"]["@id"]}
    assert [step["item"] for step in page["breadcrumb"]["itemListElement"]] == [
        f"{site}/cy/rhaglenni/",
        f"{site}/cy/rhaglenni/?area=gwent",
        f"{site}/cy/rhaglenni/gwent/cara/",
    ]


@pytest.mark.parametrize(("path", "name"), [("/data/", "en"), ("/cy/data/", "cy")])
def test_the_page_of_data_is_a_dataset_in_a_catalogue(client, path, name):
    found = structured(client.get(path))
    assert found["@type"] == "Dataset"
    assert found["includedInDataCatalog"]["@type"] == "DataCatalog"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["creator"]["name"] == settings.PUBLISHER[name]
    assert len(found["distribution"]) == 11
    for file in found["distribution"]:
        answer = client.get(file["contentUrl"].removeprefix(settings.SITE_URL))
        assert answer["Content-Type"].startswith(file["encodingFormat"])


def test_words_cannot_end_the_block_they_stand_in(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = '</script><script>alert(1)</script> & "quoted" <b>\'s'
    phoenix.save()
    publish(phoenix, by=admin_user, why="For a test.")
    response = client.get("/programmes/gwent/phoenix-das/")
    assert "<script>alert" not in response.content.decode()
    assert parts(response)["Service"]["description"].startswith(phoenix.summary_en)


@pytest.mark.parametrize(
    ("path", "title", "locale"),
    [
        ("/programmes/gwent/phoenix-das/", "Phoenix DAS, Gwent", "en_GB"),
        ("/cy/rhaglenni/gwent/phoenix-das/", "Phoenix DAS, Gwent", "cy_GB"),
        ("/data/", "Data and API", "en_GB"),
    ],
)
def test_pages_say_what_they_are_where_they_are_linked(client, path, title, locale):
    head = client.get(path).content.decode().partition("</head>")[0]
    assert f'<meta property="og:title" content="{title}">' in head
    assert f'<meta property="og:locale" content="{locale}">' in head
    assert f'<meta property="og:url" content="{settings.SITE_URL}{path}">' in head
    assert head.count('name="description" content="') == 1


def test_a_description_is_escaped_once(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = 'Men & "others".'
    phoenix.save()
    publish(phoenix, by=admin_user, why="For a test.")
    head = client.get("/programmes/gwent/phoenix-das/").content.decode().partition("</head>")[0]
    assert head.count('content="Men &amp; &quot;others&quot;. Gwent."') == 2


def test_the_sitemap_names_every_page_and_its_twin(uncached_client, many_entries):
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    with CaptureQueriesContext(connection) as before:
        response = uncached_client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    urls = ElementTree.fromstring(response.content).findall("s:url", names)  # noqa: S314
    addresses = [url.findtext("s:loc", namespaces=names) for url in urls]
    assert f"{settings.SITE_URL}/cy/rhaglenni/gwent/phoenix-das/" in addresses
    assert len(addresses) == len(set(addresses)) == 2 * (16 + 4 + 18)
    assert sum(address.startswith(f"{settings.SITE_URL}/cy/") for address in addresses) == 38
    assert all(len(url.findall("{http://www.w3.org/1999/xhtml}link")) == 3 for url in urls)
    assert all(url.find("s:lastmod", names) is not None for url in urls)
    for address in addresses:
        page = uncached_client.get(address.removeprefix(settings.SITE_URL))
        assert page.status_code == 200, address
        assert "noindex" not in page.headers.get("X-Robots-Tag", ""), address
    many_entries(3)
    with CaptureQueriesContext(connection) as after:
        uncached_client.get("/sitemap.xml")
    assert len(after) == len(before)
    assert (
        f"Sitemap: {settings.SITE_URL}/sitemap.xml"
        in uncached_client.get("/robots.txt").content.decode()
    )


DATA = [
    "/programmes.csv",
    "/programmes.xlsx",
    "/cy/rhaglenni.json",
    "/data/statements.csv",
    "/data/readings.csv",
    "/data/sources.csv",
    "/data/datapackage.json",
    "/provision.csv",
    "/cy/llinell-amser.json",
    "/changes/feed/",
    "/programmes.csv?area=kent",
]


@pytest.mark.parametrize("path", DATA)
def test_scripts_of_any_site_may_read_data(client, path):
    known = client.get(path).headers.get("ETag", "")
    for answer in (
        client.get(path),
        client.get(path, headers={"If-None-Match": known}),
        client.options(path, headers={"Origin": "https://example.org"}),
    ):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/programmes.csv", "/data/statements.csv", "/changes.csv"])
def test_a_file_names_no_page_as_its_metadata(client, path):
    assert "Link" not in client.get(path)


def test_dates_can_be_sorted_beside_how_exact_they_are(client):
    found = {row["when"]: row for row in table(client.get("/timeline.csv"))}
    day, month = found["2023-11-20"], found["2024-01"]
    assert (day["from_date"], day["until_date"], day["from_precision"]) == (
        *("2023-11-20", "2023-11-20"),
        "day",
    )
    assert (month["from_date"], month["until_date"], month["until_precision"]) == (
        *("2024-01-01", "2024-01-31"),
        "month",
    )
    assert found["not-stated"]["from_date"] == ""


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        ("2023-11-20", "day", "2023-11-20"),
        ("2023-12-01", "month", "2023-12-31"),
        ("2024-02-01", "month", "2024-02-29"),
        ("2020-01-01", "year", "2020-12-31"),
        ("2023-04-01", "financial-year", "2024-03-31"),
    ],
)
def test_the_last_day_of_a_date(day, precision, last):
    assert PartialDate(date.fromisoformat(day), precision).last_day == date.fromisoformat(last)


@pytest.mark.parametrize("path", ["/data/datapackage.json", "/cy/data/datapackage.json"])
def test_the_package_has_the_columns_of_every_table(client, path):
    package = client.get(path).json()
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    *tables, codes = package["resources"]
    assert len(tables) == len(FILES)
    for each in tables:
        rows = client.get(each["path"].removeprefix(settings.SITE_URL)).content.decode("utf-8-sig")
        headings = next(csv.reader(io.StringIO(rows)))
        assert [field["name"] for field in each["schema"]["fields"]] == headings
        assert each["name"] == "sources" or {"id", "area_code", "area_gss"} <= {
            english for english, welsh in WELSH.items() if {english, welsh} & set(headings)
        }
    assert {"vocabulary": package_label(path), "code": "high"}.items() <= next(
        row for row in codes["data"] if row["code"] == "high"
    ).items()


def package_label(path: str) -> str:
    return "Lefel risg" if path.startswith("/cy/") else "Risk level"


LEADS_TO = [
    ("/", ["/changes/feed/"]),
    (
        "/programmes/?area=gwent",
        ["/programmes.csv?area=gwent", "/programmes.json?area=gwent", "/changes/feed/?area=gwent"],
    ),
    ("/cy/darpariaeth/", ["/cy/darpariaeth.csv", "/cy/darpariaeth.json"]),
    ("/provision/?by=route", ["/provision.csv?by=route", "/provision.json?by=route"]),
    ("/sources/", ["/data/sources.csv"]),
    ("/about/", []),
]


def alternates(client, path: str) -> list[str]:
    head = client.get(path).content.decode().partition("</head>")[0]
    links = re.findall(r'<link rel="alternate" type="[^"]+" href="([^"]+)"', head)
    return [link.replace("&amp;", "&").removeprefix(settings.SITE_URL) for link in links]


@pytest.mark.parametrize(("path", "links"), LEADS_TO)
def test_a_page_leads_to_what_it_shows_as_data(client, path, links):
    assert alternates(client, path) == links
    for link in links:
        assert client.get(link).status_code == 200


def test_an_entry_leads_to_its_item_of_the_feed_and_to_its_changes(client, programme):
    identifier = programme("gwent", "phoenix-das").uuid
    item, changes = alternates(client, "/programmes/gwent/phoenix-das/")
    assert item == f"/api/services/{identifier}"
    assert client.get(item).json()["name"] == "Phoenix DAS"
    assert changes == "/changes/feed/?entry=gwent/phoenix-das"
    assert alternates(client, "/programmes/gwent/phoenix-das/?as-at=2099-01-01") == []


def test_the_bare_address_of_provision_is_its_own(client):
    for path, own in (("/provision/", ""), ("/provision/?by=route", "?by=route")):
        page = client.get(path).content.decode()
        assert f'<link rel="canonical" href="{settings.SITE_URL}/provision/{own}">' in page


def test_every_page_has_a_description_of_its_own_and_a_short_title(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    described: dict[str, list[str]] = {}
    for path in re.findall(f"<loc>{settings.SITE_URL}([^<]+)", sitemap):
        head = client.get(path).content.decode().partition("</head>")[0]
        description = re.findall('name="description" content="([^"]*)"', head)[0]
        described.setdefault(" ".join(description.split()), []).append(path)
        title = " ".join(re.findall("<title>(.*?)</title>", head, re.DOTALL)[0].split())
        # The heading of a force area or of the overview answers at once, and is its title too.
        answers = re.match(r"/(forces|cy/heddluoedd|provision|cy/darpariaeth)/", path)
        assert len(title) <= 90 or answers, title
    shared = [paths for paths in described.values() if len(paths) > 1]
    # Of two entries with one name, or of what has one name in both languages.
    assert [
        paths for paths in shared if not all("/gwent/" in p or "-hub" in p for p in paths)
    ] == []


def test_no_reader_takes_a_part_of_a_page_for_its_author(client):
    for path in ("/", "/programmes/", "/programmes/gwent/cara/", "/forces/", "/forces/gwent/"):
        page = client.get(path).content.decode()
        names = re.findall(r'(?:class|itemprop|rel)="([^"]*)"', page)
        assert not [n for n in names if re.search("byline|author|dateline|writtenby", n)], path
