from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from programmes.admin.digest import send_digest

SAID = {None: "nothing waits", True: "sent", False: "not sent"}


class Command(BaseCommand):
    help = "Mail each editor all that waits for them, unless they have switched it off."

    def handle(self, *args, **options) -> None:
        failed = 0
        editors = User.objects.with_perm("programmes.view_programme").filter(is_staff=True)
        for editor in editors.filter(weekly_digest=True).order_by("username"):
            sent = send_digest(editor)
            failed += sent is False
            self.stdout.write(f"{editor.username}: {SAID[sent]}")
        if failed:
            raise CommandError(f"{failed} not sent.")
