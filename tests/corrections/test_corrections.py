"""Corrections from the public: the form, its limits, the queue of the editors, and forgetting."""

import datetime
import io
import logging
import re
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.client_ip import client_address, hashed_addresses
from programmes.corrections.services import forget_texts
from programmes.models import Correction, CorrectionAddress
from programmes.publishing.publish import publish, withdraw

pytestmark = pytest.mark.django_db

PATH = "/programmes/gwent/phoenix-das/correction/"
WELSH = "/cy/rhaglenni/gwent/phoenix-das/cywiriad/"
ELSEWHERE = "/programmes/south-wales/clear/correction/"
CANARY = "Canary-1f4e says it stopped."
SENT = {"kind": "stopped", "sender": "professional", "text": CANARY}
REFERENCE = re.compile(r'class="app-reference">([2-9B-Z]{4}-[2-9B-Z]{4})<')


def reference_in(response) -> str:
    found = REFERENCE.search(response.content.decode())
    return found[1] if found else ""


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def typed(response) -> str:
    found = re.search(r"<textarea[^>]*>\r?\n(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def store(path: str = PATH, **sent: str) -> Correction:
    """Sent through the form, each from an address of its own."""
    count = Correction.objects.count()
    response = Client(REMOTE_ADDR=f"192.0.2.{count}").post(path, {**SENT, **sent})
    return Correction.objects.get(reference=reference_in(response))


@pytest.mark.parametrize(
    ("path", "title", "thanks"),
    [
        (
            PATH,
            "Tell us what is wrong: Phoenix DAS, Gwent – ",
            "To ask, send the number by e-mail; the address is here: Contact",
        ),
        (
            WELSH,
            "Dywedwch wrthym beth sydd o’i le: Phoenix DAS, Gwent – ",
            "I ofyn, anfonwch y cyfeirnod drwy e-bost; mae’r cyfeiriad yma: Cysylltu",
        ),
    ],
)
def test_whoever_reads_an_entry_can_say_what_is_wrong(client, path, title, thanks):
    entry = path.removesuffix("correction/").removesuffix("cywiriad/")
    assert f'href="{path}"' in client.get(entry).content.decode()
    for response in (client.get(path), client.post(path, SENT)):
        assert response.status_code == 200
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert f"<title>{title}" in response.content.decode()
    assert thanks in text_of(response)
    stored = Correction.objects.get(reference=reference_in(response))
    assert stored.reference not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    assert (stored.kind, stored.sender, stored.text) == ("stopped", "professional", CANARY)
    assert (stored.programme.slug, stored.state) == ("phoenix-das", "waiting")
    assert stored.language == ("cy" if path == WELSH else "en")


def test_the_form_warns_before_anyone_writes(client):
    page = client.get(PATH).content.decode()
    assert page.count('type="radio"') == 13
    assert 'maxlength="600"' in page
    assert page.index("Do not describe people or a case") < page.index("<textarea")
    assert "not for help or for referrals" in page
    assert "we cannot answer you" in page


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"kind": "Choose one.", "sender": "Choose one. The last is"}),
        ({"kind": "stopped", "text": CANARY}, {"sender": "Choose one. The last is"}),
        ({**SENT, "kind": "nonsense\x00"}, {"kind": "Choose only from the values"}),
        ({**SENT, "text": "x" * 601}, {"text": "Use 600 characters or fewer; this has 601."}),
        ({**SENT, "text": "a\n" * 300 + "a"}, {"text": "this has 601."}),
        ({**SENT, "text": "😀" * 601}, {"text": "Use 600 characters or fewer; this has 601."}),
    ],
)
def test_what_is_wrong_with_the_form_is_told_and_nothing_typed_is_lost(client, sent, errors):
    response = client.post(PATH, sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert set(response.context["form"].errors) == set(errors)
    for name, words in errors.items():
        assert f'<a href="#id_{name}">' in page
        assert f'id="id_{name}"' in page
        # In the summary, and beside the field.
        assert text_of(response).count(words) >= 2
    assert typed(response) == sent.get("text", "")
    assert "<title>Error: Tell us" in page
    assert not Correction.objects.exists()
    welsh = client.post(WELSH, sent)
    assert welsh.status_code == 400
    assert "Mae problem" in text_of(welsh)
    assert "Choose" not in text_of(welsh)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\r\n" * 299 + "aa", "a\n" * 299 + "aa"),
        ("a\r" * 299 + "aa", "a\n" * 299 + "aa"),
        ("😀" * 300, "😀" * 300),
        ("It \x00has\x07 stopped\x0b.\tYes\x85", "It has stopped.\tYes"),
        ("\x00\x01 ", ""),
        ("<b>&amp;</b> ŵ", "<b>&amp;</b> ŵ"),
        ("", ""),
    ],
)
def test_a_text_is_counted_as_a_browser_counts_it(client, text, kept):
    response = client.post(PATH, {**SENT, "text": text})
    assert Correction.objects.get(reference=reference_in(response)).text == kept


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/programmes/gwent/nothing/correction/", 404),
        ("/cy/rhaglenni/nowhere/cara/cywiriad/", 404),
        ("/programmes/not-stated/building-better-relationships/correction/", 200),
        (PATH, 410),
    ],
)
def test_it_is_there_for_current_entries_alone(client, programme, admin_user, path, status):
    if status == 410:
        withdraw(programme("gwent", "phoenix-das"), by=admin_user, why="It was never there.")
    assert client.get(path).status_code == status
    assert client.post(path, SENT).status_code == status
    assert Correction.objects.count() == (status == 200)


