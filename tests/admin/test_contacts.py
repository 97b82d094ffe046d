"""Contacts: what is refused, where they are shown, how old they are, and hiding one at once."""

import datetime
import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.models import Contact, Edition, Organisation, Programme, Source
from programmes.publishing.amendments import hide_contact
from programmes.publishing.data_checks import problems
from programmes.publishing.editions import standing_edition
from programmes.publishing.publish import publish, withdraw
from tests.admin.test_admin import change_page, unchanged
from tests.admin.test_roles import OTHER, OWN

pytestmark = pytest.mark.django_db

PAGES = {
    "entry": ("/programmes/gwent/phoenix-das/", "/cy/rhaglenni/gwent/phoenix-das/"),
    "area": ("/forces/gwent/", "/cy/heddluoedd/gwent/"),
}
CHECK = {"where": "gwent", "referrer": "police", "step": "result"}
OLD = "more than six months ago: make sure it is still right."
OLD_CY = "fwy na chwe mis yn ôl: gwnewch yn siŵr ei fod yn dal yn gywir."


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def shown(client: Client, referrer: str = "police") -> dict[str, tuple[str, str]]:
    """What the public reads on each page that says whom to ask, in English and in Welsh."""
    found = {
        name: (text_of(client.get(english)), text_of(client.get(welsh)))
        for name, (english, welsh) in PAGES.items()
    }
    answers = CHECK | {"referrer": referrer}
    checks = (client.post(path, answers) for path in ("/check/", "/cy/gwirio/"))
    english, welsh = map(text_of, checks)
    return found | {"check": (english, welsh)}


def months_ago(number: int) -> datetime.date:
    """A day about that many months ago, well away from the edge of six."""
    return timezone.localdate() - datetime.timedelta(days=31 * number)


@pytest.fixture
def letter(db: None) -> Source:
    return Source.objects.create(
        slug="letter",
        kind="written-confirmation",
        publisher_en="Referral team",
        publisher_cy="Tîm atgyfeirio",
        title_en="Letter from the provider",
        title_cy="Llythyr gan y darparwr",
        dated="2025-01-02",
    )


@pytest.fixture
def add(programme, letter):
    """Adds a contact to an entry's working tables."""

    def contact(entry: tuple[str, str] = OWN, **columns) -> Contact:
        usual = {
            "team_en": "Referral team",
            "team_cy": "Tîm atgyfeirio",
            "audience": "professionals",
            "phone": "01633 838838",
            "email": "referrals@example.org",
            "page": "https://example.org/refer",
            "languages": "both",
            "source": letter,
            "checked_on": months_ago(1),
        }
        return programme(*entry).contacts.create(**usual | columns)

    return contact


def test_contacts_are_shown_wherever_somebody_asks_whom_to_ask(client, programme, add, letter):
    before = shown(client)
    for english, welsh in before.values():
        assert "Office of the Police and Crime Commissioner for Gwent" in english
        assert "Swyddfa Comisiynydd" in welsh

    add()
    phoenix = programme(*OWN)
    words = phoenix.statements.create(
        source=letter, field="provider", text="An Agency runs it.", place_en="p. 1", place_cy="t. 1"
    )
    agency = Organisation.objects.create(
        name_en="Richard Newman Trust", name_cy="Yr Asiantaeth", page="https://agency.example.org/"
    )
    phoenix.involvements.create(organisation=agency, role="provider", statement=words)
    publish(phoenix, by=None, why="The provider wrote to us.")

    for english, welsh in shown(client).values():
        assert "Provider Richard Newman Trust" in english.replace("Provider:", "Provider")
        assert "Darparwr Yr Asiantaeth" in welsh.replace("Darparwr:", "Darparwr")
        for told in ("Referral team For professionals", "Languages: Welsh and English"):
            assert told in english
        for told in ("Tîm atgyfeirio I weithwyr proffesiynol", "Ieithoedd: Cymraeg a Saesneg"):
            assert told in welsh
        assert "Source: Letter from the provider, 2 January 2025." in english
        assert "Ffynhonnell: Llythyr gan y darparwr, 2 Ionawr 2025." in welsh
        assert "more than six months" not in english
    for response in (client.get(PAGES["entry"][0]), client.post("/check/", CHECK)):
        page = response.content.decode()
        assert 'href="tel:+441633838838"' in page
        assert 'href="mailto:referrals@example.org"' in page
        assert 'href="https://example.org/refer" rel="noreferrer"' in page
        assert 'href="https://agency.example.org/" rel="noreferrer"' in page
    # Gwent has entries without a contact, so its office is still named there, and not on the entry.
    after = shown(client)
    assert "Where a programme has no contact of its own" in after["area"][0]
    assert "Lle nad oes gan raglen ei chyswllt ei hun" in after["area"][1]
    assert "Police and Crime Commissioner for Gwent" not in after["entry"][0]


