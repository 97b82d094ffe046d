"""More than ten thousand requests that nobody honest sends, by everybody who can send any.

No server error, nothing echoed as it was sent, every refusal in the language of its address, and no
row changed or lost.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from programmes.models import (
    Contact,
    Development,
    Edition,
    Handover,
    Organisation,
    Programme,
)
from programmes.publishing.confirmations import ask
from programmes.publishing.publish import publish
from tests.faults.hostile import CANARY, Attacker, Fields, Hostile

REQUESTS = 4_200  # by each of three
SEED = 20261125
FORM = re.compile(rf"<{CANARY}|<script>{CANARY}")
LANGUAGE = re.compile(r'<html lang="(\w+)"')
ANSWERS = {200, 204, 301, 302, 304, 400, 403, 404, 405, 409, 410, 411, 413, 414, 415, 429, 501}
WRITTEN_BY_ANYBODY = {"programmes.Correction", "accounts.SignInEvent"}
FORMS = [
    "/check/",
    "/cy/gwirio/",
    "/programmes/gwent/cara/correction/",
    "/cy/rhaglenni/gwent/phoenix-das/cywiriad/",
    "/admin/login/",
    "/admin/password_change/",
    "/admin/programmes/programme/",
    "/confirmation/{token}/",
    "/cy/cadarnhad/{token}/",
    "/admin/programmes/programme/transcribe_new/",
    "/admin/programmes/programme/{programme}/change/",
    "/admin/programmes/programme/{programme}/publish/",
    "/admin/programmes/programme/{programme}/withdraw/",
    "/admin/programmes/programme/{programme}/check/",
    "/admin/programmes/programme/{programme}/mistake/{check}/",
    "/admin/programmes/programme/{programme}/transcribe/",
    "/admin/programmes/programme/{programme}/ready/",
    "/admin/programmes/programme/{programme}/send_back/",
    "/admin/programmes/programme/{programme}/ask/",
    "/admin/programmes/programme/{programme}/answers/{answered}/",
    "/admin/programmes/programme/{programme}/load_back/{edition}/",
    "/admin/programmes/programme/{programme}/contact/{contact}/",
    "/admin/programmes/programme/{programme}/delete/",
    "/admin/programmes/source/add/",
    "/admin/programmes/statement/add/",
    "/admin/programmes/development/add/",
    "/admin/programmes/organisation/add/",
    "/admin/programmes/organisation/{organisation}/change/",
    "/admin/forces/forcearea/{area}/change/",
    "/admin/forces/forcearea/publish/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{user}/change/",
    "/admin/accounts/user/{user}/password/",
    "/admin/auth/group/add/",
    "/admin/accounts/user/",
]


def everything() -> dict[str, set[tuple]]:
    """Every row that somebody wrote on purpose, as it stands."""
    models = [
        m for app in ("forces", "programmes", "auth") for m in apps.get_app_config(app).get_models()
    ]
    return {
        model._meta.label: {tuple(map(str, row)) for row in model._default_manager.values_list()}
        for model in models
    }


OTHERS = "Known to no area but its own"


@pytest.fixture
def waiting(programme, admin_user) -> dict[str, object]:
    """A draft that is ready, a check, a link to a provider and its answers; and what is another
    area's alone and not public."""
    phoenix = programme("gwent", "phoenix-das")
    provider = Organisation.objects.create(name_en="Somebody", name_cy="Rhywun")
    words = phoenix.statements.first()
    phoenix.involvements.create(organisation=provider, role="provider", statement=words)
    edition = publish(phoenix, by=None, why="Its provider is named.")
    token = ask(phoenix, by=admin_user)
    answered = phoenix.confirmationrequest_set.create(
        by=admin_user, edition=edition, answered_at=timezone.now()
    )
    check = phoenix.verifications.create(
        checked_with="provider", outcome="nobody-reached", by=admin_user
    )
    Handover.objects.create(programme=phoenix, ready_by=admin_user, by=admin_user, note="It is.")
    clear = programme("south-wales", "clear")
    Programme.objects.filter(pk=clear.pk).update(summary_en=OTHERS)
    fact = {"kind": "policy", "expected": False, "statement": words, "summary_en": OTHERS}
    Development.objects.create(area=clear.area, **fact)
    clear.developments.create(**fact | {"statement": clear.statements.first()})
    return {"token": token, "answered": answered.pk, "check": check.pk}


