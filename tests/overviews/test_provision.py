"""The page of provision: each name in each cell, each number in each title, and what to send."""

import re
from collections import Counter
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.utils import timezone
from tinyhtml5.parser import HTMLParser

from bench.sample_data import generate
from programmes.models import Edition, Programme
from programmes.overviews.forms import SHOWN
from programmes.publishing.publish import publish, withdraw
from programmes.readings import terms
from tests import listed
from tests.addresses import in_soak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answered_by")]

NONE, NAMED = "none says so", "none named"


def parsed(response: Any) -> Element:
    assert response.status_code == 200
    parser = HTMLParser(namespace_html_elements=False)
    return parser.parse(response.content.decode())


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def title(response: Any) -> str:
    return said(next(parsed(response).iter("h1")))


def table(response: Any, number: int = 0) -> tuple[list[str], list[list[Any]]]:
    """The headings, and each row: its label, then the names of each cell or what it says."""
    found = list(parsed(response).iter("table"))[number]
    headings = [said(th) for th in next(found.iter("thead")).iter("th")]
    rows = []
    for tr in next(found.iter("tbody")).iter("tr"):
        cells = [[said(a) for a in td.iter("a")] or said(td) for td in tr.iter("td")]
        rows.append([said(next(tr.iter("th"))), *cells])
    return headings, rows


def test_programmes_by_risk_and_area(client):
    page = client.get("/provision/")
    assert title(page) == (
        "Two of 15 community programmes are listed for high risk; nine give no risk level"
    )
    headings, rows = table(page)
    assert headings == ["Dyfed-Powys: 4", "South Wales: 7", "North Wales: 3", "Gwent: 1"]
    assert rows == [
        ["High risk", NONE, ["Drive Project"], ["ADAPT"], NONE],
        ["Medium risk, Standard risk", NONE, ["Driving Change", "Equilibrium"], NONE, NONE],
        ["“Not high risk” (no level given)", NONE, ["Clear"], NONE, NONE],
        ["“Identified based on risk”", ["Stalking intervention"], NONE, NONE, NONE],
        [
            "Not given",
            ["Choices", "Intervention Hub", "Integrated Family Support Service"],
            ["Family Intervention Programme", "Inspiring Families", "Re-provide"],
            ["Relate Cymru – Choose2Change", "Intervention Hub"],
            ["Phoenix DAS"],
        ],
        ["After a caution", NAMED, ["CARA"], NAMED, ["CARA"]],
        ["After conviction", ["Building Better Relationships"]],
    ]


def test_programmes_by_risk_and_area_in_welsh(client):
    page = client.get("/cy/darpariaeth/")
    assert title(page) == (
        "Mae dwy o’r 15 rhaglen gymunedol wedi’u rhestru ar gyfer risg uchel; "
        "nid yw naw yn nodi lefel risg"
    )
    headings, rows = table(page)
    assert headings == ["Dyfed-Powys: 4", "De Cymru: 7", "Gogledd Cymru: 3", "Gwent: 1"]
    unsaid = "heb ddweud"
    assert rows[:2] == [
        ["Risg uchel", unsaid, ["Drive Project"], ["ADAPT"], unsaid],
        [
            "Risg ganolig, Risg safonol",
            unsaid,
            ["Driving Change", "Equilibrium"],
            unsaid,
            unsaid,
        ],
    ]
    assert [[len(c) for c in row[1:] if isinstance(c, list)] for row in rows] == [
        [1, 1],
        [2],
        [1],
        [1],
        [3, 3, 2, 1],
        [1, 1],
        [1],
    ]


@pytest.mark.parametrize(
    ("by", "english", "welsh"),
    [
        (
            "route",
            "Six of 15 community programmes are listed as taking self-referrals; "
            "one does not say who could refer",
            "Mae chwech o’r 15 rhaglen gymunedol wedi’u rhestru fel rhai sy’n derbyn "
            "hunanatgyfeiriadau; nid yw un yn dweud pwy allai atgyfeirio",
        ),
        (
            "funder",
            "11 of 15 community programmes name a funder; four do not",
            "Mae 11 o’r 15 rhaglen gymunedol yn enwi ariannwr; nid yw pedair yn gwneud hynny",
        ),
        (
            "longevity",
            "Eight of 15 community programmes are described as annual; four give no length",
            "Mae wyth o’r 15 rhaglen gymunedol wedi’u disgrifio fel rhai blynyddol; "
            "nid yw pedair yn nodi cyfnod",
        ),
        (
            "evaluation",
            "Three of 15 community programmes are described as evaluated; 12 are not",
            "Mae tair o’r 15 rhaglen gymunedol wedi’u disgrifio fel rhai a werthuswyd; "
            "nid yw 12 wedi’u disgrifio felly",
        ),
    ],
)
def test_each_title_says_the_answer(client, by, english, welsh):
    assert title(client.get(f"/provision/?by={by}")) == english
    assert title(client.get(f"/cy/darpariaeth/?by={by}")) == welsh


