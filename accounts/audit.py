"""Every sign-in, refusal and code leaves a row in the database, and nothing in a log."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.lockout import shortened
from programmes.models import SignInEvent
from programmes.vocabulary import SignInOutcome


def note(outcome: SignInOutcome, username: str | None) -> None:
    SignInEvent.objects.create(outcome=outcome, username=shortened(username))


@receiver(user_logged_in)
def signed_in(user, **signal) -> None:
    note(SignInOutcome.SIGNED_IN, user.get_username())


@receiver(user_logged_out)
def signed_out(user, **signal) -> None:
    if user is not None:
        note(SignInOutcome.SIGNED_OUT, user.get_username())


@receiver(user_login_failed)
def refused(credentials, request=None, **signal) -> None:
    # axes hears of it first, and says below if it locks.
    if not getattr(request, "axes_locked_out", False):
        note(SignInOutcome.REFUSED, credentials.get("username"))


@receiver(user_locked_out)
def locked_out(username, **signal) -> None:
    note(SignInOutcome.LOCKED_OUT, username)
