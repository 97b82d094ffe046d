"""What an editor does with one entry beside changing its fields."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import TextChoices
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes import vocabulary
from programmes.models import Contact, Organisation, Programme, Source, Statement
from programmes.publishing.draft import entry_of
from programmes.publishing.publish import is_changed, publish
from tests.admin.test_admin import change_page, form_data, unchanged

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).replace(" ;", ";").split())


def page_of(name: str, programme: Programme, *more: object) -> str:
    return reverse(f"admin:programmes_programme_{name}", args=[programme.pk, *more])


@pytest.fixture
def letter(db) -> Source:
    return Source.objects.create(
        slug="letter", kind="document", title_en="Letter", title_cy="Llythyr", dated="2026-10-01"
    )


def statement_data(programme: Programme, letter: Source, **more: str) -> dict[str, str]:
    usual = {
        "programme": str(programme.pk),
        "field": "referral_route",
        "basis": "stated",
        "source": str(letter.pk),
        "place_en": "first page",
        "place_cy": "y dudalen gyntaf",
        "text": "Anyone may refer.",
    }
    rows = {f"statements-0-{name}": value for name, value in (usual | more).items()}
    return {"statements-TOTAL_FORMS": "1", **rows}


# Words of a later source


@pytest.mark.parametrize(
    ("replaces", "message"), [("", "This field is required."), ("adds", ""), ("{old}", "")]
)
def test_newer_words_say_whether_they_add_or_replace(
    admin_client, programme, letter, replaces, message
):
    phoenix = programme("gwent", "phoenix-das")
    old = phoenix.statements.get(field="referral_route", in_table=True)
    words = {"replaces": replaces.format(old=old.pk)}
    data = unchanged(admin_client, change_page(phoenix))
    response = admin_client.post(
        change_page(phoenix), data | statement_data(phoenix, letter, **words)
    )
    assert message in response.content.decode()
    added = Statement.objects.filter(source=letter).first()
    assert bool(added) == (message == "")
    assert added is None or added.replaces == (old if replaces == "{old}" else None)
    # The page has it as it was chosen.
    for form in admin_client.get(change_page(phoenix)).context["inline_admin_formsets"][-1].formset:
        assert form["replaces"].value() == (old.pk if replaces == "{old}" else "adds")


def test_words_stand_beside_the_terms_in_the_parts_of_the_public_page(admin_client, programme):
    page = admin_client.get(change_page(programme("gwent", "phoenix-das"))).content.decode()
    parts = ["How to refer", "Who it is for", "Money and length", "Running?", "Evidence"]
    parts += ["Contacts", "Developments"]
    places = [page.index(f">{name}</h2>") for name in parts]
    assert places == sorted(places)
    refer = page[places[0] : places[1]]
    assert '<q lang="en">Any agency can refer</q>' in refer
    assert 'name="referrals-0-route"' in refer
    assert 'name="routes_are_all"' in refer
    assert '/transcribe/#row-referral_route"' in refer
    assert '<q lang="en">Voluntary</q>' in page[places[1] : places[2]]
    assert "blank: not stated" in page


def test_what_looks_inconsistent_is_a_warning_and_not_an_error(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    data |= {"routes_are_all": "on", "summary_cy": ""}
    page = admin_client.post(change_page(phoenix), data, follow=True)
    assert page.redirect_chain
    page = admin_client.get(change_page(phoenix)).content.decode()
    assert "Says that any agency refers and also that no other route is left." in page
    assert "The summary is missing in Welsh." in page


# The same words read in another way


REREADINGS = [
    ("driving-change", {"longevity": "multi-year"}, "read as “Annual” before"),
    ("driving-change", {"referrals-0-route": "police"}, "read as “Third-party organisation”"),
    ("driving-change", {"criteria-0-answer": "risk:high"}, "read as “Risk: medium” before"),
    ("clear", {"criteria-0-accepted": "on"}, "read as “excludes Risk: high” before"),
    ("driving-change", {"fundings-0-funder": "pcc"}, "read as “Strategic VAWDASV partners”"),
]


@pytest.mark.parametrize(("slug", "typed", "asked"), REREADINGS)
def test_reading_the_same_words_in_another_way_is_asked_about_once(
    admin_client, programme, slug, typed, asked
):
    entry = programme("south-wales", slug)
    shown = admin_client.get(change_page(entry))
    assert '<input type="hidden" name="reread" id="id_reread">' in shown.content.decode()
    data = form_data(shown) | typed
    page = text_of(admin_client.post(change_page(entry), data))
    assert asked in page
    assert "Read the same words in another way" in page
    assert not is_changed(programme("south-wales", slug))
    assert admin_client.post(change_page(entry), data | {"reread": "on"}).status_code == 302
    assert is_changed(programme("south-wales", slug))


def test_a_reading_of_other_words_or_its_withdrawal_is_not_asked_about(admin_client, programme):
    entry = programme("south-wales", "driving-change")
    other = entry.statements.get(field="funding")
    data = unchanged(admin_client, change_page(entry))
    silent = data | {"longevity": "not-stated"}
    assert admin_client.post(change_page(entry), silent).status_code == 302
    data = unchanged(admin_client, change_page(entry))
    newer = {"longevity": "multi-year", "longevity_rests_on": str(other.pk)}
    assert admin_client.post(change_page(entry), data | newer).status_code == 302


# Edit conflicts


def again(response) -> dict[str, str]:
    """What the page that came back would send."""
    context, forms = response.context, [response.context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    fields = [field for form in forms for field in form]
    page = response.content.decode()
    assert [f.html_name for f in fields if f'name="{f.html_name}"' not in page] == []
    return {f.html_name: f.value() for f in fields if f.value() not in (None, False)}


def side_by_side(response) -> dict[str, tuple[str, str]]:
    conflicts = response.context["conflicts"]
    return {field["label"]: (field["saved"], field["typed"]) for field in conflicts}


def test_whoever_saves_over_another_save_sees_both_and_loses_nothing(
    admin_client, programme, letter
):
    phoenix = programme("gwent", "phoenix-das")
    mine = unchanged(admin_client, change_page(phoenix))
    theirs = mine | {"summary_en": "Theirs.", "stage": "statutory", "routes_are_all": "on"}
    theirs |= statement_data(phoenix, letter, replaces="adds")
    assert admin_client.post(change_page(phoenix), theirs).status_code == 302

    answer = admin_client.post(
        change_page(phoenix), mine | {"summary_en": "Mine.", "summary_cy": "Fy un i."}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody else has saved this entry since you opened it." in page
    assert "Saved meanwhile by admin" in page
    versions = side_by_side(answer)
    welsh = Programme.objects.get(pk=phoenix.pk).summary_cy
    assert versions == {
        "Summary in English": ("Theirs.", "Mine."),
        "Summary in Welsh": (welsh, "Fy un i."),
        "Stage": ("Statutory, after conviction", "Community, non-statutory"),
        "Only the routes listed below": ("yes", "no"),
    }
    assert "statement: Referral route: Anyone may refer." in page
    assert Programme.objects.get(pk=phoenix.pk).summary_en == "Theirs."

    taken = {"take-saved:stage": "statutory", "take-saved:routes_are_all": "True"}
    for name, value in taken.items():
        assert f'name="{name}" value="{value}"' in " ".join(page.split())
    assert admin_client.post(change_page(phoenix), again(answer) | taken).status_code == 302
    phoenix = programme("gwent", "phoenix-das")
    assert (phoenix.summary_en, phoenix.summary_cy) == ("Mine.", "Fy un i.")
    assert (phoenix.stage, phoenix.routes_are_all) == ("statutory", True)
    assert phoenix.statements.filter(source=letter).exists()


@pytest.mark.parametrize(("let_go", "left"), [(False, ["self"]), (True, [])])
def test_a_row_that_somebody_deleted_comes_back_as_a_new_one(admin_client, programme, let_go, left):
    phoenix = programme("gwent", "phoenix-das")
    mine = unchanged(admin_client, change_page(phoenix))
    assert mine["referrals-0-route"] == "any-agency"
    mine["referrals-0-route"] = "self"
    admin_client.post(change_page(phoenix), mine | {"referrals-0-DELETE": "on"})
    answer = admin_client.post(change_page(phoenix), mine)
    assert answer.status_code == 200
    page = " ".join(answer.content.decode().split())
    assert "These rows were deleted meanwhile." in page
    assert (
        'Referral route 1 <label><input type="checkbox" name="referrals-0-DELETE" '
        'id="id_referrals-0-DELETE"> Let it go' in page
    )
    assert not phoenix.referrals.exists()
    data = again(answer) | ({"referrals-0-DELETE": "on"} if let_go else {})
    assert admin_client.post(change_page(phoenix), data).status_code == 302
    assert [referral.route for referral in phoenix.referrals.all()] == left


def test_a_new_row_may_take_the_number_of_one_that_was_let_go(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    phoenix.referrals.all().delete()
    # The script that takes a row from the page numbers the rows after it anew.
    data |= {"referrals-0-route": "self", "referrals-0-id": ""}
    assert admin_client.post(change_page(phoenix), data).status_code == 302
    assert [referral.route for referral in phoenix.referrals.all()] == ["self"]


def test_rows_after_one_that_somebody_deleted_stay_themselves(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    words = phoenix.statements.get(field="referral_route", in_table=True)
    for route in ("self", "police"):
        phoenix.referrals.create(route=route, statement=words)
    mine = unchanged(admin_client, change_page(phoenix))
    admin_client.post(change_page(phoenix), mine | {"referrals-0-DELETE": "on"})
    mine |= {"referrals-0-DELETE": "on", "referrals-1-DELETE": "on", "referrals-2-usual": "on"}
    answer = admin_client.post(change_page(phoenix), mine)
    assert side_by_side(answer) == {
        "Referral route 1: Delete": ("no", "yes"),
        "Referral route 2: The usual one": ("no", "yes"),
    }
    # What both deleted is let go already.
    assert (
        'name="referrals-0-DELETE" id="id_referrals-0-DELETE" checked>' in answer.content.decode()
    )
    data = again(answer) | {"take-saved:referrals-1-DELETE": "False"}
    assert admin_client.post(change_page(phoenix), data).status_code == 302
    routes = {(referral.route, referral.usual) for referral in phoenix.referrals.all()}
    assert routes == {("self", False), ("police", True)}


def test_rows_keep_their_headings_when_somebody_adds_one_before_them(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    words = phoenix.statements.get(field="funding", in_table=True)
    phoenix.fundings.all().delete()
    phoenix.fundings.create(funder="home-office", period="former", statement=words)
    mine = unchanged(admin_client, change_page(phoenix))
    phoenix.fundings.create(funder="moj", period="current", statement=words)
    for version in ("0", "1"):
        answer = admin_client.post(
            change_page(phoenix), mine | {"name_en": "", "seen_version": version}
        )
        first = answer.content.decode().partition('id="fundings-0"')[2].partition("</h3>")[0]
        assert "home office, former" in first
    assert "fundings-1-id" not in answer.content.decode()


def test_an_entry_that_somebody_deleted_is_said_to_be_gone(admin_client, programme):
    gone = Programme.objects.create(name_en="Gone", slug="gone", stage="community", status="listed")
    mine = unchanged(admin_client, change_page(gone))
    Programme.objects.filter(pk=gone.pk).delete()
    page = admin_client.post(change_page(gone), mine, follow=True).content.decode()
    assert "doesn’t exist. Perhaps it was deleted?" in page


@pytest.mark.parametrize(
    "odd",
    [
        {"take-saved:": "x", "take-saved:nothing": "x", "take-saved:stage": "x"},
        {"referrals-0-id": "x", "referrals-99999-id": "1", "referrals-7-": "x"},
        {"referrals-TOTAL_FORMS": "x", "referrals-INITIAL_FORMS": "-1"},
        {"seen_version": "0", "take-saved:seen_version": ""},
    ],
)
def test_odd_answers_to_an_edit_conflict_save_nothing(admin_client, programme, odd):
    phoenix = programme("gwent", "phoenix-das")
    mine = unchanged(admin_client, change_page(phoenix))
    admin_client.post(change_page(phoenix), mine | {"summary_en": "Theirs."})
    answer = admin_client.post(change_page(phoenix), mine | {"summary_en": "Mine."} | odd)
    assert answer.status_code == 200
    assert "Mine." in answer.content.decode()
    assert programme("gwent", "phoenix-das").summary_en == "Theirs."


def test_saving_without_a_change_is_no_new_version(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    admin_client.post(change_page(phoenix), data)
    assert programme("gwent", "phoenix-das").version == 1
    admin_client.post(change_page(phoenix), data | {"referrals-0-usual": "on"})
    assert programme("gwent", "phoenix-das").version == 2


def test_a_save_that_names_no_version_is_refused(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    for version in ("", "x", "9" * 18):
        sent = data | {"seen_version": version, "summary_en": "Lost?"}
        response = admin_client.post(change_page(phoenix), sent)
        assert response.status_code == 200, version
        assert "Lost?" in response.content.decode(), version
        assert programme("gwent", "phoenix-das").summary_en != "Lost?", version


# What waits, and what was


def test_changes_that_wait_are_listed_in_words_and_in_both_languages(admin_client, programme):
    waiting = reverse("admin:programmes_programme_unpublished")
    assert "No published entry has changes that wait." in admin_client.get(waiting).content.decode()
    phoenix = programme("gwent", "phoenix-das")
    words = phoenix.statements.get(field="referral_route", in_table=True)
    phoenix.referrals.create(route="self", statement=words)
    phoenix.summary_cy = "Crynodeb arall."
    phoenix.save()
    response = admin_client.get(waiting)
    assert response.content.decode().count("<section") == 1
    page = text_of(response)
    assert "Who could refer Was: Any agency Now: Any agency; Self" in page
    assert (
        f"Referral route: rests on Was: “{words.text}” Now: “{words.text}”; “{words.text}”" in page
    )
    assert "Now: Crynodeb arall." in page.partition("Summary, in Welsh")[2]


def test_editors_see_what_the_public_page_of_changes_leaves_out(admin_client, contact):
    phoenix, letter = contact.programme, contact.source
    Contact.objects.filter(pk=contact.pk).update(email="intake@example.org")
    words = phoenix.statements.create(
        source=letter, field="about", text="Since 2020.", place_en="page 1", place_cy="tudalen 1"
    )
    address = page_of("publish", phoenix)
    page = text_of(admin_client.get(address))
    assert "Contact: Referral team Was: Referral team; Tîm atgyfeirio; referrals@" in page
    assert "Now: Referral team; Tîm atgyfeirio; intake@example.org" in page
    assert "Where “Since 2020.” stands Now: page 1; tudalen 1; Letter" in page
    admin_client.post(address, {"why": "The hub wrote."})
    words.place_en = "page 2"
    words.save()
    page = text_of(admin_client.get(address))
    assert "Was: page 1; tudalen 1;" in page
    assert "Now: page 2; tudalen 1;" in page
    words.place_en = "page 1"
    words.save()
    Programme.objects.filter(pk=phoenix.pk).update(slug="phoenix")
    assert "Something that no page shows, such as its address" in text_of(admin_client.get(address))


def test_an_earlier_edition_is_looked_at_compared_and_loaded_back(admin_client, client, programme):
    phoenix = programme("gwent", "phoenix-das")
    first = phoenix.editions.get()
    phoenix.name_en = "Another name"
    phoenix.save()
    phoenix.referrals.update(route="other")
    admin_client.post(page_of("publish", phoenix), {"why": "It has another name."})
    second = phoenix.editions.get(replaced_at=None)

    listed = admin_client.get(page_of("editions", phoenix)).content.decode()
    assert "It has another name." in listed
    assert "public now" in listed
    for language, words in (("en", "An earlier edition"), ("cy", "Argraffiad cynharach")):
        seen = admin_client.get(page_of("as_published", phoenix, first.pk, language))
        assert "Phoenix DAS" in seen.content.decode()
        assert words in seen.content.decode()
    changed = admin_client.get(page_of("edition", phoenix, second.pk)).content.decode()
    assert 'Now: </span><span class="app-stated">Another name' in changed
    assert (
        'Now: </span><span class="app-stated">Phoenix DAS'
        in admin_client.get(page_of("edition", phoenix, first.pk)).content.decode()
    )

    would = text_of(admin_client.get(page_of("load_back", phoenix, first.pk)))
    assert "Who could refer Was: “Any agency can refer” Now: Any agency" in would
    assert programme("gwent", "phoenix-das").name_en == "Another name"
    admin_client.post(page_of("load_back", phoenix, first.pk))
    phoenix = programme("gwent", "phoenix-das")
    assert entry_of(phoenix) == first.entry
    assert is_changed(phoenix)
    assert "Another name" in client.get("/programmes/gwent/phoenix-das/").content.decode()


def test_loading_back_asks_before_it_loses_what_was_never_published(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    back = page_of("load_back", phoenix, phoenix.editions.get().pk)
    assert "What would be lost" not in admin_client.get(back).content.decode()
    Programme.objects.filter(pk=phoenix.pk).update(summary_en="Typed and saved.")
    shown = admin_client.get(back).content.decode()
    lost = shown.partition('id="lost"')[2].partition("</section>")[0]
    assert "These changes are saved here and were never published." in lost
    assert "Typed and saved." in lost
    refused = admin_client.post(back).content.decode()
    assert "Nothing is loaded back yet: this would be lost for good." in refused
    assert programme("gwent", "phoenix-das").summary_en == "Typed and saved."
    assert admin_client.post(back, {"give_up": "on"}).status_code == 302
    assert programme("gwent", "phoenix-das").summary_en != "Typed and saved."


def test_what_was_never_shown_is_not_given_up(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    back = page_of("load_back", phoenix, phoenix.editions.get().pk)
    Programme.objects.filter(pk=phoenix.pk).update(summary_en="Typed and saved.")
    ticked = {"give_up": "on", "seen": seen_on(admin_client.get(back))}
    Programme.objects.filter(pk=phoenix.pk).update(summary_en="Of a colleague, since.")
    answer = admin_client.post(back, ticked)
    page = answer.content.decode()
    assert "Nothing is loaded back yet, since the entry was changed meanwhile." in page
    assert "Of a colleague, since." in page.partition('id="lost"')[2]
    assert " checked" not in page.partition('name="give_up"')[2].partition(">")[0]
    assert programme("gwent", "phoenix-das").summary_en == "Of a colleague, since."
    assert admin_client.post(back, ticked | {"seen": seen_on(answer)}).status_code == 302
    assert programme("gwent", "phoenix-das").summary_en != "Of a colleague, since."


def seen_on(page) -> str:
    """What the page says it shows, for whoever posts it."""
    return page.context["form"]["seen"].value()


def test_each_error_of_an_entry_leads_to_its_field(admin_client, programme, letter):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    data |= {"name_en": "", "accreditation": "accredited"}
    data |= statement_data(phoenix, letter, place_en="", replaces="")
    page = admin_client.post(change_page(phoenix), data).content.decode()
    listed = page.partition('class="problems"')[2].partition("</ul>")[0]
    for target, where, message in (
        ("id_name_en", "Name", "This field is required."),
        ("id_accreditation_rests_on", "Accreditation: Rests on", "Choose the statement"),
        ("id_statements-0-place_en", "Statement 1: Place in the source, in English", "This field"),
        ("id_statements-0-replaces", "Statement 1: What they do to earlier words", "This field"),
    ):
        assert f'<a href="#{target}">{where}</a>: {message}' in listed
        assert page.count(f'id="{target}"') == 1
    assert 'class="problems"' not in admin_client.get(change_page(phoenix)).content.decode()


def test_errors_stand_before_what_is_worth_a_look(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    Programme.objects.filter(pk=phoenix.pk).update(summary_cy="")
    data = unchanged(admin_client, change_page(phoenix)) | {"name_en": ""}
    page = admin_client.post(change_page(phoenix), data).content.decode()
    assert "Worth a look before publishing" in page.partition('class="problems"')[2]


def test_a_row_that_goes_has_no_problems(admin_client, programme, letter):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    data |= statement_data(phoenix, letter, place_en="", replaces="adds")
    second = statement_data(phoenix, letter, place_en="", place_cy="", replaces="adds")
    data |= {name.replace("-0-", "-1-"): value for name, value in second.items()}
    data |= {"statements-TOTAL_FORMS": "2", "statements-1-DELETE": "on"}
    page = admin_client.post(change_page(phoenix), data).content.decode()
    listed = page.partition('class="problems"')[2].partition("</ul>")[0]
    assert "Statement 1: Place in the source, in English" in listed
    assert "Statement 2" not in listed


@pytest.mark.parametrize("number", ["0", "9" * 30, "other"])
def test_an_edition_of_another_entry_is_not_found(admin_client, programme, number):
    phoenix, clear = programme("gwent", "phoenix-das"), programme("south-wales", "clear")
    number = str(clear.editions.get().pk) if number == "other" else number
    for name, more in (("edition", ""), ("load_back", ""), ("as_published", "en/")):
        address = f"/admin/programmes/programme/{phoenix.pk}/{name}/{number}/{more}"
        assert admin_client.get(address).status_code == 404
        assert admin_client.post(address).status_code == 404


# What would have been lost, or shown, by mistake


@pytest.fixture
def contact(programme, letter, admin_user):
    phoenix = programme("gwent", "phoenix-das")
    row = phoenix.contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        email="referrals@example.org",
        source=letter,
        checked_on="2026-10-02",
    )
    publish(phoenix, by=admin_user, why="A contact was found.")
    return row


def test_a_contact_that_was_public_is_hidden_and_not_deleted(admin_client, client, contact):
    phoenix = contact.programme
    data = unchanged(admin_client, change_page(phoenix)) | {"contacts-0-DELETE": "on"}
    page = admin_client.post(change_page(phoenix), data).content.decode()
    assert "“Referral team” is public: hide it" in page
    admin_client.post(page_of("contact", phoenix, contact.pk), {"why": "Now."})
    data = unchanged(admin_client, change_page(phoenix)) | {"contacts-0-DELETE": "on"}
    page = admin_client.post(change_page(phoenix), data).content.decode()
    assert "stays here hidden, or it could come back" in page
    first = phoenix.editions.order_by("pk")[1]
    assert first.entry.contacts
    assert (
        "Referral team"
        not in admin_client.get(page_of("load_back", phoenix, first.pk))
        .content.decode()
        .partition("What would change here")[2]
        .partition("Contacts")[0]
    )
    admin_client.post(page_of("load_back", phoenix, first.pk))
    publish_anew = page_of("publish", phoenix)
    admin_client.post(publish_anew, {"why": "Loaded back."})
    assert b"referrals@example.org" not in client.get("/programmes/gwent/phoenix-das/").content


@pytest.mark.parametrize(
    "rests",
    [
        {"accreditation": "accredited", "accreditation_rests_on": "{pk}"},
        {
            "referrals-TOTAL_FORMS": "2",
            "referrals-1-programme": "{programme}",
            "referrals-1-route": "self",
            "referrals-1-statement": "{pk}",
        },
    ],
)
def test_words_are_not_deleted_with_the_save_that_chooses_them(
    admin_client, programme, letter, rests
):
    phoenix = programme("gwent", "phoenix-das")
    words = phoenix.statements.create(source=letter, field="about", text="It is.", place_en="1")
    data = unchanged(admin_client, change_page(phoenix))
    chosen = {k: v.format(pk=words.pk, programme=phoenix.pk) for k, v in rests.items()}
    data |= chosen | {"statements-0-DELETE": "on"}
    response = admin_client.post(change_page(phoenix), data)
    assert response.status_code == 200
    assert "Something still rests on" in response.content.decode()
    assert phoenix.statements.filter(pk=words.pk).exists()


def test_nobody_publishes_what_they_have_not_seen(admin_client, client, programme):
    phoenix = programme("gwent", "phoenix-das")
    Programme.objects.filter(pk=phoenix.pk).update(summary_en="Seen.")
    seen = admin_client.get(page_of("publish", phoenix)).context["form"]["seen"].value()
    edit = unchanged(admin_client, change_page(phoenix)) | {"summary_en": "Unseen."}
    admin_client.post(change_page(phoenix), edit)
    data = {"why": "It is better, says the hub.", "seen": seen}
    told = admin_client.post(page_of("publish", phoenix), data)
    page = told.content.decode()
    assert "Nothing is published yet, since the entry was changed meanwhile." in page
    assert "admin: Changed Summary in English.</li>" in page
    assert "Unseen." in page
    assert "It is better, says the hub.</textarea>" in page
    public = "/programmes/gwent/phoenix-das/"
    assert "Unseen." not in client.get(public).content.decode()
    data["seen"] = told.context["form"]["seen"].value()
    assert admin_client.post(page_of("publish", phoenix), data).status_code == 302
    assert "Unseen." in client.get(public).content.decode()


def test_what_is_worth_a_look_stands_before_the_button_that_publishes(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    Programme.objects.filter(pk=phoenix.pk).update(routes_are_all=True, summary_cy="")
    page = admin_client.get(page_of("publish", phoenix)).content.decode()
    before = page.partition('value="Publish"')[0]
    assert "Says that any agency refers and also that no other route is left." in before
    assert before.count("The summary is missing in Welsh.") == 1


def test_the_day_of_an_exception_can_be_put_off(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    Programme.objects.filter(pk=phoenix.pk).update(summary_cy="")
    for day in ("2998-01-01", "2999-01-01"):
        exception = {"language_why": "The translator is away.", "language_due": day}
        admin_client.post(page_of("publish", phoenix), {"why": "Now.", **exception})
    assert str(phoenix.editions.get(replaced_at=None).language_due) == "2999-01-01"


def test_a_source_in_one_language_is_no_exception_to_the_rule(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    english = Source.objects.create(
        slug="english", kind="document", title_en="Letter", dated="2026-10-01"
    )
    phoenix.statements.create(
        source=english, field="about", text="It is.", place_en="1", place_cy="1"
    )
    page = admin_client.get(page_of("publish", phoenix)).content.decode()
    assert "The title of a source is missing in Welsh." in page


def test_the_page_of_an_entry_takes_the_same_queries_however_many_rows(
    admin_client, programme, letter
):
    phoenix = programme("gwent", "phoenix-das")

    def queries(rows: range) -> int:
        for number in rows:
            words = phoenix.statements.create(
                source=letter, field="provider", text=f"{number}", place_en="1", place_cy="1"
            )
            provider = Organisation.objects.create(name_en=f"Charity {number}")
            phoenix.involvements.create(organisation=provider, role="provider", statement=words)
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(change_page(phoenix))
        return len(captured)

    assert queries(range(1)) == queries(range(1, 6))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"text": "", "replaces": "adds"}, "write down the source’s words."),
        ({"field": "funding", "replaces": "{route}"}, "about something else"),
    ],
)
def test_words_that_make_no_sense_are_refused_on_the_page(
    admin_client, programme, letter, words, message
):
    phoenix = programme("gwent", "phoenix-das")
    route = phoenix.statements.get(field="referral_route", in_table=True).pk
    words = {name: value.format(route=route) for name, value in words.items()}
    data = unchanged(admin_client, change_page(phoenix))
    response = admin_client.post(
        change_page(phoenix), data | statement_data(phoenix, letter, **words)
    )
    assert response.status_code == 200
    assert message in response.content.decode()


def test_a_form_that_arrives_empty_is_refused_in_words(admin_client, programme):
    page = admin_client.post(change_page(programme("gwent", "phoenix-das")))
    assert page.status_code == 200
    assert "Please correct the errors below. Name : This field is required." in text_of(page)


def test_a_reading_of_words_that_were_replaced_is_worth_a_look(admin_client, programme, letter):
    phoenix = programme("gwent", "phoenix-das")
    old = phoenix.statements.get(field="referral_route", in_table=True)
    data = unchanged(admin_client, change_page(phoenix))
    data |= statement_data(phoenix, letter, replaces=str(old.pk))
    admin_client.post(change_page(phoenix), data)
    page = admin_client.get(change_page(phoenix)).content.decode()
    assert "“referral route: Any agency” still rests on words that newer ones replace." in page
    assert "Referral route: Any agency can refer (replaced)</option>" in page
    assert "<strong>Replaced by newer words.</strong>" in page


def test_what_waits_is_not_confirmed_by_a_check(admin_client, client, programme):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.referrals.update(route="self")
    address = page_of("check", phoenix)
    form = admin_client.get(address).content.decode()
    assert "Referral route: Any agency" in form  # what the public reads
    answers = {"checked_on": "2026-11-01", "checked_with": "provider", "outcome": "confirmed"}
    refused = admin_client.post(address, answers | {"confirmed": ["referral_route"]})
    assert "Changed here and not public: “Referral route”." in refused.content.decode()
    assert not phoenix.verifications.exists()
    assert admin_client.post(address, answers | {"confirmed": ["funding"]}).status_code == 302
    changed = answers | {"outcome": "changed", "confirmed": []}
    assert admin_client.post(address, changed).status_code == 302


def test_a_withdrawn_entry_stays_in_sight_and_is_compared_with_what_was_public(
    admin_client, programme
):
    phoenix = programme("gwent", "phoenix-das")
    admin_client.post(page_of("withdraw", phoenix), {"why": "Never.", "why_cy": "Erioed."})
    waiting = admin_client.get(reverse("admin:programmes_programme_unpublished")).content.decode()
    assert "Phoenix DAS" in waiting.partition('id="withdrawn"')[2]
    Programme.objects.filter(pk=phoenix.pk).update(summary_en="Another.")
    page = admin_client.get(page_of("publish", phoenix)).content.decode()
    assert "This entry was withdrawn." in page
    assert ">Another.</span>" in page
    assert "<h3>Welsh older than its English</h3>" in page
    assert page.count('class="difference"') == 3


def codes() -> set[str]:
    """What stands in the database and in addresses, and on no page."""
    kinds = [each for each in vars(vocabulary).values() if isinstance(each, type)]
    choices = [each for each in kinds if issubclass(each, TextChoices) and each is not TextChoices]
    found = {value for each in choices for value in each.values if re.search("[-_:]", value)}
    columns = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    # “multi-year” is a word of English.
    return found - {"multi-year"} | {name for name in columns if "_" in name}


def test_no_page_of_the_admin_shows_a_code_name(admin_client, programme, contact, letter):
    phoenix = contact.programme
    words = phoenix.statements.create(
        source=letter, field="status", text="It runs.", place_en="page 1", place_cy="tudalen 1"
    )
    phoenix.status, phoenix.status_rests_on = "said-to-run", words
    phoenix.taking_referrals, phoenix.taking_referrals_rests_on = "no", words
    phoenix.save()
    phoenix.criteria.create(answer="risk:high", accepted=False, only=True, statement=words)
    phoenix.criteria.create(answer="risk:medium", accepted=True, only=True, statement=words)
    phoenix.fundings.create(funder="local-authority", arrangement="named-fund", statement=words)
    data = unchanged(admin_client, change_page(phoenix))
    refused = {"delivery_language": "welsh", "criteria-0-answer": "risk:low", "name_en": ""}
    shown = [admin_client.post(change_page(phoenix), data | refused)]
    assert (
        admin_client.post(change_page(phoenix), data | {"summary_en": "It runs."}).status_code
        == 302
    )
    stale = admin_client.post(change_page(phoenix), data | {"attendance": "voluntary"})
    assert "Saved meanwhile" in text_of(stale)
    admin_client.post(page_of("ready", phoenix), {"note": "It is."})
    first = phoenix.editions.first()
    of_one = ["change", "history", "publish", "check", "editions", "transcribe", "ready"]
    addresses = [page_of(name, phoenix) for name in of_one]
    addresses += [page_of(name, phoenix, first.pk) for name in ("edition", "load_back")]
    addresses += [f"/admin/programmes/{name}/" for name in ("programme", "contact", "statement")]
    addresses += [f"/admin/programmes/{name}/" for name in ("development", "source", "correction")]
    addresses += ["/admin/", "/admin/programmes/programme/unpublished/", "/admin/forces/forcearea/"]
    shown += [stale, *map(admin_client.get, addresses)]
    for page in shown:
        assert page.status_code == 200
        found = set(re.findall(r"[\w:-]+", text_of(page).replace("phoenix-das", "")))
        assert sorted(found & codes()) == [], page.request["PATH_INFO"]
