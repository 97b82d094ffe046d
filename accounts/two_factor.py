"""The second factor: codes of one authenticator app, and recovery codes for when it is away."""

from base64 import b32encode
from binascii import unhexlify
from datetime import datetime
from functools import partial
from textwrap import wrap

import qrcode
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp import devices_for_user, user_has_device, verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathFillImage

from accounts import audit, mail
from accounts.models import SignInOutcome, User

DIGITS = 6  # of a code of the app; a recovery code is longer
RECOVERY_CODES = 10


def device_of(user, kind: type[Device] = TOTPDevice) -> Device | None:
    return kind.objects.devices_for_user(user, confirmed=True).first()


def device_for(user, code: str) -> Device | None:
    """What a code of this length belongs to."""
    return device_of(user, TOTPDevice if len(code) == DIGITS else StaticDevice)


def accepts(user, code: str) -> Device | None:
    """The device that this code is of now, and that has not been believed with it before."""
    device = device_for(user, code)
    return device and verify_token(user, device.persistent_id, code)


def looks_again_at(user, code: str) -> datetime | None:
    """When the next code is looked at: every wrong one doubles the time until then."""
    device = device_for(user, code)
    _allowed, wait = device.verify_is_allowed() if device else (True, None)
    return wait and wait["locked_until"]


def enrol(user, key: str, code: str) -> TOTPDevice | None:
    """The app as somebody's only one, if `code` is its first and they may have another."""
    with transaction.atomic():
        # Of two who know the password and enrol at once, the second needs the first one's code.
        User.objects.select_for_update().get(pk=user.pk)
        if user_has_device(user) and not user.is_verified():
            return None
        app = TOTPDevice(user=user, name="app", key=key)
        if not app.verify_token(code):
            transaction.set_rollback(True)  # it was saved with the failure noted
            return None
        if TOTPDevice.objects.filter(user=user).exclude(pk=app.pk).delete()[0]:
            what = "Another authenticator app took the place of yours"
            transaction.on_commit(partial(mail.send, user, what, "changed"))
        return app


@transaction.atomic
def make_recovery_codes(user) -> list[str]:
    """Ten in the place of all earlier ones; the device stays, since a session may rest on it."""
    User.objects.select_for_update().get(pk=user.pk)
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery codes")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def remove(user: User) -> bool:
    """A lost phone: neither it nor a recovery code opens anything now. Whether there was one."""
    devices = list(devices_for_user(user, confirmed=None))
    for device in devices:
        device.delete()
    if devices:
        audit.note(SignInOutcome.FACTOR_REMOVED, user.get_username())
        mail.send(user, "Your authenticator app and recovery codes were removed", "changed")
    return bool(devices)


def square(user, key: str) -> SafeString:
    """What the app's camera reads, as SVG: the content security policy allows no data: address."""
    address = TOTPDevice(user=user, key=key).config_url
    drawn = qrcode.make(address, image_factory=SvgPathFillImage)
    return mark_safe(drawn.to_string(encoding="unicode"))  # noqa: S308 - paths, drawn by qrcode


def in_letters(key: str) -> str:
    """The same secret, to type, in groups of four."""
    return " ".join(wrap(b32encode(unhexlify(key)).decode(), 4))
