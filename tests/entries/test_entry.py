"""The page of one entry: the source's words and our terms, how old, and what to do next."""

import datetime

import pytest
from django.utils import timezone

from forces.models import ForceArea
from programmes.models import Organisation, Source
from programmes.presentation.facts import plain
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.publish import publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    of, today = timezone.localdate, datetime.date(2026, 11, 23)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *at: of(*at) if at else today)


def page(client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def row(client, path: str, name: str):
    return next(row for row in client.get(path).context["rows"] if row.id == name)


def said(client, path: str) -> dict[str, list[str]]:
    """What each row of the list says: our terms, then the source's words."""
    rows = client.get(path).context["rows"]
    ours = {row.label: [plain(v) for line in row.lines for v in line.values] for row in rows}
    return {row.label: [*ours[row.label], *(f"“{q.words}”" for q in row.words)] for row in rows}


def test_each_thing_is_said_once_in_the_sources_words_and_in_ours_where_they_say_more(client):
    path = "programmes/south-wales/driving-change/"
    route = ["Third-party organisation", "Self-referral", "“Third party organisation or self”"]
    assert said(client, f"/{path}") == {
        "Who could refer": route,
        "Who it is for": ["“Medium/ Standard risk”"],
        "Attendance": ["“Voluntary”"],
        "Money and length": [
            "Only funder named",
            "“Funded by strategic VAWDASV partners”",
            "“Annually”",
        ],
        "Evaluation": [],
        "Also not given": [],
    }
    # A Welsh page has Welsh terms beside the English words.
    welsh = said(client, "/cy/rhaglenni/south-wales/driving-change/")
    assert welsh["Ar gyfer pwy y mae"] == [
        "Risg ganolig",
        "Risg safonol",
        "“Medium/ Standard risk”",
    ]
    shown = page(client, f"/{path}")
    for words in ("Third party organisation or self", "Medium/ Standard risk", "“Annually”"):
        assert shown.count(words) == 1
    assert "Information from 17 November 2023. Nothing has been checked since." in shown


def test_the_source_is_named_once_where_each_quotation_stands(client):
    shown = page(client, "/programmes/south-wales/drive-project/")
    unfolded, _, rest = shown.partition("<main")[2].partition("Where each quotation stands")
    assert "Policing in Wales submission" not in unfolded
    assert rest.partition("</details>")[0].count("Policing in Wales submission") == 1
    folded = shown.partition("Where each quotation stands")[2].partition("</details>")[0]
    assert "South Wales Police Area table, “Referral route” column." in folded
    clear = page(client, "/programmes/south-wales/clear/")
    assert "Letters lost in the text extraction are restored." in clear


def test_silence_is_quiet_and_never_absent(client):
    path = "/programmes/north-wales/relate-cymru-choose2change/"
    assert row(client, path, "eligibility").is_silent
    shown = page(client, path)
    assert '<dt>Who it is for</dt> <dd> <p class="app-entry__silent">Not given</p> </dd>' in shown
    assert shown.count("The cell of the table is blank.") == 2
    welsh = page(client, "/cy/rhaglenni/north-wales/relate-cymru-choose2change/")
    assert '<p class="app-entry__silent">Dim gwybodaeth</p>' in welsh
    choices = row(client, "/programmes/dyfed-powys/choices/", "eligibility")
    assert (choices.is_silent, choices.silent) == (False, "risk level")


def test_words_that_no_term_fits_are_shown(client):
    stalking = said(client, "/programmes/dyfed-powys/stalking-intervention/")
    assert "“Identified based on risk”" in stalking["Who it is for"]
    assert "“Funded jointly by strategic VAWDASV partners”" in stalking["Money and length"]


@pytest.mark.parametrize("prefix", ["/programmes", "/cy/rhaglenni"])
def test_phoenix_always_tells_of_full_responsibility_and_of_its_end(client, prefix):
    shown = page(client, f"{prefix}/gwent/phoenix-das/")
    assert shown.count("had to accept full responsibility for their actions") == 1
    tag = {"/programmes": "Decommissioned; bought case by case"}.get(
        prefix, "Wedi’i dadgomisiynu; prynid fesul achos"
    )
    assert f"{tag}</strong>" in shown


STATUS = {
    "/programmes/gwent/cara/": "Launch date given as 20 November 2023; not confirmed",
    "/programmes/south-wales/cara/": "No launch date; not confirmed",
    "/programmes/north-wales/intervention-hub/": "Reported as stopped",
    "/programmes/gwent/phoenix-das/": ("Bought case by case; no longer commissioned as a service"),
    "/cy/rhaglenni/gwent/cara/": "Dyddiad lansio a nodwyd: 20 Tachwedd 2023; heb ei gadarnhau",
}


@pytest.mark.parametrize(("path", "expected"), STATUS.items())
def test_what_is_said_of_whether_it_runs(client, path, expected):
    assert row(client, path, "status").lines[0].values == [expected]


CAUTION = {
    "/programmes/dyfed-powys/choices/": "We do not know whether it is still running.",
    "/cy/rhaglenni/dyfed-powys/choices/": (
        "Nid ydym yn gwybod a yw’r rhaglen yn dal i gael ei chynnal."
    ),
    "/programmes/gwent/cara/": "We do not know whether it has started.",
    "/programmes/north-wales/intervention-hub/": "Reported as stopped.",
}


@pytest.mark.parametrize(("path", "expected"), CAUTION.items())
def test_what_is_not_known_stands_beside_its_age(client, path, expected):
    shown = page(client, path).partition('class="app-age"')[2].partition("</div>")[0]
    assert f"{expected} {'Holwch cyn' if '/cy/' in path else 'Check before'}" in shown


def test_what_has_come_up_since_stands_with_how_long(client):
    assert row(client, "/programmes/gwent/phoenix-das/", "funding").notes == [
        "The length is not given, so it may have ended since."
    ]


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ("/programmes/south-wales/drive-project/", "the meeting of agencies about people at high"),
        ("/cy/rhaglenni/south-wales/drive-project/", "cyfarfod asiantaethau ynghylch pobl sy’n"),
    ],
)
def test_an_abbreviation_is_explained_beside_the_words_that_use_it(client, path, meaning):
    route = page(client, path).partition('id="referral_route"')[2].partition("</dd>")[0]
    assert "“MARAC”</blockquote>" in route
    assert meaning in route
    assert "VAWDASV" not in route


