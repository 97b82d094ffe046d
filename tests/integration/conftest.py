"""Fixtures for tests of the admin."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from forces.models import ForceArea


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """A client signed in as somebody with roles and force areas."""

    def sign_in(*roles: str, areas: tuple[str, ...] = ()) -> Client:
        user = User.objects.create_user(f"editor-{User.objects.count()}", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        for area in areas:
            user.areas_looked_after.create(area=ForceArea.objects.get(slug=area))
        client = Client()
        client.force_login(user)
        return client

    return sign_in
