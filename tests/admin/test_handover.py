"""Handing an entry over: ready, published or sent back; and an area's own text beside it."""

import pytest
from django.core import mail
from django.urls import reverse

from forces.models import ForceArea
from programmes.models import Development, Handover, Programme
from programmes.publishing.publish import publish
from tests.admin.test_admin import change_page, unchanged
from tests.admin.test_work_queue import editor

pytestmark = pytest.mark.django_db

HOME = reverse("admin:index")
NO_NOTE = {"note": ""}
READY = {"note": "It is ready."}


def page_of(name: str, row: Programme | ForceArea) -> str:
    prefix = "forces_forcearea" if isinstance(row, ForceArea) else "programmes_programme"
    return reverse(f"admin:{prefix}_{name}", args=[row.pk])


def text(client, address: str) -> str:
    return " ".join(client.get(address, follow=True).content.decode().split())


@pytest.fixture
def phoenix(programme) -> Programme:
    return programme("gwent", "phoenix-das")


@pytest.fixture
def writer(sign_in):
    return sign_in(editor("writer", "gwent"))


@pytest.fixture
def publisher(sign_in):
    return sign_in(editor("publisher", "gwent", role="Publisher"))


def change_summary(client, entry: Programme, words: str = "It is new.") -> None:
    data = unchanged(client, change_page(entry)) | {"summary_en": words}
    assert client.post(change_page(entry), data).status_code == 302


def test_ready_then_published(writer, publisher, phoenix, client):
    change_summary(writer, phoenix)
    assert "Ready to publish…" in text(writer, change_page(phoenix))
    assert "A line for a publisher:" in text(writer, page_of("ready", phoenix))
    note = {"note": "The team wrote."}
    done = writer.post(page_of("ready", phoenix), note, follow=True).content.decode()
    assert "Done: a publisher finds it on their home page." in done
    [message] = mail.outbox
    assert message.recipients() == ["publisher@example.org"]
    assert message.subject == "Ready to publish: Phoenix DAS (Gwent)"
    assert page_of("publish", phoenix) in message.body
    assert "wrote" not in message.body
    assert "new" not in message.body
    for person, heading in (
        (writer, "Sent, waiting for a publisher: 1"),
        (publisher, "Ready to publish: 1"),
    ):
        home = text(person, HOME)
        assert heading in home
        assert home.index(heading) < home.index("Due for a check")
        assert "by writer on" in home
        assert ": The team wrote." in home
    page = text(publisher, page_of("publish", phoenix))
    assert "<ins>" in page
    assert "It is new." in page
    assert ", writer: Changed Summary in English." in page
    publisher.post(page_of("publish", phoenix), {"why": "The team wrote."})
    assert "It is new." in text(client, "/programmes/gwent/phoenix-das/")
    assert not Handover.objects.exists()
    assert "Sent, waiting for a publisher" not in text(writer, HOME)


def test_ready_then_sent_back_and_ready_again(writer, publisher, phoenix):
    change_summary(writer, phoenix)
    writer.post(page_of("ready", phoenix), READY)
    mail.outbox.clear()
    assert "Send back with a note…" in text(publisher, page_of("publish", phoenix))
    assert (
        "This field is required"
        in publisher.post(page_of("send_back", phoenix), NO_NOTE).content.decode()
    )
    note = {"note": "CANARY: bring the Welsh in line."}
    done = publisher.post(page_of("send_back", phoenix), note, follow=True).content.decode()
    assert "Done: whoever sent it finds it on their home page." in done
    [message] = mail.outbox
    assert (message.recipients(), message.subject) == (
        ["writer@example.org"],
        "Sent back: Phoenix DAS (Gwent)",
    )
    assert page_of("change", phoenix) in message.body
    assert "CANARY" not in message.body
    assert "Sent back: 1" in text(writer, HOME)
    for page in (HOME, change_page(phoenix)):
        assert "CANARY: bring the Welsh in line." in text(writer, page)
    writer.post(page_of("ready", phoenix), READY)
    assert Handover.objects.get().sent_back is False


