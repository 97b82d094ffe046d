from django.core.management.base import BaseCommand
from django.db import transaction

from forces.models import ForceArea
from programmes.models import Programme
from programmes.publishing.areas import publish_area
from programmes.publishing.publish import publish_first_editions
from programmes.seeding.transcription import is_empty, transcribe

WHY = "Transcribed from Policing in Wales’ submission to the Senedd of 17 November 2023."


class Command(BaseCommand):
    help = "Transcribe and publish the submission into an empty database; leave any other alone."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        if not is_empty():
            self.stdout.write("The database has entries already: nothing was seeded.")
            return
        transcribe()
        published = publish_first_editions(Programme.objects.order_by("pk"), WHY)
        for area in ForceArea.objects.all():
            publish_area(area, by=None, why=WHY)
        self.stdout.write(f"Seeded and published {published} entries.")