DYFED, SOUTH, NORTH, GWENT = range(4)
HUB, FIP, CHOOSE = (
    "Intervention Hub",
    "Family Intervention Programme",
    "Relate Cymru – Choose2Change",
)
IFSS, STALKING, REPROVIDE = (
    "Integrated Family Support Service",
    "Stalking intervention",
    "Re-provide",
)
BY_HAND = {
    "route": [
        ("Any agency", {DYFED: ["Choices", HUB, IFSS], NORTH: [HUB], GWENT: ["Phoenix DAS"]}),
        ("Police only", {DYFED: [STALKING]}),
        ("Through MARAC", {SOUTH: ["Drive Project"], NORTH: ["ADAPT"]}),
        (
            "Third-party organisation",
            {SOUTH: [FIP, "Driving Change", "Equilibrium", "Inspiring Families"]},
        ),
        ("Children’s Services named", {SOUTH: [FIP, "Clear", "Equilibrium"]}),
        (
            "Self-referral",
            {
                SOUTH: [
                    *(FIP, "Clear", "Driving Change", "Equilibrium", "Inspiring Families"),
                    REPROVIDE,
                ]
            },
        ),
        ("Described as “open”", {SOUTH: ["Clear"]}),
        ("Not given", {NORTH: [CHOOSE]}),
    ],
    "funder": [
        (
            "Police and Crime Commissioner (PCC)",
            {DYFED: [IFSS], SOUTH: ["Drive Project", FIP, "Clear"]},
        ),
        (
            "Strategic VAWDASV partners",
            {DYFED: ["Choices", STALKING, HUB], SOUTH: ["Clear", "Driving Change"]},
        ),
        ("Local authority", {SOUTH: ["Equilibrium"]}),
        ("Welsh Government", {NORTH: [CHOOSE]}),
        ("Ministry of Justice (MOJ)", {NORTH: ["ADAPT"]}),
        (
            "Not given",
            {SOUTH: ["Inspiring Families", REPROVIDE], NORTH: [HUB], GWENT: ["Phoenix DAS"]},
        ),
    ],
    "longevity": [
        ("Annual", {DYFED: [IFSS], SOUTH: [FIP, "Clear", "Driving Change"], NORTH: [CHOOSE]}),
        ("Annual, moving towards multi-year", {DYFED: ["Choices", STALKING, HUB]}),
        ("Multi-year", {SOUTH: ["Drive Project", "Equilibrium"]}),
        ("Reported as stopped", {NORTH: [HUB]}),
        (
            "Not given",
            {SOUTH: ["Inspiring Families", REPROVIDE], NORTH: ["ADAPT"], GWENT: ["Phoenix DAS"]},
        ),
    ],
    "evaluation": [
        ("Evaluated", {SOUTH: ["Drive Project", FIP]}),
        ("A further evaluation was under way", {SOUTH: ["Drive Project"]}),
        ("Evaluated; the report was awaited", {SOUTH: ["Clear"]}),
        (
            "Not given",
            {
                DYFED: ["Choices", STALKING, HUB, IFSS],
                SOUTH: ["Driving Change", "Equilibrium", "Inspiring Families", REPROVIDE],
                NORTH: [CHOOSE, HUB, "ADAPT"],
                GWENT: ["Phoenix DAS"],
            },
        ),
    ],
}
"""Every name in every cell, counted by hand from the tables of the submission."""


@pytest.mark.parametrize("by", BY_HAND)
def test_every_name_in_every_cell_is_that_of_a_count_by_hand(client, by):
    shown = {}
    for path in ("/provision/", "/cy/darpariaeth/"):
        _headings, rows = table(client.get(f"{path}?by={by}"))
        shown[path] = [[c if isinstance(c, list) else [] for c in cells] for _l, *cells in rows]
        if path == "/provision/":
            labels = [label for label, *_cells in rows]
    assert labels[:-2] == [label for label, _names in BY_HAND[by]]
    by_hand = [[names.get(area, []) for area in range(4)] for _label, names in BY_HAND[by]]
    assert shown["/provision/"][:-2] == by_hand
    # The names are the same in Welsh; Welsh labels are tested with the vocabulary.
    assert shown["/cy/darpariaeth/"] == shown["/provision/"]