@pytest.fixture
def known(programme) -> dict[str, list[str]]:
    phoenix = programme("gwent", "phoenix-das")
    phoenix.contacts.create(
        team_en="Referral team",
        team_cy="Tîm atgyfeirio",
        audience="professionals",
        email="referrals@example.org",
        source=phoenix.statements.first().source,
        checked_on="2023-11-17",
    )
    Organisation.objects.create(name_en="A provider", name_cy="Darparwr")
    keys = list(map(str, Programme.objects.values_list("pk", flat=True)[:8]))
    return {
        "area": ["gwent", "south-wales", "not-stated"],
        "slug": ["cara", "phoenix-das"],
        "identifier": [str(phoenix.uuid)],
        "object_id": [*keys, str(phoenix.pk), "1"],
        "number": list(
            map(str, Edition.objects.filter(programme=phoenix).values_list("pk", flat=True))
        ),
        "language": ["en", "cy"],
        "id": ["1"],
        "content_type_id": ["1", "5"],
        "path": ["nothing"],
    }


def send(client: Client, request: Hostile) -> HttpResponseBase:
    # As its bytes stand on the wire; the client's own methods would encode them anew.
    headers = dict(request.headers)
    more: dict[str, Any] = {}
    if "content-length" in headers:
        more["CONTENT_LENGTH"] = headers.pop("content-length")
    with transaction.atomic():
        response = client.generic(
            request.method,
            request.path,
            request.body,
            content_type=request.content_type,
            headers=headers,
            QUERY_STRING=request.query,
            **more,
        )
        broken = response.status_code >= 500 and response.status_code != 501
        # What could rightly be saved is taken back: only its echo is looked at.
        transaction.set_rollback(broken or not request.harmless)
    return response


def complaint(request: Hostile, response: HttpResponseBase, is_secret: bool) -> str:
    """What is wrong with an answer; "" for nothing."""
    if response.status_code not in ANSWERS:
        return f"answered {response.status_code}"
    if any("\n" in value or "X-Injected" in name for name, value in response.items()):
        return "a header was written by the sender"
    if "html" not in response.get("Content-Type", "") or request.method == "HEAD":
        return ""
    text = b"".join(response).decode()
    if is_secret and OTHERS in text:
        return "what is another area's alone was shown"
    if FORM.search(text):
        return "echoed as it was sent"
    language = LANGUAGE.search(text)
    welsh = request.path.startswith("/cy/")
    if response.status_code >= 400 and (
        not language or language[1][:2] != ("cy" if welsh else "en")
    ):
        return "refused in the other language, or without a word"
    return ""


@pytest.mark.parametrize("who", ["anybody", "area editor", "administrator"])
def test_no_request_breaks_echoes_or_changes_anything(
    who, signed_in, admin_client, waiting, known, admin_user
):
    clients: dict[str, Callable[[], Client]] = {
        "anybody": Client,
        "area editor": lambda: signed_in("Area editor", areas=("gwent",)),
        "administrator": lambda: admin_client,
    }
    client = clients[who]()
    client.raise_request_exception = False
    contact = Contact.objects.latest("pk")
    keys = waiting | {
        "programme": contact.programme_id,
        "contact": contact.pk,
        "edition": known["number"][0],
        "organisation": Organisation.objects.latest("pk").pk,
        "area": contact.programme.area_id,
        "user": admin_user.pk,
    }
    forms = []
    for form in FORMS:
        page = client.get(form.format(**keys), follow=True)
        if page.status_code == 200 and (fields := Fields(page.content.decode()).found):
            forms.append((form.format(**keys), fields))
    attacker = Attacker(SEED, known)
    answers: Counter[int] = Counter()
    before, harm = everything(), []
    for number in range(REQUESTS):
        kind = attacker.random.choices(
            [attacker.asking, attacker.odd_method, attacker.odd_headers, attacker.odd_body, None],
            [45, 5, 10, 15, 25],
        )[0]
        request = kind() if kind else attacker.spoilt(*attacker.random.choice(forms))
        response = send(client, request)
        answers[response.status_code] += 1
        if why := complaint(request, response, who != "administrator"):
            harm.append((number, why, request))
    print(who, sorted(answers.items()), [path for path, _fields in forms])
    after = everything()
    lost = {
        model: sorted(rows - after[model])[:3]
        for model, rows in before.items()
        if rows - after[model] or (after[model] - rows and model not in WRITTEN_BY_ANYBODY)
    }
    assert not harm, report(harm)
    assert not lost


def report(harm: list[tuple[int, str, Hostile]]) -> str:
    lines = [
        f"{number}: {why}: {request.method} {request.path[:150]}?{request.query[:200]} "
        f"{request.content_type} {request.body[:300]!r} {str(request.headers)[:200]}"
        for number, why, request in harm[:40]
    ]
    kinds = Counter(why for _number, why, _request in harm)
    return f"{len(harm)} requests did harm: {dict(kinds)}\n" + "\n".join(lines)