def test_why_something_stopped_is_told_in_the_sources_words(client):
    assert "due to lack of integrated partner support." in page(
        client, "/programmes/north-wales/intervention-hub/"
    )
    phoenix = page(client, "/programmes/gwent/phoenix-das/")
    assert "a decision was made to decommission due to low referrals." in phoenix
    assert "perpetrators had to accept full responsibility" in phoenix


def test_same_named_entries_are_told_apart(client):
    shown = page(client, "/programmes/dyfed-powys/intervention-hub/")
    assert "Another with this name:" in shown
    assert 'href="/programmes/north-wales/intervention-hub/"' in shown
    assert "Another with this name:" not in page(client, "/programmes/dyfed-powys/choices/")


def test_whom_to_ask(client):
    shown = page(client, "/programmes/gwent/phoenix-das/")
    asked = shown.partition("No contact details were given. Start with:")[2].partition("</li>")[0]
    assert "Office of the Police and Crime Commissioner for Gwent" in asked
    assert "We have not checked this link." in asked
    assert "The PCC’s office is named as a former commissioner." in asked
    drive = page(client, "/programmes/south-wales/drive-project/")
    assert "The PCC is named as a funder." in drive
    # Where no area is stated, four offices would be four wrong ones.
    bbr = page(client, "/programmes/not-stated/building-better-relationships/")
    assert "No contact and no area are given; the source’s words above may say who" in bbr
    assert "Office of the Police and Crime Commissioner" not in bbr


def test_an_offices_telephone_and_email_are_shown_with_the_day_they_were_seen(client, admin_user):
    gwent = ForceArea.objects.get(slug="gwent")
    gwent.ask_phone, gwent.ask_email = "01633 000000", "office@example.org"
    gwent.ask_seen_on = datetime.date(2026, 11, 2)
    gwent.save()
    path = "/programmes/gwent/phoenix-das/"
    assert "01633 000000" not in page(client, path)
    publish_changed_areas(by=admin_user, why="Two pages agree.")
    shown = page(client, path)
    assert '<a class="govuk-link" href="tel:+441633000000">01633 000000</a>' in shown
    assert '<a class="govuk-link" href="mailto:office@example.org">' in shown
    assert "Seen on 2 November 2026, not yet confirmed by us." in shown
    gwent.ask_checked_on = datetime.date(2026, 11, 20)
    gwent.save()
    publish_changed_areas(by=admin_user, why="The office answered.")
    assert "Checked on 20 November 2026." in page(client, path)


def test_the_questions_to_copy_hold_programme_and_area_and_nothing_of_a_case(client):
    def asked(path: str) -> str:
        told = client.get(path).content.decode().partition('id="questions">')[2]
        return told.partition("</pre>")[0].strip()

    assert (
        asked("/programmes/gwent/phoenix-das/")
        == """\
Programme: Phoenix DAS
Police area: Gwent
1. Does it still run?
2. Who is it for, and at which risk levels?
3. Who can refer, and how?
4. How soon could someone start?
5. What support do partners and ex-partners get?
6. Can it be taken in Welsh?"""
    )
    welsh = asked("/cy/rhaglenni/south-wales/drive-project/")
    assert welsh.startswith("Rhaglen: Drive Project\nArdal heddlu: De Cymru\n1. ")
    bbr = asked("/programmes/not-stated/building-better-relationships/")
    assert "Police area" not in bbr


