"""The page of one entry: our terms, the source's words beside them, how old, and what next."""

import datetime
import re

import pytest
from django.utils import timezone

from programmes.models import Organisation, Source
from programmes.publishing.publish import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    of, today = timezone.localdate, datetime.date(2026, 11, 23)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *at: of(*at) if at else today)


def page(client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def fact(client, path: str, name: str):
    return next(f for f in client.get(path).context["page"].facts if f.id == name)


def test_a_field_shows_our_terms_and_the_words_with_document_place_and_date(client):
    route = fact(client, "/programmes/south-wales/drive-project/", "referral_route")
    assert route.lines[0].values == ["Through MARAC"]
    assert [words.quotation.words for words in route.words] == ["MARAC"]
    shown = page(client, "/programmes/south-wales/drive-project/")
    assert '<blockquote lang="en">MARAC</blockquote>' in shown
    assert (
        "Policing in Wales submission to the Senedd, 17 November 2023: South Wales Police Area "
        "table, “Referral route” column." in shown
    )
    assert "Information from 17 November 2023. Nothing has been checked since." in shown


def test_a_blank_cell_is_not_stated(client):
    eligibility = fact(client, "/programmes/north-wales/relate-cymru-choose2change/", "eligibility")
    assert [line.values for line in eligibility.lines] == [[], [], []]
    assert [words.quotation.words for words in eligibility.words] == [""]
    shown = page(client, "/programmes/north-wales/relate-cymru-choose2change/")
    assert shown.count("Not stated in the source</span> The cell of the table is blank.") == 2
    welsh = page(client, "/cy/rhaglenni/north-wales/relate-cymru-choose2change/")
    assert welsh.count("Heb ei nodi yn y ffynhonnell</span> Mae cell y tabl yn wag.") == 2


STATUS = {
    "/programmes/gwent/cara/": "Launch date given as 20 November 2023; not confirmed",
    "/programmes/south-wales/cara/": "No launch date; not confirmed",
    "/programmes/dyfed-powys/choices/": ("Listed; we do not know whether it is still running"),
    "/programmes/north-wales/intervention-hub/": "Reported as stopped",
    "/programmes/gwent/phoenix-das/": ("Bought case by case; no longer commissioned as a service"),
    "/cy/rhaglenni/gwent/cara/": "Dyddiad lansio a roddwyd: 20 Tachwedd 2023; heb ei gadarnhau",
}


@pytest.mark.parametrize(("path", "expected"), STATUS.items())
def test_what_is_said_of_whether_it_runs(client, path, expected):
    facts = {fact.id: fact for fact in client.get(path).context["page"].facts}
    assert facts["status"].lines[0].values == [expected]


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
    assert f"<p>{expected}" in shown


def test_what_has_come_up_since_stands_with_how_long(client):
    assert fact(client, "/programmes/gwent/phoenix-das/", "longevity").lines[0].note == (
        "How long it is funded is not stated, so it may have ended since."
    )


ABBREVIATIONS = {
    "/programmes/gwent/phoenix-das/": ["PCC", "OPCC", "DA"],
    "/cy/rhaglenni/gwent/phoenix-das/": ["CHTh", "OPCC", "DA"],
    "/programmes/south-wales/drive-project/": ["MARAC", "PCC"],
}


@pytest.mark.parametrize(("path", "expected"), ABBREVIATIONS.items())
def test_the_abbreviations_of_this_page_are_explained_and_no_others(client, path, expected):
    explained = page(client, path).partition('id="abbreviations"')[2].partition("</dl>")[0]
    assert re.findall("<dt>(.*?)</dt>", explained) == expected


def test_why_something_stopped_is_told_in_the_sources_words(client):
    assert "due to lack of integrated partner support." in page(
        client, "/programmes/north-wales/intervention-hub/"
    )
    phoenix = page(client, "/programmes/gwent/phoenix-das/")
    assert "a decision was made to decommission due to low referrals." in phoenix
    assert "perpetrators had to accept full responsibility" in phoenix


def test_same_named_entries_are_told_apart(client):
    shown = page(client, "/programmes/dyfed-powys/intervention-hub/")
    assert "Same name, another entry" in shown
    assert 'href="/programmes/north-wales/intervention-hub/"' in shown
    assert "Same name, another entry" not in page(client, "/programmes/dyfed-powys/choices/")


def test_whom_to_ask(client, programme):
    shown = page(client, "/programmes/gwent/phoenix-das/")
    assert "Office of the Police and Crime Commissioner for Gwent" in shown
    assert "page not checked by this directory" in shown
    # Where no area is stated, four offices would be four wrong ones.
    bbr = page(client, "/programmes/not-stated/building-better-relationships/")
    assert "Whom to ask is not stated: it names no contact and no force area." in bbr
    assert "Office of the Police and Crime Commissioner" not in bbr


def test_what_nobody_states_is_said(client):
    drive = client.get("/programmes/south-wales/drive-project/").context["page"]
    assert drive.unstated == [
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
    bbr = client.get("/programmes/not-stated/building-better-relationships/").context["page"]
    assert "who provides it" not in bbr.unstated
    assert "an evaluation" in bbr.unstated


def test_an_entry_takes_the_same_queries_however_much_it_says(
    uncached_client, django_assert_num_queries
):
    for path in STATUS:
        with django_assert_num_queries(7):
            uncached_client.get(path)


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
    assert "source gives no contact" not in page(client, "/programmes/gwent/phoenix-das/")
