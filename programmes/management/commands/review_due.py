import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from accounts.models import User
from programmes.admin.work_queue import due
from programmes.models import Edition

SENDING_FAILED = (smtplib.SMTPException, OSError)


class Command(BaseCommand):
    help = "Mail each editor the entries of their force areas that are due for a check."

    def handle(self, *args, **options) -> None:
        failed = 0
        may_check = User.objects.with_perm("programmes.add_verification")
        for editor in may_check.order_by("username"):
            editions = list(due(editor))
            if not editions:
                self.stdout.write(f"{editor.username}: nothing is due")
                continue
            try:
                message(editor, editions).send()
            except SENDING_FAILED as fault:
                failed += 1
                self.stderr.write(f"{editor.username}: not sent ({fault})")
            else:
                self.stdout.write(f"{editor.username}: {len(editions)} due")
        if failed:
            raise CommandError(f"{failed} not sent.")


def message(editor: User, editions: list[Edition]) -> EmailMessage:
    entries = "1 entry is" if len(editions) == 1 else f"{len(editions)} entries are"
    every = settings.CHECK_EVERY.days
    context = {"editions": editions, "site_url": settings.SITE_URL, "every": every}
    body = render_to_string("admin/review_due.txt", context)
    return EmailMessage(f"{entries} due for a check", body, to=[editor.email])
