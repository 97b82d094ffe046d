from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programmes import transfer
from programmes.transfer import Intake, OvertakenError, Table, UnreadableError


class Command(BaseCommand):
    help = "Take in a CSV or XLSX file of entries, all rows or none. Nothing of it is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, only")

    def handle(self, *, file: Path, dry_run: bool, **options) -> None:
        table = self._table(file)
        if dry_run:
            intake = transfer.look(table, None, self._progress)
        else:
            try:
                intake = transfer.take_in(table, None, None, self._progress)
            except OvertakenError as error:
                raise CommandError(
                    "Somebody changed an entry meanwhile, so nothing was changed: try again."
                ) from error
        for problem in intake.problems:
            self.stderr.write(str(problem))
        if intake.problems:
            raise CommandError(f"Nothing was changed: {len(intake.problems)} to put right.")
        self._report(intake, dry_run=dry_run)

    def _table(self, file: Path) -> Table:
        try:
            return transfer.read_table(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnreadableError as error:
            raise CommandError(f"{file}: {error}") from error

    def _progress(self, what: str, done: int, of: int) -> None:
        self.stderr.write(f"{what}: {done:,} of {of:,}", self.style.NOTICE)

    def _report(self, intake: Intake, *, dry_run: bool) -> None:
        if dry_run:
            for change in intake.changes:
                for each in change.shown:
                    where = f"row {change.row}, {change.programme}, {each.column}"
                    self.stdout.write(f"{where}: {each.old} → {each.new}")
        changed = len(intake.changes) - intake.new
        self.stdout.write(
            f"{'Would import' if dry_run else 'Imported'}: {intake.new} new, {changed} changed, "
            f"{intake.unchanged} as they were."
        )
