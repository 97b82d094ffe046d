from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from accounts.models import SignInEvent, SignInFailure
from programmes.corrections.services import forget_addresses, forget_texts


class Command(BaseCommand):
    help = "Delete what is kept about people for a set time only. Run it every hour."

    def handle(self, *args, **options) -> None:
        self.stdout.write(forget_texts())
        self.stdout.write(forget_addresses())
        signed_in_before = now() - settings.SIGN_INS_KEPT
        failed_before = now() - settings.SIGN_IN_FAILURES_KEPT
        for what, rows in {
            "Sign-ins and refusals": SignInEvent.objects.filter(at__lt=signed_in_before),
            "Wrong passwords": SignInFailure.objects.filter(at__lt=failed_before),
            "Sessions": Session.objects.filter(expire_date__lt=now()),
        }.items():
            self.stdout.write(f"{what} deleted: {rows.delete()[0]}.")