def test_other_sites_and_large_bodies_are_refused(client):
    for source, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        headers = {"sec-fetch-site": source}
        assert client.post(PATH, SENT, headers=headers).status_code == status
    assert client.post(PATH, {**SENT, "text": "x" * 9000}).status_code == 413
    assert client.put(PATH).status_code == 405
    assert Correction.objects.count() == 1
    # As a browser posts: with Django's CSRF check, for which there is no cookie.
    assert Client(enforce_csrf_checks=True).post(PATH, SENT).status_code == 200


def test_the_same_message_is_kept_once_within_an_hour(client):
    first = reference_in(client.post(PATH, SENT))
    assert reference_in(client.post(PATH, SENT)) == first
    assert reference_in(client.post(WELSH, SENT)) == first
    assert reference_in(client.post(PATH, {**SENT, "kind": "runs"})) != first
    assert reference_in(client.post(ELSEWHERE, SENT)) != first
    an_hour_ago = timezone.now() - datetime.timedelta(minutes=61)
    Correction.objects.update(sent_at=an_hour_ago)
    assert reference_in(client.post(PATH, SENT)) != first


def test_the_other_language_sends_nothing_and_loses_nothing(client):
    refused = client.post(PATH, {"text": "Two\r\nlines"})
    assert f'action="{WELSH}"' in refused.content.decode()
    assert 'name="text" value="Two\r\nlines"' in refused.content.decode()
    shown = client.post(WELSH, {**SENT, "step": "start"})
    assert (shown.status_code, typed(shown)) == (200, CANARY)
    assert not shown.context["form"].errors
    assert not Correction.objects.exists()
    reference = reference_in(client.post(PATH, SENT))
    again = client.post(WELSH, {"reference": reference, "step": "sent"})
    assert reference_in(again) == reference
    assert client.post(WELSH, {"reference": "<b>nonsense", "step": "sent"}).status_code == 400
    assert Correction.objects.count() == 1


def test_whoever_fills_the_hidden_field_is_thanked_like_anybody_and_held(client):
    page = client.get(PATH).content.decode()
    trap = page[page.index('<div class="app-leave-empty">') :].partition("</div>")[0]
    assert "Leave this empty" in trap
    assert 'tabindex="-1" autocomplete="off"' in trap
    filled = {**SENT, "homepage": "https://spam.example"}
    trapped, honest = client.post(PATH, filled), client.post(PATH, SENT)
    expected = text_of(honest).replace(reference_in(honest), reference_in(trapped))
    assert (trapped.status_code, text_of(trapped)) == (200, expected)
    # The same words, and yet the honest message is one of its own.
    assert (is_held(trapped), is_held(honest)) == (True, False)
    assert reference_in(trapped) != reference_in(honest)
    client.post(PATH, filled)
    assert "Choose one." in text_of(client.post(PATH, {"homepage": "x"}))
    assert Correction.objects.count() == 2


