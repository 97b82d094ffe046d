"""What a database holds, table by table."""

import hashlib
import json
from collections.abc import Iterable, Iterator

import msgspec
from django.db.backends.base.base import BaseDatabaseWrapper

LEFT_OUT = {"django_session", "accounts_signinfailure", "programmes_correctionaddress"}
"""Tables of which a backup has no rows: sessions, and where wrong passwords and corrections came
from. A restored site asks everybody to sign in again."""


class BackupError(Exception):
    """Why a backup could not be written or restored, in a sentence for whoever asked."""


class TableContent(msgspec.Struct, frozen=True):
    rows: int
    fingerprint: str


def contents(connection: BaseDatabaseWrapper) -> dict[str, TableContent]:
    """Every table that a backup has the rows of, by name."""
    return {name: fingerprint(_rows(connection, name)) for name in tables(connection) - LEFT_OUT}


def tables(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _rows(connection: BaseDatabaseWrapper, name: str) -> Iterator[tuple]:
    """In the order of their keys, which stand first."""
    quoted = connection.ops.quote_name(name)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted} ORDER BY 1")  # noqa: S608 - no name from outside
        while some := cursor.fetchmany(500):
            yield from some


def fingerprint(rows: Iterable[tuple]) -> TableContent:
    """How many rows, and a hash of them in their order."""
    number, digest = 0, hashlib.sha256()
    for number, row in enumerate(rows, start=1):  # noqa: B007
        digest.update(json.dumps(row, default=str, sort_keys=True).encode() + b"\n")
    return TableContent(number, digest.hexdigest())
