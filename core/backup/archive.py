"""A backup: a ZIP of the database and of a manifest that says what it holds; and its restoring."""

import datetime
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import msgspec
from django.db import Error, connection
from django.utils.timezone import now

from core.backup import moving, postgresql, sqlite
from core.backup.contents import BackupError, TableContent, contents, tables
from core.older_database import FORMER_ACCOUNTS, REFUSAL

VENDORS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
"""How to write out, read in and try each kind of database."""

DATABASE, MANIFEST = "database", "manifest.json"


class Manifest(msgspec.Struct, frozen=True):
    vendor: str
    made_at: datetime.datetime
    sha256: str
    tables: dict[str, TableContent]

    @property
    def sizes(self) -> str:
        rows = sum(table.rows for table in self.tables.values())
        return f"{len(self.tables)} tables with {rows:,} rows"


def write(target: Path) -> Manifest:
    """Write under another name until the file is whole, and never over another backup."""
    if target.exists():
        raise BackupError(f"{target} is there already.")
    try:
        with TemporaryDirectory(prefix=".unfinished-", dir=target.parent) as folder:
            whole, manifest = _archive(Path(folder))
            os.replace(whole, target)
        _to_disk(target.parent)
    except (OSError, sqlite3.Error, Error) as error:
        reason = getattr(error, "strerror", None) or str(error).strip()
        raise BackupError(f"{target} could not be written: {reason}.") from error
    return manifest


def _archive(folder: Path) -> tuple[Path, Manifest]:
    dump, whole = folder / DATABASE, folder / "whole.zip"
    tables = VENDORS[connection.vendor].dump(connection, dump)
    manifest = Manifest(connection.vendor, now(), _sha256(dump), tables)
    whole.touch(mode=0o600)
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        archive.write(dump, DATABASE)
    _to_disk(whole)
    return whole, manifest


@contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, Path]]:
    """The manifest of a backup, and the database in a file of its own."""
    with TemporaryDirectory() as folder:
        try:
            with ZipFile(file) as archive:
                manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
                dump = Path(archive.extract(DATABASE, folder))
        except (OSError, BadZipFile, KeyError, EOFError, zlib.error, msgspec.MsgspecError) as error:
            reason = f"{file} is no backup of ours, is damaged or cannot be read: {error}."
            raise BackupError(reason) from error
        if _sha256(dump) != manifest.sha256:
            raise BackupError(f"{file} is damaged: its checksum is another.")
        yield manifest, dump


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
    if FORMER_ACCOUNTS in manifest.tables:
        raise BackupError(f"This backup {REFUSAL}")


def _load(database: Any, dump: Path, manifest: Manifest) -> None:
    VENDORS[database.vendor].load(database, dump)
    if different := contents(database).items() ^ manifest.tables.items():
        names = ", ".join(sorted({name for name, _content in different}))
        raise BackupError(f"What came back is not what was backed up: {names}.")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened_file:
        return hashlib.file_digest(opened_file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Let no power cut lose the file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
