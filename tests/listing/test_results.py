"""Finding: facets, chips, the selection in words, and every result a way forward."""

import re
from collections.abc import Iterable
from datetime import date
from html import unescape

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bench.sample_data import generate
from programmes.domain.eligibility import Case, RouteOutcome, verdict
from programmes.listing.filters import TERM_FILTERS, ProgrammeFilterSet, select
from programmes.listing.presenters import choices, in_words
from programmes.listing.results import Counts, facets, reached_otherwise, results_of
from programmes.listing.suggestions import filters_to_drop, values_to_add
from programmes.models import Edition
from programmes.readings import DIMENSIONS, terms
from programmes.vocabulary import NOT_STATED

pytestmark = pytest.mark.django_db

AREAS = ["dyfed-powys", "south-wales", "north-wales", "gwent", NOT_STATED]
VALUES = {"area": AREAS, **{d.name: [code for code, _ in d.choices] for d in DIMENSIONS}}
SEARCHED = {
    "": [],
    "plant": ["children"],
    "Tŷ": ["ty"],
    "children’s NEWID": ["childrens", "newid"],
    '"hope re-start"': ["hope re start"],
    "gwynedd": ["gwynedd"],
    "heddlu 1": ["heddlu", "1"],
}
"""Words to search for → the folded beginnings of words that an entry must then have.

"Plant" has a synonym in the other language.
"""
TODAY = date.today().isoformat()
ORDERS = ["", "area", "name", "checked", "relevance"]


def selection_of(query: str) -> ProgrammeFilterSet:
    selection = ProgrammeFilterSet(QueryDict(query))
    assert selection.is_valid()
    return selection


def counts_of(query: str) -> Counts:
    selection = selection_of(query)
    return facets(results_of(selection), selection.chosen)


