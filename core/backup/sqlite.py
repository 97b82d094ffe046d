"""SQLite: copied page by page with its own backup API, while others read and write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.backup.contents import LEFT_OUT, TableContent, contents, tables


def dump(connection: Any, file: Path) -> dict[str, TableContent]:
    with at(file, connection) as copy:
        connection.ensure_connection()
        # All pages in one step: no writer comes between the first and the last.
        connection.connection.backup(copy.connection)
        with copy.cursor() as cursor:
            for name in LEFT_OUT & tables(copy):
                cursor.execute(f"DELETE FROM {copy.ops.quote_name(name)}")  # noqa: S608
            cursor.execute("VACUUM")  # or the bytes of what was deleted would stay in the file
        return contents(copy)


def load(connection: Any, file: Path) -> None:
    """In one transaction of SQLite's own; whoever reads meanwhile sees the former database."""
    with at(file, connection) as copy:
        connection.ensure_connection()
        copy.connection.backup(connection.connection)


@contextmanager
def throwaway(connection: Any) -> Iterator[Any]:
    with TemporaryDirectory() as folder, at(Path(folder, "throwaway"), connection) as other:
        yield other


@contextmanager
def at(file: Path, connection: Any) -> Iterator[Any]:
    other = connection.copy(alias="copy")
    other.settings_dict["NAME"] = str(file)
    other.connect()
    try:
        yield other
    finally:
        other.close()
