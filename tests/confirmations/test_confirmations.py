"""A provider is asked whether an entry is still right, answers once, and an editor decides."""

import datetime
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.models import ConfirmationRequest, Organisation, Programme, Source
from programmes.publishing.confirmations import accept, ask
from programmes.publishing.publish import publish
from tests.admin.test_work_queue import editor

pytestmark = pytest.mark.django_db

ASKED = ["programme", "attendance", "referral_route", "eligibility", "status", "provider", "about"]
PUBLIC = "/programmes/gwent/phoenix-das/"


def page_of(name: str, entry: Programme, *more: int) -> str:
    return reverse(f"admin:programmes_programme_{name}", args=[entry.pk, *more])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def phoenix(programme, admin_user) -> Programme:
    """Phoenix DAS, of which a source names the provider."""
    entry = programme("gwent", "phoenix-das")
    entry.involvements.create(
        organisation=Organisation.objects.create(name_en="Phoenix", page="https://example.org/"),
        role="provider",
        statement=entry.statements.get(field="programme"),
    )
    publish(entry, by=admin_user, why="The provider is named.")
    return programme("gwent", "phoenix-das")


@pytest.fixture
def gwent(sign_in) -> Client:
    return sign_in(editor("gwent", "gwent"))


@pytest.fixture
def link(gwent, phoenix) -> str:
    page = text(gwent.post(page_of("ask", phoenix), {"on_its_page": "on"}))
    return re.findall(r"/confirmation/[^/ ]+/", page)[0]


def answers(client, link: str, **decisions: str) -> dict[str, str]:
    """All “still right”, but for what is given otherwise."""
    seen = re.findall(r'name="seen" value="(\d+)"', client.get(link).content.decode())[0]
    return {"seen": seen, **dict.fromkeys(ASKED, "still"), **decisions}


def test_a_link_is_made_for_an_address_on_the_providers_own_page(gwent, phoenix, programme):
    assert "Ask the provider…" in text(gwent.get(page_of("change", phoenix)))
    refused = text(gwent.post(page_of("ask", phoenix), {"on_its_page": ""}))
    assert "This field is required" in refused
    assert not ConfirmationRequest.objects.exists()
    page = text(gwent.post(page_of("ask", phoenix), {"on_its_page": "on"}))
    assert "/cy/cadarnhad/" in page
    assert "Please answer with this link." in page
    assert "Atebwch drwy’r ddolen hon." in page
    unnamed = programme("gwent", "cara")
    assert "Ask the provider…" not in text(gwent.get(page_of("change", unnamed)))
    assert gwent.get(page_of("ask", unnamed)).status_code == 302


def test_the_page_asks_about_what_is_public_and_chooses_nothing(client, link):
    response = client.get(link)
    page = text(response)
    assert "Is this still right?" in page
    assert "checked" not in page.partition("<form")[2].partition("</form>")[0]
    names = set(re.findall(r'type="radio" name="([a-z_]+)"', page))
    assert names == set(ASKED)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    welsh = text(client.get(link.replace("/confirmation/", "/cy/cadarnhad/")))
    assert set(re.findall(r'type="radio" name="([a-z_]+)"', welsh)) == names
    assert "A yw hyn yn dal yn gywir?" in welsh
    assert "Yn dal yn gywir" in welsh


def test_opening_the_link_changes_nothing_and_no_log_names_it(client, link, caplog, capsys):
    for _scan in range(3):
        client.get(link)
        client.head(link)
    request = ConfirmationRequest.objects.get()
    assert (request.answered_at, request.answers) == (None, {})
    token = link.split("/")[2]
    assert token not in caplog.text + capsys.readouterr().out
    assert client.get(link).status_code == 200


def test_answers_wait_and_count_for_nothing(client, gwent, phoenix, link):
    before = phoenix.editions.count()
    sent = client.post(link, answers(client, link, attendance="changed"))
    assert "Your answers were sent." in text(sent)
    assert "told us" not in text(client.get(PUBLIC))
    assert (phoenix.editions.count(), phoenix.verifications.count()) == (before, 0)
    home = text(gwent.get(reverse("admin:index")))
    assert "Answers of providers: 1" in home