class Slow:
    """The same questions, answered by looking at each entry in turn."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.editions = list(editions)
        self.terms = {edition.pk: terms(edition.entry) for edition in self.editions}

    def fits(self, edition: Edition, chosen: dict[str, list[str]], q: str) -> bool:
        for dimension, wanted in chosen.items():
            if dimension == "referrer":
                dimension, wanted = "route", ROUTES[wanted[0]]
            if not any(value in wanted for value in self.terms[edition.pk][dimension]):
                return False
        return all(f" {part}" in edition.search_text for part in SEARCHED[q])

    def find(self, chosen: dict[str, list[str]], q: str) -> list[Edition]:
        return [edition for edition in self.editions if self.fits(edition, chosen, q)]

    def in_order(self, editions: list[Edition], q: str, order: str) -> list[int]:
        if order in ("", "relevance"):
            order = "rank" if q else "area"

        def key(edition: Edition) -> tuple:
            place, name = edition.area_position, edition.search_name
            in_name = all(f" {part}" in edition.search_name for part in SEARCHED[q])
            checked = edition.last_checked or date.min
            return {
                "area": (place, name),
                "name": (name, place),
                "checked": (checked, place, name),
                "rank": (not in_name, name, place),
            }[order]

        return [edition.pk for edition in sorted(editions, key=lambda e: (*key(e), e.pk))]

    def reached_otherwise(
        self, chosen: dict[str, list[str]], q: str, referrer: str
    ) -> tuple[list[int], ...]:
        others = self.find({name: v for name, v in chosen.items() if name != "referrer"}, q)
        left_out = [e for e in others if not {*ROUTES[referrer]} & {*self.terms[e.pk]["route"]}]
        routes = {e.pk: {*self.terms[e.pk]["route"]} for e in left_out}
        elsewhere = [e for e in left_out if routes[e.pk] & {"marac", "police", "criminal-justice"}]
        by_self = [e for e in left_out if "self" in routes[e.pk] and e not in elsewhere]
        unknown = [e for e in left_out if routes[e.pk] & {"not-stated", "other"}]
        found = (elsewhere, by_self, unknown)
        return tuple(self.in_order(editions, "", "area") for editions in found)

    def count(self, dimension: str, chosen: dict[str, list[str]], q: str) -> dict[str, int]:
        others = {name: values for name, values in chosen.items() if name != dimension}
        counts: dict[str, int] = {}
        for edition in self.find(others, q):
            for value in self.terms[edition.pk][dimension]:
                counts[value] = counts.get(value, 0) + 1
        return counts


ORGANISATION = ["any-agency", "third-party", "open"]
ROUTES = {
    "police": ["police", *ORGANISATION],
    "childrens-services": ["childrens-services", *ORGANISATION],
    **dict.fromkeys(["probation", "health", "victim-support", "other"], ORGANISATION),
}
SELECTIONS = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        for name, values in VALUES.items()
    }
    | {"referrer": st.sampled_from(list(ROUTES)).map(lambda referrer: [referrer])},
)


def test_the_same_as_by_looking_at_each_entry(answered_by):
    generate(30, seed=4)
    slow = Slow(Edition.objects.current())

    @given(chosen=SELECTIONS, q=st.sampled_from(list(SEARCHED)), order=st.sampled_from(ORDERS))
    def compare(chosen, q, order):
        query = QueryDict(mutable=True)
        query.update({"q": q, "sort": order})
        for name, values in chosen.items():
            query.setlist(name, values)
        selection = selection_of(query.urlencode())
        expected = slow.find(chosen, q)
        assert [e.pk for e in selection.qs] == slow.in_order(expected, q, order)
        results = results_of(selection)
        assert results[0:100] == slow.in_order(expected, q, order)
        assert results[3:7] == results[0:100][3:7]
        assert (len(results), results.total()) == (len(expected), 48)
        counts = facets(results, selection.chosen)
        for dimension in TERM_FILTERS:
            assert counts[dimension] == slow.count(dimension, chosen, q)
        named = choices(selection)
        silent = list(values_to_add(selection, named, counts))
        for way in silent:
            assert selection_of(way.query).qs.count() == len(expected) + way.number
        ways = {way.name: way for way in filters_to_drop(selection, named, results, silent)}
        if referrer := chosen.get("referrer"):
            assert reached_otherwise(results) == slow.reached_otherwise(chosen, q, referrer[0])
        for name in [*chosen, *(["q"] if q else [])]:
            others = {key: values for key, values in chosen.items() if key != name}
            number = len(slow.find(others, "" if name == "q" else q))
            brought = {way.number for way in silent if way.name == name}
            more = number - len(expected)
            offered = len(expected) <= 3 and more > 0 and more not in brought
            assert (name in ways) == offered
            if offered:
                assert ways[name].number == number == selection_of(ways[name].query).qs.count()

    compare()


def test_list_and_check_agree_on_routes_in_all_combinations(answered_by):
    generate(60, seed=8)
    editions = {edition.pk: edition.entry for edition in Edition.objects.current()}
    for referrer in ROUTES:
        listed = set(results_of(selection_of(f"referrer={referrer}"))[0:100])
        for key, entry in editions.items():
            for marac in (None, True, False):
                route = verdict(entry, Case(referrer, marac)).route
                by_the_case = {*route.routes} <= {"marac", "criminal-justice"}
                is_open = route.outcome is RouteOutcome.OPEN and not by_the_case
                assert (key in listed) == is_open, (entry.address, referrer, marac)


LISTED_FOR = {
    "police": "Clear, Driving Change, Equilibrium, Family Intervention Programme, "
    "Inspiring Families",
    "childrens-services": "Clear, Driving Change, Equilibrium, Family Intervention Programme, "
    "Inspiring Families",
    "health": "Clear, Driving Change, Equilibrium, Family Intervention Programme, "
    "Inspiring Families",
}


@pytest.mark.parametrize("referrer", LISTED_FOR)
def test_who_is_asking_narrows_the_list_and_says_how_others_are_reached(answered_by, referrer):
    def names(keys: Iterable[int]) -> str:
        found = Edition.objects.current().in_bulk(keys)
        return ", ".join(sorted(found[key].entry.name.en for key in keys))

    results = results_of(selection_of(f"area=south-wales&area=not-stated&referrer={referrer}"))
    assert names(results[0:20]) == LISTED_FOR[referrer]
    elsewhere, by_self, unknown = map(names, reached_otherwise(results))
    assert elsewhere == (
        "Building Better Relationships (BBR), CARA (Cautioning and Relationship Abuse), "
        "Drive Project"
    )
    assert (by_self, unknown) == ("Re-provide", "")


def test_only_the_police_are_shown_what_is_for_police_only(answered_by):
    stalking = Edition.objects.current().get(slug="stalking-intervention").pk
    for referrer in ROUTES:
        results = results_of(selection_of(f"area=dyfed-powys&referrer={referrer}"))
        assert (stalking in results[0:9]) == (referrer == "police")
        assert reached_otherwise(results) == ([] if referrer == "police" else [stalking], [], [])


def test_who_is_asking_is_a_chip_and_one_of_the_words_of_a_list(client):
    response = client.get("/programmes/?area=gwent&referrer=health")
    assert [tuple(chip.values()) for chip in response.context["chips"]] == [
        ("Police area", "Gwent", "referrer=health"),
        ("Who is asking", "Health or a GP", "area=gwent"),
    ]
    words = "Police area: Gwent. Who is asking: Health or a GP."
    assert in_words(selection_of("area=gwent&referrer=health")) == words
    assert 'value="health" selected' in response.content.decode()


@pytest.mark.parametrize("value", ["self", "nobody", "police&referrer=health"])
def test_nobody_asks_for_themself_in_an_address(client, value):
    for path in ("/programmes/", "/programmes.json", "/cy/rhaglenni.csv"):
        assert client.get(f"{path}?referrer={value}").status_code == 400
    blank = client.get("/programmes/?referrer=")
    assert (blank.status_code, len(blank.context["rows"])) == (200, 18)


def links(page: str) -> dict[str, str]:
    """Text → address of every link."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    text = {re.sub(r"<[^>]+>|\s+", " ", inside): unescape(href) for href, inside in found}
    return {" ".join(unescape(key).split()): href for key, href in text.items()}


