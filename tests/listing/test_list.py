"""The list and its CSV: every parameter of the contract, and what they answer to nonsense."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone

from programmes.listing.search import search
from programmes.models import Edition
from programmes.publishing.publish import publish
from tests import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answered_by")]

COUNTS = {
    "area": {"dyfed-powys": 4, "south-wales": 7, "north-wales": 3, "gwent": 1, "not-stated": 0},
    "stage": {"community": 15, "out-of-court": 0, "statutory": 0},
    "attendance": {"voluntary": 15, "required": 0, "other": 0, "not-stated": 0},
    "route": {
        "any-agency": 5,
        "self": 6,
        "third-party": 4,
        "childrens-services": 3,
        "marac": 2,
        "police": 1,
        "open": 1,
        "criminal-justice": 0,
        "other": 0,
        "not-stated": 1,
    },
    "risk": {"high": 2, "medium": 2, "standard": 2, "not-high": 1, "other": 1, "not-stated": 9},
    "group": {
        "open": 5,
        "families": 1,
        "parents": 1,
        "men": 1,
        "stalking": 1,
        "other": 0,
        "not-stated": 7,
    },
    "funder": {
        "vawdasv-partners": 5,
        "pcc": 4,
        "local-authority": 1,
        "welsh-government": 1,
        "moj": 1,
        "home-office": 0,
        "other": 0,
        "not-stated": 4,
    },
    "longevity": {
        "annual": 5,
        "annual-to-multi-year": 3,
        "multi-year": 2,
        "ended": 1,
        "other": 0,
        "not-stated": 4,
    },
    "status": {"listed": 13, "stopped": 1, "spot-purchase": 1, "launching": 0, "said-to-run": 0},
    "evaluation": {
        "published": 2,
        "under-way": 1,
        "awaited": 1,
        "elsewhere": 0,
        "not-stated": 12,
    },
}
"""How many community entries each value lets through, as the contract states."""

ALL_18 = [("dyfed-powys", 4), ("south-wales", 8), ("north-wales", 3), ("gwent", 2)]


def names(client, query: str, path: str = "/programmes/") -> list[str]:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    return listed.names(response)


def csv_names(client, query: str, path: str = "/programmes.csv") -> list[str]:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    return [row[1] for row in rows[1:]]


@pytest.mark.parametrize("name", COUNTS)
def test_counts_of_the_contract(client, name):
    for value, number in COUNTS[name].items():
        query = f"stage=community&{name}={value}"
        if name == "stage":
            query = f"stage={value}&stage={value}"
            query += "" if value == "community" else "&attendance=voluntary"
        assert listed.count(query) == number
        assert len(csv_names(client, query)) == number
    # What was counted is what the page shows, here of the last value.
    assert len(names(client, query)) == number


@pytest.mark.parametrize(("area", "number"), [*ALL_18, ("not-stated", 1)])
def test_counts_of_all_18(client, area, number):
    assert len(names(client, f"area={area}")) == number
    assert len(csv_names(client, f"area={area}", "/cy/rhaglenni.csv")) == number


def test_or_within_and_between(client):
    query = "area=gwent&area=north-wales&route=any-agency"
    assert names(client, query) == ["Intervention Hub", "Phoenix DAS"]
    assert csv_names(client, query) == ["Intervention Hub", "Phoenix DAS"]


OPEN = [
    "Choices",
    "Intervention Hub",
    "Integrated Family Support Service",
    "Family Intervention Programme",
    "Intervention Hub",
]
IN_OTHER_WORDS = {
    "risk=other": (["Stalking intervention"], "“Identified based on risk”"),
    "funder=other": (
        ["CARA (Cautioning and Relationship Abuse)"],
        "“This is joint commissioned with South Wales.”",
    ),
}


@pytest.mark.parametrize(("query", "found"), IN_OTHER_WORDS.items())
def test_words_that_no_term_fits_are_found_and_shown(client, query, found):
    expected, words = found
    assert names(client, query) == csv_names(client, query) == expected
    shown = client.get(f"/programmes/?{query}").content.decode()
    assert words in shown
    welsh = client.get(f"/cy/rhaglenni/?{query}").content.decode()
    assert f'<span lang="en">{words}</span>' in welsh
    silent = query.replace("other", "not-stated")
    assert not set(names(client, f"{silent}&area=dyfed-powys&area=south-wales")) & set(expected)


def test_what_is_described_as_open_is_a_group(client):
    assert sorted(names(client, "group=open")) == sorted(OPEN)


def test_the_columns_added_since_say_where_and_how_old(client):
    rows = csv.DictReader(io.StringIO(client.get("/programmes.csv").content.decode("utf-8-sig")))
    found = {(row["programme"], row["area_code"]): row for row in rows}
    drive = found["Drive Project", "south-wales"]
    assert (drive["area_gss"], drive["evaluation"]) == ("W15000003", "published; under-way")
    assert (drive["first_stated"], drive["last_stated"]) == ("2023-11-17", "2023-11-17")
    assert drive["id"] == str(Edition.objects.current().get(slug="drive-project").entry.uuid)
    bbr = found["Building Better Relationships (BBR)", "not-stated"]
    assert (bbr["area_gss"], bbr["evaluation"]) == ("not-stated", "not-stated")


def test_high_risk_never_returns_not_high(client):
    assert names(client, "risk=high") == ["Drive Project", "ADAPT"]
    assert names(client, "risk=not-high") == ["Clear"]
    assert "Clear" not in names(client, "risk=medium&risk=standard")


SEARCHES = {
    "high risk": ["ADAPT", "Drive Project"],
    "risg uchel": ["ADAPT", "Drive Project"],
    "not high": ["Clear"],
    "not-high risk": ["Clear"],
    "risk clear": ["Clear"],
    "risg clear": ["Clear"],
    "nid risg uchel": ["Clear"],
    "cycle": ["Drive Project"],
    "ycle": [],
    "plant": ["Clear", "Equilibrium", "Family Intervention Programme", "Inspiring Families"],
    "childrens services": ["Clear", "Equilibrium", "Family Intervention Programme"],
    "CHILDREN’S services": ["Clear", "Equilibrium", "Family Intervention Programme"],
    "stelcio": ["Stalking intervention"],
    "reprovide": ["Re-provide"],
    '"community based early"': ["Clear"],
    '"early community"': [],
    "marac high harm": ["ADAPT"],
}


@pytest.mark.parametrize(("query", "expected"), SEARCHES.items())
def test_search_forgives_spelling_in_both_languages(client, query, expected):
    for path in ("/programmes/", "/cy/rhaglenni/"):
        response = client.get(path, {"q": query, "stage": "community"})
        assert sorted(listed.names(response)) == sorted(expected)


def test_search_ranks_names_first(client):
    assert names(client, "q=drive")[0] == "Drive Project"
    assert names(client, "q=re+provide")[0] == "Re-provide"
    assert len(names(client, "q=gwent")) > 1


def test_no_number_of_parameters_is_too_much(client):
    assert client.get("/programmes/?" + "&".join(["x=1"] * 2000)).status_code in (200, 400)


def test_a_sort_that_was_asked_for_is_kept(client):
    page = client.get("/programmes/?q=drive&sort=area").content.decode()
    assert '<option value="area" selected>' in page


def test_longest_unchecked_first(client, programme, admin_user):
    choices = programme("dyfed-powys", "choices")
    choices.verifications.create(
        checked_with="provider", outcome="confirmed", confirmed=["funding"], by=admin_user
    )
    publish(programme("dyfed-powys", "choices"), by=admin_user, why="The provider confirmed it.")
    assert names(client, "sort=checked")[-1] == "Choices"


def test_sort(client):
    by_name = names(client, "sort=name")
    assert by_name == sorted(by_name, key=str.casefold)
    assert names(client, "")[:2] == ["Choices", "Integrated Family Support Service"]
    assert names(client, "sort=checked") == names(client, "sort=area")


BAD = [
    "area=nowhere",
    "area=gwent&area=nowhere",
    "risk=HIGH",
    "risk=",
    "route=any",
    "stage=not-stated",
    "status=open",
    "sort=random",
    "q=%00",
    "q=" + "x" * 201,
    "q=!!",
    "q=a&q=b",
    "sort=name&sort=area",
    "page=x",
    "page=0",
    "page=" + "9" * 5000,
    "as-at=yesterday",
    "as-at=2026-13-01",
    "as-at=9999-12-31",
    "page=1&page=2",
    "as-at=2026-01-01&as-at=2026-01-02",
    "group=%3Cscript%3Ealert(1)%3C/script%3E",
]


@pytest.mark.parametrize("answered_by", ["database"], indirect=True)  # nobody is asked
@pytest.mark.parametrize("query", BAD)
def test_a_bad_value_gets_a_message_and_no_entry(client, query):
    for path, title in (("/programmes/", "There is a problem"), ("/cy/rhaglenni/", "Mae problem")):
        response = client.get(f"{path}?{query}")
        page = response.content.decode()
        assert response.status_code == 400
        assert title in page
        assert "Drive Project" not in page
        assert "<script>alert" not in page


@pytest.mark.parametrize("answered_by", ["database"], indirect=True)  # nobody is asked
@pytest.mark.parametrize("query", BAD)
def test_a_bad_value_gets_a_message_and_no_row_in_csv(client, query):
    for path in ("/programmes.csv", "/cy/rhaglenni.csv"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "Drive Project" not in response.content.decode()


@pytest.mark.parametrize("query", [*BAD, "authority=london&area=gwent", "page=99"])
def test_the_other_language_refuses_it_too(client, query):
    response = client.get(f"/programmes/?{query}")
    page = response.content.decode()
    twin = re.search(r'href="([^"]*)" rel="alternate"', page)
    assert twin
    assert client.get(unescape(twin[1])).status_code == response.status_code
    assert "canonical" not in page


@pytest.mark.parametrize("query", ["q=!!", "risk=enormous", "page=9"])
def test_a_bad_value_leaves_the_day_that_was_asked_for(client, query):
    day = timezone.localdate().isoformat()
    for asked in ("", query):
        page = client.get(f"/programmes/?as-at={day}&{asked}").content.decode()
        assert f'type="hidden" name="as-at" value="{day}"' in page


def test_an_error_is_in_the_language_of_the_page(client):
    english, welsh = "Choose only from the values", "Dewiswch o’r gwerthoedd"
    assert english in client.get("/programmes.csv?area=nowhere").content.decode()
    assert welsh in client.get("/cy/rhaglenni.csv?area=nowhere").content.decode()
    assert welsh in client.get("/cy/rhaglenni/?area=nowhere").content.decode()


def test_an_error_of_a_csv_lists_the_values_there_are(client):
    text = client.get("/programmes.csv?area=nowhere&q=!!").content.decode()
    assert text.splitlines() == [
        "q: Use letters or numbers.",
        "area: Choose only from the values listed here. "
        "dyfed-powys, south-wales, north-wales, gwent, not-stated",
    ]


def test_unknown_parameters_are_ignored_and_not_handed_on(client):
    assert len(names(client, "utm_source=letter&fbclid=1")) == 18
    assert "fbclid" not in client.get("/programmes/?fbclid=1&area=gwent").content.decode()


@pytest.mark.parametrize("number", ["2", "9" * 30])
def test_a_page_that_is_not_there(client, number):
    response = client.get(f"/cy/rhaglenni/?page={number}&area=gwent")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Nid oes tudalen o’r fath yn y rhestr hon." in page
    assert 'href="/cy/rhaglenni/?area=gwent">Gweld y rhestr hon o’i thudalen gyntaf' in page
    assert "Phoenix" not in page
    assert re.search(r'value="gwent" id="id_area_3"[^>]* checked', page)


def test_selection_is_kept_in_the_form_the_download_and_the_other_language(client):
    page = client.get("/programmes/?area=gwent&q=phoenix").content.decode()
    assert re.search(r'value="gwent" id="id_area_3"[^>]* checked', page)
    assert 'href="/programmes.csv?q=phoenix&amp;area=gwent"' in page
    assert 'href="/cy/rhaglenni/?q=phoenix&amp;area=gwent"' in page


def test_welsh_csv_has_welsh_headings_and_the_same_rows(client):
    english = client.get("/programmes.csv").content.decode()
    welsh = client.get("/cy/rhaglenni.csv").content.decode()
    assert english.startswith("\ufeffarea,programme,attendance,referral_route,eligibility,funding,")
    assert welsh.startswith("\ufeffardal,rhaglen,presenoldeb,llwybr_atgyfeirio,cymhwysedd,cyllid,")
    assert welsh.splitlines()[0].endswith(
        "url,id,cod_ardal,gss_ardal,nodwyd_gyntaf,nodwyd_ddiwethaf,gwerthusiad"
    )
    assert welsh.splitlines()[1:] == [
        line.replace("/programmes/", "/cy/rhaglenni/") for line in english.splitlines()[1:]
    ]


def test_csv_columns_are_those_of_the_contract(client):
    heading = client.get("/programmes.csv").content.decode("utf-8-sig").splitlines()[0]
    assert heading == (
        "area,programme,attendance,referral_route,eligibility,funding,longevity,stage,status,"
        "attendance_term,routes,risk_levels,client_groups,funders,longevity_term,source,"
        "source_date,last_checked,url,id,area_code,area_gss,first_stated,last_stated,evaluation"
    )


def row_of(page: str, name: str) -> str:
    """The text of a row, without the marks of the table."""
    row = next(r for r in page.split("<tr")[1:] if f">{name}<" in r)
    text = re.sub(r'data-label="([^"]+)">', r"> \1:", row.partition(">")[2])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_row_has_the_words_of_the_source_and_says_what_is_not_given(client):
    page = client.get("/programmes/").content.decode()
    assert row_of(page, "Re-provide") == (
        "Re-provide Compare: Re-provide, South Wales South Wales Refer: “Self-referrals” "
        "For: “Males who have been using violence” Funded: Not given Length: Not given"
    )
    bbr = row_of(page, "Building Better Relationships (BBR)")
    assert "Refer: Through the criminal justice system For: “BBR is for adult men" in bbr
    assert "Funded: “Spot purchase arrangements” Length: Not given" in row_of(page, "Phoenix DAS")
    north_wales = client.get("/programmes/?area=north-wales").content.decode()
    assert row_of(north_wales, "Intervention Hub").endswith("Length: Reported as stopped")


def test_a_welsh_row_has_welsh_terms_and_english_words_where_there_is_none(client):
    page = client.get("/cy/rhaglenni/?area=gwent").content.decode()
    row = row_of(page, "Phoenix DAS")
    assert "Atgyfeirio: Unrhyw asiantaeth I bwy: Dim gwybodaeth" in row
    assert "Cyllid: “Spot purchase arrangements” Cyfnod: Dim gwybodaeth" in row
    assert '<span lang="en">“Spot purchase arrangements”</span>' in page


def test_only_what_changes_a_decision_has_a_tag(client):
    page = client.get("/programmes/").content.decode()
    assert re.findall(r'class="app-mark">([^<]+)<', page) == [
        "Launch not confirmed",
        "Stopped 2023/24",
        "Launch not confirmed",
        "Bought case by case",
    ]


def test_newer_words_come_with_their_date(client, programme, letter):
    clear = programme("south-wales", "clear")
    cell = clear.statements.get(field="longevity")
    newer = clear.statements.create(
        field="longevity",
        text="Until March 2028",
        source=letter,
        place_en="Page 1",
        place_cy="Tudalen 1",
        replaces=cell,
    )
    clear.longevity, clear.longevity_rests_on = "other", newer
    clear.save()
    publish(programme("south-wales", "clear"), by=None, why="The PCC wrote.")
    page = client.get("/programmes/?area=south-wales").content.decode()
    assert row_of(page, "Clear").endswith("Length: “Until March 2028” (5 March 2026)")
    assert "Funded by (2023–2026)" in page


def test_the_list_says_what_is_true_of_all_its_rows_once(client):
    page = " ".join(
        client.get("/programmes/?authority=swansea&route=self").content.decode().split()
    )
    assert "<h1" in page
    assert "Programmes in the South Wales police area</h1>" in page
    assert "We looked at the whole South Wales police area. No source says" in page
    assert "Attendance was listed as voluntary at all 6." in page
    one = client.get("/programmes/?area=south-wales&risk=high").content.decode()
    assert "Attendance was listed as voluntary.</p>" in one
    assert (
        "Attendance: Voluntary 15, Can be required by a court or caution 3."
        in client.get("/programmes/").content.decode()
    )


def test_the_box_for_risk_says_what_is_chosen(client):
    def box(query: str) -> str:
        page = client.get(f"/programmes/?{query}").content.decode()
        summary = page.partition("app-bar__field")[2].partition("</summary>")[0]
        return " ".join(re.sub("<[^>]+>", " ", summary.partition("<summary>")[2]).split())

    assert box("") == "Risk level: Any"
    assert box("risk=high") == "Risk level: High risk"
    assert box("risk=medium&risk=standard") == "Risk level: chosen: 2"


def test_ticked_programmes_are_compared(client):
    page = client.get("/programmes/?area=gwent").content.decode()
    form = page.partition('<form class="app-rows"')[2].partition("</form>")[0]
    ticks = re.findall(r'type="checkbox" name="programme" value="([^"]+)"', form)
    assert ticks == ["gwent/cara", "gwent/phoenix-das"]
    address = re.search('action="([^"]+)"', form)
    assert address
    answer = client.get(address[1], {"programme": ticks})
    assert [each.address for each in answer.context["chosen"]] == ticks


def test_the_table_of_a_past_day_links_to_that_day_and_compares_nothing(client):
    day = timezone.localdate().isoformat()
    page = client.get(f"/programmes/?area=gwent&as-at={day}").content.decode()
    assert f'href="/programmes/gwent/phoenix-das/?as-at={day}"' in page
    assert 'name="programme"' not in page


def test_an_area_heads_its_rows_only_in_the_order_of_areas(client):
    heading = 'scope="rowgroup"'
    assert client.get("/programmes/").content.decode().count(heading) == 5
    assert heading not in client.get("/programmes/?area=gwent").content.decode()
    assert heading not in client.get("/programmes/?sort=name").content.decode()


def test_pages_follow_each_other_without_gap_or_repeat(client, many_entries):
    many_entries(30)
    pages = [client.get(f"/programmes/?page={page}").context["rows"] for page in (1, 2, 3)]
    assert [len(rows) for rows in pages] == [20, 20, 8]
    assert len({row.address for rows in pages for row in rows}) == 48
    page = client.get("/programmes/?page=2&sort=name").content.decode()
    assert 'href="?sort=name&amp;page=3"' in page
    assert "<title> Programmes: 48 listings – Page 2 of 3" in " ".join(page.split())


def test_each_database_searches_by_its_own_index():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Eighteen rows are read faster without this index: whole, or by key once counted.
            cursor.execute("ANALYZE programmes_edition")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
    found = search(Edition.objects.all(), '"childrens services"').order_by()
    assert "programmes_edition_words" in found.explain()


def test_what_somebody_typed_is_in_nobody_elses_form(client):
    for odd in ("None", "%20", "0", "False"):
        client.get(f"/programmes/?q={odd}")
        plain = client.get("/programmes/").content.decode()
        assert f'value="{odd.replace("%20", " ")}"' not in plain.partition('id="results"')[0]
        searched = client.get("/programmes/?q=newid").content.decode()
        assert '<option value="" selected>Best match first</option>' in searched


def test_a_word_that_grows_when_it_is_folded_is_refused(client):
    for path in ("/programmes/", "/cy/rhaglenni.csv"):
        assert client.get(path, {"q": "㌖" * 200}).status_code == 400
