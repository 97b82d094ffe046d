from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from programmes.models import Programme
from programmes.publishing.areas import publish_changed_areas
from programmes.publishing.publish import publish_first_editions
from programmes.seeding.transcription import (
    FIXTURES,
    SOURCE,
    TranscriptionError,
    add_document,
    is_empty,
    transcribe,
)

WHY = "Transcribed from Policing in Wales’ submission to the Senedd of 17 November 2023."


class Command(BaseCommand):
    help = (
        "Transcribe and publish the submission into an empty database; leave any other alone. "
        "With a further document, write drafts of what it says; people publish them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        where = "the folder of a further document: its path, or its name in fixtures/"
        parser.add_argument("document", nargs="?", help=where)
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if options["document"]:
            self._add(options["document"])
            if options["dry_run"]:
                transaction.set_rollback(True)
                self.stdout.write("Nothing was written: this was a dry run.")
            else:
                self.stdout.write("Written as drafts: look through them in the admin and publish.")
        elif not is_empty():
            self.stdout.write("The database has entries already: nothing was seeded.")
        else:
            self._begin()
            transaction.set_rollback(options["dry_run"])

    def _add(self, document: str) -> None:
        if is_empty():
            raise CommandError("The database is empty: run `manage.py seed` without a document.")
        folders = (Path(document), FIXTURES / document)
        folder = next((each for each in folders if (each / SOURCE).is_file()), None)
        if folder is None:
            raise CommandError(f"No folder {document} with a {SOURCE} was found.")
        try:
            for line in add_document(folder):
                self.stdout.write(line)
        except TranscriptionError as error:
            raise CommandError(str(error)) from error

    def _begin(self) -> None:
        transcribe()
        published = publish_first_editions(Programme.objects.order_by("pk"), WHY)
        publish_changed_areas(by=None, why=WHY)
        self.stdout.write(f"Seeded and published {published} entries.")