def test_safety_comes_before_whom_to_ask(client):
    shown = page(client, "/programmes/south-wales/clear/")
    steps = shown.partition("For professionals: what to do next")[2]
    assert steps.index("Your MARAC (the meeting of agencies") < steps.index("Start with:")
    assert steps.index("Start with:") < steps.index("Respect Phoneline advises professionals too")


def test_what_nobody_states_is_said(client):
    drive = row(client, "/programmes/south-wales/drive-project/", "unstated")
    assert drive.notes[0].removesuffix("; which council areas it covers").split("; ") == [
        "a contact",
        "who provides it",
        "whether it takes referrals now",
        "that partners and ex-partners are supported",
        "accreditation",
        "the language of delivery",
        "that it serves women",
        "that it serves people under 18",
        "that it serves LGBT+ people",
        "how many people it can take",
        "what it costs",
    ]
    bbr = row(client, "/programmes/not-stated/building-better-relationships/", "unstated")
    assert "who provides it" not in bbr.notes[0]
    assert "an evaluation" in bbr.notes[0]


def test_an_entry_takes_the_same_queries_however_much_it_says(
    uncached_client, django_assert_num_queries
):
    for path in STATUS:
        with django_assert_num_queries(7):
            uncached_client.get(path)


def test_a_page_that_is_kept_follows_the_entries_that_it_names(client, programme):
    path, other = "/programmes/south-wales/cara/", '<a class="govuk-link" href="/programmes/gwent/'
    assert other in page(client, path)
    withdraw(programme("gwent", "cara"), by=None, why="It has ended.", why_cy="Daeth i ben.")
    assert other not in page(client, path)


def test_what_a_later_source_states_is_shown(client, programme, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    letter = Source.objects.create(
        slug="letter",
        kind="written-confirmation",
        publisher_en="Referral team",
        publisher_cy="Tîm atgyfeirio",
        title_en="Letter from the provider",
        title_cy="Llythyr gan y darparwr",
        dated=datetime.date(2026, 10, 1),
    )
    statement = phoenix.statements.create(
        source=letter,
        field="provider",
        text="We run it, in Welsh too.",
        text_cy="Ni sy’n ei redeg, yn Gymraeg hefyd.",
        place_en="first page",
        place_cy="y dudalen gyntaf",
    )
    phoenix.delivery_language, phoenix.delivery_language_rests_on = "both", statement
    phoenix.save()
    organisation = Organisation.objects.create(name_en="An Agency", name_cy="Asiantaeth")
    phoenix.involvements.create(organisation=organisation, role="provider", statement=statement)
    phoenix.contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        phone="01633 000000",
        languages="both",
        source=letter,
        checked_on=datetime.date(2026, 10, 1),
    )
    publish(phoenix, by=admin_user, why="The provider wrote to us.")
    welsh = page(client, "/cy/rhaglenni/gwent/phoenix-das/")
    for words in ("Asiantaeth", "Cymraeg a Saesneg", "Tîm atgyfeirio", "Llythyr gan y darparwr"):
        assert words in welsh
    assert "Cyfieithiad y cyfeiriadur, nid geiriau’r ffynhonnell:" in welsh
    assert "Referral team" in page(client, "/programmes/gwent/phoenix-das/")
    assert "No contact details were given" not in page(client, "/programmes/gwent/phoenix-das/")


def test_newer_words_stand_first_with_their_date_and_what_they_replace_is_folded(
    client, programme, admin_user
):
    drive = programme("south-wales", "drive-project")
    letter = Source.objects.create(
        slug="letter",
        kind="document",
        title_en="Letter",
        title_cy="Llythyr",
        dated=datetime.date(2026, 10, 1),
    )
    old = drive.statements.get(field="referral_route")
    new = drive.statements.create(
        source=letter,
        field="referral_route",
        text="Any agency, through MARAC",
        place_en="first page",
        place_cy="y dudalen gyntaf",
        replaces=old,
    )
    drive.referrals.update(statement=new)
    publish(drive, by=admin_user, why="A letter.")
    assert said(client, "/programmes/south-wales/drive-project/")["Who could refer"] == [
        "“Any agency, through MARAC”"
    ]
    shown = page(client, "/programmes/south-wales/drive-project/")
    first = shown.partition('id="referral_route"')[2].partition("</div>")[0]
    assert "1 October 2026" in first
    folded = shown.partition("Earlier words, replaced since")[2].partition("</details>")[0]
    assert "“MARAC”" in folded
    assert "17 November 2023" in folded