def test_the_area_names_no_office_once_every_entry_has_a_contact(client, add):
    for entry in Programme.objects.filter(area__slug="gwent"):
        add(("gwent", entry.slug))
        publish(entry, by=None, why="A contact, for a test.")
    assert "Police and Crime Commissioner for Gwent" not in shown(client)["area"][0]


def test_a_contact_for_others_is_labelled_and_the_person_gets_no_office(client, programme, add):
    add(audience="professionals")
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    to_self = shown(client, "self")["check"][0]
    assert "Referral team For professionals" in to_self
    assert "Office of the Police and Crime Commissioner" not in to_self
    to_police = shown(client, "police")["check"][0]
    assert "Office of the Police and Crime Commissioner" in to_police.partition("Whom to ask")[2]

    add(audience="self", team_en="Enquiries desk")
    publish(programme(*OWN), by=None, why="Another contact, for a test.")
    for referrer, first, second in (
        ("self", "Enquiries desk", "Referral team"),
        ("police", "Referral team", "Enquiries desk"),
    ):
        found = shown(client, referrer)["check"][0]
        assert found.index(first) < found.index(second)


def test_an_old_contact_says_so_in_both_languages(client, admin_client, programme, add):
    add(checked_on=datetime.date(2026, 3, 3))
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    for english, welsh in shown(client).values():
        assert f"Checked on 3 March 2026, {OLD}" in english
        assert f"Gwiriwyd ar 3 Mawrth 2026, {OLD_CY}" in welsh
    told = "Checked more than six months ago: confirm it, and set the new day."
    assert told in admin_client.get(change_page(programme(*OWN))).content.decode()
    listed = reverse("admin:programmes_contact_changelist")
    assert told in admin_client.get(listed).content.decode()


def test_the_same_queries_with_contacts_as_without(uncached_client, admin_client, programme, add):
    def queries() -> list[int]:
        asks = (
            lambda: uncached_client.get(PAGES["entry"][0]),
            lambda: uncached_client.get(PAGES["area"][0]),
            lambda: uncached_client.post("/check/", CHECK),
            lambda: admin_client.get(reverse("admin:programmes_contact_changelist")),
            lambda: admin_client.get(change_page(programme(*OWN))),
        )
        found = []
        for ask in asks:
            with CaptureQueriesContext(connection) as captured:
                assert ask().status_code == 200
            found.append(len(captured))
        return found

    add()
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    queries()
    before = queries()
    for _each in range(5):
        add()
    publish(programme(*OWN), by=None, why="More contacts, for a test.")
    assert queries() == before


REFUSED = [
    # what an editor types → what they are told
    ({"is_a_team": ""}, "Tick this if the name and the addresses are those of a role or team"),
    ({"is_a_team": "", "team_en": "DI Jones"}, "“DI” is a person’s title"),
    ({"is_a_team": "", "email": "x.jones@example.org"}, "“x.jones@example.org” looks like"),
    ({"team_en": "Referral team, direct line"}, "“direct line”: a personal or direct number"),
    ({"email": "referrals@gmail.com"}, "Addresses at gmail.com can belong to anybody."),
    ({"phone": "07700 900123"}, "Mobile and personal numbers are never taken."),
    ({"phone": "01633 838838 ext 4"}, "Extensions lead to one desk."),
    ({"page": "https://www.linkedin.com/in/x"}, "A page on a social network"),
    ({"page": "http://[", "phone": ""}, "Enter a valid URL."),
    ({"checked_on": "2999-01-01"}, "This day has not come yet."),
    ({"checked_on": "2025-01-01"}, "The source is of 2 January 2025"),
    ({"page": "", "email": "", "phone": ""}, "Give a page, an e-mail address or a telephone"),
]