def test_every_value_is_counted_with_its_own_groups_choice_set_aside():
    counts = counts_of("area=south-wales&route=self&risk=medium&risk=standard")
    assert counts["area"] == {"south-wales": 2}
    assert counts["route"] == {"self": 2, "third-party": 2, "childrens-services": 1}
    assert counts["risk"] == {"medium": 2, "standard": 2, "not-high": 1, NOT_STATED: 3}
    assert counts["funder"] == {"vawdasv-partners": 1, "local-authority": 1}
    assert counts["group"] == {NOT_STATED: 2}


def test_counts_and_not_stated_account_for_every_entry():
    counts = counts_of("stage=community")
    assert sum(counts["stage"].values()) == 18
    for single in ("area", "attendance", "longevity", "status"):
        assert sum(counts[single].values()) == 15
    levels = {"high": 2, "medium": 2, "standard": 2, "not-high": 1}
    assert counts["risk"] == levels | {"other": 1, NOT_STATED: 9}
    assert counts["route"][NOT_STATED] == 1
    assert counts["funder"][NOT_STATED] == 4


def test_a_count_stands_beside_its_value_and_nothing_is_hidden(client):
    page = client.get("/programmes/?area=gwent").content.decode()
    counts = dict(re.findall(r'id="id_(\w+)_count">\s*(\d+)<', page))
    assert counts["area_0"] == "4"
    assert counts["area_3"] == "2"
    assert counts["risk_0"] == "0"
    assert counts["risk_5"] == "2"
    assert page.count('class="govuk-checkboxes__input"') == sum(map(len, VALUES.values()))
    assert 'aria-describedby="id_area_0_count"' in page
    assert page.count("app-option--none") == list(counts.values()).count("0") > 5