def is_held(response) -> bool:
    return Correction.objects.get(reference=reference_in(response)).held


def test_forty_networks_leave_the_form_open_to_the_next(client):
    for network in range(40):
        one = Client(REMOTE_ADDR=f"2001:db8:0:{network:x}::1")
        for number in range(2):
            assert one.post(PATH, {**SENT, "text": f"{network} {number}"}).status_code == 200
    assert client.get(PATH).status_code == 200
    sent = client.post(PATH, SENT)
    assert (sent.status_code, is_held(sent)) == (200, False)
    assert Correction.objects.filter(held=False).count() == 81


def test_of_one_address_twenty_a_day_about_an_entry_are_not_held(client, monkeypatch):
    office = [client.post(PATH, {**SENT, "text": f"{number}"}) for number in range(22)]
    assert [is_held(sent) for sent in office] == [False] * 20 + [True] * 2
    assert {sent.status_code for sent in office} == {200}
    assert reference_in(client.post(WELSH, {**SENT, "text": "19"})) == reference_in(office[19])
    assert reference_in(client.post(PATH, {**SENT, "text": "21"})) == reference_in(office[21])
    assert not is_held(client.post(ELSEWHERE, SENT))
    assert not is_held(Client(REMOTE_ADDR="192.0.2.1").post(PATH, SENT))

    Correction.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=23))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with monkeypatch.context() as midnight:
        midnight.setattr(timezone, "localdate", lambda: tomorrow)
        assert is_held(client.post(PATH, {**SENT, "text": "Past midnight"}))
    Correction.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=25))
    assert not is_held(client.post(PATH, {**SENT, "text": "A day later"}))


def test_a_flood_is_held_and_of_the_held_the_newest_two_hundred_about_an_entry(client, programme):
    about = {"programme": programme("gwent", "phoenix-das"), "kind": "other", "sender": "other"}
    flood = [Correction(**about, text=f"{n}", language="en") for n in range(1000)]
    Correction.objects.bulk_create(flood)
    surplus = [Correction(**about, text=f"{n}", language="en", held=True) for n in range(200)]
    Correction.objects.bulk_create(surplus)
    sent = client.post(PATH, SENT)
    assert (sent.status_code, is_held(sent)) == (200, True)
    assert not is_held(client.post(ELSEWHERE, SENT))
    kept = Correction.objects.filter(programme=about["programme"])
    assert kept.filter(held=False).count() == 1000
    assert not kept.filter(reference=surplus[0].reference).exists()
    assert kept.filter(held=True).count() == 200
    decided = {"state": "rejected", "decision": "Nonsense.", "decided_at": timezone.now()}
    kept.update(**decided)
    assert not is_held(client.post(PATH, {**SENT, "text": "Afterwards"}))
    assert kept.count() == 1201


@pytest.mark.parametrize(
    ("proxies", "passed_on", "expected"),
    [
        (0, None, "127.0.0.1"),
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, None, "127.0.0.1"),
    ],
)
def test_nobody_chooses_their_own_address(rf, settings, proxies, passed_on, expected):
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": passed_on} if passed_on is not None else {}
    assert client_address(rf.get("/", headers=headers)) == expected


def test_addresses_are_hashed_under_a_key_of_the_day(rf, monkeypatch):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 11, 28))
    stored, _before = hashed_addresses(request)
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 11, 29))
    today, yesterday = hashed_addresses(request)
    assert yesterday == stored != today
    assert today != hashed_addresses(rf.get("/", REMOTE_ADDR="192.0.2.8"))[0]
    assert "192.0.2.7" not in stored


def test_the_form_costs_the_same_whatever_there_is(uncached_client, many_entries):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            uncached_client.get(ELSEWHERE)
        return len(captured)

    before = queries()
    many_entries(5)
    store(ELSEWHERE)
    assert queries() == before == 2


