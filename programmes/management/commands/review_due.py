import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from accounts.models import User
from programmes.admin.work_queue import Due, due

SENDING_FAILED = (smtplib.SMTPException, OSError)


class Command(BaseCommand):
    help = "Mail each editor the entries of their force areas that are due for a check."

    def handle(self, *args, **options) -> None:
        failed = 0
        for editor in editors():
            rows = due(editor)
            if not rows:
                self.stdout.write(f"{editor.username}: nothing is due")
                continue
            try:
                message(editor, rows).send()
            except SENDING_FAILED as fault:
                failed += 1
                self.stderr.write(f"{editor.username}: not sent ({fault})")
            else:
                self.stdout.write(f"{editor.username}: {len(rows)} due")
        if failed:
            raise CommandError(f"{failed} not sent.")


def editors() -> list[User]:
    """Everybody who may record a check."""
    return list(User.objects.with_perm("programmes.add_verification").order_by("username"))


def message(editor: User, rows: list[Due]) -> EmailMessage:
    entries = "1 entry is" if len(rows) == 1 else f"{len(rows)} entries are"
    context = {"rows": rows, "site_url": settings.SITE_URL, "every": settings.CHECK_EVERY.days}
    body = render_to_string("admin/review_due.txt", context)
    return EmailMessage(f"{entries} due for a check", body, to=[editor.email])
