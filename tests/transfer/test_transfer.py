"""Entries as a spreadsheet: out, in again, and what is said of one that is wrong."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from programmes.models import Programme, Source, Verification
from programmes.publishing.editions import standing_edition
from programmes.publishing.publish import is_changed

pytestmark = pytest.mark.django_db

EXPORT = reverse("admin:programmes_programme_export")
IMPORT = reverse("admin:programmes_programme_import")
CONFIRM = reverse("admin:programmes_programme_process_import")
CSV, XLSX = "0", "1"

Row = dict[str, str]


PROBLEMS = Path(__file__).with_name("transfer_problems.txt").read_text(encoding="utf-8")
"""What a spreadsheet of mistakes is answered, line by line."""


@pytest.fixture
def letter() -> Source:
    return Source.objects.create(
        slug="letter", kind="written-confirmation", title_en="Letter", dated="2026-10-01"
    )


def everything() -> dict[str, list]:
    """Every row of every table that an import could change."""
    models = [
        *apps.get_app_config("programmes").get_models(),
        *apps.get_app_config("forces").get_models(),
    ]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in models
    }


def export(client: Client, file_format: str = CSV, query: str = "") -> bytes:
    response = client.post(EXPORT + query, {"format": file_format, "resource": "0"})
    assert response.status_code == 200
    return response.content


def rows_of(file: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def as_csv(rows: list[Row], separator: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Row]) -> bytes:
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(client: Client, file: bytes, name: str = "programmes.csv"):
    content = io.BytesIO(file)
    content.name = name
    return client.post(IMPORT, {"file": content})


def changes(page) -> list[tuple[str, str, str]]:
    """Column, old and new, as the preview shows them."""
    return [
        (each.column, each.old, each.new)
        for change in page.context["intake"].changes
        for each in change.shown
    ]


def problems(page) -> list[str]:
    assert "held" not in page.context
    return [str(problem) for problem in page.context["intake"].problems]


def confirm(client: Client, page):
    return client.post(CONFIRM, {"held": page.context["held"]})


def exported(client: Client, slug: str, area: str = "gwent") -> Row:
    return next(
        row for row in rows_of(export(client)) if (row["area"], row["slug"]) == (area, slug)
    )


def test_what_an_export_says(admin_client):
    row = exported(admin_client, "phoenix-das")
    identifier = row.pop("id")
    assert re.fullmatch("[0-9a-f-]{36}", identifier)
    assert row.pop("summary_en").startswith("In November 2023 it was spot purchased")
    assert row.pop("summary_cy").startswith("Ym mis Tachwedd 2023")
    assert row == {
        "area": "gwent",
        "slug": "phoenix-das",
        "name_en": "Phoenix DAS",
        "name_cy": "",
        "stage": "community",
        "status": "spot-purchase",
        "attendance": "voluntary",
        "longevity": "not-stated",
        "delivery_language": "not-stated",
        "accreditation": "not-stated",
        "partner_support": "not-stated",
        "taking_referrals": "not-stated",
        "routes": "any-agency",
        "usual_routes": "not-stated",
        "only_these_routes": "no",
        "accepts": "not-stated",
        "only": "not-stated",
        "excludes": "not-stated",
        "funding": "not-stated:current:spot-purchase",
        "source": "",
        "place_en": "",
        "place_cy": "",
        **{
            f"words_{field}": ""
            for field in (
                *("attendance", "referral_route", "eligibility", "funding"),
                *("longevity", "status", "programme", "about"),
            )
        },
    }


@pytest.mark.parametrize("file_format", [CSV, XLSX])
def test_an_export_taken_in_again_changes_nothing(admin_client, tmp_path, file_format):
    odd = ["=1+1", "'=1+1", "'quoted'", "+44", "a\r\nb", "#N/A", "007", "“Tŷ”; ŵ", "-", "@x", "'"]
    for text, programme in zip(odd, Programme.objects.all(), strict=False):
        Programme.objects.filter(pk=programme.pk).update(summary_en=text, name_cy=text[:5])
    file, before = export(admin_client, file_format), everything()
    page = upload(admin_client, file)
    assert (page.context["intake"].rows, changes(page)) == (18, [])
    assert "Nothing to change" in page.content.decode()
    path = tmp_path / "programmes"
    path.write_bytes(file)
    call_command("import_programmes", path, stdout=(said := io.StringIO()), stderr=io.StringIO())
    assert said.getvalue() == "Imported: 0 new, 0 changed, 18 as they were.\n"
    assert everything() == before
    assert not LogEntry.objects.exists()


def test_no_exported_cell_is_a_formula(admin_client, programme):
    Programme.objects.filter(slug="phoenix-das").update(summary_en="=1+1", summary_cy="'=1+1")
    row = exported(admin_client, "phoenix-das")
    assert (row["summary_en"], row["summary_cy"]) == ("'=1+1", "''=1+1")
    book = load_workbook(io.BytesIO(export(admin_client, XLSX)))
    assert "f" not in {cell.data_type for cells in book.active for cell in cells}


def test_a_change_is_seen_confirmed_and_not_public_before_it_is_published(
    admin_client, client, programme, letter
):
    phoenix = programme("gwent", "phoenix-das")
    other_tables = {
        name: rows for name, rows in everything().items() if name in ("Edition", "Term")
    }
    row = exported(admin_client, "phoenix-das") | {
        "name_cy": "Ffenics",
        "routes": "self; police",
        "usual_routes": "self",
        "accepts": "sex:man; risk:medium",
        "only": "sex:man",
        "attendance": "not-stated",
        "funding": "pcc:current:sole",
        "source": "letter",
        "place_en": "page 2",
        "words_referral_route": "Men refer themselves, or the police do.",
        "words_eligibility": "Men only, at medium risk.",
    }
    page = upload(admin_client, as_csv([row]))
    assert changes(page) == [
        ("name_cy", "", "Ffenics"),
        ("words_referral_route", "", "Men refer themselves, or the police do."),
        ("words_eligibility", "", "Men only, at medium risk."),
        ("attendance", "voluntary", "not-stated"),
        ("routes", "any-agency", "self; police"),
        ("usual_routes", "not-stated", "self"),
        ("accepts", "not-stated", "sex:man; risk:medium"),
        ("only", "not-stated", "sex:man"),
        ("funding", "not-stated:current:spot-purchase", "pcc:current:sole"),
    ]
    rests_on = "rests on: “Spot purchase arrangements” (Policing in Wales submission"
    assert rests_on in page.content.decode()
    assert programme("gwent", "phoenix-das").version == phoenix.version
    assert confirm(admin_client, page).status_code == 302

    phoenix = programme("gwent", "phoenix-das")
    route = phoenix.statements.get(field="referral_route", source=letter)
    who = phoenix.statements.get(field="eligibility", source=letter)
    assert (route.text, route.place_en, route.basis) == (
        "Men refer themselves, or the police do.",
        "page 2",
        "stated",
    )
    assert list(phoenix.referrals.values_list("route", "usual", "statement")) == [
        ("self", True, route.pk),
        ("police", False, route.pk),
    ]
    assert list(phoenix.criteria.values_list("answer", "accepted", "only", "statement")) == [
        ("sex:man", True, True, who.pk),
        ("risk:medium", True, False, who.pk),
    ]
    funding = phoenix.fundings.get()
    assert (funding.funder, funding.statement.text) == ("pcc", "Spot purchase arrangements")
    assert (phoenix.attendance, phoenix.attendance_rests_on) == ("not-stated", None)
    assert (phoenix.version, is_changed(phoenix)) == (2, True)
    assert {n: rows for n, rows in everything().items() if n in ("Edition", "Term")} == other_tables
    assert "Ffenics" not in client.get("/programmes/gwent/phoenix-das/").content.decode()
    log = LogEntry.objects.get()
    assert (log.object_id, log.user.username) == (str(phoenix.pk), "admin")
    assert log.change_message.startswith("import: name_cy, words_referral_route")
    assert not Verification.objects.exists()

    before = everything()
    assert changes(upload(admin_client, as_csv([row]))) == []
    assert everything() == before


def test_what_did_not_change_keeps_its_words_and_dates(admin_client, programme, letter):
    phoenix = programme("gwent", "phoenix-das")
    older = phoenix.statements.get(field="referral_route")
    kept = phoenix.referrals.get()
    phoenix.fundings.update(funder="pcc", start="2020-01-01", start_precision="year")
    for text in ("The newest words.", "Words of another place."):
        phoenix.statements.create(
            source=letter, field="referral_route", text=text, place_en="page 1", replaces=None
        )
    newest = phoenix.statements.get(text="The newest words.")
    phoenix.statements.filter(text="Words of another place.").update(
        source=Source.objects.get(slug="submission-2023-11-17")
    )
    later = Source.objects.create(slug="s", kind="document", title_en="S", dated="2026-11-01")
    taken_back = phoenix.statements.create(
        source=later, field="referral_route", text="A slip of the pen.", place_en="page 1"
    )
    phoenix.statements.filter(pk=newest.pk).update(replaces=taken_back)
    columns = {"id": str(phoenix.uuid), "routes": "any-agency; self", "funding": "pcc:former:grant"}
    page = upload(admin_client, as_csv([columns]))
    assert confirm(admin_client, page).status_code == 302
    assert next(iter(phoenix.referrals.values_list("pk", "route", "statement"))) == (
        kept.pk,
        "any-agency",
        older.pk,
    )
    assert phoenix.referrals.get(route="self").statement == newest
    funding = phoenix.fundings.get()
    assert (funding.period, str(funding.start), funding.start_precision) == (
        "former",
        "2020-01-01",
        "year",
    )


def test_a_blank_cell_is_nothing_to_rest_on(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    page = upload(admin_client, as_csv([{"id": str(phoenix.uuid), "longevity": "annual"}]))
    assert problems(page) == [
        "row 2, longevity: no words of this entry are about “How long (funding or service)”; "
        "give them in words_longevity, with their source."
    ]


def test_a_new_entry(admin_client, letter):
    row = {
        "id": "",
        "area": "not-stated",
        "slug": "new",
        "name_en": "Newydd",
        "stage": "community",
        "status": "stopped",
        "attendance": "required",
        "funding": "moj:current:not-stated; not-stated:former:grant; not-stated:former:grant",
        "source": "letter",
        "place_en": "page 1",
        "words_status": "It has stopped.",
        "words_attendance": "You must come.",
        "words_funding": "The MOJ pays.",
    }
    page = upload(admin_client, as_xlsx([row]))
    assert ("attendance", "", "required") in changes(page)
    assert confirm(admin_client, page).status_code == 302
    new = Programme.objects.get(slug="new")
    assert (new.area, new.version, standing_edition(new)) == (None, 1, None)
    assert new.status_rests_on.text == "It has stopped."
    assert new.attendance_rests_on.text == "You must come."
    assert new.fundings.count() == 3
    again = exported(admin_client, "new", "not-stated")
    assert (again["status"], again["attendance"]) == ("stopped", "required")
    assert LogEntry.objects.get().is_addition()


def test_every_mistake_is_told_at_once_by_row_and_column(admin_client, letter):
    phoenix = exported(admin_client, "phoenix-das")
    clear = exported(admin_client, "clear", "south-wales")
    silent = dict.fromkeys(("attendance", "routes", "funding"), "not-stated")
    told = {"source": "letter", "place_en": "page 1", "words_programme": "Newydd"}
    new = phoenix | silent | told | {"id": "", "slug": "new", "status": "listed"}
    mistakes = [
        phoenix | {"stage": "court", "routes": "polic; self; x", "only_these_routes": "TRUE"},
        phoenix,
        phoenix | {"id": "12", "status": ""},
        phoenix | {"id": "00000000-0000-4000-8000-000000000000", "accepts": ""},
        new | {"name_en": "", "attendance": "", "summary_cy": "a\x07b"},
        new | {"area": "powys", "name_en": "n" * 201, "slug": "not a slug"},
        new | {"slug": "clear", "area": "south-wales"},
        new | {"slug": "two", "source": "submission-2023-11-17"},
        new | {"slug": "two", "source": "nothing", "place_en": "p" * 201},
        new | {"slug": "three", "source": "", "place_en": ""},
        new | {"slug": "four", "routes": "self", "accreditation": "accredited"},
        new | {"slug": "five", "status": "stopped", "routes": "self; not-stated"},
        clear | {"slug": "moved", "usual_routes": "police", "only": "sex:man"},
        clear | {"accepts": "risk:high", "excludes": "risk:high"},
        clear | {"funding": "pcc; moj:x:grant; not-stated:current:not-stated"},
        clear | {"funding": "pcc:current:sole; pcc:current:joint"},
    ]
    before = everything()
    page = upload(admin_client, as_csv([row | {"funder": "pcc"} for row in mistakes]))
    found = problems(page)
    assert found.pop(0).startswith("row 1, funder: there is no such column; there are: id, area, ")
    assert found == PROBLEMS.splitlines()
    text = page.content.decode()
    assert f"{len(found) + 1} to put right" in text
    assert "“polic”, “x”: there is no such code; there are: any-agency" in text
    assert everything() == before


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "The first row has no headings."),
        (b"\n\n", "The first row has no headings."),
        (b"id,slug\r\n", "There are no rows below the headings."),
        ("id,name_en\r\n,T\xf4\r\n".encode("latin-1"), "a CSV file that is not in UTF-8"),
        ("id,name_en\n,x".encode("utf-16"), "a CSV file that is not in UTF-8"),
        (b"id\0,slug\n", "This is no spreadsheet"),
        (b'id,slug\n,"open', "The CSV file breaks off near line 2"),
        (b"PK\x03\x04 not a zip", "The workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel workbook"),
        (b"id\n" + b"x\n" * 20_001, "There are more than 20,000 rows"),
        (b"id\n" + b"x" * 2_000_000, "The file has 1.9\xa0MB and may have 1.0\xa0MB"),
    ],
)
def test_what_is_no_spreadsheet_is_told_why(admin_client, file, message):
    page = upload(admin_client, file)
    assert (page.status_code, "intake" in page.context) == (200, False)
    assert message in page.content.decode()


def test_headings_and_cells_that_do_not_fit(admin_client):
    page = upload(admin_client, b"slug,,slug\na,b,c,d\ne,f\ng,h,i\n")
    assert problems(page) == [
        "row 1, column B: the heading is missing.",
        "row 1, id: the column is missing; leave its cells empty to add.",
        "row 1, slug: the column stands there twice.",
        "row 2: there are more cells than headings.",
        "row 3: there are fewer cells than headings.",
    ]
    page = upload(admin_client, as_xlsx([{"id": "x", "summary_en": "=1+1"}]))
    assert "row 2, summary_en: this is a formula; put its result in." in problems(page)


@pytest.mark.parametrize(("separator", "line_end"), [(",", "\n"), (";", "\r\n"), ("\t", "\r\n")])
def test_csv_as_other_programs_write_it(admin_client, separator, line_end):
    row = exported(admin_client, "phoenix-das") | {"routes": "self; any-agency"}
    file = as_csv([row], separator).decode().replace("\r\n", line_end).encode()
    assert changes(upload(admin_client, file)) == [("routes", "any-agency", "self; any-agency")]


def test_columns_that_are_left_out_stay_as_they_are(admin_client, programme):
    phoenix = programme("gwent", "phoenix-das")
    phoenix.referrals.update(usual=True)
    page = upload(admin_client, as_csv([{"id": str(phoenix.uuid), "routes": "any-agency; self"}]))
    assert confirm(admin_client, page).status_code == 302
    row = exported(admin_client, "phoenix-das")
    assert (row["routes"], row["usual_routes"]) == ("any-agency; self", "any-agency")
    assert row["name_en"] == "Phoenix DAS"


def test_what_is_confirmed_is_what_was_looked_at(admin_client, client, programme, signed_in):
    row = exported(admin_client, "phoenix-das") | {"name_cy": "Ffenics"}
    page = upload(admin_client, as_csv([row]))
    held = page.context["held"]
    for other in (held[:-1] + ("A" if held[-1] != "A" else "B"), "", "x:y:z", "../../etc/passwd"):
        refused = admin_client.post(CONFIRM, {"held": other})
        assert refused.status_code == 400
        assert "Choose the file again" in refused.content.decode()
    colleague = signed_in("Administrator")
    assert colleague.post(CONFIRM, {"held": held}).status_code == 400
    assert client.post(CONFIRM, {"held": held}).status_code == 302
    assert admin_client.get(CONFIRM).status_code == 405

    Programme.objects.filter(slug="phoenix-das").update(name_cy="Rhywbeth arall")
    overtaken = confirm(admin_client, page)
    assert overtaken.status_code == 409
    assert "Somebody changed one of these entries" in overtaken.content.decode()
    assert changes(overtaken) == [("name_cy", "Rhywbeth arall", "Ffenics")]
    assert programme("gwent", "phoenix-das").name_cy == "Rhywbeth arall"
    assert confirm(admin_client, overtaken).status_code == 302
    assert programme("gwent", "phoenix-das").name_cy == "Ffenics"
    assert confirm(admin_client, overtaken).status_code == 409
    assert programme("gwent", "phoenix-das").version == 2


def test_an_area_editor_exports_and_imports_own_areas_alone(admin_client, signed_in, programme):
    clear = programme("south-wales", "clear")
    theirs = exported(admin_client, "clear", "south-wales")
    client = signed_in("Area editor", areas=("gwent",))
    assert {row["area"] for row in rows_of(export(client))} == {"gwent"}
    for query in (f"?area__id__exact={clear.area_id}", "?q=clear", "?all="):
        assert {row["area"] for row in rows_of(export(client, CSV, query))} <= {"gwent"}
    data = {"format": CSV, "resource": "0", "export_items": [str(clear.pk)]}
    assert client.post(EXPORT, data).headers["Content-Type"].startswith("text/html")

    own = exported(client, "phoenix-das")
    rows = [
        theirs | {"name_en": "Taken"},
        own | {"area": "south-wales"},
        own | {"id": "", "area": "south-wales", "slug": "clear"},
        own | {"id": "", "area": "not-stated", "slug": "bbr"},
        own | {"id": str(clear.uuid), "slug": "clear"},
    ]
    page = upload(client, as_csv(rows))
    not_there = "there is no entry with this identifier among those that you may change."
    not_theirs = "this is not one of the force areas that you look after."
    found = [line for line in problems(page) if ", id:" in line or ", area:" in line]
    assert found == [
        f"row 2, id: {not_there}",
        f"row 2, area: {not_theirs}",
        f"row 3, area: {not_theirs}",
        f"row 4, area: {not_theirs}",
        f"row 5, area: {not_theirs}",
        "row 6, id: row 2 is of the same entry.",
        f"row 6, id: {not_there}",
    ]
    # The page tells nothing of the other area's entry that was not in the file.
    assert "Another entry" not in page.content.decode()
    page = upload(client, as_csv([own | {"name_cy": "Ffenics"}]))
    held = page.context["held"]
    User.objects.get(areas_looked_after__area__slug="gwent").areas_looked_after.all().delete()
    assert client.post(CONFIRM, {"held": held}).status_code == 409
    assert not Programme.objects.filter(name_cy="Ffenics").exists()


@pytest.mark.parametrize(
    ("roles", "areas", "statuses", "buttons"),
    [
        (("Area editor",), ("gwent",), "200 200", "Import Export"),
        (("Publisher",), (), "403 200", "Export"),
        (("Administrator",), (), "200 200", "Import Export"),
        ((), ("gwent",), "403 403", ""),
        (("view",), ("gwent",), "403 200", "Export"),
    ],
)
def test_who_may_import_and_export(signed_in, roles, areas, statuses, buttons):
    client = signed_in(*roles, areas=areas)
    if roles == ("view",):
        may = Permission.objects.get(codename="view_programme")
        User.objects.get(username__startswith="editor-").user_permissions.add(may)
    found = [client.get(address).status_code for address in (IMPORT, EXPORT)]
    assert " ".join(map(str, found)) == statuses
    assert client.post(CONFIRM, {"held": "x"}).status_code == (400 if "Import" in buttons else 403)
    page = client.get(reverse("admin:programmes_programme_changelist")).content.decode()
    assert [name for name in ("Import", "Export") if f">{name}</a>" in page] == buttons.split()


def test_a_selection_is_exported(admin_client, programme):
    chosen = [programme("gwent", "phoenix-das").pk, programme("south-wales", "clear").pk]
    action = {"action": "export_admin_action", "_selected_action": chosen}
    page = admin_client.post(reverse("admin:programmes_programme_changelist"), action)
    assert "Chosen entries: 2." in page.content.decode()
    file = admin_client.post(EXPORT, {"format": CSV, "resource": "0", "export_items": chosen})
    assert {row["slug"] for row in rows_of(file.content)} == {"phoenix-das", "clear"}
    assert 'filename="programmes-' in file["Content-Disposition"]
    assert admin_client.get(EXPORT, {"area__no": "1"}).status_code == 400
    assert admin_client.get(EXPORT, {"area__id__exact": "x"}).status_code == 400
    assert admin_client.post(EXPORT, {"format": "9", "resource": "7"}).status_code == 200


def test_the_pages_hold_no_script_or_style_in_their_html(admin_client):
    phoenix = exported(admin_client, "phoenix-das")
    pages = [
        admin_client.get(reverse("admin:programmes_programme_changelist")),
        admin_client.get(EXPORT),
        admin_client.get(IMPORT),
        upload(admin_client, as_csv([phoenix | {"name_cy": "<script>x</script>"}])),
        upload(admin_client, as_csv([phoenix | {"stage": "<script>x</script>"}])),
    ]
    for page in pages:
        text = page.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", text)


def test_looking_takes_the_same_queries_however_many_rows(admin_client, many_entries):
    def queries() -> int:
        file = as_csv([row | {"name_cy": "Arall"} for row in rows_of(export(admin_client))])
        with CaptureQueriesContext(connection) as before:
            upload(admin_client, file)
        return len(before)

    few = queries()
    many_entries(20)
    assert queries() == few


def test_the_command_says_what_it_would_do_and_does_it(admin_client, tmp_path, programme):
    row = exported(admin_client, "phoenix-das") | {"name_cy": "Ffenics"}
    path, before = tmp_path / "one.csv", everything()
    path.write_bytes(as_csv([row]))
    said, progress = io.StringIO(), io.StringIO()
    call_command("import_programmes", path, dry_run=True, stdout=said, stderr=progress)
    assert said.getvalue() == (
        "row 2, Phoenix DAS (Gwent), name_cy:  → Ffenics\n"
        "Would import: 0 new, 1 changed, 0 as they were.\n"
    )
    assert progress.getvalue() == "read: 1 of 1\n"
    assert everything() == before

    call_command("import_programmes", path, stdout=io.StringIO(), stderr=io.StringIO())
    assert programme("gwent", "phoenix-das").name_cy == "Ffenics"
    assert not LogEntry.objects.exists()

    path.write_bytes(as_csv([row | {"name_cy": "Arall"}, row | {"id": "12"}]))
    said = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was changed: 1 to put right"):
        call_command("import_programmes", path, stderr=said)
    assert "row 3, id: “12” is no identifier" in said.getvalue()
    assert programme("gwent", "phoenix-das").name_cy == "Ffenics"
    for file, message in ((tmp_path / "no.csv", "cannot be read"), (tmp_path, "cannot be read")):
        with pytest.raises(CommandError, match=message):
            call_command("import_programmes", file)


@pytest.mark.parametrize("columns", ["id,area", "id,area,slug"])
def test_no_spreadsheet_moves_what_was_published(admin_client, programme, columns):
    phoenix = programme("gwent", "phoenix-das")
    row = f"{phoenix.uuid},south-wales" + (",phoenix-das" if "slug" in columns else "")
    page = upload(admin_client, f"{columns}\n{row}\n".encode())
    assert "its force area and address stay" in page.content.decode()
    assert programme("gwent", "phoenix-das") == phoenix


def test_what_became_wrong_meanwhile_is_not_said_to_be_imported(admin_client, programme):
    area = programme("gwent", "phoenix-das").area
    draft = Programme.objects.create(
        area=area, slug="draft", name_en="Draft", stage="community", status="listed"
    )
    phoenix = programme("gwent", "phoenix-das")
    file = f"id,name_en\n{phoenix.uuid},Changed\n{draft.uuid},Draft\n".encode()
    held = upload(admin_client, file).context["held"]
    draft.delete()
    answer = admin_client.post(CONFIRM, {"held": held})
    assert answer.status_code == 409
    assert "so nothing was changed" in answer.content.decode()
    assert programme("gwent", "phoenix-das").name_en == "Phoenix DAS"
