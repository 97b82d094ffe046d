"""Every sign-in, refusal and code leaves a row in the database, and nothing in a log."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.delay import seconds_put_off
from accounts.models import SignInEvent, SignInOutcome, User


def note(outcome: SignInOutcome, username: str) -> None:
    SignInEvent.objects.create(outcome=outcome, username=username)


@receiver(user_logged_in)
def signed_in(user, **signal) -> None:
    note(SignInOutcome.SIGNED_IN, user.get_username())


@receiver(user_logged_out)
def signed_out(user, **signal) -> None:
    if user is not None:
        note(SignInOutcome.SIGNED_OUT, user.get_username())


@receiver(user_login_failed)
def refused(credentials, request=None, **signal) -> None:
    """Without the name where no account has it: somebody may have typed a password there."""
    if not seconds_put_off(request):
        name = credentials.get("username") or ""
        is_known = User.objects.filter(username=name).exists()
        note(SignInOutcome.REFUSED, name if is_known else "")
