"""The admin: one page edits one entry, and nothing is public until it is published."""

from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Permission
from django.db import connection
from django.template.response import TemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.models import Edition, Programme, Source, Statement, Verification
from programmes.publishing.editions import standing_edition
from programmes.readings import SINGLE_READINGS

pytestmark = pytest.mark.django_db
APPS = {"accounts", "forces", "programmes"}


def change_page(programme: Programme) -> str:
    return reverse("admin:programmes_programme_change", args=[programme.pk])


def unchanged(client: Client, address: str) -> dict[str, str]:
    """What a browser would send back if the editor pressed Save at once.

    The page is not drawn for it, which would take longer than all the rest.
    """
    with patch.object(TemplateResponse, "rendered_content", ""):
        return form_data(client.get(address))


def form_data(response) -> dict[str, str]:
    context = response.context_data
    forms = [context["adminform"].form]
    for inline in context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data


def test_every_registered_model_lists_adds_and_searches(admin_client):
    ours = [model for model in admin.site._registry if model._meta.app_label in APPS]
    assert len(ours) == 10
    for model in ours:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        listed = admin_client.get(address)
        assert listed.status_code == 200
        assert admin_client.get(address, {"q": "clear"}).status_code == 200
        first = listed.context["cl"].queryset.first()
        if first:
            assert admin_client.get(f"{address}{first.pk}/change/").status_code == 200
        assert admin_client.get(f"{address}add/").status_code in (200, 302, 403)


def test_the_page_of_an_entry_asks_for_every_reading():
    page = admin.site.get_model_admin(Programme)
    asked = flatten_fieldsets(page.fieldsets or ())
    assert {each.name for each in SINGLE_READINGS} <= set(asked)
    assert len(asked) == len(set(asked))


def test_saving_an_untouched_page_changes_nothing(admin_client):
    for slug in ("phoenix-das", "cara", "building-better-relationships", "drive-project", "adapt"):
        programme = Programme.objects.filter(slug=slug)[0]
        response = admin_client.get(change_page(programme))
        saved = admin_client.post(change_page(programme), form_data(response))
        assert saved.status_code == 302, saved.context["errors"]
    listing = admin_client.get(reverse("admin:programmes_programme_changelist"))
    assert "changes not published" not in listing.content.decode()


def test_an_edit_is_marked_previewed_and_published_with_a_reason(admin_client, client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix))
    data["summary_en"] = "A canary summary."
    assert admin_client.post(change_page(phoenix), data).status_code == 302

    listing = admin_client.get(reverse("admin:programmes_programme_changelist")).content.decode()
    assert listing.count("changes not published") == 1
    public = "/programmes/gwent/phoenix-das/"
    assert "canary" not in client.get(public).content.decode()
    for language, words in (("en", "A canary summary."), ("cy", "Rhagolwg")):
        preview = admin_client.get(
            reverse("admin:programmes_programme_preview", args=[phoenix.pk, language])
        )
        assert words in preview.content.decode()
        assert f'<html lang="{language}"' in preview.content.decode()

    publish = reverse("admin:programmes_programme_publish", args=[phoenix.pk])
    assert "A canary summary." in admin_client.get(publish).content.decode()
    assert admin_client.post(publish, {"why": " "}).status_code == 200
    assert "canary" not in client.get(public).content.decode()
    admin_client.post(publish, {"why": "The provider wrote a better one."})
    assert "canary" in client.get(public).content.decode()
    edition = standing_edition(programme("gwent", "phoenix-das"))
    assert (edition.why, edition.by.username) == ("The provider wrote a better one.", "admin")


def test_withdrawing_from_the_admin(admin_client, client, programme):
    phoenix = programme("gwent", "phoenix-das")
    address = reverse("admin:programmes_programme_withdraw", args=[phoenix.pk])
    english = {"why": "It was never in Gwent."}
    page = admin_client.post(address, english)
    assert page.status_code == 200
    needed = "The public reads it, so it is needed in English and in Welsh."
    assert page.content.decode().count(needed) == 2
    why = english | {"why_cy": "Nid oedd erioed yng Ngwent."}
    assert admin_client.post(address, why).status_code == 302
    gone = client.get("/programmes/gwent/phoenix-das/")
    assert gone.status_code == 410
    assert "<dt>Why</dt> <dd>It was never in Gwent.</dd>" in gone.content.decode()
    for path in ("rhaglenni/gwent/phoenix-das/", "newidiadau/", "newidiadau/ffrwd/"):
        page = client.get(f"/cy/{path}").content.decode()
        assert "It was never in Gwent." not in page, path
        assert "Nid oedd erioed yng Ngwent." in page, path
    listing = admin_client.get(reverse("admin:programmes_programme_changelist")).content.decode()
    assert "withdrawn" in listing
    shown = " ".join(admin_client.get(change_page(phoenix)).content.decode().split())
    day = timezone.localdate()
    assert f"Withdrawn on {day.day} {day:%B %Y} by admin: It was never in Gwent." in shown
    assert ">Put back…</a>" in shown
    assert ">Publish…</a>" not in shown
    address = reverse("admin:programmes_programme_publish", args=[phoenix.pk])
    page = admin_client.get(address).content.decode()
    assert "<h1>Put back Phoenix DAS (Gwent)</h1>" in page
    assert 'value="Put back"' in page


