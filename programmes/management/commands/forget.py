from django.core.management.base import BaseCommand

from programmes.retention import FORGETTING


class Command(BaseCommand):
    help = "Delete what is kept about people for a set time only. Run it every hour."

    def handle(self, *args, **options) -> None:
        for forget in FORGETTING:
            self.stdout.write(forget())
