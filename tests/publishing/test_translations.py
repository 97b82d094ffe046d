"""Welsh content cannot fall behind its English unseen."""

import json
from typing import Any

import pytest
from django.urls import reverse

from core.welsh import is_older
from programmes.domain.entry import Entry
from programmes.models import Organisation, Programme, Source
from programmes.publishing.draft import entry_of
from programmes.publishing.editions import standing_edition
from programmes.publishing.load_back import load_back
from programmes.publishing.publish import NothingToPublishError, has_unpublished_changes, publish
from programmes.publishing.translations import texts_of
from tests.admin.test_admin import change_page, form_data

pytestmark = pytest.mark.django_db

NOTE = "Gall y testun Cymraeg hwn fod yn hŷn na’r Saesneg."
BESIDE = "Out of date: the English was edited since this Welsh was written or confirmed."
TOLD = "he summary was edited in English since its Welsh was written or confirmed."
WELSH_PAGE = "/cy/rhaglenni/gwent/phoenix-das/"


@pytest.fixture
def phoenix(programme):
    """The entry anew, with a text of each kind from a later source."""

    def find() -> Programme:
        return programme("gwent", "phoenix-das")

    letter = Source.objects.create(
        slug="letter",
        kind="document",
        title_en="Letter",
        title_cy="Llythyr",
        publisher_en="A charity",
        publisher_cy="Elusen",
        dated="2026-05-12",
    )
    words = find().statements.create(
        source=letter,
        field="provider",
        text="A charity runs it.",
        text_cy="Elusen sy’n ei redeg.",
        place_en="page 1",
        place_cy="tudalen 1",
    )
    summary = {"summary_en": "Summed up.", "summary_cy": "Wedi’i grynhoi.", "statement": words}
    find().evaluations.create(state="awaited", **summary)
    find().developments.create(kind="pilot", expected=True, **summary)
    charity = Organisation.objects.create(name_en="A charity", name_cy="Elusen")
    find().involvements.create(organisation=charity, role="provider", statement=words)
    find().contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        email="referrals@example.org",
        source=letter,
        checked_on="2026-06-01",
    )
    return find


def edit(row, name: str, text: str) -> None:
    column = f"{name}_en" if hasattr(row, f"{name}_en") else name
    type(row)._default_manager.filter(pk=row.pk).update(**{column: text})
    type(row)._default_manager.get(pk=row.pk).save()


def test_an_english_edit_is_marked_until_one_tick_confirms_the_welsh(
    admin_client, client, phoenix, admin_user
):
    publish(phoenix(), by=admin_user, why="A letter came.")
    assert NOTE not in client.get(WELSH_PAGE).content.decode()
    page = admin_client.get(change_page(phoenix()))
    assert BESIDE not in page.content.decode()

    admin_client.post(change_page(phoenix()), form_data(page) | {"summary_en": "Another."})
    page = admin_client.get(change_page(phoenix()))
    assert page.content.decode().count(BESIDE) == 1
    assert TOLD in page.content.decode()
    home = admin_client.get(reverse("admin:index")).content.decode()
    assert "Welsh older than its English: 1" in home
    publish(phoenix(), by=admin_user, why="The summary.")
    assert client.get(WELSH_PAGE).content.decode().count(NOTE) == 1
    english = client.get("/programmes/gwent/phoenix-das/").content.decode()
    assert "app-older-welsh" not in english

    admin_client.post(change_page(phoenix()), form_data(page) | {"welsh_holds": "on"})
    assert BESIDE not in admin_client.get(change_page(phoenix())).content.decode()
    assert has_unpublished_changes(phoenix())
    edition = publish(phoenix(), by=admin_user, why="The Welsh was confirmed.")
    assert NOTE not in client.get(WELSH_PAGE).content.decode()
    assert not edition.changes.exists()
    with pytest.raises(NothingToPublishError):
        publish(phoenix(), by=admin_user, why="Once more.")


