"""The referral check as a page: its steps, its words for two readers, and that it keeps nothing."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.sample_data import generate
from programmes.domain.eligibility import QUESTIONS, Referrer
from programmes.models import Source, Verification
from programmes.publishing.publish import publish, withdraw
from programmes.publishing.verifications import record_verification
from programmes.referral_check.presenters import EntryResult

pytestmark = pytest.mark.django_db

SOUTH_WALES = {"where": "south-wales", "referrer": "organisation", "step": "result"}


def post(client, path: str = "/check/", **answers: str):
    return client.post(path, answers)


def groups(response) -> dict[str, list[str]]:
    """Heading → names of the entries under it, empty groups left out."""
    found = response.context["result"].groups
    return {str(g.heading): [row.entry.name.en for row in g.rows] for g in found if g.rows}


def asked(response) -> list[str]:
    return list(response.context["form"].fields)[2:]


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("path", ["/check/", "/cy/gwirio/"])
def test_it_begins_with_where_and_who(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert list(response.context["form"].fields) == ["where", "referrer"]
    assert response.content.decode().count('type="radio"') == 6
    assert 'name="step" value="questions"' in response.content.decode()


@pytest.mark.parametrize(
    ("area", "referrer", "questions"),
    [
        ("gwent", "police", ["order", "sex", "willing"]),
        ("newport", "police", ["order", "sex", "willing"]),
        ("dyfed-powys", "police", ["order", "risk", "sex", "stalking", "willing"]),
        ("north-wales", "organisation", ["marac", "order", "risk", "sex", "willing"]),
        ("north-wales", "self", ["order", "sex", "willing"]),
        (
            "cardiff",
            "childrens-services",
            ["marac", "order", "risk", "sex", "children", "relationship", "willing"],
        ),
        ("south-wales", "self", ["order", "sex", "children", "willing"]),
    ],
)
def test_it_asks_only_what_some_entry_there_states(client, area, referrer, questions):
    response = post(client, where=area, referrer=referrer, step="questions")
    assert asked(response) == questions
    page = response.content.decode()
    assert page.count('value="unknown"') == len(questions)
    assert page.count("govuk-hint") == len(questions) + 2
    assert "result" not in response.context


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {**SOUTH_WALES, "risk": "medium", "sex": "man"},
            {
                "Fitted what was stated, November 2023": ["Driving Change", "Equilibrium"],
                "Too little is stated: ask first": [
                    "Family Intervention Programme",
                    "Clear",
                    "Inspiring Families",
                    "Re-provide",
                    "Building Better Relationships (BBR)",
                ],
                "Something stated does not fit": ["Drive Project"],
                "Stopped, or not confirmed as started, when last stated": [
                    "CARA (Cautioning and Relationship Abuse)"
                ],
            },
        ),
        (
            {"where": "north-wales", "referrer": "self", "sex": "man", "step": "result"},
            {
                "Too little is stated: ask first": ["Relate Cymru – Choose2Change"],
                "You cannot ask for these yourself": [
                    "ADAPT",
                    "Building Better Relationships (BBR)",
                ],
                "Stopped, or not confirmed as started, when last stated": ["Intervention Hub"],
            },
        ),
    ],
)
def test_every_entry_of_the_area_is_in_a_group(client, answers, expected):
    assert groups(post(client, **answers)) == expected


def test_all_of_wales_where_no_area_is_chosen(client):
    assert sum(map(len, groups(post(client, step="result")).values())) == 18


def test_each_reason_is_worded_and_quoted(client):
    text = text_of(post(client, **SOUTH_WALES, risk="medium"))
    another = "It says whom it takes: Risk: high. You answered otherwise."
    assert f"Drive Project {another}" in text
    assert "What it says of risk leaves this level open: confirm that it takes it." in text
    assert "Community based early intervention- not high risk" in text
    assert "we read this as any organisation: confirm that it includes yours" in text
    high = text_of(post(client, **SOUTH_WALES, risk="high"))
    assert "It says whom it does not take: Risk: high." in high
    assert "It does not say that it takes high risk: do not propose it without the MARAC" in high
    assert "Office of the Police and Crime Commissioner for South Wales" in text


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
    assert ("follow your agency’s safeguarding and MARAC procedure now" in text) == warned


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
        assert "It chooses people through agencies; you cannot apply." in main


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/check/", "speak to Live Fear Free before anyone mentions a programme"),
        ("/cy/gwirio/", "Byw Heb Ofn"),
    ],
)
def test_who_is_being_hurt_gets_helplines_first_and_no_list(client, path, words):
    for step in ("questions", "result"):
        response = post(client, path, where="gwent", referrer="being-hurt", step=step)
        text = text_of(response)
        assert words in text
        assert "0808 80 10 800" in text
        assert "Phoenix" not in text
        assert "Respect" not in text
        assert "<form" not in response.content.decode().partition("<main")[2]


def test_where_nothing_fits_it_says_what_else_there_is(client):
    answers = {**SOUTH_WALES, "referrer": "childrens-services", "sex": "woman", "risk": "medium"}
    text = text_of(post(client, **answers))
    assert "Nothing here plainly fits" in text
    assert text.index("Nothing here plainly fits") < text.index("Too little is stated: ask first")
    assert text.index("Nothing here plainly fits") < text.index("Whom to ask")
    assert "Ask where too little is stated" in text
    assert "See what else there is, and who starts it" in text
    assert "Nothing here plainly fits" not in text_of(post(client, **SOUTH_WALES, risk="medium"))
    assert "Nothing here plainly fits" in text_of(post(client, **SOUTH_WALES, willing="no"))


def rows(response) -> dict[str, EntryResult]:
    found = response.context["result"].groups
    return {row.entry.slug: row for group in found for row in group.rows}


def quoted(row: EntryResult) -> list[str]:
    return [words.quotation.words for words in row.decided_by + row.quotations]


POLICE, SELF, WOMAN = {"referrer": "police"}, {"referrer": "self"}, {"sex": "woman"}
REASONS = [
    (
        "north-wales",
        POLICE,
        "relate-cymru-choose2change",
        [
            "How to refer is not stated.",
            "Whom it is for is not stated.",
        ],
    ),
    ("gwent", POLICE, "phoenix-das", ["Whom it is for is not stated."]),
    (
        "south-wales",
        POLICE | {"risk": "medium"},
        "family-intervention-programme",
        [
            "It does not say which risk level it takes.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "family-intervention-programme",
        [
            "It does not say that it takes high risk: do not propose it without the MARAC or an "
            "IDVA.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "medium"},
        "clear",
        [
            "What it says of risk leaves this level open: confirm that it takes it.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "clear",
        [
            "It says whom it does not take: Risk: high.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"risk": "high"},
        "equilibrium",
        [
            "It says whom it takes: Risk: medium; Risk: standard. You answered otherwise.",
        ],
    ),
    (
        "south-wales",
        POLICE | WOMAN,
        "re-provide",
        [
            "It says whom it takes: Sex: man. You answered otherwise.",
        ],
    ),
    ("south-wales", POLICE | WOMAN, "driving-change", ["It does not say whom it serves: ask."]),
    (
        "south-wales",
        POLICE,
        "re-provide",
        ["The person refers themself, as stated."],
    ),
    (
        "south-wales",
        POLICE,
        "drive-project",
        ["Referral is through MARAC, as stated: agencies choose there."],
    ),
    (
        "dyfed-powys",
        {"referrer": "childrens-services"},
        "stalking-intervention",
        ["Referral is by the police only, as stated."],
    ),
    (
        "gwent",
        {"referrer": "organisation"},
        "building-better-relationships",
        ["Referral is through the criminal justice system, as stated."],
    ),
    (
        "south-wales",
        {"referrer": "probation-or-court", "risk": "medium"},
        "re-provide",
        ["It does not say which risk level it takes.", "The person refers themself, as stated."],
    ),
    (
        "south-wales",
        POLICE | {"relationship": "ended"},
        "inspiring-families",
        [
            "It says whom it takes: Relationship: is to continue. You answered otherwise.",
        ],
    ),
    (
        "south-wales",
        POLICE | {"willing": "no"},
        "clear",
        [
            "Attendance is voluntary, and the person is not willing.",
        ],
    ),
    (
        "south-wales",
        SELF | {"willing": "no"},
        "clear",
        [
            "Attendance is voluntary: taking part is your choice.",
        ],
    ),
    (
        "south-wales",
        SELF,
        "drive-project",
        [
            "It chooses people through agencies; you cannot apply.",
        ],
    ),
    (
        "dyfed-powys",
        POLICE | {"stalking": "no"},
        "stalking-intervention",
        [
            "It is named for stalking; whether it takes others is not stated.",
        ],
    ),
    (
        "dyfed-powys",
        SELF,
        "stalking-intervention",
        [
            "Referral is by the police only, as stated. You cannot apply.",
        ],
    ),
    (
        "dyfed-powys",
        SELF | WOMAN,
        "stalking-intervention",
        [
            "It does not say whom it serves: ask.",
            "Referral is by the police only, as stated. You cannot apply.",
        ],
    ),
    (
        "gwent",
        SELF | WOMAN,
        "building-better-relationships",
        ["It says whom it takes: Sex: man. You answered otherwise."],
    ),
    ("dyfed-powys", POLICE, "choices", []),
    ("gwent", POLICE, "cara", ["Launch date given as 20 November 2023; not confirmed."]),
    (
        "north-wales",
        POLICE,
        "intervention-hub",
        [
            "Commissioned service stopped, when last stated.",
        ],
    ),
    (
        "gwent",
        {"referrer": "probation-or-court", "order": "neither"},
        "building-better-relationships",
        [
            "It says whom it takes: Order: probation order. You answered otherwise.",
        ],
    ),
]


@pytest.mark.parametrize(("area", "answers", "slug", "why"), REASONS)
def test_reasons_follow_from_the_entry(client, area, answers, slug, why):
    assert rows(post(client, where=area, step="result", **answers))[slug].why == why


LINES = [
    (
        "south-wales",
        POLICE | {"risk": "medium"},
        "driving-change",
        {
            "Route to use first": [
                "Third-party organisation",
                "we read this as any organisation: confirm that it includes yours",
            ],
            "Fits what is stated": ["risk level"],
        },
    ),
    (
        "south-wales",
        {"referrer": "childrens-services"},
        "equilibrium",
        {
            "Route to use first": ["Children’s Services named", "Third-party organisation"],
            "Depends on what you left open": ["risk level"],
        },
    ),
    ("south-wales", SELF, "driving-change", {"How to ask, as worded": ["Self-referral"]}),
    (
        "south-wales",
        SELF | {"willing": "no"},
        "family-intervention-programme",
        {
            "Who can refer, as worded": [
                "Third-party organisation",
                "Self-referral",
                "Children’s Services named",
            ],
        },
    ),
    ("south-wales", SELF, "drive-project", {}),
    (
        "gwent",
        {"referrer": "probation-or-court", "order": "probation", "sex": "man"},
        "building-better-relationships",
        {
            "Route to use first": ["Through the criminal justice system"],
            "Fits what is stated": ["order or caution", "whether for men, women or others"],
            "It does not say": ["risk level"],
            "Also required": ["Age: adult", "Conviction: intimate partner violence"],
        },
    ),
    (
        "gwent",
        POLICE | {"order": "neither"},
        "cara",
        {
            "Who can refer, as worded": ["Through the criminal justice system"],
            "Does not fit": ["order or caution"],
        },
    ),
    (
        "dyfed-powys",
        POLICE,
        "stalking-intervention",
        {
            "Route to use first": ["Police only"],
            "It does not say": ["risk level"],
            "Depends on what you left open": ["stalking"],
        },
    ),
]


@pytest.mark.parametrize(("area", "answers", "slug", "lines"), LINES)
def test_other_findings_are_short_lines(client, area, answers, slug, lines):
    row = rows(post(client, where=area, step="result", **answers))[slug]
    assert {line.label: line.values for line in row.first + row.lines} == lines


def test_whom_to_ask_is_shown_once_for_the_area(client):
    office = "Office of the Police and Crime Commissioner for South Wales"
    text = text_of(post(client, **SOUTH_WALES))
    assert text.count(office) == 1
    assert text.index(office) < text.index("How to read this")
    assert "Office of the Police and Crime Commissioner for Gwent" not in text
    assert "it names no contact and no force area" in text
    everywhere = post(client, step="result").context["result"]
    assert sorted(office.area for office in everywhere.offices) == [
        "dyfed-powys",
        "gwent",
        "north-wales",
        "south-wales",
    ]


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
        told = [ask.contact.team.en for ask in row.contacts]
        assert told == [f"Team for {audience}", f"Team for {other}"]


def test_no_office_is_named_where_every_entry_has_a_contact(client, programme):
    phoenix, cara = programme("gwent", "phoenix-das"), programme("gwent", "cara")
    for entry, left in ((phoenix, ["gwent"]), (cara, [])):
        entry.contacts.create(
            team_en="Referral team",
            team_cy="Tîm",
            audience="professionals",
            page="https://example.org/",
            source=Source.objects.get(),
            checked_on="2026-11-01",
        )
        publish(entry, by=None, why="A contact, for a test.")
        offices = post(client, where="gwent", step="result").context["result"].offices
        assert [office.area for office in offices] == left


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


def test_words_that_no_term_was_read_from_are_not_called_silence(client, programme):
    change = programme("south-wales", "driving-change")
    change.criteria.all().delete()
    change.referrals.all().delete()
    publish(change, by=None, why="Nothing read, for a test.")
    why = rows(post(client, **SOUTH_WALES))["driving-change"].why
    assert why == ["Its words on this are in none of our terms: read them."] * 2


def test_how_to_refer_and_whom_it_is_for_are_quoted_whatever_decided(client):
    found = rows(post(client, where="dyfed-powys", referrer="police", step="result"))
    assert quoted(found["choices"]) == [
        "Can take referrals from any agency",
        "Open – community based",
    ]
    found = rows(post(client, where="gwent", referrer="police", step="result"))
    # Whom it was for stands open; its blank cell does not.
    assert quoted(found["phoenix-das"])[0].startswith("Another issue was that perpetrators had to")
    assert quoted(found["phoenix-das"])[1:3] == ["Any agency can refer", ""]
    assert "decision was made to decommission due to low referrals" in str(found["phoenix-das"])
    assert "Launch date in Gwent is 20/11/23." in quoted(found["cara"])


def test_the_person_cannot_apply_only_where_the_words_leave_no_other_route(client):
    person = {"referrer": "self", "sex": "man", "step": "result"}
    found = rows(post(client, where="dyfed-powys", **person))
    assert "does not say whether you can ask for yourself" in found["choices"].why[0]
    assert found["stalking-intervention"].why == [
        "Referral is by the police only, as stated. You cannot apply."
    ]


def test_a_route_is_called_the_first_to_use_only_where_it_may_be_used(client):
    found = rows(post(client, **{**SOUTH_WALES, "referrer": "police"}, risk="high"))
    labels = {slug: (row.first + row.lines)[0].label for slug, row in found.items()}
    assert labels["family-intervention-programme"] == "Route to use first"
    assert labels["driving-change"] == "Who can refer, as worded"
    assert labels["cara"] == "Who can refer, as worded"


def test_changing_the_area_does_not_lose_that_risk_is_high(client):
    gwent = post(client, **{**SOUTH_WALES, "where": "gwent"}, risk="high", children="no")
    assert asked(gwent) == ["order", "risk", "sex", "children", "willing"]
    assert "do not propose it without the MARAC" in text_of(gwent)
    marac = post(client, **{**SOUTH_WALES, "where": "gwent"}, marac="yes")
    assert ("marac", "yes") in marac.context["answers"]
    person = post(client, where="gwent", referrer="self", risk="high", marac="yes", step="result")
    assert "marac" not in asked(person)
    assert "risk" not in asked(person)
    assert "high" not in person.content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_case_without_answers_is_compared_with_nothing(client):
    words = "Nothing about the case was answered, so nothing was compared."
    for unanswered in ({}, {"where": "gwent"}, {"where": "south-wales", "risk": "unknown"}):
        response = post(client, step="result", **unanswered)
        assert words in text_of(response)
        assert "Not compared with any answer" in groups(response)
        assert not [heading for heading in groups(response) if heading.startswith("Fitted")]
        assert "Nothing here plainly fits" not in text_of(response)
    assert words not in text_of(post(client, **SOUTH_WALES))


def test_an_entry_that_no_answer_was_compared_with_has_not_fitted(client):
    found = groups(post(client, where="south-wales", sex="man", step="result"))
    assert found["Fitted what was stated, November 2023"] == [
        "Re-provide",
        "Building Better Relationships (BBR)",
    ]
    assert len(found["Not compared with any answer"]) == 6


def in_form(response) -> dict[str, str]:
    """What the form of the page sends on unless it is changed."""
    page = response.content.decode().partition("<main")[2]
    form = page.partition("data-case>")[2].partition("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    fields += re.findall(r'<input[^>]*name="(\w+)" value="([\w-]+)"[^>]* checked', form)
    where = re.findall(r'<option value="([\w-]+)" selected', form)
    return dict(fields) | {"where": where[0]}


def test_what_only_another_area_asks_is_asked_before_its_result(client):
    gwent = {"where": "gwent", "referrer": "police", "sex": "man"}
    sent = in_form(post(client, step="questions", **gwent))
    result = post(client, step="result", **sent)
    assert "result" in result.context

    there = post(client, step="result", **{**in_form(result), "where": "dyfed-powys"})
    assert "result" not in there.context
    assert ("sex", "man") in there.context["answers"]
    new = [field.name for field in there.context["form"].not_offered_before]
    assert new == ["risk", "stalking"]
    assert "This is asked here, and was not asked before:" in text_of(there)

    # Put once and left open, a question is not put again, nor where another area lacks it.
    for area in ("dyfed-powys", "gwent", "dyfed-powys"):
        there = post(client, step="result", **{**in_form(there), "where": area})
        assert "result" in there.context


def test_what_only_another_referrer_is_asked_is_asked_before_their_result(client):
    sent = in_form(post(client, where="north-wales", referrer="self", step="questions"))
    found = post(client, step="result", **{**sent, "referrer": "organisation"})
    assert "result" not in found.context
    assert [f.name for f in found.context["form"].not_offered_before] == ["marac", "risk"]
    assert "result" in post(client, step="result", **{**in_form(found), "referrer": "self"}).context


def test_the_buttons_for_other_areas_send_on_what_was_offered(client):
    sent = in_form(post(client, where="gwent", referrer="police", step="questions"))
    page = post(client, step="result", **sent).content.decode()
    form = page.partition('class="app-elsewhere"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden["offered"] == "order sex willing"
    assert "result" not in post(client, **hidden, where="south-wales").context


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("gwent", "the police decide. Stated to go with one: CARA (Cautioning and Relations"),
        ("south-wales", "the police decide. Stated to go with one: CARA (Cautioning and Rel"),
        ("dyfed-powys", "the police decide. No entry here is stated to go with one."),
        ("north-wales", "the police decide. No entry here is stated to go with one."),
    ],
)
def test_cara_is_named_only_where_an_entry_is(client, area, words):
    text = text_of(post(client, where=area, referrer="police", step="result"))
    assert f"A conditional caution: {words}" in text


def test_what_is_stated_about_age_is_shown_once(client):
    text = text_of(post(client, **SOUTH_WALES))
    only_here = "By our reading, age is stated only here:"
    assert text.count(f"{only_here} Building Better Relationships (BBR) (Age: adult)") == 1
    assert "that it serves people under 18" in text


def test_that_no_age_is_stated_is_shown_too(client, programme):
    bbr = programme(None, "building-better-relationships")
    bbr.criteria.filter(answer="age:adult").delete()
    publish(bbr, by=None, why="No age, for a test.")
    assert "By our reading, no entry here states an age." in text_of(post(client, **SOUTH_WALES))


def test_how_to_read_it_names_the_sources_and_what_was_checked_once(client, programme, letter):
    text = text_of(post(client, **SOUTH_WALES))
    assert text.count("Policing in Wales submission to the Senedd, 17 November 2023.") == 1
    assert "0 of 9 entries checked since." in text
    change = programme("south-wales", "driving-change")
    change.statements.create(
        source=letter, field="about", text="Still so.", place_en="Page 1", place_cy="Tudalen 1"
    )
    publish(change, by=None, why="A later source, for a test.")
    response = post(client, **SOUTH_WALES, risk="medium")
    assert "; Letter of the PCC, 5 March 2026." in text_of(response)
    assert "Fitted what was stated, November 2023 – March 2026" in groups(response)


@pytest.mark.parametrize(("day", "expected"), [("2025-01-01", 0), ("2026-03-05", 1)])
def test_a_check_before_a_later_source_was_not_made_since(
    client, programme, letter, admin_user, day, expected
):
    clear = programme("south-wales", "clear")
    words = {"source": letter, "field": "about", "text": "So.", "place_en": "1", "place_cy": "1"}
    clear.statements.create(**words)
    publish(clear, by=None, why="A later source, for a test.")
    made = {"programme": clear, "outcome": "confirmed", "confirmed": ["funding"], "by": admin_user}
    record_verification(
        Verification(checked_on=day, checked_with="provider", **made), by=admin_user
    )
    text = text_of(post(client, **SOUTH_WALES))
    assert f"{expected} of 9 entries checked since." in text


def test_later_words_are_no_silence_though_the_cell_is_blank(client, programme, letter):
    phoenix = programme("gwent", "phoenix-das")
    why = rows(post(client, where="gwent", referrer="police", step="result"))["phoenix-das"].why
    assert why == ["Whom it is for is not stated."]
    words = {"source": letter, "field": "eligibility", "text": "Men over 18."}
    phoenix.statements.create(**words, place_en="Page 1", place_cy="Tudalen 1")
    publish(phoenix, by=None, why="A later source, for a test.")
    row = rows(post(client, where="gwent", referrer="police", step="result"))["phoenix-das"]
    assert row.why == ["Its words on this are in none of our terms: read them."]
    assert "Men over 18." in [words.quotation.words for words in row.decided_by]


def test_an_area_without_entries_keeps_its_office(client, programme):
    for slug in ("phoenix-das", "cara"):
        withdraw(programme("gwent", slug), by=None, why="For a test.")
    text = text_of(post(client, where="gwent", step="result"))
    assert "Office of the Police and Crime Commissioner for Gwent" in text


def test_the_person_reads_what_they_and_what_an_agency_can_ask_for(client):
    answers = {"referrer": "self", "sex": "man", "step": "result"}
    found = groups(post(client, where="south-wales", **answers))
    assert "Re-provide" in found["You can ask for yourself, as stated, November 2023"]
    assert found["You cannot ask for these yourself"] == [
        "Drive Project",
        "Building Better Relationships (BBR)",
    ]
    dyfed_powys = post(client, where="dyfed-powys", **answers)
    assert groups(dyfed_powys)["An agency could ask for you"] == [
        "Choices",
        "Intervention Hub",
        "Integrated Family Support Service",
    ]
    text = text_of(dyfed_powys)
    for words in ("someone else", "the person", "this case", "perpetrator", "Live Fear Free"):
        assert words not in text
    assert text.index("0808 802 4040") < text.index("An agency could ask for you")


def test_a_programme_of_another_area_is_missed_aloud(client):
    answers = {**SOUTH_WALES, "where": "gwent", "programme": "south-wales/clear"}
    assert "Clear, South Wales : not among these" in text_of(post(client, **answers))


def test_what_no_entry_here_states(client):
    text = text_of(post(client, where="gwent", step="result"))
    assert "that it serves women" in text
    assert "that it serves LGBT+ people" in text
    assert "that it works in Welsh" in text
    assert "a risk level" in text


def test_silence_on_stalking_is_shown_where_there_is_stalking(client):
    text = text_of(post(client, where="gwent", stalking="yes", step="result"))
    assert "that it is for stalking" in text
    assert "that it is for stalking" not in text_of(post(client, where="gwent", step="result"))
    in_powys = post(client, where="powys", stalking="yes", step="result")
    assert "that it is for stalking" not in text_of(in_powys)


def test_an_entry_looks_no_better_for_a_risk_that_is_not_known(client):
    known = {"where": "cardiff", "referrer": "organisation", "sex": "man", "step": "result"}
    found = rows(post(client, **known, risk="unknown"))
    lines = {line.label: line.values for line in found["family-intervention-programme"].lines}
    assert lines["It does not say"][0] == "risk level"
    assert "Risk not known" in text_of(post(client, **known, risk="unknown"))
    assert "Risk not known" not in text_of(post(client, **known))


def test_what_fits_most_of_what_is_stated_comes_first(client):
    self_referred = post(client, where="south-wales", referrer="self", sex="man", step="result")
    [fitted] = [
        group for group in self_referred.context["result"].groups if group.place == "fitted"
    ]
    assert fitted.rows[0].entry.slug == "re-provide"


def test_who_else_would_refer_stands_with_the_name(client):
    page = text_of(
        post(client, where="cardiff", referrer="organisation", risk="high", step="result")
    )
    assert "Drive Project (Through MARAC)" in page


def test_the_filled_form_stands_above_and_one_answer_can_change(client):
    response = post(client, **SOUTH_WALES, risk="medium", sex="man", children="unknown")
    page = response.content.decode()
    before = page.partition('class="app-group"')[0]
    for name, value in (("risk", "medium"), ("sex", "man"), ("children", "unknown")):
        assert re.search(rf'name="{name}" value="{value}" id="[^"]*" checked', before)
    assert 'value="south-wales" selected' in before
    assert ">Show what may fit</button>" in before


def test_the_other_language_is_a_button_that_sends_the_answers_on(client):
    answers = {**SOUTH_WALES, "risk": "medium", "marac": "no"}
    english = post(client, **answers)
    switch = english.content.decode().partition("app-header__language")[2].partition("</nav>")[0]
    assert 'action="/cy/gwirio/"' in switch
    sent = dict(re.findall(r'name="(\w+)" value="([\w-]+)"', switch))
    assert sent == answers
    welsh = post(client, "/cy/gwirio/", **sent)
    assert list(groups(welsh).values()) == list(groups(english).values())
    assert "Yn gweddu i’r hyn a nodwyd, Tachwedd 2023" in groups(welsh)


def test_the_same_answers_elsewhere(client):
    page = post(client, **SOUTH_WALES, risk="medium").content.decode()
    form = page.partition('class="app-elsewhere"')[2].partition("</form>")[0]
    assert re.findall(r'<input type="hidden" name="(\w+)"', form) == [
        "offered",
        "referrer",
        "risk",
        "step",
    ]
    assert re.findall(r'name="where" value="([\w-]+)"', form) == [
        "dyfed-powys",
        "north-wales",
        "gwent",
    ]


def test_a_case_is_checked_against_one_programme(client):
    page = client.get("/programmes/south-wales/drive-project/").content.decode()
    assert 'href="/check/?programme=south-wales/drive-project"' in page
    response = client.get("/check/?programme=south-wales/drive-project")
    assert response.context["form"]["where"].value() == "south-wales"
    answers = {**SOUTH_WALES, "risk": "medium", "programme": "south-wales/drive-project"}
    assert "Drive Project : Something stated does not fit" in text_of(post(client, **answers))
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
    for path, words in (("/check/", "Choose only from"), ("/cy/gwirio/", "Dewiswch o’r")):
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
    response = client.get("/check/?where=gwent&referrer=police&risk=high&step=result")
    assert not response.context["form"].is_bound
    assert "checked" not in response.content.decode().partition("<main")[2]


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
        for answers in ({"risk": "high", "note": canary}, {"risk": canary}, {"where": canary}):
            response = post(uncached_client, **{**SOUTH_WALES, **answers})
            assert canary not in response.content.decode()
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


def test_a_body_over_8_kb_is_refused_unread(client, uncached_client):
    form = "application/x-www-form-urlencoded"
    assert client.post("/check/", "x=" + "y" * 8190, content_type=form).status_code == 200
    for path, words in (("/check/", "too large"), ("/cy/gwirio/", "rhy fawr")):
        response = client.post(path, "x=" + "y" * 8191, content_type=form)
        assert response.status_code == 413
        assert words in response.content.decode()
    for length, status in (("many", 411), ("9" * 5000, 413), ("0" * 9 + "9999", 413)):
        asked = ("POST", "/check/", b"")
        assert client.generic(*asked, CONTENT_LENGTH=length).status_code == status
        assert uncached_client.generic(*asked, CONTENT_LENGTH=length).status_code == 413


@pytest.mark.parametrize("referrer", ["", *Referrer])
def test_there_are_words_for_whatever_an_editor_may_enter(client, referrer):
    generate(60, seed=5)
    longest = max(len(asked.answers) for asked in QUESTIONS.values())
    for n in range(longest):
        answers = {q: asked.answers[n % len(asked.answers)] for q, asked in QUESTIONS.items()}
        # The words are looked up alike in both languages, which take turns.
        path = ("/check/", "/cy/gwirio/")[n % 2]
        response = post(client, path, referrer=referrer, step="result", **answers)
        assert response.status_code == 200
        assert sum(map(len, groups(response).values())) == 78


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
