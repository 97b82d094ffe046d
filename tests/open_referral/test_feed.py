"""The Open Referral feed: what it says, what it never says, and that it is what it declares."""

import datetime
import json
import re
import uuid
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate

from bench.sample_data import generate
from config.urls import FEED
from programmes.domain.entry import Bilingual, Involvement
from programmes.models import Correction, Edition, Organisation, Programme, Source, Verification
from programmes.open_referral import forms
from programmes.open_referral.organizations import providers_of
from programmes.open_referral.views import DOCUMENT
from programmes.publishing.amendments import hide_contact, record_verification
from programmes.publishing.publish import publish, withdraw
from tests.addresses import by_language
from tools import openapi

pytestmark = pytest.mark.django_db

BASES = ("/api", "/cy/api")
NO_PROVIDER = "8406ea75-d13d-57bc-91ac-d3e7633fcc8a"
ROUTES = "c13c8ec5-1605-50b2-b7ef-4e2bb696f029"
LISTS = ("services", "taxonomies", "taxonomy_terms", "organizations")
NEVER_SENT: tuple[Any, ...] = (None, "", [], {})
CONTACT = {
    "team_en": "Referral team",
    "team_cy": "Tîm atgyfeirio",
    "audience": "professionals",
    "phone": "01633 838838",
    "email": "referrals@example.org",
    "languages": "both",
    "checked_on": datetime.date(2026, 10, 1),
}


@pytest.fixture(scope="module")
def declared() -> dict[str, Any]:
    return Client().get("/api/openapi.json").json()


@pytest.fixture
def feed(client: Client, declared: dict[str, Any]) -> Callable[..., Any]:
    """Reads an address, and holds every answer to what the OpenAPI document says of it."""

    def read(address: str, query: dict[str, Any] | None = None, status: int = 200) -> Any:
        response = client.get(address, query)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Content-Language"] == ("cy" if address.startswith("/cy/") else "en")
        assert not response.cookies
        answer = response.json()
        conforms(answer, declared, path_of(address), status)
        assert not [path for path, value in walk(answer, "") if value in NEVER_SENT]
        return answer

    return read


def path_of(address: str) -> str:
    """The declared path that an address is one of: /cy/api/services/1b4… → /services/{id}."""
    _base, _api, path = address.partition("/api")
    head, _slash, identifier = path.removeprefix("/").partition("/")
    return f"/{head}/{{id}}" if identifier else f"/{head}"


def conforms(answer: Any, declared: dict[str, Any], path: str, status: int) -> None:
    content = declared["paths"][path]["get"]["responses"][str(status)]["content"]
    schema = content["application/json"]["schema"] | {"components": declared["components"]}
    validator = OAS31Validator(schema, format_checker=oas31_format_checker)
    assert [error.message for error in validator.iter_errors(answer)] == []


def walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything within an answer but an empty list of contents, and where it stands."""
    children = dict(enumerate(value)) if isinstance(value, list) else value
    for key, child in children.items() if isinstance(children, dict) else ():
        if path or key != "contents":
            yield f"{path}/{key}", child
        yield from walk(child, f"{path}/{key}")


def service_of(feed, slug: str, base: str = "/api") -> dict[str, Any]:
    return feed(f"{base}/services/{Programme.objects.get(slug=slug).uuid}")


def names(page: dict[str, Any]) -> list[str]:
    return [each["name"] for each in page["contents"]]


def checked(programme: Programme, by, outcome: str, *confirmed: str) -> None:
    record_verification(
        Verification(
            programme=programme,
            by=by,
            outcome=outcome,
            confirmed=list(confirmed),
            checked_on=datetime.date(2026, 11, 2),
            checked_with="provider",
        ),
        by=by,
    )


@pytest.fixture
def told(programme, admin_user) -> Programme:
    """Phoenix DAS after its provider wrote: organisations, contacts, languages and a check."""
    phoenix = programme("gwent", "phoenix-das")
    letter = Source.objects.create(
        slug="letter",
        kind="written-confirmation",
        publisher_en="Referral team",
        publisher_cy="Tîm atgyfeirio",
        title_en="Letter from the provider",
        title_cy="Llythyr gan y darparwr",
        dated="2026-01-02",
    )
    words = phoenix.statements.create(
        source=letter, field="provider", text="We run it.", place_en="page 1", place_cy="tudalen 1"
    )
    for role, name in (
        ("provider", "An Agency"),
        ("provider", "Another Agency"),
        ("commissioner", "A Board"),
    ):
        phoenix.involvements.create(
            organisation=Organisation.objects.create(name_en=name, page="https://example.org/"),
            role=role,
            statement=words,
        )
    phoenix.contacts.create(source=letter, **CONTACT)
    phoenix.delivery_language, phoenix.delivery_language_rests_on = "both", words
    phoenix.accreditation, phoenix.accreditation_rests_on = "accredited", words
    phoenix.criteria.create(answer="age:adult", only=True, statement=words)
    phoenix.save()
    publish(phoenix, by=admin_user, why="The provider wrote to us.")
    checked(phoenix, admin_user, "confirmed", "status", "referral_route")
    return phoenix


def test_the_openapi_document_is_one_and_names_every_address(client, declared):
    validate(declared)
    words = {re.sub("<(uuid|str):identifier>", "{id}", page.english) for page in FEED}
    words = {path.removeprefix("api/") for path in words} - {"<path:path>"}
    assert set(declared["paths"]) == {f"/{path}" for path in words}
    welsh = client.get("/cy/api/openapi.json")
    assert (welsh.json(), welsh["Content-Language"]) == (declared, "en")
    objects = [s for s in declared["components"]["schemas"].values() if s["type"] == "object"]
    assert all(each["additionalProperties"] is False for each in objects)
    assert len(objects) == len(declared["components"]["schemas"])


def test_the_openapi_document_is_of_the_code_as_it_is():
    assert DOCUMENT.read_bytes() == openapi.written(), "After a change: make openapi"


def test_an_address_that_is_too_long_is_answered_as_declared(client, declared):
    refused = client.get("/api/services", {"search": "a" * 9000})
    answers = declared["paths"]["/services"]["get"]["responses"]
    assert refused["Content-Type"].partition(";")[0] in answers[str(refused.status_code)]["content"]
    assert refused.status_code == 414


def test_an_undeclared_field_would_be_found(client, declared):
    sent = client.get("/api/").json() | {"surprise": 1}
    with pytest.raises(AssertionError, match="'surprise' was unexpected"):
        conforms(sent, declared, "/", 200)


@pytest.mark.parametrize("base", by_language(*BASES))
def test_every_answer_about_every_entry_is_as_declared(feed, told, programme, admin_user, base):
    withdraw(programme("south-wales", "clear"), by=admin_user, why="It was listed twice.")
    checked(programme("south-wales", "driving-change"), admin_user, "stopped")
    details = feed(f"{base}/")
    assert details["version"] == "HSDS-UK-3.0"
    assert details["openapi_url"].endswith(f"{base}/openapi.json")
    for kind in LISTS:
        whole = feed(f"{base}/{kind}", {"per_page": 100})
        assert (whole["total_pages"], whole["first_page"], whole["last_page"]) == (1, True, True)
        for size in (1, 5):
            read, page = [], 1
            while True:
                part = feed(f"{base}/{kind}", {"per_page": size, "page": page})
                read += part["contents"]
                assert part["total_items"] == whole["total_items"]
                if part["last_page"]:
                    break
                page += 1
            assert read == whole["contents"]
        for each in whole["contents"]:
            one = feed(f"{base}/{kind}/{each['id']}")
            same = each.keys() - {"description"} if kind == "organizations" else each.keys()
            assert {key: one[key] for key in same} == {key: each[key] for key in same}
    full = feed(f"{base}/services", {"full": "True"})["contents"]
    assert len(full) == 18
    assert full == [feed(f"{base}/services/{each['id']}") for each in full]
    stamps = feed(f"{base}/services", {"minimal": "true"})["contents"]
    assert {(s["id"], s["modified_date"]) for s in stamps} == {
        (s["id"], s["last_modified"]) for s in full
    }


def test_both_languages_have_the_same_identifiers_and_codes(feed):
    def bones(value: Any) -> list[tuple[str, Any]]:
        kept = ("id", "code", "extent", "status", "last_modified", "link_type", "total_items")
        found = ((path, each) for path, each in walk(value, ""))
        return [(p, v) for p, v in found if p.endswith("_id") or p.rpartition("/")[2] in kept]

    for kind in LISTS:
        query = {"per_page": 100, **({"full": "true"} if kind == "services" else {})}
        english, welsh = (feed(f"{base}/{kind}", query) for base in BASES)
        assert bones(english) == bones(welsh)
    # Other people's data rests on these.
    terms = {t["code"]: t for t in feed("/cy/api/taxonomy_terms", {"per_page": 100})["contents"]}
    assert terms["any-agency"]["id"] == "017d3e2b-fa0a-59b4-91bd-3cf373227e2d"
    assert terms["any-agency"]["taxonomy_id"] == ROUTES
    assert terms["any-agency"]["name"] == "Unrhyw asiantaeth"
    assert terms["any-agency"]["language"] == "cy"
    assert terms["any-agency"]["term_uri"].endswith("/cy/rhaglenni/?route=any-agency")


def test_a_term_says_what_it_is_of_where_its_words_alone_do_not(feed):
    def of(base: str) -> set[str]:
        return set(names(feed(f"{base}/taxonomy_terms", {"per_page": 100})))

    english = of("/api")
    assert {"Risk level: not given", "Force area: not given", "Attendance: not given"} <= english
    assert {"Who could refer: described as “open”", "Who it is for: described as open"} <= english
    assert {"Voluntary", "Any agency", "High risk"} <= english
    assert not {name for name in english if name.lower() in ("not given", "described as open")}
    assert "Lefel risg: dim gwybodaeth" in of("/cy/api")


def test_a_service_says_from_when_its_facts_are(feed, told):
    dates = [
        (each["link_type"], each["value"])
        for each in service_of(feed, "phoenix-das")["attributes"]
        if each["link_type"].endswith("_stated")
    ]
    assert dates == [("first_stated", "2023-11-17"), ("last_stated", "2026-01-02")]


def test_what_is_not_stated_is_said_in_words_with_source_and_date(feed):
    silent = (
        "Not stated in the source (Policing in Wales submission to the Senedd, 17 November 2023)"
    )
    silent_cy = (
        "Heb ei nodi yn y ffynhonnell (Cyflwyniad Plismona yng Nghymru i’r Senedd, "
        "17 Tachwedd 2023)"
    )
    phoenix = service_of(feed, "phoenix-das")
    assert phoenix["application_process"] == (
        "Who could refer: Any agency. The source’s words: “Any agency can refer” (Policing in "
        "Wales submission to the Senedd, 17 November 2023)."
    )
    assert phoenix["eligibility_description"].startswith(
        "Who it is for. Risk level: Not given. Client group: Not given. Council areas covered: "
        "Not given. Formerly required: Accepts full responsibility for their actions. "
        f"The source’s words: {silent}; “Another issue was"
    )
    for field in ("application_process", "eligibility_description"):
        assert phoenix[field] in phoenix["description"]
    assert "who provides it; whether it takes referrals now" in phoenix["description"]
    assert silent_cy in service_of(feed, "phoenix-das", "/cy/api")["eligibility_description"]
    assert phoenix["service_areas"] == [
        {
            "id": phoenix["service_areas"][0]["id"],
            "service_id": phoenix["id"],
            "name": "Gwent",
            "extent": "W15000002",
            "uri": "http://statistics.data.gov.uk/id/statistical-geography/W15000002",
            "extent_type": "text",
        }
    ]
    silences = {"minimum_age", "languages", "accreditations", "contacts", "email", "assured_date"}
    assert not silences & phoenix.keys()
    bbr = service_of(feed, "building-better-relationships")
    assert "service_areas" not in bbr
    assert "No area given." in bbr["description"]
    assert f"Funded until: Not given. The source’s words: {silent}" in bbr["description"]
    assert bbr["minimum_age"] == 18
    for base in BASES:
        for each in feed(f"{base}/services")["contents"]:
            assert each["application_process"]
            assert each["eligibility_description"] in each["description"]
            assert each["organization"]["id"] == each["organization_id"] == NO_PROVIDER
            assert "assured_date" not in each


def test_what_stopped_has_not_started_or_is_bought_case_by_case_is_inactive(feed):
    services = feed("/api/services")["contents"]
    inactive = sorted(each["name"] for each in services if each["status"] == "inactive")
    cara = "CARA (Cautioning and Relationship Abuse)"
    assert inactive == [cara, cara, "Intervention Hub", "Phoenix DAS"]
    assert [each["status"] for each in services].count("active") == 14


def test_no_entry_is_said_to_run_and_each_says_how_old_it_is(feed, programme, admin_user):
    found = {each["name"]: each for each in feed("/api/services")["contents"]}
    assert found["Choices"]["alert"] == (
        "Listed; we do not know whether it is still running. "
        "Information from 17 November 2023. Nothing has been checked since."
    )
    assert all("Nothing has been checked since." in each["alert"] for each in found.values())
    for each in found.values():
        assert each["description"].startswith("Information from 17 November 2023.")
    not_known = "we do not know whether it is still running"

    choices = programme("dyfed-powys", "choices")
    checked(choices, admin_user, "confirmed", "funding")
    one = service_of(feed, "choices")
    assert one["assured_date"] == "2026-11-02"
    assert not_known in one["alert"]
    assert one["alert"].endswith("Checked in part on 2 November 2026: funding.")
    checked(choices, admin_user, "confirmed", "status")
    assert not_known not in service_of(feed, "choices")["alert"]
    checked(choices, admin_user, "changed", "status")
    one = service_of(feed, "choices")
    assert not_known in one["alert"]
    assert "assured_date" not in one
    checked(choices, admin_user, "stopped")
    one = service_of(feed, "choices", "/cy/api")
    assert (one["status"], "assured_date" in one) == ("inactive", False)
    assert "2 Tachwedd 2026" in one["alert"]


def test_what_a_provider_told_stands_in_its_fields(feed, told):
    one = service_of(feed, "phoenix-das", "/cy/api")
    agency = Organisation.objects.get(name_en="An Agency")
    assert one["organization_id"] == str(agency.uuid)
    assert one["organization"] == {
        "id": str(agency.uuid),
        "name": "An Agency",
        "description": "Darparwr",
        "website": "https://example.org/",
    }
    assert one["minimum_age"] == 18
    assert one["accreditations"] == "Achrededig"
    assert [(each["code"], each["name"]) for each in one["languages"]] == [
        ("cy", "Cymraeg"),
        ("en", "Saesneg"),
    ]
    assert one["email"] == "referrals@example.org"
    (contact,) = one["contacts"]
    assert (contact["name"], contact["title"]) == ("Tîm atgyfeirio", "I weithwyr proffesiynol")
    (phone,) = contact["phones"]
    assert (phone["number"], phone["contact_id"]) == ("01633 838838", contact["id"])
    assert [each["code"] for each in phone["languages"]] == ["cy", "en"]
    assert "Tîm atgyfeirio (I weithwyr proffesiynol): 01633 838838" in one["application_process"]
    roles = [each for each in one["attributes"] if "taxonomy_term" not in each]
    assert [(each["link_type"], each["value"]) for each in roles[:2]] == [
        ("commissioner", "A Board"),
        ("provider", "Another Agency"),
    ]

    listed = feed("/api/organizations")
    assert names(listed) == [
        "Provider not stated in the source",
        "A Board",
        "An Agency",
        "Another Agency",
    ]
    assert listed["contents"][1]["description"] == "Commissioner: Phoenix DAS, Gwent."
    assert names(feed("/api/organizations", {"search": "board"})) == ["A Board"]
    for organisation, found in (("An Agency", 1), ("Another Agency", 1), ("A Board", 0)):
        provider = {"organization_id": Organisation.objects.get(name_en=organisation).uuid}
        assert feed("/api/services", provider)["total_items"] == found
    assert feed("/api/services", {"organization_id": NO_PROVIDER})["total_items"] == 17
    # An edition from before organisations had identifiers in it.
    earlier = Involvement("provider", Bilingual("An Agency"), rests_on=1)
    assert str(providers_of([earlier])[0]) == "b03e2253-f975-5a04-ab27-58ab213c5315"


def test_a_withdrawn_entry_is_defunct_and_says_when_and_why_alone(
    feed, told, client, programme, admin_user
):
    withdraw(told, by=admin_user, why="The provider asked for it.")
    day = timezone.localdate()
    one = service_of(feed, "phoenix-das")
    assert one.keys() == {
        *("id", "organization_id", "name", "status", "alert", "last_modified", "url"),
        *("organization", "metadata"),
    }
    assert (one["name"], one["status"]) == ("Phoenix DAS", "defunct")
    assert one["organization_id"] == NO_PROVIDER
    assert one["alert"] == (
        f"This entry was withdrawn from the directory. When: {day.day} {day:%B %Y}. "
        "Why: The provider asked for it."
    )
    assert [each["last_action_type"] for each in one["metadata"]] == ["create", "delete"]
    assert feed("/api/services")["total_items"] == 18
    assert feed("/api/services", {"area": "gwent"})["total_items"] == 1
    moved = feed("/api/services", {"modified_after": one["last_modified"]})
    assert names(moved) == ["Phoenix DAS"]
    publish(programme("gwent", "phoenix-das"), by=admin_user, why="It is back.")
    back = service_of(feed, "phoenix-das")["metadata"]
    actions = [action for action, _changes in groupby(each["last_action_type"] for each in back)]
    assert actions == ["create", "update", "delete", "create"]


def test_history_says_what_changed_and_never_who_or_why(feed, programme, admin_user):
    choices = programme("dyfed-powys", "choices")
    choices.name_en = "Choices Plus"
    cell = choices.statements.get(field="referral_route")
    choices.referrals.create(route="self", statement=cell)
    choices.save()
    publish(choices, by=admin_user, why="A secret reason.")
    one = service_of(feed, "choices")
    by = "The directory’s editors"
    assert [
        (m["last_action_type"], m["field_name"], m["previous_value"][:56], m["updated_by"])
        for m in one["metadata"]
    ] == [
        ("create", "status", "Not in the directory", by),
        ("update", "Name, in English", "Choices", by),
        ("update", "Who could refer", "Any agency", by),
    ]
    assert one["metadata"][1]["replacement_value"] == "Choices Plus"
    assert one["metadata"][1]["last_action_date"] == timezone.localdate().isoformat()
    assert len({each["id"] for each in one["metadata"]}) == 3


def test_nothing_unpublished_hidden_or_of_a_person_is_anywhere_in_the_feed(
    client, feed, told, programme, admin_user
):
    admin_user.username = admin_user.first_name = admin_user.last_name = "Canary-editor"
    admin_user.email = "canary-editor@example.org"
    admin_user.save()
    choices = programme("dyfed-powys", "choices")
    choices.summary_en = "Published for now."
    choices.save()
    publish(choices, by=admin_user, why="A canary reason.")
    choices.summary_en = choices.name_en = "Canary change"
    choices.save()
    letter = Source.objects.get(slug="letter")
    choices.contacts.create(source=letter, **CONTACT | {"email": "canary-draft@example.org"})
    told.contacts.create(
        source=letter, **CONTACT | {"email": "canary@example.org", "team_en": "Canary team"}
    )
    publish(told, by=admin_user, why="A canary contact.")
    assert "canary@example.org" in json.dumps(service_of(feed, "phoenix-das"))
    hide_contact(
        told.contacts.get(email="canary@example.org"), by=admin_user, why="Canary: a person."
    )
    Correction.objects.create(
        programme=told, kind="other", sender="other", text="A canary correction."
    )
    Verification.objects.create(
        programme=told,
        by=admin_user,
        outcome="nobody-reached",
        checked_with="provider",
        note="A canary note.",
    )
    gone = programme("south-wales", "clear")
    gone.contacts.create(source=letter, **CONTACT | {"team_en": "Canary desk"})
    publish(gone, by=admin_user, why="Canary: a contact.")
    withdraw(gone, by=admin_user, why="It was listed twice.")
    for base in BASES:
        sent = [feed(f"{base}/services", {"full": "true", "per_page": 100})]
        sent += [feed(f"{base}/{kind}", {"per_page": 100}) for kind in LISTS[1:]]
        sent += [feed(f"{base}/services/{each['id']}") for each in sent[0]["contents"]]
        assert "canary" not in json.dumps(sent).lower()
        assert ("Published for now." in json.dumps(sent)) == (base == "/api")
    assert Edition.objects.filter(why__icontains="canary").count() == 3


def of_term(feed, code: str) -> str:
    terms = feed("/api/taxonomy_terms", {"per_page": 100})["contents"]
    return next(each["id"] for each in terms if each["code"] == code)


FILTERS = [
    ({"area": "gwent"}, 2),
    ({"area": ["gwent", "north-wales"]}, 5),
    ({"area": "south-wales", "route": "self", "risk": ["medium", "standard"]}, 2),
    ({"stage": "community", "route": "not-stated"}, 1),
    ({"status": "active"}, 14),
    ({"status": "inactive"}, 4),
    ({"status": ["active", "stopped"]}, 15),
    ({"status": "defunct"}, 0),
    ({"minimum_age": ""}, 18),
    ({"search": "choices"}, 1),
    ({"search": "zqxj"}, 0),
    ({"taxonomy_term_id": "marac"}, 2),
    ({"taxonomy_term_id": "marac", "area": "gwent"}, 0),
    ({"taxonomy_term_id": str(uuid.uuid4())}, 0),
    ({"taxonomy_id": ROUTES}, 18),
    ({"taxonomy_id": str(uuid.uuid4())}, 0),
    ({"organization_id": str(uuid.uuid4())}, 0),
    ({"modified_after": "2999-01-01T00:00:00Z"}, 0),
    ({"modified_after": "2020-01-01"}, 18),
    ({"modified_after": "2020-01-01T00:00:00 01:00"}, 18),
    ({"modified_after": "2020-01-01T00:00:00+01:00", "minimal": "true"}, 18),
    ({"as-at": "1999-01-01", "sort": "x", "q": "zqxj", "whatever": ""}, 18),
]


@pytest.mark.parametrize(("query", "number"), FILTERS)
def test_services_are_found_as_on_the_list(feed, query, number):
    if query.get("taxonomy_term_id") == "marac":
        query = query | {"taxonomy_term_id": of_term(feed, "marac")}
    found = feed("/api/services", query)
    assert (found["total_items"], found["empty"]) == (number, number == 0)


def test_terms_are_found_by_taxonomy_and_name(feed):
    terms = feed("/api/taxonomy_terms", {"taxonomy_id": ROUTES})
    assert {each["taxonomy"] for each in terms["contents"]} == {"Who could refer"}
    assert terms["total_items"] == 10
    assert names(feed("/cy/api/taxonomy_terms", {"search": "gwirfoddol"})) == ["Gwirfoddol"]
    assert feed("/api/taxonomy_terms", {"parent_id": ROUTES})["empty"]
    assert names(feed("/api/taxonomies", {"search": "risk"})) == ["Risk level"]


REFUSED = [
    ("services", {"page": "0"}, {"page": "A page is a number from 1 upwards."}),
    ("services", {"page": "x"}, {"page": "A page is a number from 1 upwards."}),
    ("services", {"page": "9" * 5000}, {"page": "A page is a number from 1 upwards."}),
    ("services", {"per_page": "0"}, {"per_page": "Give a number from 1 upwards."}),
    ("taxonomies", {"per_page": "-1"}, {"per_page": "Give a number from 1 upwards."}),
    ("organizations", {"per_page": "many"}, {"per_page": "Give a number from 1 upwards."}),
    ("services", {"per_page": "9" * 5000}, {"per_page": "Give a number from 1 upwards."}),
    ("taxonomy_terms", {"taxonomy_id": "x"}, {"taxonomy_id": "This is not a UUID."}),
    ("organizations", {"search": "\0"}, {"search": "Use letters or numbers."}),
    ("services", {"search": "!!"}, {"search": "Use letters or numbers."}),
    ("services", {"organization_id": "\0"}, {"organization_id": "This is not a UUID."}),
    ("services", {"full": "perhaps"}, {"full": "Say true or false."}),
    ("services", {"area": ""}, {"area": "Choose only from the values listed here."}),
    ("services", {"page": ["1", "2"]}, {"page": "Give this once only."}),
    *(
        ("services", {name: "18"}, {name: "This feed cannot narrow services by this."})
        for name in ("minimum_age", "maximum_age", "postcode", "proximity", "day", "start_time")
    ),
    *(
        ("services", {"modified_after": moment}, {"modified_after": "Write the time as in 2026-"})
        for moment in ("x", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9" * 500)
    ),
    (
        "services",
        {"route": "anyone", "minimal": "x"},
        {
            "minimal": "Say true or false.",
            "route": "Choose only from the values listed here.",
        },
    ),
]


@pytest.mark.parametrize(("kind", "query", "told"), REFUSED)
def test_a_value_that_cannot_be_read_is_refused_by_its_name(feed, kind, query, told):
    errors = feed(f"/api/{kind}", query, 400)["errors"]
    found = {each["parameter"]: each["message"] for each in errors}
    assert found.keys() == told.keys()
    assert all(message.startswith(told[name]) for name, message in found.items())


def test_a_page_holds_no_more_than_the_largest_whatever_is_asked(feed, monkeypatch):
    assert forms.LARGEST_SIZE == 500
    assert feed("/api/services", {"per_page": "200"})["size"] == 18
    monkeypatch.setattr(forms, "LARGEST_SIZE", 5)
    for asked, holds in (("4", 4), ("5", 5), ("6", 5), ("9" * 30, 5)):
        page = feed("/api/services", {"per_page": asked})
        assert (page["size"], len(page["contents"]), page["last_page"]) == (holds, holds, False)


def test_a_refusal_is_in_the_language_of_the_address_and_lists_the_values(feed):
    errors = feed("/cy/api/services", {"stage": "x", "page": "0"}, 400)["errors"]
    assert errors == [
        {"message": "Rhif o 1 i fyny yw tudalen.", "parameter": "page"},
        {
            "message": "Dewiswch o’r gwerthoedd a restrir yma yn unig.",
            "parameter": "stage",
            "values": ["community", "out-of-court", "statutory"],
        },
    ]


NOT_THERE = [
    f"service_at_locations/{uuid.uuid4()}",
    *(f"{kind}/{uuid.uuid4()}" for kind in LISTS),
]


@pytest.mark.parametrize("base", BASES)
def test_what_is_not_there_is_told_as_json(feed, client, base):
    for path in NOT_THERE:
        assert feed(f"{base}/{path}", status=404)["errors"][0]["message"]
    for path in ("services/not-a-uuid", "nothing", "services.json"):
        response = client.get(f"{base}/{path}")
        assert (response.status_code, list(response.json())) == (404, ["errors"])
    message = feed(f"/api/{NOT_THERE[0]}", status=404)["errors"][0]["message"]
    assert message == "No venue is published, so no service has a location here."


@pytest.mark.parametrize("number", ["2", "999999", "9" * 40])
def test_a_page_beyond_the_last_is_empty(feed, number):
    beyond = feed("/api/services", {"page": number})
    assert beyond == {
        "total_items": 18,
        "total_pages": 1,
        "page_number": int(number),
        "size": 0,
        "first_page": False,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


@pytest.mark.parametrize("base", BASES)
def test_a_slash_at_the_end_changes_nothing(feed, client, base):
    one = f"{base}/services/{Programme.objects.get(slug='phoenix-das').uuid}"
    for address in (*(f"{base}/{kind}" for kind in LISTS), one, f"{base}/openapi.json"):
        assert client.get(f"{address}/").json() == client.get(address).json()
    assert client.get(base).json() == client.get(f"{base}/").json()
    narrowed = client.get(f"{base}/services/?area=gwent&per_page=1").json()
    assert (narrowed["total_items"], narrowed["size"]) == (2, 1)
    assert client.get(f"{base}/nothing/").status_code == 404


def test_no_venue_is_an_empty_list(feed):
    assert feed("/api/service_at_locations", {"per_page": "5"})["contents"] == []


def test_withdrawn_entries_are_found_by_the_status_that_they_have(feed, programme, admin_user):
    withdraw(programme("south-wales", "clear"), by=admin_user, why="It was listed twice.")
    assert names(feed("/api/services", {"status": "defunct"})) == ["Clear"]
    assert feed("/api/services", {"status": ["active", "defunct"]})["total_items"] == 14
    assert feed("/api/services", {"status": "active"})["total_items"] == 13
    assert feed("/api/services", {"status": "defunct", "area": "gwent"})["total_items"] == 0


def test_the_document_leads_from_a_list_to_its_items(declared):
    for kind in LISTS:
        link = declared["paths"][f"/{kind}"]["get"]["responses"]["200"]["links"]["item"]
        assert link["operationId"] == declared["paths"][f"/{kind}/{{id}}"]["get"]["operationId"]


def test_it_can_be_read_from_any_site_and_only_read(client):
    read = client.get("/api/services")
    assert client.head("/api/services").content == b""
    assert read["Access-Control-Allow-Origin"] == "*"
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method("/api/services", b"{}", content_type="application/json")
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert refused.json() == {"errors": [{"message": "This feed can only be read."}]}
    unheard_of = client.generic("FETCH", "/cy/api/services")
    assert (unheard_of.status_code, unheard_of["Access-Control-Allow-Origin"]) == (405, "*")
    assert unheard_of.json() == {
        "errors": [{"message": "Dim ond darllen y ffrwd hon sy’n bosibl."}]
    }
    asked = client.options("/api/services", headers={"Origin": "https://example.org"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    for path in ("/", "/programmes/", "/data/", "/admin/login/"):
        page = client.get(path)
        assert "Access-Control-Allow-Origin" not in page
        assert page["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_same_queries_for_three_entries_and_for_a_hundred_of_three_hundred(uncached_client):
    def queries(**query: str) -> list[int]:
        found = []
        organization = {"organization_id": NO_PROVIDER}
        asks = [
            ("/api/services", query),
            ("/api/services", query | {"full": "true"}),
            ("/api/services", query | {"minimal": "true"}),
            ("/api/services", query | organization),
            ("/api/organizations", query),
            (f"/api/services/{Programme.objects.order_by('pk')[0].uuid}", {}),
        ]
        for path, asked in asks:
            with CaptureQueriesContext(connection) as captured:
                assert uncached_client.get(path, asked).status_code == 200
            found.append(len(captured))
        return found

    few = queries(per_page="3")
    assert max(few) <= 7
    generate(300, seed=1)
    assert queries(per_page="100") == few
