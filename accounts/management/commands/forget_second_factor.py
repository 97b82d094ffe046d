from django.core.management.base import BaseCommand, CommandError

from accounts import two_factor
from accounts.models import User


class Command(BaseCommand):
    help = "Remove the second factor of somebody who lost their phone."

    def add_arguments(self, parser) -> None:
        parser.add_argument("username")

    def handle(self, *args, username: str, **options) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody is called {username}.")
        if not two_factor.remove(person):
            raise CommandError(f"{username} has no second factor.")
        self.stdout.write(f"Removed. After the password, {username} sets up a new one.")
