"""Requests that nobody honest sends. `tests/faults/` has thousands more."""

from io import BytesIO

import pytest
from django.test import Client

from core.body_limit import REFUSED, BodyLimit
from tests.asking import ask
from tests.faults.hostile import Fields

pytestmark = pytest.mark.django_db

PROGRAMME = "/admin/programmes/programme"
HUGE = "9" * 30
SENTENCES = {
    400: ("We could not read this request", "Ni allem ddarllen"),
    404: ("Page not found", "Ni chanfuwyd y dudalen"),
    405: ("This page cannot be asked for in this way", "Ni ellir gofyn am y dudalen hon fel hyn"),
    414: ("This address is too long", "Mae’r cyfeiriad hwn yn rhy hir"),
    501: ("It asks for something that no page here does", "Mae’n gofyn am rywbeth nad oes"),
}
FROM_ANYBODY = [
    ("GET", "/pro\0grammes/", 400),
    ("GET", "/cy/\0", 400),
    ("GET", "/" + "x" * 1_001, 414),
    ("GET", "/cy/rhaglenni/?q=" + "x" * 8_000, 414),
    ("POST", "/programmes/", 405),
    ("DELETE", "/cy/cymorth/", 405),
    ("TRACE", "/admin/login/", 405),
    ("PROPFIND", "/", 501),
    ("FOO", "/cy/", 501),
]
FROM_ADMINISTRATORS = [
    (f"{PROGRAMME}/{HUGE}/change/", 404),
    (f"{PROGRAMME}/{HUGE}/check/", 404),
    (f"{PROGRAMME}/1/edition/{HUGE}/", 404),
    (f"{PROGRAMME}/?p={HUGE}", 400),
    (f"{PROGRAMME}/?area__id__exact={HUGE}", 400),
    (f"{PROGRAMME}/?q=%00", 400),
    (f"{PROGRAMME}/?%00=1", 400),
    (f"{PROGRAMME}/?statements__source__slug__regex=(", 400),
    ("/admin/accounts/user/?password__startswith=md5", 400),
    (f"{PROGRAMME}/?_popup=1&_to_field=version", 400),
    ("/admin/accounts/signinevent/?at__year=99999", 302),
]


@pytest.mark.parametrize(("method", "path", "status"), FROM_ANYBODY)
def test_anybody_is_refused_in_the_language_of_the_address(client, method, path, status):
    path, _mark, query = path.partition("?")
    response = client.generic(method, path, QUERY_STRING=query)
    assert response.status_code == status
    assert SENTENCES[status][path.startswith("/cy/")] in response.content.decode()
    assert "0808 80 10 800" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert ("Allow" in response) == (status == 405)


@pytest.mark.parametrize(("path", "status"), FROM_ADMINISTRATORS)
def test_the_admin_looks_nothing_up_that_it_should_not(admin_client, path, status):
    admin_client.raise_request_exception = False
    assert admin_client.get(path).status_code == status


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "export_admin_action", "_selected_action": HUGE},
        {"action": "export_admin_action", "_selected_action": "\0"},
        {"action": "\0"},
        {"select_across": HUGE},
    ],
)
def test_no_field_of_the_admin_holds_what_no_row_can(admin_client, sent):
    response = admin_client.post(f"{PROGRAMME}/", sent)
    assert response.status_code == 400
    assert "Nothing was changed" in response.content.decode()


def test_a_cookie_can_hold_any_byte_and_is_refused():
    client = Client(headers={"cookie": 'sessionid="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'})
    assert client.get("/admin/").status_code == 400
    assert client.get("/").status_code == 200  # public pages read no cookie


def test_a_form_in_a_code_that_is_no_text_is_refused(client):
    kind = "multipart/form-data; boundary=zz; charset=rot13"
    assert client.generic("POST", "/check/", b"--zz--", kind).status_code == 400


def test_a_body_in_chunks_gets_a_length_that_django_can_read():
    said: list[dict] = []

    def answer(environ, start_response):
        said.append(environ)
        start_response("200 OK", [])
        return []

    limited = BodyLimit(answer)
    for path, body, length in [("/check/", b"x=1", "3"), ("/check/", b"x" * 9_000, "0")]:
        sent = {"wsgi.input": BytesIO(body), "HTTP_TRANSFER_ENCODING": "chunked"}
        ask(limited, path, "POST", **sent)  # type: ignore[arg-type]
        assert said[-1]["CONTENT_LENGTH"] == length
    assert said[0]["wsgi.input"].read() == b"x=1"
    assert "HTTP_TRANSFER_ENCODING" not in said[0]
    assert said[1][REFUSED] == 413


def test_whoever_refuses_cookies_is_told_that_signing_in_needs_them():
    client = Client(enforce_csrf_checks=True)
    refused = client.post("/admin/login/", {"username": "ann", "password": "x"})
    assert refused.status_code == 403
    assert "Signing in needs cookies" in refused.content.decode()
    client.get("/admin/login/")
    stale = client.post("/admin/login/", {"csrfmiddlewaretoken": "x" * 64})
    assert "Open the page anew" in stale.content.decode()


def test_a_form_that_claims_any_number_of_rows_is_built_up_to_a_bound(admin_client):
    page = f"{PROGRAMME}/1/change/"
    sent = Fields(admin_client.get(page).content.decode()).found
    answer = admin_client.post(page, sent | {"fundings-TOTAL_FORMS": "100000"})
    assert "Please submit at most 100 forms." in answer.content.decode()
    formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    assert max(len(formset.forms) for formset in formsets) == 100
