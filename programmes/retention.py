"""What is kept about people for a set time only. `manage.py forget` deletes what is over it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from accounts.models import SignInEvent, SignInFailure
from programmes.corrections.services import forget_addresses, forget_texts


def sign_ins() -> str:
    rows = SignInEvent.objects.filter(at__lt=now() - settings.SIGN_INS_KEPT)
    return f"Sign-ins and refusals deleted: {rows.delete()[0]}."


def wrong_passwords() -> str:
    """With where they came from, once they make nobody wait any more."""
    rows = SignInFailure.objects.filter(at__lt=now() - settings.SIGN_IN_FAILURES_KEPT)
    return f"Wrong passwords deleted: {rows.delete()[0]}."


def sessions() -> str:
    rows = Session.objects.filter(expire_date__lt=now())
    return f"Sessions deleted: {rows.delete()[0]}."


FORGETTING: list[Callable[[], str]] = [
    forget_texts,
    forget_addresses,
    sign_ins,
    wrong_passwords,
    sessions,
]
"""Each deletes one kind of thing and says how many."""
