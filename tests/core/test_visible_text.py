"""Names that nobody could see or that would read backwards are not taken in."""

import pytest
from django.http import QueryDict

from core.visible_text import visible, visible_fields
from programmes.models import Correction, Organisation

ADD = "/admin/programmes/organisation/add/"


@pytest.mark.parametrize(
    "typed",
    ["\u200b", "\u200d", "\u2060\ufeff", "\u00ad", "\u202e \u202c", "\u3164", "\u2800", "\ufe0f"],
)
def test_what_is_only_invisible_is_nothing(typed):
    assert visible(typed) == ""
    assert visible(f" {typed}\n") == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Phoe\u202enix\u202c", "Phoenix"),
        ("\u2066Cara\u2069\u200f", "Cara"),
        ("\ufeffTŷ\u200b Ŵyl", "Tŷ Ŵyl"),
        ("y\u0302", "y\u0302"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("श्र\u200dी", "श्र\u200dी"),
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("  two\r\nlines ", "  two\r\nlines "),
        ("–", "–"),
    ],
)
def test_the_rest_stays_as_it_was_typed(typed, kept):
    assert visible(typed) == kept


def test_each_value_of_a_field_is_looked_at_and_passwords_stay_as_typed():
    sent = QueryDict("a=\u200b&a=x\u202e&new_password1=x\u202e")
    assert visible_fields(sent) == QueryDict("a=&a=x&new_password1=x\u202e")


@pytest.mark.django_db
def test_an_editor_cannot_save_a_name_that_nobody_sees(admin_client):
    refused = admin_client.post(ADD, {"name_en": "\u200b\u2060", "name_cy": "Darparwr", "page": ""})
    assert "This field is required." in refused.content.decode()
    admin_client.post(ADD, {"name_en": "A \u202eprovider", "name_cy": "Darparwr", "page": ""})
    assert Organisation.objects.filter(name_en="A provider").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"), [("\u200b\u202e", ""), ("It \u202estopped", "It stopped")]
)
def test_what_readers_send_is_looked_at_too(client, typed, kept):
    sent = {"kind": "stopped", "sender": "professional", "text": typed}
    assert client.post("/programmes/gwent/cara/correction/", sent).status_code in (200, 302)
    assert Correction.objects.get().text == kept
