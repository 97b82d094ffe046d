"""Accounts: each has an e-mail address of its own."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann", "Ann@example.org")


@pytest.mark.parametrize("email", ["", "Ann@example.org", "ann@EXAMPLE.org"])
def test_the_database_holds_no_account_without_an_address_of_its_own(ann, email):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="bob", email=email)
    User.objects.create(username="bob", email="bob@example.org")


@pytest.mark.parametrize(
    ("email", "refusal"),
    [
        ("", "This field is required."),
        ("ANN@example.org", "Another account has this e-mail address."),
        ("bob@example.org", None),
    ],
)
def test_whoever_adds_an_account_is_asked_for_its_address(ann, admin_client, email, refusal):
    added = admin_client.post(
        reverse("admin:accounts_user_add"), {"username": "bob", "email": email}
    )
    assert (added.status_code == 302) is (refusal is None)
    assert User.objects.filter(username="bob", email=email).exists() is (refusal is None)
    assert not refusal or refusal in added.content.decode()


def test_createsuperuser_says_in_words_which_address_it_does_not_take(ann):
    def create(**options: str) -> None:
        call_command("createsuperuser", username="boss", interactive=False, **options)

    with pytest.raises(CommandError, match="--email"):
        create()
    with pytest.raises(CommandError, match="Another account has this e-mail address"):
        create(email="ann@example.org")
    create(email="boss@example.org")
    assert User.objects.get(username="boss").is_superuser
