from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from core.backup.archive import BackupError, write


class Command(BaseCommand):
    help = "Write all that the database holds into one file, while the site goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = settings.BASE_DIR / "var" / f"backup-{now():%Y-%m-%d-%H%M%S}.zip"
        parser.add_argument("file", type=Path, nargs="?", default=usual)

    def handle(self, *, file: Path, **options) -> None:
        try:
            manifest = write(file)
        except BackupError as error:
            raise CommandError(f"No backup was written. {error}") from error
        self.stdout.write(f"{file}: {manifest.sizes}.")
