"""PostgreSQL: written by pg_dump and read in by psql."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction

from core.backup.contents import LEFT_OUT, BackupError, TableContent, contents, tables


def dump(connection: Any, file: Path) -> dict[str, TableContent]:
    """pg_dump and the fingerprints look at one and the same moment."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        without = [f"--exclude-table-data={name}" for name in sorted(LEFT_OUT)]
        options = ["--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}"]
        run("pg_dump", connection, [*options, *without])
        return contents(connection)


def load(connection: Any, file: Path) -> None:
    """Drop what is there and read in the file, in one transaction."""
    present = ", ".join(map(connection.ops.quote_name, sorted(tables(connection))))
    drop = [f"--command=DROP TABLE {present} CASCADE"] if present else []
    options = ["--no-psqlrc", "--quiet", f"--output={os.devnull}", "--set=ON_ERROR_STOP=1"]
    run("psql", connection, [*options, "--single-transaction", *drop, f"--file={file}"])


@contextmanager
def throwaway(connection: Any) -> Iterator[Any]:
    """An empty database on the same server, which is gone afterwards."""
    other = connection.copy(alias="throwaway")
    name = other.settings_dict["NAME"] = f"throwaway_{secrets.token_hex(8)}"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
        except DatabaseError as error:
            raise BackupError(
                f"There is no throw-away database to restore into ({str(error).strip()}). "
                "The role of DATABASE_URL needs the right CREATEDB for this."
            ) from error
        try:
            yield other
        finally:
            other.close()
            other.close_pool()
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def run(name: str, connection: Any, options: list[str]) -> None:
    if not (program := shutil.which(name)):
        raise BackupError(f"{name} is needed and not on this machine: install postgresql-client.")
    arguments, environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, options
    )
    done = subprocess.run(  # noqa: S603 - arguments of our own, no shell
        [program, *arguments[1:]],
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{name} failed:\n{done.stderr.strip()}")