@pytest.mark.parametrize(
    "words",
    [
        "Ask for Dr Jones",
        "Ring 029 2000 0000",
        "Write to jo@example.org",
        "We meet at St Mary’s Church",
        "Tuesdays at 7pm",
        "CF10 1AA",
        "Cwrdd yn y neuadd",
        "We also support her partner elsewhere",
        "Mae partneriaid yn cael cymorth",
    ],
)
def test_names_places_and_the_support_of_partners_are_refused(client, link, words):
    refused = client.post(link, answers(client, link, **{"attendance-words": words}))
    assert refused.status_code == 400
    assert "Leave out names of staff" in text(refused)
    assert ConfirmationRequest.objects.get().answered_at is None


def test_other_words_are_taken(client, link):
    words = {"attendance-words": "Since May 2026 partner agencies refer, and 12 weeks are asked"}
    assert client.post(link, answers(client, link, **words)).status_code == 200


def test_each_fact_takes_a_decision(client, link):
    posted = answers(client, link)
    del posted["status"]
    assert "Choose one." in text(client.post(link, posted))
    assert client.post(link, posted | {"status": "maybe"}).status_code == 400


def test_a_link_works_once(client, link):
    posted = answers(client, link)
    assert client.post(link, posted).status_code == 200
    again = client.post(link, posted | {"status": "changed"})
    assert again.status_code == client.get(link).status_code == 404
    assert "This link cannot be used" in text(again)
    assert ConfirmationRequest.objects.get().answers["status"] == ["still", ""]


def test_a_forged_or_expired_link_does_nothing(client, link):
    posted = answers(client, link)
    token = link.split("/")[2]
    for forged in (token[:-1], f"{token}A", token.partition(":")[0], "x" * 400):
        assert client.get(f"/confirmation/{forged}/").status_code == 404
        assert client.post(f"/confirmation/{forged}/", posted).status_code == 404
    ConfirmationRequest.objects.update(made_at=timezone.now() - datetime.timedelta(days=30))
    assert client.post(link, posted).status_code == 404
    assert ConfirmationRequest.objects.get().answered_at is None


def test_a_new_link_takes_the_place_of_one_that_nobody_used(client, link, phoenix, admin_user):
    assert client.get(f"/confirmation/{ask(phoenix, by=admin_user)}/").status_code == 200
    assert client.get(link).status_code == 404


