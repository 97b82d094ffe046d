"""The two databases that the directory runs on."""

from typing import Any

from core.backup import postgresql, sqlite

KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def of(connection: Any) -> Any:
    """How to write out, read in and try the kind of database that this is."""
    return KINDS[connection.vendor]
