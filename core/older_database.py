"""Databases and backups of before release 0.1.0: refused, since no migration leads from them."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections

FORMER_ACCOUNTS = "auth_user"  # the table that held them then; no release since has made it

REFUSAL = "was made before release 0.1.0, whose tables are others, and cannot be brought forward."
WAY_OUT = (
    "Start with an empty database: name another in DATABASE_URL, or where none is named move "
    "var/directory.sqlite3 away. What was edited is still there for the program that made it."
)


@register(Tags.database)
def refuse_older_database(*, databases: Sequence[str] | None = None, **options: Any) -> list[Error]:
    """`manage.py migrate` asks before it changes anything."""
    return [
        Error(f"This database {REFUSAL}", hint=WAY_OUT, id="core.E001")
        for alias in databases or ()
        if FORMER_ACCOUNTS in connections[alias].introspection.table_names()
    ]