def test_what_was_sent_appears_nowhere_in_public(client, programme, admin_user, caplog, settings):
    settings.PROXIES = 1
    caplog.set_level(logging.DEBUG)
    address = {"x-forwarded-for": "203.0.113.77"}
    reference = reference_in(client.post(PATH, SENT, headers=address))
    for number in range(6):
        client.post(PATH, {**SENT, "text": f"{CANARY} {number}"}, headers=address)
    entry = programme("gwent", "phoenix-das")
    entry.summary_en = "Another summary."
    entry.save()
    edition = publish(entry, by=admin_user, why="Another summary.")
    shown = str(edition.document) + edition.search_text
    for path in (
        "/",
        "/programmes/",
        "/programmes/gwent/phoenix-das/",
        "/cy/rhaglenni/gwent/phoenix-das/",
        "/programmes.csv",
        "/programmes.json",
        "/forces/gwent/",
        "/provision.csv",
        "/compare.json?programme=gwent/phoenix-das",
        PATH,
    ):
        shown += client.get(path).content.decode()
    shown += str(cells(client.get("/programmes.xlsx").content))
    shown += caplog.text + str(list(CorrectionAddress.objects.values_list("address")))
    assert "Phoenix DAS" in shown
    for canary in ("Canary-1f4e", reference, "203.0.113.77"):
        assert canary not in shown


def cells(xlsx: bytes) -> list[object]:
    return [c for sheet in load_workbook(io.BytesIO(xlsx)) for row in sheet.values for c in row]


# The queue of the editors


def page_of(correction: Correction, name: str = "change") -> str:
    return reverse(f"admin:programmes_correction_{name}", args=[correction.pk])


LIST = reverse("admin:programmes_correction_changelist")
DECISION = {"state": "accepted", "decision": "The provider says so too.", "all_the_same": "on"}
DECIDED = (
    "The provider says so too. (Nothing of the entry was published between the message and this "
    "decision.)"
)


def test_the_queue_begins_with_what_waits_longest(admin_client):
    rows = [store(text=f"{number}") for number in range(4)]
    today = timezone.now()
    for row, days in zip(rows, (1, 3, 2, 9), strict=True):
        Correction.objects.filter(pk=row.pk).update(sent_at=today - datetime.timedelta(days=days))
    admin_client.post(page_of(rows[3]), DECISION)
    elsewhere = store(ELSEWHERE, kind="contact")
    listed = [row.reference for row in admin_client.get(LIST).context["cl"].queryset]
    order = (rows[1], rows[2], rows[0], elsewhere, rows[3])
    assert listed == [row.reference for row in order]
    for query, expected in (
        ("?state__exact=waiting", 4),
        ("?state__exact=accepted", 1),
        ("?kind__exact=contact", 1),
        (f"?programme__area__id__exact={elsewhere.programme.area_id}", 1),
        (f"?q={rows[0].reference}", 1),
        (f"?q={CANARY}", 0),
    ):
        assert admin_client.get(LIST + query).context["cl"].result_count == expected, query
    assert CANARY not in admin_client.get(LIST).content.decode()


def test_what_is_held_is_apart_and_can_be_found_and_decided(admin_client):
    honest, automatic = store(), store(text=CANARY * 2, homepage="https://spam.example")

    def listed(query: str) -> list[str]:
        return [row.reference for row in admin_client.get(LIST + query).context["cl"].queryset]

    assert listed("") == listed("?state__exact=waiting") == [honest.reference]
    assert listed("?held=yes") == listed(f"?q={automatic.reference}") == [automatic.reference]
    assert "Probably automatic: 1 waiting" in admin_client.get(LIST).content.decode()
    home = admin_client.get(reverse("admin:index")).content.decode()
    assert "Corrections from the public: 1 waiting" in home
    assert f'<a href="{LIST}?held=yes">Corrections held as probably automatic: 1</a>' in home
    assert CANARY in admin_client.get(page_of(automatic)).content.decode()
    admin_client.post(page_of(automatic), DECISION)
    automatic.refresh_from_db()
    assert automatic.state == "accepted"
    assert "Probably automatic: 0 waiting" in admin_client.get(LIST).content.decode()
    assert "held as" not in admin_client.get(reverse("admin:index")).content.decode()