def test_what_was_evaluated_is_not_called_published(client):
    """Of the Family Intervention Programme, no source says that its evaluation was."""
    for path, label in (("/provision/", "Evaluated"), ("/cy/darpariaeth/", "Gwerthuswyd")):
        first = table(client.get(f"{path}?by=evaluation"))[1][0]
        assert (first[0], first[2]) == (label, ["Drive Project", "Family Intervention Programme"])


def test_who_could_refer(client):
    text = said(parsed(client.get("/provision/?by=route")))
    assert "None is listed as: Through the criminal justice system." in text
    assert "“Any agency” does not say whether people can refer themselves." in text


def left(slugs: list[str]) -> None:
    """Withdraw every programme but some."""
    standing = Edition.objects.current().values_list("slug", flat=True)
    for programme in Programme.objects.filter(slug__in=standing).exclude(slug__in=slugs):
        withdraw(programme, by=None, why="To be few, for a test.")


def test_one_programme_and_none(client):
    left(["phoenix-das"])
    page = client.get("/provision/")
    assert title(page) == (
        "No community programme is listed for high risk; one gives no risk level"
    )
    assert table(page)[1][0] == ["Not given", "none", "none", "none", ["Phoenix DAS"]]
    assert title(client.get("/cy/darpariaeth/")) == (
        "Nid oes rhaglen gymunedol wedi’i rhestru ar gyfer risg uchel; nid yw un yn nodi lefel risg"
    )
    left([])
    assert title(client.get("/provision/")) == "No community programme is published here"
    assert title(client.get("/cy/darpariaeth/")) == (
        "Nid oes rhaglen gymunedol wedi’i chyhoeddi yma"
    )


def test_one_programme_listed_for_high_risk(client):
    left(["adapt"])
    assert title(client.get("/provision/")) == ("One community programme is listed for high risk")
    assert title(client.get("/cy/darpariaeth/")) == (
        "Mae un rhaglen gymunedol wedi’i rhestru ar gyfer risg uchel"
    )


def test_who_funded_it_and_for_how_long(client):
    page = client.get("/provision/")
    headings, rows = table(page, 1)
    assert headings == [
        "Annual",
        "Annual, moving towards multi-year",
        "Multi-year",
        "Reported as stopped",
        "Not given",
    ]
    pcc, partners = "Police and Crime Commissioner (PCC)", "Strategic VAWDASV partners"
    families = ["Integrated Family Support Service", "Family Intervention Programme"]
    families = [f"{families[0]}, Dyfed-Powys", f"{families[1]}, South Wales"]
    joint = [f"{each}, Dyfed-Powys" for each in ("Choices", STALKING, "Intervention Hub")]
    silent = ["Inspiring Families, South Wales", f"{REPROVIDE}, South Wales", "Phoenix DAS, Gwent"]
    assert rows == [
        [pcc, families, "", ["Drive Project, South Wales"], "", ""],
        [f"{pcc}, {partners}", ["Clear"], "", "", "", ""],
        [partners, ["Driving Change, South Wales"], joint, "", "", ""],
        ["Local authority", "", "", ["Equilibrium"], "", ""],
        ["“Welsh Government Regional VAWDASV Grant”", ["Relate Cymru – Choose2Change"]] + [""] * 4,
        ["“MOJ Perpetrator fund”", "", "", "", "", ["ADAPT"]],
        ["No funder given", "", "", "", ["Intervention Hub, North Wales"], silent],
    ]
    text = said(parsed(page))
    assert (
        "8 of 15 are described as annual, 3 of them moving towards multi-year; "
        "no end date is given for any." in text
    )
    assert "Service, Dyfed-Powys “Yearly funding approval” (originally: Home" in text
    assert "Drive Project, South Wales “Multi-year arrangement, current cycle…”" in text
    assert "Gwent: The Gwent PCC’s office bid successfully to the Home Office’s fund" in text
    welsh = said(parsed(client.get("/cy/darpariaeth/")))
    assert (
        "Disgrifir fel rhai blynyddol: 8 o 15, 3 ohonynt tuag at drefniant "
        "aml-flwyddyn; ni nodir dyddiad gorffen." in welsh
    )


