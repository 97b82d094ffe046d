from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from accounts.models import SignInEvent, SignInFailure
from core.tasks import note_end
from programmes.corrections.services import forget_addresses, forget_texts


class Command(BaseCommand):
    help = "Delete what is kept about people for a set time only. Run it every hour."

    def handle(self, *args, **options) -> None:
        sign_ins = SignInEvent.objects.filter(at__lt=now() - settings.SIGN_INS_KEPT)
        failures = SignInFailure.objects.filter(at__lt=now() - settings.SIGN_IN_FAILURES_KEPT)
        sessions = Session.objects.filter(expire_date__lt=now())
        self.stdout.write(forget_texts())
        self.stdout.write(forget_addresses())
        self.stdout.write(f"Sign-ins and refusals deleted: {sign_ins.delete()[0]}.")
        self.stdout.write(f"Wrong passwords deleted: {failures.delete()[0]}.")
        self.stdout.write(f"Sessions deleted: {sessions.delete()[0]}.")
        note_end("forget")
