"""What docs/security.md claims: each claim names its test; those without a better home are here."""

import re
import ssl
import tomllib
from pathlib import Path

import pytest
from django.conf import global_settings
from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client

from accounts.models import User
from config import settings as ours

PASSWORD = "correct horse battery staple"  # noqa: S105
PAGE = Path("docs/security.md").read_text(encoding="utf-8")
NOT_MET, CHAPTERS = PAGE.split("\n## V1 ")
APP = [
    f
    for folder in ("accounts", "config", "core", "forces", "programmes")
    for f in Path(folder).rglob("*.py")
]


def claims(text: str) -> list[list[str]]:
    rows = re.findall(r"^\| (\d.*) \|$", text, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def numbers(cell: str) -> set[str]:
    """Each requirement of a cell like "1.2.3, 2.2.1 to 2.2.3"."""
    found = set()
    for part in cell.split(", "):
        first, _to, last = part.partition(" to ")
        chapter, start = first.rsplit(".", 1)
        end = last.rsplit(".", 1)[-1] if last else start
        found |= {f"{chapter}.{number}" for number in range(int(start), int(end) + 1)}
    return found


@pytest.mark.parametrize("claim", claims(CHAPTERS), ids=lambda claim: claim[0])
def test_each_claim_names_a_test_that_is_there_or_says_that_none_can_be(claim):
    held_by = claim[2]
    assert "tests/" in held_by or held_by.startswith("no test: ")
    named = re.findall(r"tests/[\w/]+\.py", held_by)
    assert all(Path(name).exists() for name in named)


def test_nothing_is_claimed_that_is_said_not_to_be_met():
    not_met = set().union(*(numbers(row[0]) for row in claims(NOT_MET)))
    met = [number for row in claims(CHAPTERS) for number in numbers(row[0])]
    assert len(met) == len(set(met))
    assert not_met.isdisjoint(met)
    assert {"2.4.1", "5.2.3", "6.3.1", "16.2.5"} <= not_met


def test_dangerous_calls_are_refused_by_ruff_everywhere():
    lint = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert not [rule for rule in lint["ignore"] if rule.startswith("S")]
    loosened = {
        folder: rules for folder, rules in lint["per-file-ignores"].items() if "S" in str(rules)
    }
    assert set(loosened) == {"tests/**", "bench/**", "tools/**"}


def test_programs_are_started_by_backups_alone_and_without_a_shell():
    starting = [
        f.as_posix() for f in APP if re.search(r"\bsubprocess\b|os\.system|popen", f.read_text())
    ]
    assert starting == ["core/backup/postgresql.py"]
    assert "shell=" not in Path(starting[0]).read_text()


def test_no_line_break_gets_into_the_head_of_a_mail():
    with pytest.raises(BadHeaderError):
        EmailMessage("a\nBcc: x@example.org", "", to=["ann@example.org"]).message()


def test_mail_and_passwords_are_guarded_as_django_does():
    assert EmailBackend().ssl_context.verify_mode == ssl.CERT_REQUIRED
    assert EmailBackend().ssl_context.check_hostname
    assert not hasattr(ours, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")


def test_everything_is_locked_by_hash_and_each_dependency_has_its_reason():
    for file in Path("requirements").glob("*.txt"):
        text = re.sub(r"\\\n", "", file.read_text())
        pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
        assert pinned
        assert all("==" in line and "--hash=sha256:" in line for line in pinned), file
    project = Path("pyproject.toml").read_text()
    run = project.partition("dependencies = [")[2].partition("\n]")[0].strip().splitlines()
    assert all(re.search(r'",\s+# \w', line) for line in run)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", "ann@example.org", PASSWORD, is_staff=True)


def test_nobody_has_an_account_until_somebody_makes_one(db):
    assert not User.objects.exists()


def sign_in(client: Client, **more: str):
    return client.post("/admin/login/", {"username": "ann", "password": PASSWORD, **more})


@pytest.mark.parametrize(
    "onwards", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere"]
)
def test_signing_in_leads_nowhere_else(ann, onwards):
    answer = sign_in(Client(), next=onwards)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert "elsewhere" not in answer["Location"]


def test_a_session_is_new_with_the_password_ends_with_the_way_out_and_with_the_account(ann):
    client = Client()
    client.get("/admin/login/")
    client.cookies["sessionid"] = "a" * 32
    sign_in(client)
    key = client.cookies["sessionid"].value
    assert key not in ("", "a" * 32)
    assert client.session["_auth_user_id"] == str(ann.pk)
    client.post("/admin/logout/")
    assert not client.session.exists(key)
    sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/admin/code/").status_code == 302
    assert client.get("/admin/code/")["Location"].startswith("/admin/login/")
