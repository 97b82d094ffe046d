"""Somebody of each role of the admin, signed in already.

The text of this file is run by `manage.py shell` of either tree, so it names no module of ours.
"""

import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice


def let_in(name: str, session_key: str, roles: list[str], areas: list[str]) -> None:
    user: Any = get_user_model().objects.create_user(name, f"{name}@example.org")
    user.is_staff, user.is_superuser = True, name == "superuser"
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    user.areas.set(apps.get_model("forces", "ForceArea").objects.filter(slug__in=areas))
    sign_in(user, session_key)


def sign_in(user: Any, session_key: str) -> None:
    device = TOTPDevice.objects.create(user=user, name="app")
    signed_in = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        DEVICE_ID_SESSION_KEY: device.persistent_id,
    }
    Session.objects.create(
        session_key=session_key,
        session_data=SessionStore().encode(signed_in),
        expire_date=timezone.now() + datetime.timedelta(days=1),
    )