def rows_with_welsh(programme: Programme) -> dict[str, tuple[Any, str]]:
    """What a text is → a row that holds one, and the name of its pair of columns."""
    words = programme.statements.get(field="provider")
    return {
        "name of an organisation": (programme.involvements.get().organisation, "name"),
        "place of a statement": (words, "place"),
        "publisher of a source": (words.source, "publisher"),
        "summary": (programme, "summary"),
        "summary of a development": (programme.developments.get(kind="pilot"), "summary"),
        "summary of an evaluation": (programme.evaluations.get(), "summary"),
        "team of a contact": (programme.contacts.get(), "team"),
        "title of a source": (words.source, "title"),
        "translation of a statement": (words, "text"),
    }


def test_every_kind_of_text_is_bound_to_its_english(client, phoenix, admin_user):
    texts = [text for text in texts_of(entry_of(phoenix())) if text.text.en and text.text.cy]
    rows = rows_with_welsh(phoenix())
    assert sorted({text.what for text in texts}) == sorted(rows)
    for what, (row, name) in rows.items():
        edit(row, name, "Other words")
        assert is_older(type(row)._default_manager.get(pk=row.pk), name), what
    older = {text.what for text in texts_of(entry_of(phoenix())) if text.text.cy_older}
    assert sorted(older) == sorted(rows)
    publish(phoenix(), by=admin_user, why="All of it.")
    assert client.get(WELSH_PAGE).content.decode().count(NOTE) >= len(rows)

    for what, (row, name) in rows.items():
        again = type(row)._default_manager.get(pk=row.pk)
        setattr(again, f"{name}_cy", "Geiriau eraill")
        again.save()
        assert not is_older(again, name), what


def test_a_row_of_the_page_is_confirmed_on_the_page(admin_client, phoenix):
    contact, evaluation = phoenix().contacts.get(), phoenix().evaluations.first()
    edit(contact, "team", "Duty desk")
    edit(evaluation, "summary", "Other words.")
    page = admin_client.get(change_page(phoenix()))
    assert page.content.decode().count(BESIDE) == 2
    ticks = {"contacts-0-welsh_holds": "on", "evaluations-0-welsh_holds": "on"}
    saved = admin_client.post(change_page(phoenix()), form_data(page) | ticks)
    assert saved.status_code == 302, saved.context["errors"]
    assert BESIDE not in admin_client.get(change_page(phoenix())).content.decode()


def test_neither_white_space_nor_taking_an_edit_back_makes_welsh_old(phoenix):
    before = phoenix().summary_en
    edit(phoenix(), "summary", "Another.")
    assert is_older(phoenix(), "summary")
    edit(phoenix(), "summary", before.replace(" ", "\r\n"))
    assert not is_older(phoenix(), "summary")


def test_its_age_is_loaded_back_with_a_text(phoenix, admin_user):
    edit(phoenix().evaluations.first(), "summary", "Other words.")
    edition = publish(phoenix(), by=admin_user, why="Other words.")
    changed = phoenix().evaluations.first()
    changed.summary_cy = "Geiriau eraill."
    changed.save()
    publish(phoenix(), by=admin_user, why="And in Welsh.")
    load_back(phoenix(), edition, by=None)
    assert is_older(phoenix().evaluations.first(), "summary")
    assert entry_of(phoenix()).as_document() == edition.document


def test_an_edition_of_before_reads_as_up_to_date(phoenix, programme):
    edition = standing_edition(programme("gwent", "cara"))
    assert edition
    text = json.dumps(edition.document)
    for mark in ('"cy_older": false', '"words_cy_older": false'):
        assert mark in text
        text = text.replace(f", {mark}", "")
    assert Entry.from_document(json.loads(text)) == edition.entry


def test_the_page_of_parity_leads_to_what_lacks(signed_in, admin_client, phoenix):
    address = reverse("admin:programmes_programme_welsh")
    page = admin_client.get(address).content.decode()
    assert "<li>Nothing.</li>" in page

    edit(phoenix(), "summary", "Another.")
    Source.objects.filter(slug="letter").update(title_cy="")
    page = admin_client.get(address).content.decode()
    assert f'<a href="{change_page(phoenix())}">Phoenix DAS (Gwent)</a><ul>' in page
    assert TOLD in page
    assert "Letter (12 May 2026)</a><ul><li>The title of a source is missing in Welsh.</li>" in page
    elsewhere = signed_in("Area editor", areas=("north-wales",)).get(address).content.decode()
    assert "Phoenix DAS" not in elsewhere
