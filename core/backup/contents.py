"""What a database holds, table by table."""

import hashlib
import json

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
    return {name: fingerprint(connection, name) for name in tables(connection) - LEFT_OUT}


def tables(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def fingerprint(connection: BaseDatabaseWrapper, name: str) -> TableContent:
    """How many rows, and a hash of them in the order of their keys, which stand first."""
    rows, digest = 0, hashlib.sha256()
    quoted = connection.ops.quote_name(name)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted} ORDER BY 1")  # noqa: S608 - no name from outside
        while some := cursor.fetchmany(500):
            rows += len(some)
            for row in some:
                digest.update(json.dumps(row, default=str).encode() + b"\n")
    return TableContent(rows, digest.hexdigest())