def typed(letter: Source, *contacts: dict[str, str]) -> dict[str, str]:
    usual = {
        "team_en": "Referral team",
        "team_cy": "Tîm atgyfeirio",
        "audience": "professionals",
        "languages": "both",
        "phone": "(01633) 838838",
        "email": "phoenix.das@example.org",
        "page": "https://example.org/refer",
        "source": str(letter.pk),
        "checked_on": "2026-10-01",
        "is_a_team": "on",
    }
    data = {"contacts-TOTAL_FORMS": str(len(contacts))}
    for number, columns in enumerate(contacts):
        data |= {f"contacts-{number}-{name}": v for name, v in (usual | columns).items()}
    return data


def test_what_breaks_a_rule_is_refused_in_words(admin_client, programme, letter):
    address = change_page(programme(*OWN))
    data = unchanged(admin_client, address)
    response = admin_client.post(address, data | typed(letter, *(each for each, _ in REFUSED)))
    assert response.status_code == 200
    inline = next(i for i in response.context["inline_admin_formsets"] if i.opts.model == Contact)
    for form, (columns, told) in zip(inline.formset.forms, REFUSED, strict=True):
        assert told in form.errors.as_text(), columns
    assert not Contact.objects.exists()
    assert admin_client.post(address, data | typed(letter, {})).status_code == 302
    contact = Contact.objects.get()
    assert (contact.phone, contact.email) == ("(01633) 838838", "phoenix.das@example.org")
    data = unchanged(admin_client, address) | {"contacts-0-phone": "01633 838839"}
    assert admin_client.post(address, data).status_code == 302
    assert Contact.objects.get().phone == "01633 838839"
    data = unchanged(admin_client, address) | {"contacts-0-team_cy": "Owen"}
    renamed = admin_client.post(address, data)
    assert "Tick this if the name and the addresses" in renamed.content.decode()
    assert admin_client.post(address, data | {"contacts-0-is_a_team": "on"}).status_code == 302
    assert Contact.objects.get().team_cy == "Owen"

    organisation = reverse("admin:programmes_organisation_add")
    ftp = {"name_en": "Sarah Trust", "page": "ftp://example.org/"}
    refused = admin_client.post(organisation, ftp)
    assert "begins with https:// or http://" in refused.content.decode()
    assert admin_client.post(organisation, {"name_en": "Sarah Trust"}).status_code == 302


def test_what_is_wrong_with_contacts_is_in_the_health_check(programme, add):
    add(team_en="Dr Jones, clinic", checked_on="2026-01-02")
    add(phone="07700 900123", checked_on="2026-01-02", hidden_at=timezone.now())
    told = [problem for problem in problems() if "contact" in problem]
    assert len(told) == 2
    assert "the contact “Dr Jones, clinic”: “Dr” is a person’s title" in told[0]
    assert "Checked more than six months ago: confirm it, and set the new day." in told[1]


SHOW = {"show": "again"}


def hiding(contact: Contact) -> str:
    arguments = [contact.programme_id, contact.pk]
    return reverse("admin:programmes_programme_contact", args=arguments)


def test_a_contact_is_hidden_at_once_and_nothing_else_published(
    signed_in,
    client,
    programme,
    add,
):
    contact, other = add(), add(team_en="Other desk", audience="self")
    publish(programme(*OWN), by=None, why="Contacts, for a test.")
    phoenix = programme(*OWN)
    phoenix.summary_en = "A canary summary."
    phoenix.save()
    Contact.objects.filter(pk=other.pk).update(phone="01633 111111")
    Contact.objects.filter(pk=contact.pk).update(email="referrals.changed@example.org")
    before = standing_edition(programme(*OWN))

    editor = signed_in("Area editor", areas=("gwent",))
    assert hiding(contact) in editor.get(change_page(phoenix)).content.decode()
    asked = editor.get(hiding(contact)).content.decode()
    assert "Hide “Referral team” now" in asked
    assert standing_edition(programme(*OWN)) == before

    answer = editor.post(hiding(contact), {"why": ""}, follow=True)
    assert "Nobody sees it on the public pages now." in answer.content.decode()
    edition = standing_edition(programme(*OWN))
    kept = [each for each in before.document["contacts"] if each["id"] != contact.pk]
    assert edition.document == before.document | {"contacts": kept}
    assert (edition.why, edition.withdrawn) == ("A contact was hidden.", False)
    assert edition.by.username == "editor-0"
    assert edition.terms.count() == before.terms.count()
    for english, welsh in shown(client).values():
        assert "Referral team" not in english
        assert "01633 838838" in english
        assert "canary" not in english
        assert "referrals@example.org" in welsh
    contact.refresh_from_db()
    assert (contact.hidden_why, contact.hidden_by) == ("It must not be shown now.", edition.by)
    assert " is hidden." in LogEntry.objects.get().change_message

    page = editor.get(change_page(phoenix)).content.decode()
    assert "by editor-0: It must not be shown now." in page
    saved = editor.post(change_page(phoenix), unchanged(editor, change_page(phoenix)))
    assert saved.status_code == 302
    publish(programme(*OWN), by=None, why="Everything else.")
    published = standing_edition(programme(*OWN)).entry.contacts
    assert [each.team.en for each in published] == ["Other desk"]


