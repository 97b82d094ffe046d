from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bench.sample_data import generate


class Command(BaseCommand):
    help = "Add made-up entries, to try the directory at size. Refuses to run in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="how many entries to add")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other entries")

    def handle(self, *, number: int, seed: int, **options) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is production: the public would be told what is not true.")
        generate(number, seed)
        self.stdout.write(f"Generated and published {number} entries.")
