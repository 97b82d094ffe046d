from django.core.management.base import BaseCommand, CommandError

from programmes.publishing.data_checks import problems


class Command(BaseCommand):
    help = "Say in plain English what contradicts itself, lacks a source or lacks a language."

    def handle(self, *args, **options) -> None:
        found = problems()
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise CommandError(f"{len(found)} to put right.")
        self.stdout.write("Nothing to put right.")