def test_an_end_date_is_told_once_there_is_one(client, programme):
    clear = programme("south-wales", "clear")
    clear.fundings.filter(period="current").update(end="2027-03-31", end_precision="day")
    publish(clear, by=None, why="An end date, for a test.")
    text = said(parsed(client.get("/provision/")))
    assert (
        "8 of 15 are described as annual, 3 of them moving towards multi-year; 1 gives an end date."
        in text
    )
    assert "Clear “Annual funding” (until 31 March 2027)" in text


def test_tags_stand_only_where_they_change_a_decision(client):
    figure = next(parsed(client.get("/provision/")).iter("table"))
    tags = [said(each) for each in figure.iter("strong")]
    assert tags == [
        "Stopped 2023/24",
        "Bought case by case",
        "Launch not confirmed",
        "Launch not confirmed",
    ]


def test_the_figure_says_its_scope_source_and_address(client, settings):
    page = client.get("/provision/?by=route")
    figure = next(parsed(page).iter("table"))
    assert said(next(figure.iter("caption"))) == (
        "Community programmes either commissioned by, or available to police forces in "
        "Wales, 17 November 2023: not everything that exists."
    )
    foot = said(next(figure.iter("tfoot")))
    assert (
        "Source: Policing in Wales submission to the Senedd, 17 November 2023; 0 of 18 checked "
        f"since. {settings.SITE_URL}/provision/?by=route&as-at={timezone.localdate()}" in foot
    )
    assert "MATAC, the meeting of agencies about repeat perpetrators" in foot


def test_the_page_takes_what_its_files_take(client):
    page = client.get("/provision/?by=risk&area=north-wales")
    headings, rows = table(page)
    assert headings == ["North Wales: 3"]
    assert rows[0] == ["High risk", ["ADAPT"]]
    assert title(page) == (
        "One of 3 community programmes is listed for high risk; two give no risk level"
    )
    text = page.content.decode()
    assert "/provision.csv?area=north-wales" in text
    assert "/programmes.xlsx?area=north-wales" in text


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
    assert f'href="{without}"' in page.content.decode()
    assert client.get(without).status_code == 200


# Against a slow reference, at any size


def current() -> list[Any]:
    editions = Edition.objects.current().in_source_order()
    return [edition.entry for edition in editions]


def reference(by: str, entries: list[Any]) -> Counter[tuple[str, str, str]]:
    """Area, value and address of every community programme, read one by one."""
    found: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        if entry.stage == "community":
            found.update((entry.area_slug, code, entry.address) for code in terms(entry)[by])
    return found


def expected_rows(by: str, entries: list[Any]) -> dict[str, dict[str, list[str]]]:
    """Label → area → addresses; values that the same programmes have share a label."""
    found = reference(by, entries)
    by_label: dict[str, dict[str, list[str]]] = {}
    for code, label in SHOWN[by].choices:
        here = {
            area: [e.address for e in entries if (area, code, e.address) in found]
            for area in {area for area, _code, _address in found}
        }
        here = {area: addresses for area, addresses in here.items() if addresses}
        named = len(entries) <= 40
        # Where names are shown, other words have a row for each wording.
        if not here or (named and code == "other"):
            continue
        twin = next((told for told, same in by_label.items() if same == here), None)
        if twin and named and code != "not-stated":
            by_label[f"{twin}, {label}"] = by_label.pop(twin)
        else:
            by_label[str(label)] = here
    return by_label


COUNTED = {
    "risk": ["high"],
    "route": ["self"],
    "longevity": ["annual", "annual-to-multi-year"],
}
TITLES = {
    "risk": ("are listed for high risk", "give no risk level"),
    "route": ("are listed as taking self-referrals", "do not say who could refer"),
    "funder": ("name a funder", "do not"),
    "longevity": ("are described as annual", "give no length"),
    "evaluation": ("are described as evaluated", "are not"),
}


def in_words(number: int) -> str:
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[number] if number <= 10 else str(number)