def test_publishing_is_a_permission_of_its_own(sign_in, programme, django_user_model):
    user = django_user_model.objects.create_user("area", "area@example.org", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_programme"))
    user.user_permissions.remove(Permission.objects.get(codename="publish_programme"))
    client = sign_in(user)
    phoenix = programme("gwent", "phoenix-das")
    user.areas.add(phoenix.area)
    assert client.get(change_page(phoenix)).status_code == 200
    assert "Publish…" not in client.get(change_page(phoenix)).content.decode()
    for verb in ("publish", "withdraw"):
        address = reverse(f"admin:programmes_programme_{verb}", args=[phoenix.pk])
        assert client.post(address, {"why": "Because."}).status_code == 403
    assert Edition.objects.exclude(programme=None).count() == 18


@pytest.mark.parametrize("object_id", ["0", "9" * 30, "x", "%00", "../1"])
def test_guessed_ids_are_not_found(admin_client, object_id):
    for verb in ("publish/", "withdraw/", "preview/en/"):
        response = admin_client.get(f"/admin/programmes/programme/{object_id}/{verb}")
        assert response.status_code in (302, 400, 404)


def test_help_says_how_to_handle_not_stated(admin_client, programme):
    page = admin_client.get(change_page(programme("gwent", "phoenix-das"))).content.decode()
    assert "Where no source says anything, choose “Not given”" in page
    assert '<option value="not-stated" selected>Not given</option>' in page
    assert "blank: not stated" in page


def test_the_submissions_words_cannot_be_edited(admin_client):
    words = Statement.objects.get(text="Police only")
    address = reverse("admin:programmes_statement_change", args=[words.pk])
    assert admin_client.post(address, {"text": "Anyone"}).status_code == 302
    assert Statement.objects.filter(text="Police only").exists()


def a_letter() -> Source:
    return Source.objects.create(
        slug="letter",
        kind="written-confirmation",
        publisher_en="Referral team",
        title_en="Letter",
        dated="2026-10-01",
    )


def test_new_words_and_what_is_read_from_them_are_one_save(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    words = {
        "new-field": "eligibility",
        "new-source": str(a_letter().pk),
        "new-place_en": "first page",
        "new-text": "Men only.",
        "new-replaces": "adds",
    }
    page = admin_client.get(change_page(phoenix))
    assert '<option value="new">The new words, typed at the top</option>' in page.content.decode()
    untouched = form_data(page)
    criterion = {
        "criteria-TOTAL_FORMS": "1",
        "criteria-0-programme": str(phoenix.pk),
        "criteria-0-answer": "sex:man",
        "criteria-0-accepted": "on",
        "criteria-0-only": "on",
        "criteria-0-statement": "new",
    }
    reading = {"accreditation": "accredited", "accreditation_rests_on": "new"}

    def refused(data: dict) -> str:
        answer = admin_client.post(change_page(phoenix), untouched | data)
        assert answer.status_code == 200
        assert not phoenix.statements.filter(source__slug="letter").exists()
        assert programme("gwent", "phoenix-das").version == phoenix.version
        return answer.content.decode()

    assert "Write the new words down, at the top of the page." in refused(criterion)
    assert "Write the new words down, at the top of the page." in refused(reading)
    lacking = refused(criterion | words | {"new-place_en": ""})
    assert "The new words are not complete, so nothing is saved yet." in lacking
    assert '<a href="#id_new-place_en">Newer words: Place in the source, in English</a>' in lacking
    refused(words | {"new-replaces": ""})
    # What is typed stays where something else was wrong, and stands on no line of the entry.
    other = refused(criterion | words | {"name_en": ""})
    assert other.count("Men only.") == 1
    assert '<option value="new" selected>The new words, typed at the top</option>' in other

    saved = admin_client.post(change_page(phoenix), untouched | criterion | reading | words)
    assert saved.status_code == 302, saved.context["problems"]
    statement = phoenix.statements.get(text="Men only.")
    assert phoenix.criteria.get().statement == statement
    now = programme("gwent", "phoenix-das")
    assert now.accreditation_rests_on == statement
    assert now.version == phoenix.version + 1
    log = LogEntry.objects.latest("pk").get_change_message()
    assert "Added statement “Who it is for: Men only.”." in log


def test_a_reading_without_a_statement_is_refused_with_a_reason(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix)) | {"accreditation": "accredited"}
    response = admin_client.post(change_page(phoenix), data)
    assert response.status_code == 200
    assert "Choose the statement that this rests on" in response.content.decode()


def check_data(**answers: object) -> dict[str, object]:
    usual = {"checked_on": "2026-11-01", "checked_with": "provider", "outcome": "confirmed"}
    return usual | answers


def test_a_check_is_recorded_apart_from_editing_and_public_at_once(
    admin_client, client, programme, admin_user
):
    phoenix = programme("gwent", "phoenix-das")
    address = reverse("admin:programmes_programme_check", args=[phoenix.pk])
    page = admin_client.get(change_page(phoenix)).content.decode()
    assert address in page
    answers = check_data(confirmed=["funding", "attendance"])
    assert admin_client.post(address, answers).status_code == 302
    check = Verification.objects.get()
    assert (check.by, check.confirmed) == (admin_user, ["funding", "attendance"])
    public = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert "Checked in part on 1 November 2026: attendance, funding." in public
    check.note = "Changed afterwards"
    with pytest.raises(TypeError):
        check.save()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"checked_on": "2999-01-01", "confirmed": ["funding"]}, "This day has not come yet."),
        ({"confirmed": []}, "Tick what was confirmed."),
        ({"outcome": "nobody-reached", "confirmed": ["funding"]}, "Where nobody was reached"),
        ({"outcome": "fine"}, "Select a valid choice"),
        ({"checked_with": ""}, "This field is required"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused(admin_client, programme, answers, message):
    phoenix = programme("gwent", "phoenix-das")
    address = reverse("admin:programmes_programme_check", args=[phoenix.pk])
    response = admin_client.post(address, check_data(**answers))
    assert message in response.content.decode()
    assert not Verification.objects.exists()


def test_a_published_address_stays(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    page = change_page(phoenix)
    opened = form_data(admin_client.get(page))
    data = opened | {"slug": "phoenix", "area": "", "summary_en": "Another summary."}
    assert admin_client.post(page, data).status_code == 302
    saved = programme("gwent", "phoenix-das")
    assert saved.summary_en == "Another summary."


def test_saving_is_not_checking(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    data = unchanged(admin_client, change_page(phoenix)) | {"summary_en": "Saved."}
    admin_client.post(change_page(phoenix), data)
    publish = reverse("admin:programmes_programme_publish", args=[phoenix.pk])
    page = admin_client.post(publish, {"why": "Saved and published."}, follow=True).content.decode()
    address = reverse("admin:programmes_programme_check", args=[phoenix.pk])
    told = f'Publishing records nothing as checked: <a href="{address}">Record a check…</a>'
    assert told in page
    counts = "Still to be confirmed before the entry counts as checked: "
    assert f"{counts}Referral route; Who it is for; Whether it runs." in page
    entry = standing_edition(programme("gwent", "phoenix-das")).entry
    assert (entry.summary.en, entry.last_checked) == ("Saved.", None)

    admin_client.post(address, check_data(confirmed=["referral_route", "eligibility"]))
    assert f"{counts}Whether it runs." in admin_client.get(change_page(phoenix)).content.decode()
    admin_client.post(address, check_data(confirmed=["status"]))
    assert counts not in admin_client.get(change_page(phoenix)).content.decode()
    data = unchanged(admin_client, change_page(phoenix)) | {"summary_en": "Saved again."}
    admin_client.post(change_page(phoenix), data)
    page = admin_client.post(publish, {"why": "Saved again."}, follow=True).content.decode()
    assert "Published: the public sees this entry as it is here." in page
    assert told not in page


def test_the_list_takes_the_same_queries_however_many_entries(admin_client, many_entries):
    address = reverse("admin:programmes_programme_changelist")
    with CaptureQueriesContext(connection) as before:
        admin_client.get(address)
    many_entries(30)
    with CaptureQueriesContext(connection) as after:
        admin_client.get(address)
    assert len(after) == len(before)


def test_the_same_route_twice_is_told_and_nothing_is_lost(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    words = phoenix.statements.get(field="referral_route")
    data = unchanged(admin_client, change_page(phoenix)) | {
        "summary_en": "Typed before the mistake.",
        "referrals-TOTAL_FORMS": "2",
        "referrals-1-programme": str(phoenix.pk),
        "referrals-1-route": "any-agency",
        "referrals-1-statement": str(words.pk),
    }
    response = admin_client.post(change_page(phoenix), data)
    assert response.status_code == 200
    assert "Please correct the duplicate data for route" in response.content.decode()
    assert "Typed before the mistake." in response.content.decode()


def test_a_new_entry_from_nothing_to_published(admin_client, client, programme):
    """Without a text in one language it waits, unless somebody says why it cannot."""
    area = programme("north-wales", "adapt").area
    add = admin_client.get(reverse("admin:programmes_programme_add"))
    assert add.url == reverse("admin:programmes_programme_transcribe_new")
    new = Programme.objects.create(
        name_en="A new programme", area=area, slug="new", stage="community", status="listed"
    )
    publish = reverse("admin:programmes_programme_publish", args=[new.pk])
    preview = reverse("admin:programmes_programme_preview", args=[new.pk, "en"])
    assert "Add a statement with its source first" in admin_client.get(publish).content.decode()
    assert admin_client.get(preview).status_code == 302
    admin_client.post(publish, {"why": "It is new."})
    assert client.get("/programmes/").status_code == 200
    assert client.get("/programmes/north-wales/new/").status_code == 404

    letter = a_letter()
    data = unchanged(admin_client, change_page(new)) | {
        "new-field": "programme",
        "new-source": str(letter.pk),
        "new-place_en": "first page",
        "new-text": "A new programme",
        "new-replaces": "adds",
        "status_rests_on": "new",
    }
    assert admin_client.post(change_page(new), data).status_code == 302
    page = admin_client.post(publish, {"why": "It is new."}).content.decode()
    assert "The place of a statement is missing in Welsh." in page
    assert "The summary is missing in English." in page
    assert client.get("/programmes/north-wales/new/").status_code == 404
    exception = {"language_why": "The translator is away.", "language_due": "2020-01-01"}
    late = admin_client.post(publish, {"why": "It is new.", **exception}).content.decode()
    assert "This day has passed." in late
    exception["language_due"] = "2999-01-01"
    admin_client.post(publish, {"why": "It is new.", **exception})
    assert client.get("/programmes/north-wales/new/").status_code == 200
    assert standing_edition(new).language_why == "The translator is away."


def test_words_cannot_be_put_into_the_submissions_mouth(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    submission = Source.objects.get()
    data = unchanged(admin_client, change_page(phoenix)) | {
        "statements-TOTAL_FORMS": "1",
        "statements-0-programme": str(phoenix.pk),
        "statements-0-field": "about",
        "statements-0-basis": "stated",
        "statements-0-source": str(submission.pk),
        "statements-0-place_en": "page 1",
        "statements-0-text": "INVENTED WORDS",
    }
    assert admin_client.post(change_page(phoenix), data).status_code == 200
    add = reverse("admin:programmes_statement_add")
    data = {"source": str(submission.pk), "field": "development", "text": "INVENTED"}
    assert admin_client.post(add, data).status_code == 200
    change = reverse("admin:programmes_source_change", args=[submission.pk])
    assert admin_client.post(change, {"slug": "other"}).status_code == 403
    assert not Statement.objects.filter(text__startswith="INVENTED").exists()


def test_a_published_entry_is_withdrawn_not_deleted(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    delete = reverse("admin:programmes_programme_delete", args=[phoenix.pk])
    assert admin_client.get(delete).status_code == 403
    listing = admin_client.get(reverse("admin:programmes_programme_changelist")).content.decode()
    assert "delete_selected" not in listing


def test_a_change_of_the_words_a_reading_rests_on_is_shown(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    other = phoenix.statements.get(text__startswith="In Gwent, there is currently")
    phoenix.referrals.update(statement=other)
    publish = reverse("admin:programmes_programme_publish", args=[phoenix.pk])
    page = admin_client.get(publish).content.decode()
    assert "In Gwent, there is currently limited provision" in page
    assert "Nothing: the public sees all of this already." not in page


def test_publishing_is_in_the_log_of_the_admin(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.summary_en = "Another summary."
    phoenix.save()
    address = reverse("admin:programmes_programme_publish", args=[phoenix.pk])
    admin_client.post(address, {"why": "A better summary."})
    assert LogEntry.objects.get().change_message == "publish: A better summary."


def test_an_entry_takes_the_same_queries_however_many_readings(admin_client, programme):
    clear = programme("south-wales", "clear")
    words = clear.statements.get(field="eligibility")
    with CaptureQueriesContext(connection) as before:
        admin_client.get(change_page(clear))
    for answer in ("sex:man", "sex:woman", "age:adult", "stalking:yes"):
        clear.criteria.create(answer=answer, statement=words)
    with CaptureQueriesContext(connection) as after:
        admin_client.get(change_page(clear))
    assert len(after) == len(before)
