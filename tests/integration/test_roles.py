"""Who may do what in the admin: each role, in its own force area and in another."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from forces.models import ForceArea
from programmes.models import Edition, Programme, Source, Statement
from tests.integration.test_admin import change_page, form_data

pytestmark = pytest.mark.django_db

OWN, OTHER = ("gwent", "phoenix-das"), ("south-wales", "clear")


def route(programme: Programme, name: str) -> str:
    arguments = [programme.pk, "en"] if name == "preview" else [programme.pk]
    return reverse(f"admin:programmes_programme_{name}", args=arguments)


ROUTES = ("change", "history", "preview", "publish", "withdraw", "delete")
MAY = [
    # roles, areas → what each route answers for an entry of Gwent, then for one of South Wales
    (("Area editor",), ("gwent",), "200 200 200 403 403 403", "302 302 404 404 404 302"),
    (
        ("Area editor", "Publisher"),
        ("gwent",),
        "200 200 200 200 200 403",
        "302 302 404 404 404 302",
    ),
    (
        ("Area editor",),
        ("gwent", "south-wales"),
        "200 200 200 403 403 403",
        "200 200 200 403 403 403",
    ),
    (("Area editor",), (), "302 302 404 404 404 302", "302 302 404 404 404 302"),
    (("Publisher",), (), "200 200 200 200 200 403", "200 200 200 200 200 403"),
    (("Administrator",), (), "200 200 200 200 200 403", "200 200 200 200 200 403"),
    ((), ("gwent",), "403 403 403 403 403 403", "403 302 404 404 404 403"),
]


@pytest.mark.parametrize(("roles", "areas", "own", "other"), MAY)
def test_each_route_for_each_role(signed_in, programme, roles, areas, own, other):
    client = signed_in(*roles, areas=areas)
    for entry, expected in ((OWN, own), (OTHER, other)):
        found = [client.get(route(programme(*entry), name)).status_code for name in ROUTES]
        assert " ".join(map(str, found)) == expected


@pytest.mark.parametrize(
    ("model", "rows"),
    [("programme", 2), ("statement", None), ("edition", 2), ("verification", 1)],
)
def test_lists_searches_and_filters_show_own_areas_alone(signed_in, programme, model, rows):
    checker = User.objects.create_user("checker")
    for entry in (OWN, OTHER):
        programme(*entry).verifications.create(
            checked_with="provider", outcome="changed", by=checker
        )
    client = signed_in("Area editor", areas=("gwent",))
    address = reverse(f"admin:programmes_{model}_changelist")
    page = client.get(address)
    assert "South Wales" not in page.content.decode().partition('id="changelist-filter"')[2]
    assert rows in (None, page.context["cl"].queryset.count())
    for query in ("", "?q=clear", "?q=driving", "?all=", "?o=-1"):
        found = client.get(address + query).context["cl"].queryset
        entries = [row if model == "programme" else row.programme for row in found]
        assert {entry.area.slug for entry in entries} <= {"gwent"}


def test_an_entry_without_an_area_is_open_only_to_who_sees_all(signed_in):
    bbr = Programme.objects.get(area=None)
    every = tuple(ForceArea.objects.values_list("slug", flat=True))
    assert signed_in("Area editor", areas=every).get(change_page(bbr)).status_code == 302
    assert signed_in("Administrator").get(change_page(bbr)).status_code == 200


def test_a_crafted_post_reaches_no_other_area(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    own, other = programme(*OWN), programme(*OTHER)
    data = form_data(client.get(change_page(own)))
    assert client.post(change_page(other), data).status_code == 302
    assert programme(*OTHER).name_en == "Clear"

    moved = client.post(change_page(own), data | {"area": str(other.area_id)})
    assert "Select a valid choice" in moved.content.decode()
    nowhere = client.post(change_page(own), data | {"area": ""})
    assert "This field is required" in nowhere.content.decode()

    theirs = other.referrals.get(route="open")
    client.post(
        change_page(own), data | {"referrals-0-id": theirs.pk, "referrals-0-route": "police"}
    )
    theirs.refresh_from_db()
    assert (theirs.programme_id, theirs.route) == (other.pk, "open")


def test_an_entry_is_added_to_own_areas_alone(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    add = reverse("admin:programmes_programme_add")
    new = form_data(client.get(add))
    new |= {"name_en": "New", "slug": "new", "stage": "community", "status": "listed"}
    for area in (str(programme(*OTHER).area_id), ""):
        assert client.post(add, new | {"area": area}).status_code == 200
    assert not Programme.objects.filter(slug="new").exists()
    assert client.post(add, new | {"area": str(programme(*OWN).area_id)}).status_code == 302


def test_words_are_added_to_own_entries_alone(signed_in, programme):
    letter = Source.objects.create(
        slug="letter", kind="document", title_en="Letter", dated="2026-10-01"
    )
    client = signed_in("Area editor", areas=("gwent",))
    add = reverse("admin:programmes_statement_add")
    data = {"source": letter.pk, "field": "development", "text": "Said in a letter."}
    data |= {"place_en": "page 1", "basis": "stated", "position": "0"}
    for about in (programme(*OTHER).pk, ""):
        assert client.post(add, data | {"programme": about}).status_code == 200
    assert not Statement.objects.filter(source=letter).exists()
    assert client.post(add, data | {"programme": programme(*OWN).pk}).status_code == 302


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


def test_what_areas_share_is_added_by_an_area_editor_and_not_changed(signed_in):
    client = signed_in("Area editor", areas=("gwent",))
    for model in ("source", "organisation"):
        assert client.get(reverse(f"admin:programmes_{model}_add")).status_code == 200
    shared = Source.objects.create(slug="s", kind="document", title_en="S", dated="2026-10-01")
    change = reverse("admin:programmes_source_change", args=[shared.pk])
    assert client.post(change, {"title_en": "Another"}).status_code == 403
    assert client.get(reverse("admin:programmes_development_add")).status_code == 403


def test_an_area_editor_publishes_nothing(signed_in, programme):
    client = signed_in("Area editor", areas=("gwent",))
    for entry in (OWN, OTHER):
        for verb in ("publish", "withdraw"):
            answer = client.post(route(programme(*entry), verb), {"why": "Because."})
            assert answer.status_code in (403, 404)
    assert Edition.objects.exclude(programme=None).count() == 18


def test_nobody_gives_rights_past_their_own(signed_in, django_user_model):
    chief = django_user_model.objects.create_superuser("chief")
    client = signed_in("Administrator")
    change = reverse("admin:auth_user_change", args=[chief.pk])
    assert client.post(change, {"username": "taken"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert client.get(password).status_code == 403
    me = django_user_model.objects.get(username__startswith="editor-")
    page = client.get(reverse("admin:auth_user_change", args=[me.pk])).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    assert 'name="groups"' in page
    editor = signed_in("Area editor", areas=("gwent",))
    assert editor.get(reverse("admin:auth_user_changelist")).status_code == 403