def test_in_a_second_tab_nothing_is_handed_over_twice(writer, publisher, phoenix, admin_user):
    assert (
        "Nothing waits here"
        in writer.post(page_of("ready", phoenix), READY, follow=True).content.decode()
    )
    change_summary(writer, phoenix)
    writer.post(page_of("ready", phoenix), READY)
    publish(Programme.objects.get(pk=phoenix.pk), by=admin_user, why="It was ready.")
    mail.outbox.clear()
    late = publisher.post(page_of("send_back", phoenix), {"note": "Too late."}, follow=True)
    assert "Nothing waits here: it is public already, or sent back." in late.content.decode()
    assert (Handover.objects.count(), mail.outbox) == (0, [])


def test_a_mistake_in_between_leaves_nothing_half_done(writer, phoenix, monkeypatch):
    change_summary(writer, phoenix)
    monkeypatch.setattr("programmes.publishing.editions.log_change", lambda *a, **k: 1 / 0)
    writer.raise_request_exception = False
    assert writer.post(page_of("ready", phoenix), READY).status_code == 500
    assert (Handover.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize(
    ("roles", "areas", "ready", "send_back"),
    [
        (("Area editor",), ("gwent",), 200, 403),
        (("Area editor",), ("south-wales",), 404, 404),
        (("Publisher",), ("gwent",), 403, 200),
        (("Publisher",), ("south-wales",), 404, 404),
        (("Administrator",), (), 200, 200),
        ((), ("gwent",), 403, 403),
    ],
)
def test_who_may_hand_over(signed_in, phoenix, roles, areas, ready, send_back):
    client = signed_in(*roles, areas=areas)
    assert client.get(page_of("ready", phoenix)).status_code == ready
    assert client.get(page_of("send_back", phoenix)).status_code == send_back
    if send_back != 200:
        assert client.post(page_of("send_back", phoenix), {"note": "No."}).status_code == send_back


@pytest.fixture
def gwent() -> ForceArea:
    area = ForceArea.objects.get(slug="gwent")
    area.ask_en = "Office of the Commissioner, newly named"
    area.save()
    return area


def test_whom_to_ask_waits_in_the_same_place_and_is_published_per_area(
    writer, publisher, sign_in, gwent, client
):
    Development.objects.filter(programme=None, area=None).update(summary_en="CANARY")
    for person in (writer, publisher):
        home = text(person, HOME)
        assert "Whom to ask in a force area: 2" in home
        assert "its Welsh is older than its English" in home
    assert "publish/" not in text(writer, HOME).partition('id="areas"')[2].partition("</ul>")[0]
    page = text(publisher, page_of("publish_ask", gwent))
    assert "newly named" in page
    assert "CANARY" not in page
    publisher.post(page_of("publish_ask", gwent), {"why": "It has a new name."})
    public = text(client, "/forces/gwent/")
    assert "newly named" in public
    assert "CANARY" not in public
    assert "Whom to ask in a force area: 1" in text(publisher, HOME)
    assert "Whom to ask in a force area" not in text(sign_in(editor("other", "south-wales")), HOME)


def test_welsh_of_whom_to_ask_is_marked_and_confirmed(writer, gwent):
    address = page_of("change", gwent)
    assert "Out of date: the English was edited" in text(writer, address)
    assert "The text on whom to ask was edited in English" in text(
        writer, reverse("admin:programmes_programme_welsh")
    )
    data = unchanged(writer, address) | {"welsh_holds": "on"}
    assert writer.post(address, data).status_code == 302
    assert "Out of date" not in text(writer, address)


@pytest.mark.parametrize(
    ("roles", "areas", "status"),
    [
        (("Area editor",), ("gwent",), 403),
        (("Publisher",), ("gwent",), 200),
        (("Publisher",), ("south-wales",), 404),
        (("Administrator",), (), 200),
        ((), ("gwent",), 403),
    ],
)
def test_who_may_publish_whom_to_ask(signed_in, gwent, client, roles, areas, status):
    person = signed_in(*roles, areas=areas)
    assert person.get(page_of("publish_ask", gwent)).status_code == status
    person.post(page_of("publish_ask", gwent), {"why": "A new name."})
    assert ("newly named" in text(client, "/forces/gwent/")) is (status == 200)


def test_the_welsh_page_shows_developments_to_who_sees_all(signed_in):
    Development.objects.filter(programme=None).update(summary_en="CANARY", summary_cy="")
    welsh = reverse("admin:programmes_programme_welsh")
    assert "CANARY" in text(signed_in("Administrator"), welsh)
    assert "CANARY" not in text(signed_in("Area editor", areas=("gwent",)), welsh)
