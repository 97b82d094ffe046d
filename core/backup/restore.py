"""Restoring a backup: into a throw-away database to verify it, or into the site's own."""

from pathlib import Path
from typing import Any

from django.db import connection

from core.backup import moving
from core.backup.archive import VENDORS, Manifest, opened
from core.backup.contents import BackupError, contents, tables
from core.older_database import REFUSAL, is_older


def verify(file: Path) -> Manifest:
    """Restores elsewhere and compares; the database of the site is not touched."""
    with opened(file) as (manifest, dump):
        _refuse_unsuitable(manifest)
        with VENDORS[connection.vendor].throwaway(connection) as elsewhere:
            _load(elsewhere, dump, manifest)
    return manifest


def restore(file: Path, *, replace: bool) -> Manifest:
    """Into the database of the site, which must be empty unless it is to be replaced."""
    with opened(file) as (manifest, dump):
        moved = (manifest.vendor, connection.vendor) == ("sqlite", "postgresql")
        _refuse_unsuitable(manifest, moved=moved)
        if not replace and (present := tables(connection)):
            raise BackupError(
                f"The database has {len(present)} tables, so nothing was restored. "
                "--replace deletes all that is in it first."
            )
        if moved:
            moving.move(dump)
        else:
            _load(connection, dump, manifest)
    return manifest


def _refuse_unsuitable(manifest: Manifest, *, moved: bool = False) -> None:
    if manifest.vendor != connection.vendor and not moved:
        raise BackupError(
            f"This is a backup of {manifest.vendor}, and DATABASE_URL names {connection.vendor}."
        )
    if is_older(manifest.tables):
        raise BackupError(f"This backup {REFUSAL}")


def _load(database: Any, dump: Path, manifest: Manifest) -> None:
    VENDORS[database.vendor].load(database, dump)
    if different := contents(database).items() ^ manifest.tables.items():
        names = ", ".join(sorted({name for name, _content in different}))
        raise BackupError(f"What came back is not what was backed up: {names}.")
