from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.backup import archive
from core.tasks import note_end


class Command(BaseCommand):
    help = "Bring a backup back into an empty database, or only see that it would come back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--verify", action="store_true", help="into a throw-away database, to compare"
        )
        which.add_argument("--replace", action="store_true", help="delete what is there first")

    def handle(self, *, file: Path, verify: bool, replace: bool, **options) -> None:
        try:
            manifest = archive.verify(file) if verify else archive.restore(file, replace=replace)
        except archive.BackupError as error:
            raise CommandError(str(error)) from error
        if verify:
            note_end("backup", manifest.made_at)
            made = f"of {manifest.made_at:%-d %B %Y %H:%M} UTC"
            so = f"{file} {made} comes back whole: {manifest.sizes}. The site was not touched."
        else:
            then = "Now run migrate, and restart every server of the site."
            so = f"Restored: {manifest.sizes}. {then}"
        self.stdout.write(so)