def check_title(client, by: str, entries: list[Any]) -> None:
    """In English word for word; in Welsh the numbers for which there are figures."""
    found = reference(by, entries)
    all_ = {address for _area, _code, address in found}
    silent = {address for _area, code, address in found if code == "not-stated"}
    counted = {address for _area, code, address in found if code in COUNTED.get(by, ())}
    counted = counted if by in COUNTED else all_ - silent
    says, silence = TITLES[by]
    assert title(client.get(f"/provision/?by={by}")) == (
        f"{in_words(len(counted)).capitalize()} of {len(all_)} community programmes {says}; "
        f"{in_words(len(silent))} {silence}"
    )
    welsh = title(client.get(f"/cy/darpariaeth/?by={by}"))
    numbers = [n for n in (len(counted), len(all_), len(silent)) if n > 10 or n == len(all_)]
    assert list(map(int, re.findall(r"\d+", welsh))) == numbers


@pytest.mark.parametrize("size", [0, 1, 40, 41, *in_soak(1000)])
def test_names_or_numbers_are_those_of_a_slow_reference(client, size):
    if size < 40:
        left(["adapt"][:size])
    else:
        generate(size - Edition.objects.current().count(), seed=size)
    entries = current()
    assert len(entries) == size
    for by in TITLES:
        page = client.get(f"/provision/?by={by}")
        rows = page.context["figure"]["rows"]
        shown: dict[str, dict[str, Any]] = {}
        for row, cells in rows:
            if row.kind == "stage" or row.quoted:
                continue
            for cell in cells:
                area = cell["column"].key
                assert 0 < size <= 40 or not cell["mentions"]
                if size > 40 and cell["number"]:
                    assert listed.count(cell["query"]) == cell["number"]
                if cell["number"]:
                    names = [each["entry"].address for each in cell["mentions"]]
                    shown.setdefault(row.label, {})[area] = names or cell["number"]
        expected = expected_rows(by, entries)
        numbers = {
            label: {area: len(each) for area, each in here.items()}
            for label, here in expected.items()
        }
        assert shown == (expected if size <= 40 else numbers)
        after = [entry for entry in entries if entry.stage != "community"]
        told = sum(c["number"] for row, cells in rows if row.kind == "stage" for c in cells)
        assert told == len(after)
        if size == 1000:
            check_title(client, by, entries)
    money = page.context["money"]["rows"]
    of_funders = reference("funder", entries)
    once = {address for _area, _code, address in of_funders}
    assert sum(cell["number"] for _row, cells in money for cell in cells) == (
        len(once) if size <= 40 else sum(of_funders.values())
    )


@pytest.mark.parametrize("by", SHOWN)
def test_the_file_has_what_the_page_names(client, by):
    counted = Counter(row["value"] for row in client.get(f"/provision.json?by={by}").json()["rows"])
    expected = Counter(code for _area, code, _address in reference(by, current()).elements())
    assert counted == expected
    assert client.get(f"/provision/?by={by}").status_code == 200


# Lessons and questions


def test_what_the_report_says_went_wrong(client):
    text = said(parsed(client.get("/provision/")))
    assert "Intervention Hub, North Wales: Service stopped, 2023/24" in text
    assert "Phoenix DAS, Gwent: Decommissioned" in text
    assert "nothing to enforce engagement which also resulted in low numbers" in text
    assert "“little consistency” in accredited services" in text
    assert "Demand “far outweighs” the budgets." in text


def test_questions_to_send_to_the_four_offices(client):
    response = client.get("/provision/questions.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    parts = text.split("Office of the Police and Crime Commissioner for ")
    assert [part.split()[0] for part in parts[1:]] == ["Dyfed-Powys", "South", "North", "Gwent"]
    first = "- Do the police commission it, or can they only refer people to it?"
    every = f"Of each programme:\r\n{first}"
    assert all(every in part for part in parts[1:])
    assert "Drive Project" not in text  # nothing but what is asked of each
    inspiring = parts[2].partition("Inspiring Families\r\n")[2].partition("\r\n\r\n")[0]
    assert inspiring.split("\r\n") == [
        "- Which levels of risk does it take?",
        "- Who funds it?",
        "- For how long is it funded?",
        "- Has it been evaluated?",
    ]
    welsh = client.get("/cy/darpariaeth/cwestiynau.txt").content.decode()
    assert (
        "- A yw’r heddlu’n ei chomisiynu, neu ai dim ond atgyfeirio pobl iddi y gallant ei wneud?"
        in welsh
    )
    page = unescape(client.get("/provision/").content.decode())
    assert 'href="/provision/questions.txt"' in page
    assert client.get("/provision/questions.txt?as-at=yesterday").status_code == 400
