from django.core.management.base import BaseCommand, CommandError

from programmes.publishing.data_checks import problems


class Command(BaseCommand):
    help = "Say in plain English what contradicts itself, lacks a source or lacks a language."

    def handle(self, *args, **options) -> None:
        to_put_right = problems()
        for problem in to_put_right:
            self.stdout.write(problem)
        if to_put_right:
            raise CommandError(f"{len(to_put_right)} to put right.")
        self.stdout.write("Nothing to put right.")