WAYS = {
    "/programmes/": {
        "1 more says only “not high risk”. Show it": 3,
        "3 more give no risk level. Show them": 5,
        "Clear “Risk level, any of these: Medium risk, Standard risk” to see 6": 6,
    },
    "/cy/rhaglenni/": {
        "Dim ond “nid risg uchel” y mae 1 arall yn ei ddweud. Ei dangos": 3,
        "Nid yw 3 arall yn nodi lefel risg. Eu dangos": 5,
        "Clirio “Lefel risg, unrhyw un o’r rhain: Risg ganolig, Risg safonol” i weld 6": 6,
    },
}


@pytest.mark.parametrize("path", WAYS)
def test_a_narrow_result_says_what_else_there_is_and_keeps_its_word(client, path):
    response = client.get(f"{path}?area=south-wales&route=self&risk=medium&risk=standard")
    offered = links(response.content.decode())
    for text, number in WAYS[path].items():
        assert client.get(offered[text]).context["page"].paginator.count == number


@pytest.mark.parametrize("risk", ["risk=high", "risk=high&risk=medium"])
def test_whoever_asks_for_high_risk_is_not_offered_what_excludes_it(client, risk):
    page = client.get(f"/programmes/?{risk}&area=south-wales").content.decode()
    assert "not high risk”. Show" not in page
    assert "4 more give no risk level. Show them" in page


@pytest.mark.parametrize(
    ("query", "way", "number"),
    [
        ("area=gwent&risk=high", "2 more give no risk level", 2),
        ("q=zebra&area=gwent", "Clear the search to see 2", 2),
        ("q=zebra", "Clear the search to see 18", 18),
        ("area=gwent&risk=high&q=zebra", "Clear all filters", 18),
        (f"as-at={TODAY}&area=gwent&risk=high&q=zebra", "Clear all filters", 18),
        ("as-at=2020-01-01", "See it now", 18),
    ],
)
def test_an_empty_result_is_no_dead_end(client, query, way, number):
    response = client.get(f"/programmes/?{query}")
    assert len(response.context["rows"]) == 0
    address = next(a for text, a in links(response.content.decode()).items() if way in text)
    assert client.get(address).context["page"].paginator.count == number
    assert ("as-at=" in address) == (TODAY in query)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/programmes/", "Follow your safeguarding and MARAC procedures first"),
        ("/cy/rhaglenni/", "Dilynwch eich gweithdrefnau diogelu a MARAC yn gyntaf"),
    ],
)
def test_what_comes_first_stands_before_any_name_and_on_an_empty_result(client, path, words):
    page = client.get(path).content.decode()
    assert page.index(words) < page.index("dyfed-powys/choices/")
    assert words in client.get(f"{path}?area=gwent&risk=high").content.decode()


def test_what_is_reached_another_way_is_named_under_that_way(client):
    def lines(query: str) -> list[str]:
        page = client.get(f"/programmes/?{query}").content.decode()
        lines = re.findall(r'<p class="app-list__notes">(.*?)</p>', page, re.DOTALL)
        return [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in lines]

    instead = "Reached through MARAC, the police or a court instead"
    assert lines("area=south-wales&referrer=childrens-services")[1:] == [
        f"{instead}: CARA (Cautioning and Relationship Abuse), Drive Project, "
        "Building Better Relationships (BBR)",
        "Listed as self-referral: Re-provide",
    ]
    assert "How to refer is not given, so ask about: Relate Cymru – Choose2Change" in lines(
        "area=north-wales&referrer=health"
    )
    alone = client.get("/programmes/?area=gwent&referrer=police&risk=standard").content.decode()
    assert "Listed as self-referral:" not in alone


def test_nothing_is_offered_twice(client):
    page = client.get("/programmes/?area=gwent&risk=high").content.decode()
    assert "2 more give no risk level. Show them" in page
    assert "Clear “Risk level" not in page


