"""What is refused in the admin, without a script: why, and what to do now."""

import re
from html import unescape

import pytest
from django.test import Client

from programmes.models import Source
from tests.admin.test_admin import change_page, unchanged

pytestmark = pytest.mark.django_db

SENT_AGAIN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def strict(signed_in, programme) -> Client:
    client = signed_in("Area editor", areas=("gwent",))
    client.handler.enforce_csrf_checks = True
    return client


def test_a_page_older_than_the_last_sign_in_is_sent_once_more(strict, programme):
    phoenix = programme("gwent", "phoenix-das")
    typed = unchanged(strict, change_page(phoenix)) | {"summary_en": "Typed <b>before</b>."}
    for stale in ({"csrfmiddlewaretoken": "x" * 64}, {}):
        refused = strict.post(change_page(phoenix), typed | stale)
        assert refused.status_code == 403
    page = refused.content.decode()
    assert "This page was open while somebody signed in or out in another tab" in page
    assert f'<form method="post" action="{change_page(phoenix)}">' in page
    again = {name: unescape(value) for name, value in SENT_AGAIN.findall(page)}
    assert strict.post(change_page(phoenix), again).status_code == 302
    assert programme("gwent", "phoenix-das").summary_en == "Typed <b>before</b>."


def test_what_another_site_sends_or_what_is_secret_is_not_kept(strict, programme):
    add = "/admin/programmes/source/add/"
    from_elsewhere = {"Origin": "https://example.org"}
    page = strict.post(add, {"title_en": "CANARY"}, headers=from_elsewhere).content.decode()
    assert "CANARY" not in page
    assert f'<a href="{add}">Open the page anew</a>' in page
    page = strict.post("/admin/password_change/", {"old_password": "CANARY"}).content.decode()
    assert "Nothing was saved." in page
    assert "CANARY" not in page
    assert not Source.objects.filter(title_en="CANARY").exists()
    # In another tab somebody has signed in already.
    assert strict.post("/admin/login/", {"username": "me"}).url == "/admin/"


def test_whoever_signed_out_in_another_tab_is_told_to_open_the_page_anew(db):
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    refused = client.post("/admin/login/", {"username": "me", "password": "CANARY"})
    assert refused.status_code == 403
    assert '<a href="/admin/login/">Open the page anew</a>' in refused.content.decode()
    assert "CANARY" not in refused.content.decode()


def test_a_link_of_a_mail_to_who_may_not_says_what_to_do(signed_in, programme):
    publish = change_page(programme("gwent", "phoenix-das")).replace("change", "publish")
    refused = signed_in("Area editor", areas=("gwent",)).get(publish)
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "an administrator gives roles and areas" in page
    assert '<a href="/admin/">What waits for you</a>' in page
    assert '<html lang="en' in page