def test_a_decision_needs_its_reason_is_made_once_and_changes_no_entry(admin_client, admin_user):
    sent = store(text="One\r\n<b>two</b>", kind="route")
    page = admin_client.get(page_of(sent)).content.decode()
    assert "One<br>&lt;b&gt;two&lt;/b&gt;" in page
    assert "Deciding changes nothing in the entry" in page
    assert 'href="/programmes/gwent/phoenix-das/"' in page
    assert f'href="/admin/programmes/programme/{sent.programme_id}/change/"' in page
    assert 'value="waiting"' not in page
    version, editions = sent.programme.version, sent.programme.editions.count()

    for wrong in (
        {"state": "accepted", "decision": " ", "all_the_same": "on"},
        {"state": "accepted", "all_the_same": "on"},
        {"state": "accepted", "decision": "Because."},
        {"state": "rejected", "decision": "Mrs Jones says so."},
        {"decision": "Because."},
        {"state": "waiting", "decision": "Because."},
        {"state": "nonsense", "decision": "Because\x00."},
    ):
        expected = 400 if "\x00" in wrong.get("decision", "") else 200
        assert admin_client.post(page_of(sent), wrong).status_code == expected
        sent.refresh_from_db()
        assert (sent.state, sent.decided_at, sent.decision) == ("waiting", None, "")

    crafted = {"text": "Mine", "kind": "other", "reference": "X", "decided_at_0": "2020-01-01"}
    assert admin_client.post(page_of(sent), {**DECISION, **crafted}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.decision) == ("accepted", DECIDED)
    assert (sent.decided_by, sent.text, sent.kind) == (admin_user, "One\n<b>two</b>", "route")
    assert sent.decided_at.date() == datetime.datetime.now(datetime.UTC).date()

    again = admin_client.post(page_of(sent), {"state": "rejected", "decision": "No."}, follow=True)
    assert "Somebody has decided this already" in again.content.decode()
    assert "The provider says so too." in again.content.decode()
    assert 'name="decision"' not in again.content.decode()
    sent.refresh_from_db()
    assert (sent.state, sent.decision) == ("accepted", DECIDED)
    assert (sent.programme.version, sent.programme.editions.count()) == (version, editions)


ASKED = "Nothing of this entry was published since this was sent. Change and publish it first"


@pytest.mark.parametrize("state", ["accepted", "amended"])
def test_what_is_accepted_without_a_change_is_asked_about_and_says_so(
    admin_client, programme, admin_user, state
):
    sent, changed = store(), store(ELSEWHERE)
    decision = {"state": state, "decision": "The provider says so too."}
    asked = admin_client.post(page_of(sent), decision).content.decode()
    assert ASKED in asked
    assert 'name="all_the_same"' in asked
    sent.refresh_from_db()
    assert sent.state == "waiting"
    admin_client.post(page_of(sent), decision | {"all_the_same": "on"})
    assert DECIDED in admin_client.get(page_of(sent)).content.decode()

    clear = programme("south-wales", "clear")
    clear.summary_en = "Put right."
    clear.save()
    publish(clear, by=admin_user, why="The provider wrote to us.")
    assert 'name="all_the_same"' not in admin_client.get(page_of(changed)).content.decode()
    assert admin_client.post(page_of(changed), decision).status_code == 302
    changed.refresh_from_db()
    assert (changed.state, changed.decision) == (state, "The provider says so too.")


def test_what_is_rejected_needs_no_change(admin_client):
    sent = store()
    decision = {"state": "rejected", "decision": "The provider says otherwise."}
    assert admin_client.post(page_of(sent), decision).status_code == 302
    sent.refresh_from_db()
    assert sent.decision == "The provider says otherwise."