def test_each_chosen_filter_can_be_taken_away(client):
    query = "q=plant&area=south-wales&risk=medium&risk=standard&as-at="
    page = client.get(f"/programmes/?{query}{date.today()}").content.decode()
    offered = links(page)
    assert (
        "q=plant&area=south-wales&risk=standard&as-at"
        in offered["Remove: Risk level: × Medium risk"]
    )
    assert "q=" not in offered["Remove: Search: × “plant”"]
    day = next(text for text in offered if text.startswith("Remove: As at the end of"))
    assert offered[day] == "/programmes/?q=plant&area=south-wales&risk=medium&risk=standard"
    assert offered["Clear all"] == "/programmes/"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Search: “plant”. Police area: South Wales. Risk level, any of these: Medium risk, "
            "Standard risk.",
        ),
        (
            "cy",
            "Chwilio: “plant”. Ardal heddlu: De Cymru. Lefel risg, unrhyw un o’r rhain: Risg "
            "ganolig, Risg safonol.",
        ),
    ],
)
def test_the_selection_in_words(language, sentence):
    with translation.override(language):
        selection = select("q=plant&area=south-wales&risk=standard&risk=medium")
        assert in_words(selection) == sentence


def test_the_title_says_area_and_number_and_never_what_was_searched(client):
    page = client.get("/programmes/?q=stalking&area=dyfed-powys&risk=other").content.decode()
    title = re.search("<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert " ".join(title[1].split()).startswith(
        "Programmes in the Dyfed-Powys police area: 1 of 18 –"
    )


def test_the_same_selection_has_one_address(client):
    one = "area=gwent&risk=medium&risk=standard"
    same = {
        "risk=standard&area=gwent&risk=medium&area=gwent&utm_source=x&q=&sort=area&page=1": one,
        f"q=+&sort=relevance&{one}": one,
        "q=+plant+&sort=relevance": "q=plant",
        "q=plant&as-at=2026-1-1": "q=plant",
    }
    for query, address in same.items():
        page = client.get(f"/programmes/?{query}").content.decode()
        canonical = re.search(r'rel="canonical" href="([^"]*)"', page)
        assert canonical
        assert unescape(canonical[1]).endswith(f"/programmes/?{address}")


def test_a_later_page_keeps_its_place_in_the_other_language(client, many_entries):
    many_entries(30)
    page = client.get("/programmes/?stage=community&stage=statutory&page=2").content.decode()
    assert "/cy/rhaglenni/?stage=community&amp;stage=statutory&amp;page=2" in page


def test_each_council_area_is_offered_under_its_force_area(client):
    page = client.get("/programmes/").content.decode()
    assert "We show the whole police force area" in page
    assert page.count("<optgroup") == 4
    assert page.count("<option") == 23 + 7 + 3


@pytest.mark.parametrize("name", VALUES)
def test_every_value_that_some_and_not_all_have_changes_the_result(client, name):
    everything = client.get("/programmes.json").json()["entries"]
    counts = counts_of("")[name]
    for value, number in counts.items():
        found = client.get(f"/programmes.json?{name}={value}").json()["entries"]
        assert len(found) == number
        assert (found == everything) == (number == 18)


def test_the_list_asks_the_database_as_often_at_any_size(
    uncached_client, django_assert_num_queries
):
    every = "&".join(f"{name}={values[0]}" for name, values in VALUES.items())
    queries = {
        "": 8,
        "q=plant": 8,
        "sort=name&page=2": 8,
        "area=gwent&area=not-stated": 9,
        # One count for each filter that could be dropped, one for what sources there are, and one
        # for names that are spelled nearly like it.
        f"{every}&q=zebra": 29,
    }
    for size in (40, 200):
        generate(size, seed=size)
        for query, number in queries.items():
            with django_assert_num_queries(number):
                assert uncached_client.get(f"/programmes/?{query}").status_code == 200