def test_a_hidden_contact_is_shown_again_with_the_next_publishing(
    signed_in,
    client,
    programme,
    add,
    admin_user,
):
    contact = add()
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    hide_contact(contact, by=admin_user, why="For a test.")
    editor = signed_in("Area editor", areas=("gwent",))
    page = editor.get(hiding(contact))
    assert "Show again" in page.content.decode()
    assert '<input type="hidden" name="show" value="again">' in page.content.decode()
    assert editor.get(hiding(contact), SHOW).status_code == 200
    contact.refresh_from_db()
    assert contact.hidden_at
    assert editor.post(hiding(contact), SHOW).status_code == 302
    contact.refresh_from_db()
    assert (contact.hidden_at, contact.hidden_by, contact.hidden_why) == (None, None, "")
    assert "Referral team" not in shown(client)["entry"][0]
    publish(programme(*OWN), by=None, why="It is right after all.")
    assert "Referral team" in shown(client)["entry"][0]


def test_hiding_what_the_public_does_not_see_writes_no_edition(client, programme, add, admin_user):
    draft = add()
    assert hide_contact(draft, by=admin_user, why="Never right.") is None
    draft.refresh_from_db()
    assert draft.hidden_at
    assert hide_contact(draft, by=admin_user, why="Twice.") is None
    draft.refresh_from_db()
    assert draft.hidden_why == "Never right."

    contact = add()
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    last = withdraw(programme(*OWN), by=None, why="It was never in Gwent.")
    editions = Edition.objects.count()
    assert hide_contact(contact, by=admin_user, why="Gone.") is None
    assert Edition.objects.count() == editions
    assert standing_edition(programme(*OWN)) == last
    withdrawn = client.get(PAGES["entry"][0])
    assert withdrawn.status_code == 410
    assert "It was never in Gwent." in withdrawn.content.decode()


def test_what_is_still_due_of_a_language_stays_due(programme, add, admin_user):
    contact = add()
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    standing = standing_edition(programme(*OWN))
    due = {"language_due": datetime.date(2027, 1, 1), "language_why": "Being translated."}
    columns = {
        field.attname: getattr(standing, field.attname)
        for field in Edition._meta.concrete_fields
        if field.name != "id"
    }
    Edition.objects.filter(pk=standing.pk).update(replaced_at=timezone.now())
    Edition.objects.create(**columns | due | {"published_at": timezone.now()})
    edition = hide_contact(contact, by=admin_user, why="For a test.")
    assert (edition.language_due, edition.language_why) == tuple(due.values())


def test_a_save_of_a_page_opened_before_does_not_show_it_again(admin_client, add, admin_user):
    contact = add()
    page = change_page(contact.programme)
    opened = unchanged(admin_client, page)
    hide_contact(contact, by=admin_user, why="For a test.")
    changed = {"contacts-0-team_en": "Enquiries desk", "contacts-0-is_a_team": "on"}
    assert admin_client.post(page, opened | changed).status_code == 302
    contact.refresh_from_db()
    assert contact.team_en == "Enquiries desk"
    assert contact.hidden_at


MAY = [
    # roles, areas → what GET and POST answer for a contact of Gwent, then for one of South Wales
    (("Area editor",), ("gwent",), (200, 302), (404, 404)),
    (("Area editor", "Publisher"), ("gwent",), (200, 302), (404, 404)),
    (("Area editor",), ("gwent", "south-wales"), (200, 302), (200, 302)),
    (("Area editor",), (), (404, 404), (404, 404)),
    (("Publisher",), (), (403, 403), (403, 403)),
    (("Administrator",), (), (200, 302), (200, 302)),
    ((), ("gwent",), (403, 403), (404, 404)),
]


