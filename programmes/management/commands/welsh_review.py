from django.core.management.base import BaseCommand

from tools.welsh_review import DOCUMENT, document


class Command(BaseCommand):
    help = "Write docs/welsh-review.md: what awaits a Welsh reader."

    def handle(self, *args, **options) -> None:
        DOCUMENT.write_text(document(), encoding="utf-8")
