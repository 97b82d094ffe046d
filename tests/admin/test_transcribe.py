"""“Transcribe a source”: a document entered by hand gives the same pages as by `seed`."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from forces.models import ForceArea
from programmes.models import Programme, Source, Statement
from programmes.publishing.data_checks import obstacles
from programmes.publishing.draft import entry_of
from tests.addresses import in_welsh
from tests.admin.test_admin import change_page
from tests.admin.test_editing import text_of as text_of_page
from tests.seeding.test_further_document import EVERY_PAGE, main_of, publish_all, seed, text_of

pytestmark = pytest.mark.django_db

NEW = "/admin/programmes/programme/transcribe_new/"
SLUG = "invented-submission-2026"
SOURCE = {
    "source-kind": "document-with-table",
    "source-title_en": "Invented submission for tests",
    "source-title_cy": "Cyflwyniad dychmygol at brofion",
    "source-publisher_en": "Invented Office for Tests",
    "source-publisher_cy": "Swyddfa Ddychmygol Profion",
    "source-licence_en": "Open Government Licence v3.0",
    "source-licence_cy": "Trwydded Llywodraeth Agored v3.0",
    "source-dated": "2026-11-02",
    "source-address": "https://example.org/invented-submission",
}
TABLE = {
    "place_en": "invented table of Dyfed-Powys",
    "place_cy": "tabl dychmygol Dyfed-Powys",
    "in_table": "on",
}
CHOICES = {
    "entry-summary_en": "Invented: people referred themselves, and the whole family was taken.",
    "entry-summary_cy": "Dychmygol: roedd pobl yn eu hatgyfeirio eu hunain, a derbynnid y "
    "teulu cyfan.",
    "programme-text": "Choices",
    "programme-effect": "adds",
    "attendance-text": "Invented: taking part is voluntary",
    "attendance-effect": "replaces",
    "attendance-attendance": "voluntary",
    "referral_route-text": "Invented: people refer themselves",
    "referral_route-effect": "replaces",
    "referrals-0-route": "self",
    "eligibility-text": "Invented: the whole family",
    "eligibility-effect": "adds",
    "criteria-0-answer": "family:whole",
    "criteria-0-accepted": "on",
    "funding-effect": "blank",
    "longevity-text": "Invented: funded for three years",
    "longevity-effect": "replaces",
    "longevity-longevity": "multi-year",
    "about-text": "Invented: sessions were held in Welsh and in English.",
    "about-place_en": "invented page 3",
    "about-place_cy": "tudalen ddychmygol 3",
    "about-link": "https://example.org/invented-sessions",
}
NEW_START = {
    "entry-name_en": "Invented New Start",
    "entry-stage": "community",
    "entry-summary_en": "Invented: a programme for people at medium risk, to whom any agency "
    "could refer.",
    "entry-summary_cy": "Dychmygol: rhaglen i bobl risg ganolig y gallai unrhyw asiantaeth "
    "atgyfeirio iddi.",
    "attendance-text": "Invented: voluntary",
    "attendance-attendance": "voluntary",
    "referral_route-text": "Invented: any agency",
    "referrals-0-route": "any-agency",
    "eligibility-text": "Invented: medium risk",
    "criteria-0-answer": "risk:medium",
    "criteria-0-accepted": "on",
    "funding-text": "Invented: the council pays",
    "fundings-0-period": "current",
    "fundings-0-funder": "local-authority",
    "fundings-0-arrangement": "grant",
    "longevity-effect": "blank",
    "status-status": "listed",
}
ADAPT = {
    "entry-summary_en": "Invented: the service ended in June 2026.",
    "entry-summary_cy": "Dychmygol: daeth y gwasanaeth i ben ym mis Mehefin 2026.",
    "programme-text": "ADAPT",
    "programme-effect": "adds",
    "longevity-text": "Invented: ended in June 2026",
    "longevity-effect": "adds",
    "longevity-longevity": "ended",
    "status-text": "Invented: ADAPT ended in June 2026.",
    "status-place_en": "invented page 4",
    "status-place_cy": "tudalen ddychmygol 4",
    "status-status": "stopped",
    "developments-0-kind": "stop",
    "developments-0-when": "2026-06-01",
    "developments-0-when_precision": "month",
    "developments-0-summary_en": "Invented: the service ended.",
    "developments-0-summary_cy": "Dychmygol: daeth y gwasanaeth i ben.",
}


SETS = ["referrals", "criteria", "fundings", "evaluations", "developments", "involvements"]
SETS += ["coverage"]
EMPTY: dict[str, Any] = {
    f"{rows}-{name}_FORMS": str(number)
    for rows in SETS
    for name, number in (("TOTAL", 1), ("INITIAL", 0))
}
for rows, name, value in (
    ("criteria", "accepted", "on"),
    ("fundings", "period", "current"),
    ("fundings", "arrangement", "not-stated"),
):
    EMPTY[f"{rows}-0-{name}"] = value
"""What a browser sends of rows in which nothing was chosen."""


def page_of(programme: Programme) -> str:
    return reverse("admin:programmes_programme_transcribe", args=[programme.pk])


def send(client: Client, programme: Programme, typed: dict[str, Any]) -> Any:
    """“replaces” stands for the one statement that there is."""
    data = EMPTY | typed
    for name, value in typed.items():
        if value == "replaces":
            field = name.removesuffix("-effect")
            data[name] = str(programme.statements.get(field=field, replaced_by=None).pk)
    data.setdefault("entry-seen_version", str(programme.version))
    return client.post(page_of(programme), data)


def by_hand(client: Client, programme: Any) -> None:
    choices, adapt = programme("dyfed-powys", "choices"), programme("north-wales", "adapt")
    saved = send(client, choices, SOURCE | TABLE | CHOICES | {"then": "new"})
    assert saved.status_code == 302, [*saved.context["sitting"].problems]
    # The source, the place and the area go with whoever goes on.
    shown = client.get(saved.url).context["sitting"]
    kept = {name: str(shown.place[name].value()) for name in ("source", "place_en", "place_cy")}
    kept |= {"in_table": "on", "entry-area": str(shown.entry["area"].value())}
    saved = client.post(NEW, EMPTY | kept | NEW_START | {"then": str(adapt.pk)})
    assert saved.status_code == 302, [*saved.context["sitting"].problems]
    place = {"source": kept["source"], "in_table": "on"}
    place |= {
        "place_en": "invented table of North Wales",
        "place_cy": "tabl dychmygol Gogledd Cymru",
    }
    saved = send(client, adapt, place | ADAPT)
    assert saved.url == change_page(adapt)
    Source.objects.filter(pk=kept["source"]).update(slug=SLUG)


def pages(client: Client) -> dict[str, str]:
    publish_all()
    addresses = [*EVERY_PAGE, *map(in_welsh, EVERY_PAGE)]
    return {each: text_of(main_of(client, each)) for each in addresses}


@pytest.mark.english_sweep
@pytest.mark.welsh_sweep  # long: `make soak` alone
def test_a_document_entered_by_hand_gives_the_same_pages_as_by_seed(
    admin_client, client, programme
):
    with transaction.atomic():
        seed()
        seeded = pages(client)
        transaction.set_rollback(True)
    by_hand(admin_client, programme)
    assert Statement.objects.filter(source__slug=SLUG).count() == 16
    typed = pages(client)
    for address, text in seeded.items():
        assert typed[address] == text, address


NEW_ALONE = EMPTY | SOURCE | TABLE | NEW_START
WRONG = [
    ({"place_en": ""}, "Place in the source, in English : This field is required."),
    ({"source-title_en": ""}, "Title in English : This field is required."),
    (dict.fromkeys(SOURCE, ""), "Source : Choose a source, or describe a new one below."),
    ({"entry-name_en": ""}, "Name : This field is required."),
    ({"funding-text": ""}, "Funding: Its words : Write down the words that this is read from."),
    (
        {"developments-0-kind": "stop"},
        "Development 1: Summary in English : This field is required.",
    ),
    (
        {
            "developments-0-kind": "stop",
            "development-text": "Invented: it ended.",
            "developments-0-summary_en": "Invented: it ended.",
            "developments-0-when": "2026-06-01",
        },
        "Give “when” both a date and how exact it is, or neither.",
    ),
]


@pytest.mark.parametrize(("typed", "told"), WRONG)
def test_what_is_wrong_is_said_and_nothing_of_it_is_saved(admin_client, typed, told):
    gwent = str(ForceArea.objects.get(slug="gwent").pk)
    page = admin_client.post(NEW, NEW_ALONE | {"entry-area": gwent} | typed)
    assert page.status_code == 200
    said = text_of_page(page)
    assert told in said, said
    assert "Invented: any agency" in said
    assert not Source.objects.filter(title_en__startswith="Invented").exists()
    assert Programme.objects.count() == 18


def test_newer_words_say_what_they_do_to_those_that_stand(admin_client, programme):
    choices = programme("dyfed-powys", "choices")
    told = text_of_page(admin_client.get(page_of(choices)))
    assert (
        "Beside earlier words: They add to earlier words They replace “Voluntary” (Policing in "
        "Wales submission to the Senedd (17 November 2023)) No words: the cell is blank Replaced "
        "words, and what was read from them, leave the public page."
    ) in told
    blank = Statement.objects.filter(text="")[0].programme
    assert blank
    told = text_of_page(admin_client.get(page_of(blank)))
    assert "They replace the blank cell (Policing in Wales" in told
    assert "They replace “”" not in told
    typed = SOURCE | TABLE | CHOICES | {"programme-text": "", "programme-effect": "replaces"}
    page = send(admin_client, choices, typed)
    assert "Write down the words: only a cell of a table can be blank." in text_of_page(page)
    stale = send(admin_client, choices, SOURCE | TABLE | CHOICES | {"entry-seen_version": "0"})
    assert "Somebody else has saved this entry since you opened it." in text_of_page(stale)
    assert not Source.objects.filter(title_en__startswith="Invented").exists()
    foreign = programme("gwent", "phoenix-das").statements.first().pk
    typed = SOURCE | TABLE | CHOICES | {"attendance-effect": str(foreign)}
    page = send(admin_client, choices, typed)
    assert "Select a valid choice." in text_of_page(page)


def test_it_asks_first_about_which_programme(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    page = text_of_page(client.get(NEW))
    assert "About which programme? CARA (Cautioning and Relationship Abuse) (Gwent) Phoenix" in page
    assert "Phoenix DAS (Gwent) A new programme" in page
    assert f'href="{page_of(programme("gwent", "cara"))}"' in client.get(NEW).content.decode()
    # Whoever chose a new programme, or comes back with what is wrong, is not asked again.
    for again in (client.get(f"{NEW}?place_en=page+2"), client.post(NEW, EMPTY)):
        assert "About which programme?" not in text_of_page(again)


def test_no_button_deletes_what_its_editor_may_not_delete(signed_in):
    gwent = ForceArea.objects.get(slug="gwent")
    client = signed_in("Area editor", areas=("gwent",))
    client.post(NEW, NEW_ALONE | {"entry-area": str(gwent.pk)})
    draft = Programme.objects.get(slug="invented-new-start")
    delete = reverse("admin:programmes_programme_delete", args=[draft.pk])
    assert delete not in client.get(change_page(draft)).content.decode()
    boss = signed_in("Administrator")
    assert delete in boss.get(change_page(draft)).content.decode()
    assert boss.post(delete, {"post": "yes"}).status_code == 302


def test_whether_it_takes_referrals_is_read_from_the_words_on_the_route(admin_client, programme):
    choices = programme("dyfed-powys", "choices")
    typed = SOURCE | TABLE | CHOICES | {"referral_route-taking_referrals": "no"}
    assert send(admin_client, choices, typed).status_code == 302
    saved = programme("dyfed-powys", "choices")
    assert saved.taking_referrals == "no"
    assert saved.taking_referrals_rests_on.text == "Invented: people refer themselves"


def test_an_editor_of_one_area_transcribes_there_alone(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    shown = client.get(NEW).context["sitting"].entry
    assert [str(each) for each in shown.fields["area"].queryset] == ["Gwent"]
    powys = str(ForceArea.objects.get(slug="dyfed-powys").pk)
    for area in (powys, ""):
        assert client.post(NEW, NEW_ALONE | {"entry-area": area}).status_code == 200
    assert client.get(page_of(programme("dyfed-powys", "choices"))).status_code == 404
    assert client.post(page_of(programme("dyfed-powys", "choices"))).status_code == 404
    assert "Choices" not in client.get(NEW).content.decode()
    gwent = str(ForceArea.objects.get(slug="gwent").pk)
    assert client.post(NEW, NEW_ALONE | {"entry-area": gwent}).status_code == 302
    new = Programme.objects.get(slug="invented-new-start")
    assert obstacles(entry_of(new)) == []
    # What somebody mistyped in the source is theirs to put right.
    source = Source.objects.get(slug="invented-submission-for-tests")
    page = client.get(reverse("admin:programmes_source_change", args=[source.pk]))
    assert 'name="title_en"' in page.content.decode()
    for roles in (("Publisher",), ()):
        other = signed_in(*roles, areas=("gwent",))
        assert other.get(NEW).status_code in (302, 403)
        assert other.post(page_of(new), {}).status_code in (302, 403)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Tŷ Newydd Ŵyl", "ty-newydd-wyl"),
        ("Pŵer i’r Bobl", "pwer-ir-bobl"),
        ("Gŵyr ar Waith", "gwyr-ar-waith"),
        ("Llŷn", "llyn"),
        ("Y Tŷ a’r Teulu", "y-ty-ar-teulu"),
    ],
)
def test_an_address_keeps_the_base_of_welsh_letters(admin_client, name, slug):
    gwent = str(ForceArea.objects.get(slug="gwent").pk)
    admin_client.post(NEW, NEW_ALONE | {"entry-area": gwent, "entry-name_en": name})
    assert Programme.objects.get(name_en=name).slug == slug