@pytest.mark.parametrize(("roles", "areas", "own", "other"), MAY)
def test_who_hides_which_contact(
    signed_in,
    programme,
    add,
    roles,
    areas,
    own,
    other,
):
    client = signed_in(*roles, areas=areas)
    for entry, expected in ((OWN, own), (OTHER, other)):
        contact = add(entry)
        publish(programme(*entry), by=None, why="A contact, for a test.")
        edition = standing_edition(programme(*entry))
        assert client.get(hiding(contact)).status_code == expected[0]
        assert client.get(hiding(contact), SHOW).status_code == expected[0]
        contact.refresh_from_db()
        assert contact.hidden_at is None
        assert client.post(hiding(contact), {"why": "Now."}).status_code == expected[1]
        contact.refresh_from_db()
        assert bool(contact.hidden_at) == (expected[1] == 302)
        assert (standing_edition(programme(*entry)) == edition) == (expected[1] != 302)
        shows = client.post(hiding(contact), SHOW).status_code
        assert shows == expected[1]


def test_no_contact_of_another_entry_is_hidden_by_a_guessed_address(
    signed_in,
    programme,
    add,
):
    client = signed_in("Area editor", areas=("gwent",))
    theirs = add(OTHER)
    own = programme(*OWN)
    address = reverse("admin:programmes_programme_contact", args=[own.pk, theirs.pk])
    for posted in ({"why": "Now."}, SHOW):
        assert client.post(address, posted).status_code == 404
    for guess in (f"{own.pk}/contact/{'9' * 30}/", "x/contact/1/", f"{'9' * 30}/contact/1/"):
        found = client.post(f"/admin/programmes/programme/{guess}", {"why": "Now."})
        assert found.status_code == 404
    theirs.refresh_from_db()
    assert theirs.hidden_at is None


def test_the_list_of_contacts_is_of_own_areas_and_changes_nothing(
    signed_in,
    add,
):
    own, theirs = add(OWN), add(OTHER)
    client = signed_in("Area editor", areas=("gwent",))
    address = reverse("admin:programmes_contact_changelist")
    for query in ("", "?q=referral", "?hidden_at__isempty=1", "?audience=self"):
        found = client.get(address + query).context["cl"].queryset
        assert theirs not in found
    listed = client.get(address)
    assert list(listed.context["cl"].queryset) == [own]
    assert "South Wales" not in listed.content.decode().partition('id="changelist-filter"')[2]
    change = "admin:programmes_contact_change"
    assert client.get(reverse(change, args=[own.pk])).status_code == 200
    assert client.post(reverse(change, args=[own.pk]), {"team_en": "X"}).status_code == 403
    assert client.get(reverse(change, args=[theirs.pk])).status_code == 302
    assert client.get(reverse("admin:programmes_contact_add")).status_code == 403


def test_the_list_of_contacts_has_the_state_of_each_and_the_way_to_hide_it(
    signed_in, programme, add, admin_user
):
    public = add(OWN)
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    draft, hidden = add(OWN), add(OWN)
    hide_contact(hidden, by=admin_user, why="It was wrong.")
    withdrawn = add(OTHER)
    publish(programme(*OTHER), by=None, why="A contact, for a test.")
    withdraw(programme(*OTHER), by=admin_user, why="It was never there.")
    address = reverse("admin:programmes_contact_changelist")
    page = signed_in("Administrator").get(address).content.decode()
    rows = page.partition('id="result_list"')[2].partition("</table>")[0].split("<tr>")

    def told(contact: Contact) -> str:
        way = f'href="{hiding(contact)}">'
        row = next(row for row in rows if way in row)
        state = re.search(r'class="field-state">([^<]*)<', row)
        assert state
        return f"{state[1].partition(' on ')[0]} {row.partition(way)[2].partition('<')[0]}"

    assert told(public) == "Public. Hide now…"
    assert told(draft) == told(withdrawn) == "Not public. Hide now…"
    assert told(hidden) == "Hidden Show again…"
    assert "Hide now…" not in signed_in("Publisher").get(address).content.decode()


def test_the_past_and_the_downloads_hold_no_contacts(client, programme, add):
    add()
    publish(programme(*OWN), by=None, why="A contact, for a test.")
    today = timezone.localdate().isoformat()
    for path in ("/programmes/", "/programmes.csv", "/programmes.json"):
        for query in ("", f"?as-at={today}"):
            answer = client.get(f"{path}{query}")
            assert answer.status_code == 200
            assert "referrals@example.org" not in answer.content.decode()
            assert "838838" not in answer.content.decode()
