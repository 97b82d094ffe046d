"""The second factor: codes of an authenticator app. Everybody has one such app at most."""

import time
from base64 import b32encode
from binascii import unhexlify
from datetime import datetime

import qrcode
from django.db import transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django_otp import login, user_has_device, verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathFillImage

from accounts import audit
from accounts.models import SignInOutcome, User

TOLERANCE = TOTPDevice._meta.get_field("tolerance").default


def device_of(user) -> TOTPDevice | None:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).first()


def accepts(user, code: str) -> TOTPDevice | None:
    """The app that shows this code now and has not been believed with it before."""
    device = device_of(user)
    return device and verify_token(user, device.persistent_id, code)


def looks_again_at(user) -> datetime | None:
    """When the next code is looked at: every wrong one doubles the time until then."""
    device = device_of(user)
    _allowed, wait = device.verify_is_allowed() if device else (True, None)
    return wait and wait["locked_until"]


def remember(request: HttpRequest, device: TOTPDevice) -> None:
    """The factor holds for the rest of the session, under a new key: the old one knew less."""
    request.session.cycle_key()
    login(request, device)


def enrol(user, key: str, code: str) -> TOTPDevice | None:
    """The app as somebody's only one, if `code` is its first and they may have another."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not totp.verify(int(code), TOLERANCE):
        return None
    with transaction.atomic():
        # Of two who know the password and enrol at once, the second needs the first one's code.
        User.objects.select_for_update().get(pk=user.pk)
        if user_has_device(user) and not user.is_verified():
            return None
        TOTPDevice.objects.filter(user=user).delete()
        # Remembering the step makes the code that enrolled useless for a second time.
        return TOTPDevice.objects.create(
            user=user, name="app", key=key, last_t=totp.t(), drift=totp.drift
        )


def remove(user: User) -> bool:
    """A lost phone: nothing it shows opens anything any more. Whether there was one."""
    found, _ = TOTPDevice.objects.filter(user=user).delete()
    if found:
        audit.note(SignInOutcome.FACTOR_REMOVED, user.get_username())
    return bool(found)


def square(user, key: str) -> SafeString:
    """What the app's camera reads, as SVG: the content security policy allows no data: address."""
    address = TOTPDevice(user=user, key=key).config_url
    drawn = qrcode.make(address, image_factory=SvgPathFillImage)
    return mark_safe(drawn.to_string(encoding="unicode"))  # noqa: S308 - paths, drawn by qrcode


def in_letters(key: str) -> str:
    """The same secret, to type, in groups of four."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
