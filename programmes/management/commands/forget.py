from django.core.management.base import BaseCommand

from programmes.corrections import forget_texts


class Command(BaseCommand):
    help = "Delete what was kept for its time. Run it daily."

    def handle(self, *args, **options) -> None:
        self.stdout.write(forget_texts())
