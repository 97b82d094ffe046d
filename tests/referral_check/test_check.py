"""The referral check as a page: its steps, its words for two readers, and that it keeps nothing."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.sample_data import generate
from forces.gazetteer import gazetteer
from programmes.domain.eligibility import OPEN_ROUTES, QUESTIONS
from programmes.models import Source, Verification
from programmes.publishing.amendments import record_verification
from programmes.publishing.publish import publish, withdraw

pytestmark = pytest.mark.django_db

SOUTH_WALES = {"where": "south-wales", "referrer": "other", "step": "result"}


def post(client, path: str = "/check/", **answers: str):
    return client.post(path, answers)


def groups(response) -> dict[str, list[str]]:
    """Heading → names of the entries under it, empty groups left out."""
    found = response.context["result"]["groups"]
    return {g["heading"]: [row["entry"].name.en for row in g["rows"]] for g in found}


def asked(response) -> list[str]:
    """The questions that narrow a result down."""
    return [field.name for field in response.context["form"].narrowing]


def notes(response) -> str:
    return unescape(response.content.decode().partition('id="notes"')[2].partition("</pre>")[0])


def html(response) -> str:
    return response.content.decode()


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("path", ["/check/", "/cy/gwirio/"])
def test_one_page_asks_three_questions(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert list(response.context["form"].fields) == ["where", "referrer", "risk"]
    page = response.content.decode()
    assert page.count('type="radio"') == 13
    assert page.count("<option") == 27
    assert len(text_of(response).split()) < 200


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ({"where": "gwent", "referrer": "police"}, ["order", "sex", "willing"]),
        ({"where": "newport", "referrer": "police"}, ["order", "sex", "willing"]),
        ({"where": "gwent", "referrer": "police", "order": "neither"}, ["order", "willing"]),
        ({"where": "powys", "referrer": "police"}, ["order", "sex", "stalking", "willing"]),
        ({"where": "north-wales", "referrer": "health"}, ["marac", "order", "sex", "willing"]),
        (
            {"where": "north-wales", "referrer": "health", "risk": "medium"},
            ["order", "sex", "willing"],
        ),
        ({"where": "north-wales", "referrer": "self"}, ["order", "sex", "willing"]),
        (
            {"where": "cardiff", "referrer": "childrens-services", "risk": "high"},
            ["marac", "order", "sex", "children", "relationship", "willing"],
        ),
        ({"where": "south-wales", "referrer": "self"}, ["order", "sex", "children", "willing"]),
        (
            {"where": "gwent", "referrer": "police", "children": "no", "marac": "unknown"},
            ["marac", "order", "sex", "children", "willing"],
        ),
    ],
)
def test_a_result_asks_only_what_would_change_it_and_what_was_answered(client, answers, questions):
    response = post(client, **answers)
    assert asked(response) == questions
    main = response.content.decode().partition("<main")[2]
    assert main.count('value="unknown"') == len(questions) + ("unknown" in answers.values())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Mumbles", "Swansea"),
        ("wrecsam", "Wrexham"),
        ("SA1 1AA", "Swansea"),
        ("South Wales", "South Wales"),
        ("newport", "Newport"),
    ],
)
def test_a_place_is_taken_in_words_or_by_its_slug(client, words, found):
    response = post(client, where=words, referrer="police", risk="medium")
    assert response.context["form"].in_brief == [found, "Police", "Medium risk"]


@pytest.mark.parametrize("path", ["/check/", "/cy/gwirio/"])
def test_every_place_of_the_list_is_found_again_by_the_words_in_the_box(client, path):
    for slug, location in gazetteer().locations.items():
        page = client.get(path, {"where": slug})
        [box] = re.findall(
            r'<input type="text" name="where" value="([^"]+)"', page.content.decode()
        )
        posted = client.post(path, {"where": [unescape(box), ""], "referrer": "police"})
        assert posted.context["form"].location.narrowest == location.narrowest, box


def test_which_place_is_asked_where_several_have_the_name(client):
    answers = {"where": ["newport", ""], "referrer": "police", "risk": "high"}
    response = client.post("/check/", answers)
    assert response.status_code == 400
    assert "Which place do you mean?" in text_of(response)
    assert "Newport, Gwent Newport, Pembrokeshire" in text_of(response)
    assert 'value="newport"' in response.content.decode()
    chosen = client.post("/check/", answers | {"where": ["newport", "pembrokeshire", ""]})
    assert chosen.context["form"].in_brief == ["Pembrokeshire", "Police", "High risk"]
    nearly = client.post("/check/", answers | {"where": ["Swansee", ""]})
    assert "We do not know this name. Is it one of these?" in text_of(nearly)
    unknown = client.post("/check/", answers | {"where": ["Atlantis", ""]})
    assert "We do not know this place in Wales." in text_of(unknown)
    outside = client.post("/check/", answers | {"where": ["SW1A", ""]})
    assert "This postcode is outside Wales." in text_of(outside)


def test_a_link_chooses_an_area_or_a_council_area_and_nothing_else(client):
    for where, shown in (("gwent", "Gwent"), ("newport", "Newport, Gwent")):
        assert (
            f'name="where" value="{shown}"' in client.get(f"/check/?where={where}").content.decode()
        )
    for where in ("Newport", "atlantis", "<b>"):
        assert 'name="where" value=""' in html(client.get(f"/check/?where={where}"))
    assert 'href="/check/?where=gwent"' in client.get("/forces/gwent/").content.decode()
    for query, where in (("area=gwent", "gwent"), ("authority=powys", "powys")):
        page = html(client.get(f"/programmes/?{query}&route=any-agency"))
        assert f'href="/check/?where={where}"' in page
    assert (
        'href="/check/"' in client.get("/programmes/?area=gwent&area=not-stated").content.decode()
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {**SOUTH_WALES, "risk": "medium", "sex": "man"},
            {
                "Match your answers (November 2023 details)": ["Driving Change", "Equilibrium"],
                "Ask first: not enough is known": [
                    "Clear",
                    "Family Intervention Programme",
                    "Inspiring Families",
                    "Re-provide",
                ],
                "Another way in: MARAC, the police or a court": [
                    "Building Better Relationships (BBR)",
                    "CARA (Cautioning and Relationship Abuse)",
                ],
                "Do not match your answers": ["Drive Project"],
            },
        ),
        (
            {"where": "north-wales", "referrer": "self", "sex": "man"},
            {
                "Ask first: not enough is known": ["Relate Cymru – Choose2Change"],
                "Another way in: an agency, the police or a court": [
                    "ADAPT",
                    "Building Better Relationships (BBR)",
                ],
                "Reported as stopped": ["Intervention Hub"],
            },
        ),
        (
            {"where": "cardiff", "referrer": "self"},
            {
                "Listed as taking self-referrals": [
                    "Clear",
                    "Driving Change",
                    "Equilibrium",
                    "Family Intervention Programme",
                    "Inspiring Families",
                    "Re-provide",
                ],
                "Another way in: an agency, the police or a court": [
                    "Building Better Relationships (BBR)",
                    "CARA (Cautioning and Relationship Abuse)",
                    "Drive Project",
                ],
            },
        ),
    ],
)
def test_every_entry_of_the_area_is_in_a_group(client, answers, expected):
    assert groups(post(client, **answers)) == expected


def test_what_is_not_listed_as_taking_self_referrals_is_not_said_to_be(client):
    found = groups(post(client, referrer="self"))
    assert "Choices" not in found["Listed as taking self-referrals"]
    assert "Choices" in found["Ask first: not enough is known"]


def test_all_of_wales_where_no_area_is_chosen(client):
    assert sum(map(len, groups(post(client, step="result")).values())) == 18


def test_each_reason_is_worded_and_quoted(client):
    text = text_of(post(client, **SOUTH_WALES, risk="medium"))
    assert (
        "Drive Project Listed for: high risk. You said: medium risk. The source’s words : "
        "Drive Project High risk- multi agency selection through MARAC 17 November 2023"
    ) in text
    assert "It says only: not high risk. Check whether it takes: medium risk." in text
    assert "We take this to mean any organisation: check that it includes yours." in text
    high = text_of(post(client, **SOUTH_WALES, risk="high"))
    assert "It says only: not high risk. You said: high risk." in high
    assert "do not propose it before MARAC or the IDVA" in high
    assert "Office of the Police and Crime Commissioner for South Wales" in text


def test_no_quotation_of_an_entry_stands_twice(client):
    for row in rows(post(client, **SOUTH_WALES, risk="standard", children="yes")).values():
        ids = [each.quotation.id for each in row["quotations"]]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("path", "words", "names"),
    [
        (
            "/check/",
            "We looked at the whole South Wales police area. No source says which council areas a "
            "programme covers.",
            "Match your answers",
        ),
        ("/cy/gwirio/", "yr ardal heddlu gyfan: De Cymru. Nid oes unrhyw", "Yn cyd-fynd â’ch"),
    ],
)
def test_for_an_authority_a_sentence_stands_above_the_names(client, path, words, names):
    merthyr = {"where": "merthyr-tydfil", "referrer": "childrens-services", "risk": "medium"}
    text = text_of(post(client, path, **merthyr))
    assert text.count(words) == 1
    assert text.index(words) < text.index(names) < text.index("Equilibrium")
    assert words not in text_of(post(client, path, **{**merthyr, "where": "south-wales"}))


@pytest.mark.parametrize(
    ("answers", "warned"),
    [
        ({"risk": "high"}, True),
        ({"risk": "unknown"}, True),
        ({}, True),
        ({"risk": "medium"}, False),
        ({"referrer": "self"}, False),
        ({"where": "gwent"}, True),
    ],
)
def test_high_or_unknown_risk_puts_safeguarding_above_all(client, answers, warned):
    text = text_of(post(client, **{**SOUTH_WALES, **answers}))
    assert ("High or unassessed risk: follow your safeguarding procedure now" in text) == warned
    contact = "Agree any contact with whoever supports the victim."
    assert (contact in text) == (answers.get("referrer") != "self")
    assert ("Follow your child-protection procedure first." in text) == (contact in text)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"where": "newport", "risk": "high"}, True),
        ({"where": "gwent", "risk": "unknown"}, True),
        ({"where": "gwent", "risk": "standard"}, False),
        ({"where": "cardiff", "risk": "high"}, False),
    ],
)
def test_matac_stands_below_marac_in_gwent_at_high_or_unassessed_risk(client, answers, shown):
    text = text_of(post(client, referrer="victim-support", **answers))
    before, _heading, after = text.partition("No programme here matches your answers.")
    if not shown:
        before = text.partition("Equilibrium")[0] if after == "" else before
    assert ("“recently introduced”" in before) == shown
    assert ("planned for January 2024; nobody has confirmed it here" in before) == shown


def test_with_children_the_child_protection_procedure_comes_first(client):
    text = text_of(post(client, **SOUTH_WALES, risk="medium", children="yes"))
    words = "There are children: follow your child-protection procedure first."
    assert text.index(words) < text.index("Match your answers")


def test_what_stands_beside_programmes_comes_first_for_who_is_not_willing(client):
    for answers, first in (
        ({"risk": "medium"}, False),
        ({"risk": "medium", "willing": "no"}, True),
        ({"risk": "high"}, True),
    ):
        text = text_of(post(client, **SOUTH_WALES, **answers))
        court = text.index("A family court can place requirements")
        assert (court < text.index("Ask first: not enough is known")) == first


@pytest.mark.parametrize("area", ["", "dyfed-powys", "south-wales", "north-wales", "gwent"])
def test_the_person_reads_nothing_of_marac(client, area):
    answers = {"where": area, "referrer": "self", "marac": "yes", "risk": "high", "step": "result"}
    response = post(client, **answers)
    ours = re.sub(r"<blockquote.*?</blockquote>", "", response.content.decode(), flags=re.DOTALL)
    main = ours.partition("<main")[2].partition("</main>")[0]
    assert "MARAC" not in main
    assert "Professional record" not in main
    assert "0808 802 4040" in main
    if area in ("", "south-wales", "north-wales"):
        assert "Agencies choose people for it. You cannot apply." in main


@pytest.mark.parametrize(
    ("path", "referrer", "words"),
    [
        ("/check/", "being-hurt", "before anyone mentions a programme to the person who hurts you"),
        ("/check/", "worried", "before you say anything to the person you worry about"),
        ("/cy/gwirio/", "being-hurt", "cyn i neb sôn am raglen"),
        ("/cy/gwirio/", "worried", "cyn i chi ddweud dim"),
    ],
)
def test_who_is_hurt_or_worried_gets_helplines_first_and_no_list(client, path, referrer, words):
    for step in ("questions", "result"):
        answers = {"where": "Newport", "referrer": referrer, "risk": "high", "step": step}
        response = post(client, path, **answers)
        assert response.status_code == 200
        text = text_of(response)
        assert text.index("999") < text.index("0808 80 10 800") < text.index(words)
        assert "Phoenix" not in text
        assert "Respect" not in text
        main = response.content.decode().partition("<main")[2]
        assert "<form" not in main
        assert "Newport" not in main


def test_where_nothing_matches_one_sentence_says_so(client):
    words = "No programme here matches your answers. A suitable one may still exist."
    text = text_of(post(client, **SOUTH_WALES, sex="woman", risk="medium"))
    assert text.index(words) < text.index("Ask first: not enough is known")
    assert words in text_of(post(client, **SOUTH_WALES, risk="medium", willing="no"))
    assert words in text_of(post(client, **SOUTH_WALES, risk="unknown"))
    assert words not in text_of(post(client, **SOUTH_WALES, risk="medium"))
    assert words not in text_of(post(client, **{**SOUTH_WALES, "referrer": "self"}))


def rows(response) -> dict[str, Any]:
    found = response.context["result"]["groups"]
    return {row["entry"].slug: row for group in found for row in group["rows"]}


def quoted(row: dict[str, Any]) -> list[str]:
    return [words.quotation.words for words in row["quotations"]]


POLICE, SELF, WOMAN = {"referrer": "police"}, {"referrer": "self"}, {"sex": "woman"}
HEALTH, CHILDRENS = {"referrer": "health"}, {"referrer": "childrens-services"}
THIRD_PARTY = (
    "Third-party organisations could refer. We take this to mean any organisation: check that it "
    "includes yours."
)
NO_HIGH = "It does not say that it takes high risk: do not propose it before MARAC or the IDVA."
PROBATION = "Listed for: people with a probation order."
BBR_MEN = (
    "Listed for: adults; men or males; people convicted of an intimate partner violence offence."
)
FAMILIES = "Listed for: people with children; people who want to continue their relationship."
NO_SELF = "It does not say whether you can ask for yourself."
GP = "Someone who already works with you, such as your GP, could ask."
REASONS = [
    (
        "gwent",
        POLICE | {"risk": "high"},
        "cara",
        [
            "Launch date given as 20 November 2023; not confirmed.",
            "It is reached through the police or a court.",
            "Listed for: people with a conditional caution.",
            "It does not say that it takes high risk: do not propose it before MARAC or the IDVA.",
        ],
    ),
    (
        "north-wales",
        HEALTH | {"risk": "medium"},
        "relate-cymru-choose2change",
        ["How to refer is not given.", "Who it is for is not given.", "No risk level is given."],
    ),
    (
        "gwent",
        POLICE | {"risk": "medium"},
        "phoenix-das",
        [
            "Bought case by case; no longer commissioned as a service.",
            "Any agency could refer.",
            "Who it is for is not given.",
            "No risk level is given.",
        ],
    ),
    (
        "south-wales",
        CHILDRENS | {"risk": "medium"},
        "family-intervention-programme",
        ["Children’s Services are named as a referrer.", "No risk level is given."],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "family-intervention-programme",
        [THIRD_PARTY, NO_HIGH],
    ),
    (
        "south-wales",
        POLICE | {"risk": "unknown"},
        "family-intervention-programme",
        [THIRD_PARTY, NO_HIGH],
    ),
    (
        "south-wales",
        CHILDRENS | {"risk": "medium"},
        "clear",
        [
            "Children’s Services are named as a referrer.",
            "It says only: not high risk. Check whether it takes: medium risk.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "medium"},
        "clear",
        [
            "Referral is described as “open”.",
            "It says only: not high risk. Check whether it takes: medium risk.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "clear",
        ["It says only: not high risk. You said: high risk."],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "equilibrium",
        ["Listed for: medium risk; standard risk. You said: high risk."],
    ),
    (
        "south-wales",
        CHILDRENS | {"risk": "medium"},
        "equilibrium",
        [
            "Children’s Services are named as a referrer.",
            "Listed for: medium risk; standard risk.",
        ],
    ),
    (
        "south-wales",
        POLICE | WOMAN,
        "re-provide",
        ["Listed for: men or males. You said: woman."],
    ),
    (
        "south-wales",
        POLICE | WOMAN | {"risk": "medium"},
        "driving-change",
        [
            THIRD_PARTY,
            "Listed for: medium risk; standard risk.",
            "It does not say whether it is for men, women or others.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "medium"},
        "re-provide",
        [
            "Listed as self-referral. No other route is given.",
            "No risk level is given.",
            "Listed for: men or males.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "drive-project",
        ["Refer the case to MARAC: people are chosen there.", "Listed for: high risk."],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high", "marac": "yes", "willing": "no"},
        "drive-project",
        [
            "Refer the case to MARAC: people are chosen there.",
            "Listed for: high risk.",
            "Ask whether it takes someone who does not want to change.",
        ],
    ),
    ("dyfed-powys", CHILDRENS, "stalking-intervention", ["Only the police could refer."]),
    (
        "dyfed-powys",
        POLICE | {"stalking": "yes", "risk": "high"},
        "stalking-intervention",
        [
            "Only the police could refer.",
            f"It describes risk in other words and gives no level. {NO_HIGH}",
            "It names stalking, but does not say who else it takes.",
        ],
    ),
    (
        "gwent",
        HEALTH,
        "building-better-relationships",
        ["It is reached through the police or a court.", PROBATION, BBR_MEN],
    ),
    (
        "gwent",
        {"referrer": "probation", "order": "probation", "sex": "man", "risk": "medium"},
        "building-better-relationships",
        [
            "It is reached through the police or a court.",
            PROBATION,
            "No risk level is given.",
            BBR_MEN,
        ],
    ),
    (
        "gwent",
        {"referrer": "probation", "order": "neither"},
        "building-better-relationships",
        [f"{PROBATION} You said: no order or caution."],
    ),
    (
        "south-wales",
        POLICE | {"relationship": "ended", "risk": "medium"},
        "inspiring-families",
        [f"{FAMILIES} You said: relationship not to continue."],
    ),
    (
        "south-wales",
        POLICE | {"children": "yes", "risk": "medium"},
        "inspiring-families",
        [THIRD_PARTY, "No risk level is given.", FAMILIES],
    ),
    (
        "south-wales",
        SELF | {"willing": "no"},
        "clear",
        [
            "Listed as taking self-referrals.",
            "Attendance was listed as voluntary: taking part is your choice.",
        ],
    ),
    ("south-wales", SELF, "drive-project", ["Agencies choose people for it. You cannot apply."]),
    (
        "dyfed-powys",
        SELF,
        "stalking-intervention",
        ["Only the police could refer. You cannot apply."],
    ),
    ("dyfed-powys", SELF, "choices", [f"Any agency could refer. {NO_SELF} {GP}"]),
    (
        "gwent",
        SELF | WOMAN,
        "building-better-relationships",
        [f"{BBR_MEN} You said: woman."],
    ),
    (
        "gwent",
        POLICE,
        "cara",
        [
            "Launch date given as 20 November 2023; not confirmed.",
            "It is reached through the police or a court.",
            "Listed for: people with a conditional caution.",
        ],
    ),
    (
        "north-wales",
        POLICE,
        "intervention-hub",
        ["Reported as stopped."],
    ),
]


@pytest.mark.parametrize(("area", "answers", "slug", "reasons"), REASONS)
def test_reasons_follow_from_the_entry(client, area, answers, slug, reasons):
    found = rows(post(client, where=area, **answers))[slug]
    assert found["why"] == " ".join(reasons)


def test_whom_to_ask_is_shown_once_for_the_area_and_never_to_the_person(client):
    office = "Office of the Police and Crime Commissioner for"
    text = text_of(post(client, **SOUTH_WALES))
    assert text.count(office) == 1
    assert f"{office} South Wales" in text
    assert "Respect Phoneline advises professionals too: 0808 802 4040" in text
    assert text_of(post(client, step="result")).count(office) == 4
    assert office not in text_of(post(client, where="south-wales", referrer="self"))


def test_a_contact_of_an_entry_stands_with_it_and_for_the_reader_first(client, programme):
    clear = programme("south-wales", "clear")
    for audience in ("professionals", "self"):
        clear.contacts.create(
            team_en=f"Team for {audience}",
            team_cy="Tîm",
            audience=audience,
            page="https://example.org/",
            source=Source.objects.get(),
            checked_on="2026-11-01",
        )
    publish(clear, by=None, why="Contacts, for a test.")
    for referrer, audience in (("police", "professionals"), ("self", "self")):
        row = rows(post(client, **{**SOUTH_WALES, "referrer": referrer}))["clear"]
        other = "self" if audience == "professionals" else "professionals"
        told = [contact.team.en for contact in row["contacts"]]
        assert told == [f"Team for {audience}", f"Team for {other}"]


def test_words_that_newer_ones_replace_are_marked(client, programme):
    change = programme("south-wales", "driving-change")
    cell = change.statements.get(field="eligibility")
    newer = change.statements.create(
        source=Source.objects.get(),
        field="eligibility",
        text="All levels of risk",
        place_en="A letter",
        place_cy="Llythyr",
        replaces=cell,
    )
    change.criteria.all().delete()
    change.criteria.create(answer="risk:high", statement=newer)
    publish(change, by=None, why="Newer words, for a test.")
    for response in (
        post(client, **SOUTH_WALES, risk="high"),
        client.get("/compare/?programme=south-wales/driving-change&programme=south-wales/clear"),
    ):
        page = response.content.decode()
        _before, _words, after = page.partition("Medium/ Standard risk")
        assert "Replaced by newer words" in after[:400]


def test_how_to_refer_and_whom_it_is_for_are_quoted_whatever_decided(client):
    found = rows(post(client, where="dyfed-powys", referrer="police"))
    assert quoted(found["choices"]) == [
        "Can take referrals from any agency",
        "Open – community based",
    ]
    found = rows(post(client, where="gwent", referrer="police"))
    former = "Another issue was that perpetrators had to accept"
    assert any(words.startswith(former) for words in quoted(found["phoenix-das"]))
    assert "" in [each.quotation.words for each in found["phoenix-das"]["quotations"]]
    assert "decision was made to decommission due to low referrals" in str(found["phoenix-das"])
    assert "Launch date in Gwent is 20/11/23." in quoted(found["cara"])


def test_changing_the_area_does_not_lose_what_was_answered(client):
    gwent = post(client, **{**SOUTH_WALES, "where": "gwent"}, risk="high", children="no")
    assert asked(gwent) == ["order", "sex", "children", "willing"]
    assert "do not propose it before MARAC" in text_of(gwent)
    marac = post(client, **{**SOUTH_WALES, "where": "gwent"}, marac="yes")
    assert ("marac", "yes") in marac.context["answers"]
    person = post(client, where="gwent", referrer="self", risk="high", marac="yes", step="result")
    assert "marac" not in asked(person)
    assert "high" not in person.content.decode().partition("<main")[2].partition("</main>")[0]


def test_change_shows_the_questions_with_what_was_answered(client):
    answers = {"where": "swansea", "referrer": "police", "risk": "high", "sex": "man"}
    page = post(client, **answers, step="questions").content.decode()
    assert 'name="where" value="Swansea, South Wales"' in page
    for name, value in (("referrer", "police"), ("risk", "high")):
        assert re.search(rf'name="{name}" value="{value}" id="[^"]*" checked', page)
    assert '<option value="man" selected' in page


@pytest.mark.parametrize(
    ("area", "named"),
    [("gwent", True), ("south-wales", True), ("dyfed-powys", False), ("north-wales", False)],
)
def test_cara_is_named_only_where_an_entry_is(client, area, named):
    text = text_of(post(client, where=area, referrer="police", step="result"))
    assert ("CARA (Cautioning and Relationship Abuse)" in text) == named
    # No source says who decides on a caution.
    assert "the police decide" not in text


def test_what_is_stated_about_age_is_shown_once(client):
    text = text_of(post(client, **SOUTH_WALES))
    only_here = "Age is given only for: Building Better Relationships (BBR) (adults)."
    assert text.count(only_here) == 1
    assert "that it serves people under 18" in text


def test_where_no_age_is_stated_nothing_is_said_of_one(client, programme):
    bbr = programme(None, "building-better-relationships")
    bbr.criteria.filter(answer="age:adult").delete()
    publish(bbr, by=None, why="No age, for a test.")
    assert "Age is given" not in text_of(post(client, **SOUTH_WALES))


def test_notes_say_first_what_they_are_not_then_the_answers_and_the_groups(client):
    made = notes(post(client, **{**SOUTH_WALES, "where": "swansea"}, risk="medium"))
    lines = made.partition(">")[2].splitlines()
    assert lines[0] == (
        "Not a risk assessment. Details of 17 November 2023, unchecked. "
        "Do not keep where the person can read it."
    )
    assert re.fullmatch(
        r"\d+ \w+ 20\d\d: Swansea · Housing, a school or another organisation · Medium risk",
        lines[2],
    )
    assert lines[3].startswith("Agree any contact with whoever supports the victim.")
    start = lines.index("Match your answers (November 2023 details)")
    assert lines[start + 1].startswith("- Driving Change: Third-party organisations could refer.")
    assert "- Drive Project: Listed for: high risk. You said: medium risk." in lines
    welsh = notes(post(client, "/cy/gwirio/", **SOUTH_WALES))
    assert "Nid asesiad risg yw hwn." in welsh
    assert "heb eu gwirio" in welsh


def test_there_are_no_notes_for_the_person_and_no_case_in_the_questions_to_ask(client):
    person = post(client, where="cardiff", referrer="self").content.decode()
    assert 'id="notes"' not in person
    assert "data-answers>" in person.replace('data-answers=""', "data-answers")
    page = post(client, where="cardiff", referrer="police", risk="high").content.decode()
    assert 'data-answers="keep"' in page
    questions = page.partition('id="questions"')[2].partition("</ul>")[0]
    for words in ("Cardiff", "Police", "high"):
        assert words not in questions


def test_sources_of_several_dates_give_both(client, programme, letter):
    change = programme("south-wales", "driving-change")
    change.statements.create(
        source=letter, field="about", text="Still so.", place_en="Page 1", place_cy="Tudalen 1"
    )
    publish(change, by=None, why="A later source, for a test.")
    response = post(client, **SOUTH_WALES, risk="medium")
    assert "Details of 17 November 2023 – 5 March 2026, unchecked." in notes(response)
    assert "Match your answers (November 2023 – March 2026 details)" in groups(response)


@pytest.mark.parametrize(("day", "expected"), [("2025-01-01", 0), ("2026-03-05", 1)])
def test_a_check_before_newer_words_on_it_does_not_count(
    client, programme, letter, admin_user, day, expected
):
    clear = programme("south-wales", "clear")
    words = {"source": letter, "field": "status", "text": "So.", "place_en": "1", "place_cy": "1"}
    clear.statements.create(**words)
    publish(clear, by=None, why="A later source, for a test.")
    confirmed = ["referral_route", "eligibility", "status"]
    made = {"programme": clear, "outcome": "confirmed", "confirmed": confirmed, "by": admin_user}
    made["checked_on"] = datetime.date.fromisoformat(day)
    record_verification(Verification(checked_with="provider", **made), by=admin_user)
    said = notes(post(client, **SOUTH_WALES))
    assert ("Checked since: 1 of 9." in said) == bool(expected)


def test_an_area_without_entries_keeps_its_office(client, programme):
    for slug in ("phoenix-das", "cara"):
        withdraw(programme("gwent", slug), by=None, why="For a test.")
    text = text_of(post(client, where="gwent", step="result"))
    assert "Office of the Police and Crime Commissioner for Gwent" in text


def test_the_person_reads_words_for_themself_and_help_first(client):
    text = text_of(post(client, where="dyfed-powys", referrer="self", sex="man"))
    for words in ("someone else", "the person", "this case", "perpetrator", "assessed"):
        assert words not in text
    afraid = "Told you are the problem, but afraid? Call Live Fear Free: 0808 80 10 800"
    assert text.index("0808 802 4040") < text.index(afraid)
    assert text.index(afraid) < text.index("Ask first: not enough is known")


def test_a_programme_of_another_area_is_missed_aloud(client):
    answers = {**SOUTH_WALES, "where": "gwent", "programme": "south-wales/clear"}
    assert "Clear, South Wales: not among these" in text_of(post(client, **answers))


def test_what_no_entry_here_states(client):
    text = text_of(post(client, where="gwent", step="result"))
    assert "that it serves women" in text
    assert "that it serves LGBT+ people" in text
    assert "that it works in Welsh" in text


def test_a_risk_that_is_not_assessed_never_looks_like_a_low_one(client):
    known = {"where": "cardiff", "referrer": "health", "sex": "man"}
    for risk in ({}, {"risk": "unknown"}):
        found = post(client, **known, **risk)
        assert not [heading for heading in groups(found) if heading.startswith("Match")]
        assert NO_HIGH in rows(found)["family-intervention-programme"]["why"]
    assert "Risk not assessed" in text_of(post(client, **known, risk="unknown"))
    assert "Risk not assessed" not in text_of(post(client, **known))


def test_the_questions_beside_a_result_send_on_where_who_and_risk(client):
    page = post(
        client, **SOUTH_WALES, risk="medium", sex="man", children="unknown"
    ).content.decode()
    form = page.partition('class="app-narrow')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden == {"where": "south-wales", "referrer": "other", "risk": "medium"}
    assert re.findall(r'<option value="(\w+)" selected', form) == ["man", "unknown"]


def test_the_other_language_is_a_button_that_sends_the_answers_on(client):
    answers = {**SOUTH_WALES, "risk": "medium", "marac": "no"}
    english = post(client, **answers)
    switch = english.content.decode().partition("app-header__language")[2].partition("</nav>")[0]
    assert 'action="/cy/gwirio/"' in switch
    sent = dict(re.findall(r'name="(\w+)" value="([\w-]+)"', switch))
    assert sent == answers
    welsh = post(client, "/cy/gwirio/", **sent)
    assert list(groups(welsh).values()) == list(groups(english).values())
    assert "Yn cyd-fynd â’ch atebion (manylion Tachwedd 2023)" in groups(welsh)


def test_a_case_is_checked_against_one_programme(client):
    page = client.get("/programmes/south-wales/drive-project/").content.decode()
    assert 'href="/check/?programme=south-wales/drive-project"' in page
    response = client.get("/check/?programme=south-wales/drive-project")
    assert 'name="where" value="South Wales"' in response.content.decode()
    answers = {**SOUTH_WALES, "risk": "medium", "programme": "south-wales/drive-project"}
    assert "Drive Project : Do not match your answers" in text_of(post(client, **answers))
    assert 'href="/cy/gwirio/?programme=south-wales/drive-project"' in response.content.decode()
    for wrong in ("gwent/nothing", "gwent", "a/b/c", "gwent/\x00", "x" * 300):
        assert client.get("/check/", {"programme": wrong}).status_code == 404


@pytest.mark.parametrize(
    "answers",
    [
        {"where": "nowhere"},
        {"referrer": "neighbour"},
        {"risk": "HIGH"},
        {"sex": "\x00"},
        {"willing": "<script>alert(1)</script>"},
    ],
)
def test_a_bad_answer_gets_a_message_and_no_result(client, answers):
    wanted = [("/check/", "Choose only from"), ("/cy/gwirio/", "Dewiswch o’r")]
    if "where" in answers:
        wanted = [("/check/", "We do not know this place"), ("/cy/gwirio/", "Nid ydym yn adnabod")]
    for path, words in wanted:
        response = post(client, path, **{**SOUTH_WALES, **answers})
        assert response.status_code == 400
        assert words in response.content.decode()
        assert "result" not in response.context
        assert "<script>alert" not in response.content.decode()


def test_odd_posts_are_answered_calmly(client):
    assert client.post("/check/").status_code == 200
    assert client.post("/check/", b"\xff\xfe", content_type="text/plain").status_code == 200
    body = "&".join(f"risk=high&risk=medium&x{n}=1" for n in range(100))
    form = "application/x-www-form-urlencoded"
    assert client.post("/check/", body, content_type=form).status_code == 200
    assert client.put("/check/").status_code == 405


# What it keeps, which is nothing.


@pytest.mark.parametrize("path", ["/check/", "/cy/gwirio/"])
def test_no_page_of_it_is_stored_or_given_a_cookie_and_its_beginning_alone_is_indexed(client, path):
    beginning = client.get(path)
    for response in (
        beginning,
        client.get(path, {"programme": "gwent/cara"}),
        post(client, path, step="questions"),
        post(client, path, **SOUTH_WALES),
        post(client, path, referrer="being-hurt"),
        post(client, path, where="nowhere"),
        client.put(path),
        post(client, path, programme="gwent/nothing"),
        post(client, path, **{f"x{n}": "1" for n in range(1500)}),
        client.post(path, b"x", content_type="multipart/form-data"),
        client.post(path, {"x": "y" * 9000}),
    ):
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == ("all" if response is beginning else "noindex")
        assert not response.cookies
        page = response.content.decode()
        for form in re.findall("<form[^>]*>", page):
            assert 'method="post"' in form
            assert 'autocomplete="off"' in form


def test_answers_in_an_address_are_not_read(client):
    response = client.get("/check/?referrer=police&risk=high&step=result")
    assert not response.context["form"].is_bound
    assert "checked>" not in response.content.decode().partition("<main")[2]


def test_the_title_is_the_same_at_every_step(client):
    steps = [
        post(client, **SOUTH_WALES),
        post(client, referrer="being-hurt"),
        client.get("/check/"),
    ]
    pages = [response.content.decode() for response in steps]
    titles = {page.partition("<title>")[2].partition("</title>")[0] for page in pages}
    assert {title.partition(" – ")[0] for title in titles} == {"Check a referral"}


def test_nothing_of_a_case_is_written_anywhere(uncached_client, caplog):
    caplog.set_level("DEBUG")
    canary = "canary-8c1f"
    with CaptureQueriesContext(connection) as queries:
        for answers in (
            {"risk": "high", "note": canary},
            {"risk": canary},
            {"where": canary},
            {"where": canary, "step": "questions"},
            {"referrer": "being-hurt", "where": canary},
        ):
            response = post(uncached_client, **{**SOUTH_WALES, **answers})
            # What was written as a place stands in its box again, and nowhere else.
            in_box = answers.get("where") == canary and "referrer" not in answers
            assert html(response).count(canary) == in_box
            assert canary not in str(response.headers)
    statements = [query["sql"] for query in queries]
    assert all(sql.startswith("SELECT") and canary not in sql for sql in statements)
    assert not [r for r in caplog.records if canary in r.getMessage()]
    assert not uncached_client.cookies


@pytest.mark.parametrize(
    ("said", "status"),
    [("same-origin", 200), ("none", 200), (None, 200), ("cross-site", 403), ("same-site", 403)],
)
def test_no_other_site_can_send_the_form(client, said, status):
    headers = {"Sec-Fetch-Site": said} if said else {}
    assert client.post("/check/", SOUTH_WALES, headers=headers).status_code == status
    assert client.get("/check/", headers=headers).status_code == 200


def test_a_body_over_8_kb_is_refused_unread(client):
    form = "application/x-www-form-urlencoded"
    assert client.post("/check/", "x=" + "y" * 8190, content_type=form).status_code == 200
    for path, words in (("/check/", "too large"), ("/cy/gwirio/", "rhy fawr")):
        response = client.post(path, "x=" + "y" * 8191, content_type=form)
        assert response.status_code == 413
        assert words in response.content.decode()
    for length, status in (("many", 411), ("9" * 5000, 413), ("0" * 9 + "9999", 413)):
        asked = ("POST", "/check/", b"")
        assert client.generic(*asked, CONTENT_LENGTH=length).status_code == status


@pytest.mark.parametrize("referrer", ["", *OPEN_ROUTES])
def test_there_are_words_for_whatever_an_editor_may_enter(client, referrer):
    generate(20, seed=5)
    longest = max(len(asked.answers) for asked in QUESTIONS.values())
    for n in range(longest):
        answers = {q: asked.answers[n % len(asked.answers)] for q, asked in QUESTIONS.items()}
        # The words are looked up alike in both languages, which take turns.
        path = ("/check/", "/cy/gwirio/")[n % 2]
        response = post(client, path, referrer=referrer, step="result", **answers)
        assert response.status_code == 200
        assert sum(map(len, groups(response).values())) == 38


def test_the_person_reads_nothing_of_questions_they_were_not_asked(client):
    response = post(client, where="south-wales", referrer="self", step="result")
    ours = re.sub("<blockquote.*?</blockquote>", "", response.content.decode(), flags=re.DOTALL)
    main = ours.partition("<main")[2].partition("</main>")[0]
    assert "risk level" not in main
    assert "whether the relationship" not in main


def test_it_asks_the_database_as_often_at_any_size(uncached_client, django_assert_num_queries):
    for size in (10, 60):
        generate(size, seed=size)
        with django_assert_num_queries(3):
            post(uncached_client, **SOUTH_WALES, risk="medium")
