"""A backup of SQLite brought into PostgreSQL: row by row through the models, which know both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from core.backup.contents import LEFT_OUT, BackupError, TableContent, fingerprint

FORMER = "former"


def move(file: Path) -> None:
    """Into the tables of this release, in one transaction; what they hold is deleted first."""
    call_command("migrate", verbosity=0)
    with _former(file), transaction.atomic():
        if applied(FORMER) != applied("default"):
            raise BackupError(
                "This backup is of another release: with this one, run migrate on the SQLite "
                "database and back it up again."
            )
        moved = [each for each in apps.get_models(True) if each._meta.db_table not in LEFT_OUT]
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in moved)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {names} CASCADE")
            for model in moved:
                for row in model._base_manager.using(FORMER).iterator():
                    row.save_base(raw=True, force_insert=True, using="default")
            # The next row gets a key that none of these has.
            for statement in connection.ops.sequence_reset_sql(no_style(), moved):
                cursor.execute(statement)
        if other := [m for m in moved if content(m, FORMER) != content(m, "default")]:
            names = ", ".join(model._meta.db_table for model in other)
            raise BackupError(f"What came across is not what was there: {names}.")


@contextmanager
def _former(file: Path) -> Iterator[None]:
    named = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    known = connections.configure_settings({**connections.databases, FORMER: named})
    connections.databases[FORMER] = known[FORMER]
    try:
        yield
    finally:
        connections[FORMER].close()
        del connections[FORMER], connections.databases[FORMER]


def applied(alias: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def content(model: type[Model], alias: str) -> TableContent:
    return fingerprint(model._base_manager.using(alias).order_by("pk").values_list().iterator())