def test_nobody_adds_or_deletes_a_correction(admin_client):
    sent = store()
    assert admin_client.get(reverse("admin:programmes_correction_add")).status_code == 403
    assert admin_client.post(page_of(sent, "delete"), {"post": "yes"}).status_code == 403
    everything = {"action": "delete_selected", "_selected_action": [sent.pk], "post": "yes"}
    admin_client.post(LIST, everything)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("roles", "areas", "own", "other", "rows"),
    [
        # list, page, history and decision of a correction in Gwent, then of one in South Wales
        (("Area editor",), ("gwent",), "200 200 accepted", "302 302 waiting", 1),
        (("Area editor", "Publisher"), ("gwent",), "200 200 accepted", "302 302 waiting", 1),
        (("Area editor",), ("gwent", "south-wales"), "200 200 accepted", "200 200 accepted", 2),
        (("Area editor",), (), "302 302 waiting", "302 302 waiting", 0),
        (("Publisher",), (), "200 200 accepted", "200 200 accepted", 2),
        (("Administrator",), (), "200 200 accepted", "200 200 accepted", 2),
        ((), ("gwent",), "403 403 waiting", "403 302 waiting", None),
    ],
)
def test_each_role_decides_in_its_own_areas(signed_in, roles, areas, own, other, rows):
    here, there = store(), store(ELSEWHERE)
    client = signed_in(*roles, areas=areas)
    listing = client.get(LIST)
    assert (listing.context.get("cl") and listing.context["cl"].result_count) == rows
    if rows == 1:
        assert "South Wales" not in listing.content.decode()
        assert client.get(f"{LIST}?q={there.reference}").context["cl"].result_count == 0
    for sent, expected in ((here, own), (there, other)):
        found = [str(client.get(page_of(sent, name)).status_code) for name in ("change", "history")]
        client.post(page_of(sent), DECISION)
        sent.refresh_from_db()
        assert " ".join([*found, sent.state]) == expected


# Forgetting


@pytest.mark.parametrize(
    ("days_since_sent", "days_since_decided", "forgotten"),
    [(100, 89, False), (100, 91, True), (364, None, False), (366, None, True), (500, 10, False)],
)
def test_words_are_deleted_in_time_and_choices_stay(
    admin_client, admin_user, days_since_sent, days_since_decided, forgotten
):
    sent, silent = store(), store(text="", kind="runs")
    now = timezone.now()
    both = Correction.objects.all()
    both.update(sent_at=now - datetime.timedelta(days=days_since_sent))
    if days_since_decided:
        at = now - datetime.timedelta(days=days_since_decided)
        both.update(state="rejected", decision="No.", decided_by=admin_user, decided_at=at)
    assert forget_texts() == f"Texts of corrections deleted: {int(forgotten)}."
    sent.refresh_from_db()
    silent.refresh_from_db()
    assert (sent.text == "", sent.text_deleted_at is not None) == (forgotten, forgotten)
    assert (sent.kind, sent.sender, silent.text_deleted_at) == ("stopped", "professional", None)
    page = admin_client.get(page_of(sent)).content.decode()
    assert ("Deleted on" in page, CANARY in page) == (forgotten, not forgotten)
    assert "Nothing was written." in admin_client.get(page_of(silent)).content.decode()
    if forgotten and not days_since_decided:
        assert admin_client.post(page_of(sent), DECISION).status_code == 302


def test_the_command_says_what_it_deleted(capsys):
    call_command("forget")
    assert "Texts of corrections deleted: 0." in capsys.readouterr().out


@pytest.mark.parametrize(("hours", "kept"), [(23, True), (25, False)])
def test_the_address_is_a_hash_that_is_deleted_after_a_day(client, capsys, rf, hours, kept):
    hashed = hashed_addresses(rf.get("/", REMOTE_ADDR="192.0.2.7"))[0]
    sent = Client(REMOTE_ADDR="192.0.2.7").post(PATH, SENT)
    stored = Correction.objects.get(reference=reference_in(sent))
    assert (stored.came_from.address, len(hashed)) == (hashed, 64)
    Correction.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=hours))
    call_command("forget")
    assert f"Addresses of corrections deleted: {int(not kept)}." in capsys.readouterr().out
    assert CorrectionAddress.objects.exists() == kept
    stored.refresh_from_db()
    assert stored.text == CANARY