def test_another_site_cannot_post(client, link):
    sent = client.post(link, answers(client, link), headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert ConfirmationRequest.objects.get().answered_at is None


def test_what_was_published_meanwhile_is_shown_first(client, link, phoenix, admin_user):
    posted = answers(client, link)
    phoenix.summary_en, phoenix.summary_cy = "It is new.", "Mae’n newydd."
    phoenix.save()
    publish(phoenix, by=admin_user, why="It is new.")
    again = client.post(link, posted)
    assert "This page has changed since you opened it." in text(again)
    assert "It is new." in text(again)
    assert client.post(link, answers(client, link)).status_code == 200


@pytest.fixture
def answered(client, link) -> ConfirmationRequest:
    changed = {"attendance": "changed", "attendance-words": "It is voluntary, save after a caution"}
    client.post(link, answers(client, link, provider="cannot-say", **changed))
    return ConfirmationRequest.objects.get()


def test_an_editor_accepts_fact_by_fact_on_one_page(client, gwent, phoenix, answered):
    page = page_of("answers", phoenix, answered.pk)
    shown = text(gwent.get(page))
    assert "Attendance: Voluntary: has changed, “It is voluntary, save after a caution”" in shown
    assert "Provider: Phoenix: cannot say" in shown.partition("Cannot be accepted")[2]
    chosen = {"accepted": ["referral_route", "status", "attendance"], "publisher_cy": "Rheolwr"}
    refused = gwent.post(page, chosen | {"publisher_en": ""})
    assert "This field is required." in text(refused)
    named = gwent.post(page, chosen | {"publisher_en": "Dr Jones, Phoenix"})
    assert "is a person’s title" in text(named)
    assert not Programme.objects.get(pk=phoenix.pk).verifications.exists()
    who = {"publisher_en": "Manager, Phoenix", "publisher_cy": "Rheolwr, Phoenix"}
    assert gwent.post(page, chosen | who).status_code == 302

    check = Programme.objects.get(pk=phoenix.pk).verifications.get()
    assert (check.outcome, check.checked_with) == ("changed", "provider-in-writing")
    assert check.confirmed == ["referral_route", "status"]
    today = timezone.localdate()
    told = f"The provider told us on {today.day} {today:%B %Y}"
    assert text(client.get(PUBLIC)).count(f"{told}.") == 2
    assert "Dywedodd y darparwr wrthym ar" in text(client.get("/cy/rhaglenni/gwent/phoenix-das/"))
    source = Source.objects.get(kind="written-confirmation")
    assert (source.title_en, source.dated) == (told, today)
    words = source.statements.get()
    assert (words.field, words.text) == ("attendance", "It is voluntary, save after a caution")
    assert "save after a caution" not in text(client.get(PUBLIC))
    assert gwent.get(page).status_code == 404


def test_what_is_not_ticked_counts_for_nothing(client, gwent, phoenix, answered):
    page = page_of("answers", phoenix, answered.pk)
    assert gwent.post(page, {"publisher_en": ""}).status_code == 302
    assert not ConfirmationRequest.objects.exists()
    assert not phoenix.verifications.exists()
    assert not Source.objects.filter(kind="written-confirmation").exists()


def test_what_changed_here_since_is_not_confirmed(gwent, phoenix, answered):
    phoenix.summary_en = "Another."
    phoenix.save()
    page = page_of("answers", phoenix, answered.pk)
    assert "It was changed here since." in text(gwent.get(page))
    who = {"publisher_en": "Manager, Phoenix", "publisher_cy": "Rheolwr, Phoenix"}
    assert gwent.post(page, {"accepted": ["about"]} | who).status_code == 200
    assert not phoenix.verifications.exists()


def test_in_two_tabs_the_first_decides(phoenix, answered, admin_user):
    who = {"publisher_en": "Manager, Phoenix", "publisher_cy": "Rheolwr, Phoenix"}
    accept(ConfirmationRequest.objects.get(), ["status"], who, by=admin_user)
    with pytest.raises(ConfirmationRequest.DoesNotExist):
        accept(answered, ["status"], who, by=admin_user)
    assert phoenix.verifications.count() == 1


def test_a_fault_in_between_leaves_nothing_half_done(gwent, phoenix, answered, monkeypatch):
    path = "programmes.publishing.confirmations.record_verification"
    monkeypatch.setattr(path, lambda *a, **k: 1 / 0)
    gwent.raise_request_exception = False
    who = {"publisher_en": "Manager, Phoenix", "publisher_cy": "Rheolwr, Phoenix"}
    sent = {"accepted": ["attendance"]} | who
    assert gwent.post(page_of("answers", phoenix, answered.pk), sent).status_code == 500
    assert ConfirmationRequest.objects.count() == 1
    assert not Source.objects.filter(kind="written-confirmation").exists()


@pytest.mark.parametrize(
    ("roles", "areas", "status"),
    [
        (("Area editor",), ("gwent",), 200),
        (("Area editor",), ("south-wales",), 404),
        (("Publisher",), ("gwent",), 403),
        (("Administrator",), (), 200),
        ((), ("gwent",), 403),
    ],
)
def test_who_may_ask_and_decide(signed_in, programme, phoenix, answered, roles, areas, status):
    client = signed_in(*roles, areas=areas)
    for page in (page_of("ask", phoenix), page_of("answers", phoenix, answered.pk)):
        assert client.get(page).status_code == status
        if status != 200:
            assert client.post(page, {"on_its_page": "on"}).status_code == status
    if roles and status == 200:
        cara = programme("gwent", "cara")
        assert client.get(page_of("answers", cara, answered.pk)).status_code == 404
    assert ConfirmationRequest.objects.get() == answered
