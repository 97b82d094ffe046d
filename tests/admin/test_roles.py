"""Who may do what in the admin: each role, in its own force area and in another."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forces.models import ForceArea
from programmes.models import (
    Correction,
    Edition,
    Handover,
    Organisation,
    Programme,
    Source,
    Statement,
)
from programmes.publishing.publish import publish
from tests.admin.test_admin import change_page, unchanged

pytestmark = pytest.mark.django_db

OWN, OTHER = ("gwent", "phoenix-das"), ("south-wales", "clear")


def route(programme: Programme, name: str) -> str:
    edition = programme.editions.get(replaced_at=None).pk
    more: dict[str, list[object]] = {
        "preview": ["en"],
        "edition": [edition],
        "as_published": [edition, "cy"],
        "load_back": [edition],
        "answers": [request.pk for request in programme.confirmationrequest_set.all()],
        "contact": [contact.pk for contact in programme.contacts.all()],
        "mistake": [check.pk for check in programme.verifications.all()],
    }
    arguments = [programme.pk, *more.get(name, [])]
    return reverse(f"admin:programmes_programme_{name}", args=arguments)


LOOK = ("history", "preview", "editions", "edition", "as_published")
CHECKS = ("check", "mistake")
CHANGE = (*CHECKS, "change", "load_back", "transcribe", "ready", "ask", "answers", "contact")
PUBLISH = ("publish", "withdraw", "send_back")
ROUTES = {"look": LOOK, "change": CHANGE, "publish": PUBLISH, "delete": ("delete",)}
MAY = [
    # roles, areas → what may be done with an entry of Gwent, then with one of South Wales
    (("Area editor",), ("gwent",), "look change", ""),
    (("Area editor", "Publisher"), ("gwent",), "look change publish", ""),
    (("Area editor",), ("gwent", "south-wales"), "look change", "look change"),
    (("Area editor",), (), "", ""),
    (("Publisher",), (), "look publish", "look publish"),
    (("Administrator",), (), "look change publish", "look change publish"),
    ((), ("gwent",), "", ""),
]
READ_ONLY = ("change", *CHECKS)
"""What a publisher sees of what changes an entry: its fields, read-only, and the checks."""


@pytest.fixture
def something_of_each(programme) -> None:
    """Both entries have a contact, a check, a provider, its answers, and a draft that is ready."""
    somebody = User.objects.create_user("somebody", "somebody@example.org")
    provider = Organisation.objects.create(name_en="A provider")
    for entry in (programme(*OWN), programme(*OTHER)):
        words = entry.statements.first()
        entry.involvements.create(organisation=provider, role="provider", statement=words)
        entry.contacts.create(
            team_en="Referral team",
            team_cy="Tîm atgyfeirio",
            audience="professionals",
            email="referrals@example.org",
            source=words.source,
            checked_on="2026-10-02",
        )
        publish(entry, by=None, why="The provider is named.")
        checked = {"checked_with": "provider", "outcome": "nobody-reached", "by": somebody}
        entry.verifications.create(**checked)
        edition = entry.editions.get(replaced_at=None)
        answered = {"answered_at": timezone.now(), "edition": edition, "by": somebody}
        entry.confirmationrequest_set.create(**answered)
        Handover.objects.create(programme=entry, ready_by=somebody, by=somebody, note="It is.")


@pytest.mark.parametrize(("roles", "areas", "own", "other"), MAY)
def test_each_route_for_each_role(
    signed_in, programme, something_of_each, roles, areas, own, other
):
    client = signed_in(*roles, areas=areas)
    for entry, may in ((OWN, own.split()), (OTHER, other.split())):
        for kind, routes in ROUTES.items():
            for name in routes:
                status = client.get(route(programme(*entry), name)).status_code
                opens = kind in may or (may and roles == ("Publisher",) and name in READ_ONLY)
                # What is not open is refused, or is as if it did not exist.
                assert status == 200 if opens else status in (302, 403, 404), (entry, name, status)


@pytest.mark.parametrize(("roles", "areas", "own", "other"), MAY)
def test_posts_that_nobody_offered_change_nothing(
    signed_in, programme, something_of_each, roles, areas, own, other
):
    client = signed_in(*roles, areas=areas)
    before = Edition.objects.count()
    for entry, may in ((OWN, own.split()), (OTHER, other.split())):
        version = programme(*entry).version
        if "publish" not in may:
            for name in PUBLISH:
                typed = {"why": "Because.", "why_cy": "Achos.", "note": "Because."}
                answer = client.post(route(programme(*entry), name), typed)
                assert answer.status_code in (302, 403, 404)
            assert not programme(*entry).handover.sent_back
        if "change" not in may:
            typed = {"why": "Because.", "note": "Because.", "on_its_page": "on"}
            typed |= {"publisher_en": "Team", "publisher_cy": "Tîm", "entry-summary_en": "CANARY"}
            for name in ("load_back", "transcribe", "ready", "ask", "answers", "contact"):
                answer = client.post(route(programme(*entry), name), typed)
                assert answer.status_code in (302, 403, 404)
            assert programme(*entry).contacts.get().hidden_at is None
            assert programme(*entry).confirmationrequest_set.count() == 1
            assert programme(*entry).handover.note == "It is."
        if not may:
            check = {"checked_on": "2026-11-01", "checked_with": "provider", "outcome": "stopped"}
            client.post(route(programme(*entry), "check"), check)
            client.post(route(programme(*entry), "mistake"), {"why": "Because."})
            assert [each.is_mistake for each in programme(*entry).verifications.all()] == [False]
        assert programme(*entry).version == version
    assert Edition.objects.count() == before
    assert Programme.objects.count() == 18


def test_what_waits_is_shown_of_own_areas_alone(signed_in, programme):
    for entry in (OWN, OTHER):
        Programme.objects.filter(pk=programme(*entry).pk).update(summary_en="It waits.")
    waiting = reverse("admin:programmes_programme_unpublished")
    page = signed_in("Area editor", areas=("gwent",)).get(waiting).content.decode()
    assert page.count("It waits.") == 1
    assert "Clear" not in page
    assert "Publish…" not in page
    assert signed_in("Publisher").get(waiting).content.decode().count("It waits.") == 2
    assert signed_in(areas=("gwent",)).get(waiting).status_code == 403


@pytest.mark.parametrize(
    ("model", "rows"),
    [("programme", 2), ("contact", 1), ("correction", 1)],
)
def test_lists_searches_and_filters_show_own_areas_alone(signed_in, programme, model, rows):
    for entry in (OWN, OTHER):
        contact = {"team_en": "Team", "audience": "professionals", "email": "team@example.org"}
        source = programme(*entry).statements.first().source
        programme(*entry).contacts.create(source=source, checked_on="2026-10-01", **contact)
        sent = {"kind": "other", "sender": "other", "language": "en"}
        Correction.objects.create(programme=programme(*entry), **sent)
    client = signed_in("Area editor", areas=("gwent",))
    address = reverse(f"admin:programmes_{model}_changelist")
    page = client.get(address)
    assert "South Wales" not in page.content.decode().partition('id="changelist-filter"')[2]
    assert page.context["cl"].queryset.count() == rows
    for query in ("", "?q=clear", "?q=driving", "?all=", "?o=-1"):
        found = client.get(address + query).context["cl"].queryset
        entries = [row if model == "programme" else row.programme for row in found]
        assert {entry.area.slug for entry in entries} <= {"gwent"}


def test_an_entry_without_an_area_is_open_only_to_who_sees_all(signed_in):
    bbr = Programme.objects.get(area=None)
    every = tuple(ForceArea.objects.values_list("slug", flat=True))
    assert signed_in("Area editor", areas=every).get(change_page(bbr)).status_code == 302
    assert signed_in("Administrator").get(change_page(bbr)).status_code == 200


def test_a_link_to_another_area_says_whose_it_is(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    for address in (change_page(programme(*OTHER)), "/admin/programmes/programme/999999/change/"):
        page = client.get(address, follow=True).content.decode()
        assert "Your force areas have no such programme. If it is of another area, its own" in page
        assert "Perhaps it was deleted?" not in page


def test_a_crafted_post_reaches_no_other_area(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    own, other = programme(*OWN), programme(*OTHER)
    data = unchanged(client, change_page(own))
    assert client.post(change_page(other), data).status_code == 302
    assert programme(*OTHER).name_en == "Clear"

    for area in (str(other.area_id), ""):
        client.post(change_page(own), data | {"area": area, "slug": "elsewhere"})
        moved = programme(*OWN)
        assert (moved.area_slug, moved.slug) == OWN
    draft = Programme.objects.create(
        area=own.area, slug="draft", name_en="Draft", stage="community", status="listed"
    )
    typed = unchanged(client, change_page(draft))
    moved = client.post(change_page(draft), typed | {"area": str(other.area_id)})
    assert "Select a valid choice" in moved.content.decode()
    nowhere = client.post(change_page(draft), typed | {"area": ""})
    assert "This field is required" in nowhere.content.decode()

    theirs = other.referrals.get(route="open")
    client.post(
        change_page(own), data | {"referrals-0-id": theirs.pk, "referrals-0-route": "police"}
    )
    theirs.refresh_from_db()
    assert (theirs.programme_id, theirs.route) == (other.pk, "open")


def test_words_of_an_entry_are_edited_on_its_page_alone(signed_in, programme):
    """A second editor of statements would show words of other areas, and save over their page."""
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", dated="2026-10-01"
    )
    theirs = programme(*OTHER).statements.create(
        source=letter, field="about", text="SECRET", place_en="1"
    )
    editor = signed_in("Area editor", areas=("gwent",))
    add = reverse("admin:programmes_statement_add")
    guess = {"programme": theirs.programme_id, "replaces": theirs.pk}
    for answer in (editor.get(add, guess), editor.post(add, guess)):
        assert answer.status_code == 403
        assert "SECRET" not in answer.content.decode()
    everywhere = signed_in("Administrator")
    change = reverse("admin:programmes_statement_change", args=[theirs.pk])
    assert everywhere.get(change).status_code == 302
    assert everywhere.post(change, {"text": "Another"}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.text == "SECRET"
    data = {"source": letter.pk, "text": "MATAC began.", "place_en": "1", "basis": "stated"}
    assert everywhere.post(add, data | {"in_table": "on"}).status_code == 302
    added = Statement.objects.get(text="MATAC began.")
    assert (added.field, added.programme, added.in_table) == ("development", None, False)


def test_whom_to_ask_is_changed_in_own_areas_alone(signed_in):
    client = signed_in("Area editor", areas=("gwent",))
    answers = {
        area.slug: client.get(reverse("admin:forces_forcearea_change", args=[area.pk])).status_code
        for area in ForceArea.objects.all()
    }
    assert answers == {"dyfed-powys": 302, "south-wales": 302, "north-wales": 302, "gwent": 200}


@pytest.mark.parametrize(
    ("roles", "areas", "status"),
    [
        (("Area editor",), ("gwent",), 403),
        (("Area editor", "Publisher"), ("gwent",), 403),
        (("Publisher",), (), 200),
        (("Administrator",), (), 200),
    ],
)
def test_what_concerns_all_of_wales_is_published_by_who_sees_all(signed_in, roles, areas, status):
    client = signed_in(*roles, areas=areas)
    assert client.get(reverse("admin:forces_forcearea_publish")).status_code == status


def test_facts_of_law_about_an_area_are_nobodys_to_change(signed_in, client):
    gwent = ForceArea.objects.get(slug="gwent")
    address = reverse("admin:forces_forcearea_change", args=[gwent.pk])
    editor = signed_in("Area editor", areas=("gwent",))
    data = unchanged(editor, address) | {"name_en": "CANARY", "in_cy": "CANARY"}
    assert editor.post(address, data).status_code == 302
    assert "CANARY" not in client.get("/forces/").content.decode()
    person = editor.post(address, data | {"ask_en": "PC Sarah Jones"})
    assert "“PC” is a person’s title" in person.content.decode()
    number = editor.post(address, data | {"ask_en": "Office, 07700 900123", "is_a_team": "on"})
    assert "telephone and e-mail have places of their own" in number.content.decode()
    gwent.refresh_from_db()
    assert (gwent.name_en, gwent.ask_en[:6]) == ("Gwent", "Office")


def test_a_telephone_and_an_email_of_an_office_follow_the_rules_for_contacts(signed_in):
    gwent = ForceArea.objects.get(slug="gwent")
    address = reverse("admin:forces_forcearea_change", args=[gwent.pk])
    editor = signed_in("Area editor", areas=("gwent",))
    data = unchanged(editor, address) | {"is_a_team": "on"}
    for wrong, why in (
        ({"ask_phone": "07700 900123", "ask_seen_on": "02/11/2026"}, "Mobile and personal numbers"),
        ({"ask_email": "pcc@gmail.com", "ask_seen_on": "02/11/2026"}, "can belong to anybody"),
        ({"ask_phone": "01633 000000"}, "Say when the telephone or the e-mail was seen."),
    ):
        assert why in editor.post(address, data | wrong).content.decode()
    right = {"ask_phone": "01633 000000", "ask_seen_on": "02/11/2026"}
    assert editor.post(address, data | right).status_code == 302
    gwent.refresh_from_db()
    assert gwent.ask_phone == "01633 000000"


def test_who_is_kept_to_an_area_keeps_no_accounts(signed_in, django_user_model):
    client = signed_in("Administrator", areas=("gwent",))
    me = django_user_model.objects.get(username__startswith="editor-")
    for address in ("accounts_user_changelist", "accounts_user_add"):
        assert client.get(reverse(f"admin:{address}")).status_code == 403
    assert client.get(reverse("admin:accounts_user_change", args=[me.pk])).status_code == 403


def test_the_home_page_shows_nothing_to_who_has_no_role(signed_in, programme):
    Programme.objects.filter(pk=programme(*OWN).pk).update(name_en="A DRAFT")
    page = signed_in(areas=("gwent",)).get(reverse("admin:index")).content.decode()
    assert "A DRAFT" not in page
    assert "Due for a check" not in page


def test_what_areas_share_is_added_by_an_area_editor_and_not_changed(signed_in):
    client = signed_in("Area editor", areas=("gwent",))
    for model in ("source", "organisation"):
        assert client.get(reverse(f"admin:programmes_{model}_add")).status_code == 200
    shared = Source.objects.create(slug="s", kind="document", title_en="S", dated="2026-10-01")
    change = reverse("admin:programmes_source_change", args=[shared.pk])
    assert client.post(change, {"title_en": "Another"}).status_code == 403
    assert client.get(reverse("admin:programmes_development_add")).status_code == 403


def new_source(client, **more: str) -> Source:
    """Added as without a script: nothing fills in its short name."""
    data = {"kind": "document", "title_en": "Llythyr y tîm", "title_cy": "Llythyr y tîm"}
    add = reverse("admin:programmes_source_add")
    assert client.post(add, data | {"dated": "2026-10-01"} | more).status_code == 302
    return Source.objects.latest("pk")


def test_a_source_gets_its_short_name_where_no_script_gives_it_one(signed_in):
    client = signed_in("Area editor", areas=("gwent",))
    assert [new_source(client).slug for _each in range(3)] == [
        "llythyr-y-tim",
        "llythyr-y-tim-2",
        "llythyr-y-tim-3",
    ]
    assert new_source(client, title_en="…", title_cy="…").slug == "source"


def test_a_source_keeps_its_short_name(admin_client):
    source = new_source(admin_client, title_en="My report")
    change = reverse("admin:programmes_source_change", args=[source.pk])
    data = {"title_en": "Our report", "title_cy": "Ein hadroddiad", "kind": "document"}
    data |= {"dated": "2026-10-01", "slug": "another"}
    assert admin_client.post(change, data).status_code == 302
    source.refresh_from_db()
    assert (source.title_en, source.slug) == ("Our report", "my-report")


def test_a_source_named_like_an_entry_stays_open_to_who_added_it(signed_in):
    client = signed_in("Area editor", areas=("gwent",))
    source = new_source(client, title_en="Phoenix DAS", title_cy="Phoenix DAS")
    assert source.slug == "phoenix-das"
    change = reverse("admin:programmes_source_change", args=[source.pk])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(change).content.decode()
    assert 'name="title_en"' in page
    assert sum("source:phoenix-das" in query["sql"] for query in asked) == 1


def test_a_source_of_a_public_contact_is_fixed(signed_in, admin_user, programme):
    client, entry = signed_in("Area editor", areas=("gwent",)), programme(*OWN)
    source = new_source(client)
    entry.contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        page="https://example.org/",
        source=source,
        checked_on="2026-10-02",
    )
    change = reverse("admin:programmes_source_change", args=[source.pk])
    assert 'name="title_en"' in client.get(change).content.decode()
    publish(entry, by=admin_user, why="The team wrote to us.")
    assert 'name="title_en"' not in client.get(change).content.decode()


def test_who_added_a_source_puts_it_right_until_something_public_rests_on_it(
    signed_in, programme, admin_user
):
    client = signed_in("Area editor", areas=("gwent",))
    source = new_source(client)
    change = reverse("admin:programmes_source_change", args=[source.pk])

    def status(as_client, title: str) -> int:
        data = {"title_en": title, "title_cy": "Llythyr", "kind": "document", "dated": "2026-10-01"}
        return as_client.post(change, data | {"slug": "llythyr-y-tim"}).status_code

    assert status(client, "The team’s letter") == 302
    assert Source.objects.get(pk=source.pk).title_en == "The team’s letter"
    assert status(signed_in("Area editor", areas=("gwent",)), "Not mine") == 403

    other = programme(*OTHER).statements.create(
        source=source, field="about", text="It is.", place_en="1", place_cy="1"
    )
    assert status(client, "Another area rests on it") == 403
    other.delete()
    own = programme(*OWN)
    words = own.statements.create(
        source=source, field="about", text="It is.", place_en="1", place_cy="1"
    )
    assert status(client, "Not public yet") == 302
    publish(own, by=admin_user, why="The team wrote to us.")
    assert status(client, "Public") == 403
    words.delete()
    publish(programme(*OWN), by=admin_user, why="It was taken out.")
    assert status(client, "Public once") == 403
    assert status(signed_in("Administrator"), "By who sees all") == 302


@pytest.mark.parametrize(
    ("roles", "areas", "where"),
    [
        (("Area editor",), ("gwent", "south-wales"), "South Wales, Gwent"),
        (("Area editor",), (), "none yet. An administrator gives you yours."),
        (
            ("Publisher",),
            (),
            "all of Wales, since no area limits your account. You may publish entries of every one",
        ),
    ],
)
def test_the_home_page_says_whose_entries_are_open(signed_in, roles, areas, where):
    page = signed_in(*roles, areas=areas).get(reverse("admin:index")).content.decode()
    assert f"Your force areas: <strong>{where}" in page


def test_no_area_limits_a_superuser_and_they_are_told_so(admin_client, admin_user, programme):
    admin_user.areas.add(programme(*OWN).area)
    home = admin_client.get(reverse("admin:index")).content.decode()
    assert "<strong>all of Wales, since a superuser sees everything. You may publish" in home
    account = admin_client.get(reverse("admin:accounts_user_change", args=[admin_user.pk]))
    assert "whatever the role; but a superuser sees and may do everything" in (
        account.content.decode()
    )


def test_a_publisher_without_areas_is_told_so_and_where_the_areas_are_given(
    signed_in, programme, django_user_model
):
    Programme.objects.filter(pk=programme(*OWN).pk).update(summary_en="It waits.")
    plain = "No force area limits your account: you may publish entries of every area."
    publisher = signed_in("Publisher")
    assert plain in publisher.get(route(programme(*OWN), "publish")).content.decode()
    limited = signed_in("Area editor", "Publisher", areas=("gwent",))
    assert plain not in limited.get(route(programme(*OWN), "publish")).content.decode()

    boss = signed_in("Administrator")
    person = django_user_model.objects.get(username="editor-0")
    address = reverse("admin:accounts_user_change", args=[person.pk])
    page = boss.get(address).content.decode()
    assert page.index('name="areas"') < page.index('name="username"')
    assert "a publisher or administrator may change and publish every entry of Wales" in page
    data: dict[str, object] = {"username": "editor-0", "email": "editor-0@example.org"}
    data |= {"is_active": "on"}
    data |= {"groups": [group.pk for group in person.groups.all()]}
    warned = boss.post(address, data, follow=True).content.decode()
    assert "No force area limits editor-0: they see all of Wales." in warned
    gwent = programme(*OWN).area_id
    told = boss.post(address, data | {"areas": [gwent]}, follow=True).content.decode()
    assert "No force area limits" not in told
    assert [area.pk for area in person.areas.all()] == [gwent]
    boss.post(address, data | {"areas": [programme(*OTHER).area_id]})
    logged = LogEntry.objects.filter(object_id=str(person.pk)).order_by("pk")
    said = [entry.get_change_message() for entry in logged]
    assert "Added force area “Gwent”." in said[-2]
    assert "Deleted" not in said[-2]
    assert "Added force area “South Wales”." in said[-1]
    assert "Deleted force area “Gwent”." in said[-1]
    boss.post(address, data | {"areas": [gwent]})
    assert publisher.get(change_page(programme(*OTHER))).status_code == 302
    chief = django_user_model.objects.create_superuser("chief", "chief@example.org")
    assert boss.get(reverse("admin:accounts_user_change", args=[chief.pk])).status_code == 200


@pytest.mark.parametrize(
    ("roles", "areas", "listed"),
    [
        (
            ("Area editor",),
            ("gwent",),
            "Contacts, Corrections, Force areas, Organisations, Programmes, Sources",
        ),
        (
            ("Publisher",),
            (),
            "Contacts, Corrections, Developments, Force areas, Organisations, Programmes, Sources, "
            "Statements",
        ),
    ],
)
def test_the_home_page_of_an_area_editor_lists_what_they_can_change_or_add(
    signed_in, roles, areas, listed
):
    client = signed_in(*roles, areas=areas)
    home = client.get(reverse("admin:index"))
    names = [str(model["name"]) for app in home.context["app_list"] for model in app["models"]]
    assert ", ".join(sorted(names)) == listed
    for model in ("statement", "development"):
        status = client.get(reverse(f"admin:programmes_{model}_changelist")).status_code
        assert status == (403 if areas else 200)


def test_nobody_gives_rights_past_their_own(signed_in, django_user_model):
    chief = django_user_model.objects.create_superuser("chief", "chief@example.org")
    client = signed_in("Administrator")
    change = reverse("admin:accounts_user_change", args=[chief.pk])
    assert client.post(change, {"username": "taken"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert client.get(password).status_code == 403
    me = django_user_model.objects.get(username__startswith="editor-")
    page = client.get(reverse("admin:accounts_user_change", args=[me.pk])).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    assert 'name="groups"' in page
    editor = signed_in("Area editor", areas=("gwent",))
    assert editor.get(reverse("admin:accounts_user_changelist")).status_code == 403
