"""The databases that are asked: made once for a size, and kept while the code stays the same."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from bench import flat
from tests.served import LEFT_OUT, manage

KEPT = Path("var/bench")
TRANSCRIBED = 18
OUR_TABLES = "SELECT tablename FROM pg_tables WHERE tablename ~ '^(forces|programmes)_'"
MADE_BY = (
    "fixtures/**/*",
    "*/migrations/*.py",
    "forces/models.py",
    "programmes/models/*.py",
    "programmes/domain/entry.py",
    *(f"programmes/publishing/{name}.py" for name in ("draft", "publish", "search_text")),
    "programmes/seeding/transcription.py",
    "bench/sample_data.py",
)
GENERATE = "from bench.sample_data import generate; generate({}, seed=1)"


def key() -> str:
    """The same as long as the same code fills a database."""
    files = sorted({file for pattern in MADE_BY for file in Path().glob(pattern) if file.is_file()})
    found = hashlib.sha256()
    for file in files:
        found.update(file.as_posix().encode() + file.read_bytes())
    return found.hexdigest()[:12]


def sqlite(size: int) -> Path:
    """Our database with so many entries, on SQLite."""
    file = KEPT / f"{key()}-{size}.sqlite3"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        for left in KEPT.glob(f"{unfinished.name}*"):
            left.unlink()
        fill(url_of(unfinished), size)
        # A database of its own again: what is still in the write-ahead log goes into the file.
        with sqlite3.connect(unfinished) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()
        unfinished.rename(file)
    return file


def url_of(file: Path) -> str:
    return f"sqlite:///{file.resolve()}"


def datasette(size: int) -> Path:
    """The same rows as one table, as somebody would prepare it for Datasette."""
    made = hashlib.sha256(Path(flat.__file__).read_bytes()).hexdigest()[:12]
    # Datasette names a database after its file.
    file = KEPT / f"{key()}-{size}-{made}" / "bench.db"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        flat.write(sqlite(size), unfinished)
        unfinished.rename(file)
    return file


@contextmanager
def postgresql(server: str, size: int) -> Iterator[str]:
    """The same rows on a PostgreSQL server, to be read; the URL. Gone afterwards."""
    name = sql.Identifier(f"bench_{size}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            url = urlsplit(server)._replace(path=f"/bench_{size}").geturl()
            at(url, "migrate", "--noinput")
            copy(sqlite(size), url)
            yield url
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def copy(file: Path, url: str) -> None:
    """Bring all rows of ours from SQLite to PostgreSQL, which takes them as SQLite writes them."""
    # In one transaction, tables may come in any order: Django's foreign keys wait for its end.
    with sqlite3.connect(file) as ours, psycopg.connect(url) as theirs:
        theirs.execute("SET timezone = 'UTC'")
        tables = [table for (table,) in theirs.execute(OUR_TABLES)]
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        theirs.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        for table in tables:
            copy_table(table, ours, theirs)
    ours.close()
    # What autovacuum would do before long, and must not do while something is measured.
    with psycopg.connect(url, autocommit=True) as theirs:
        theirs.execute("VACUUM ANALYZE")


def copy_table(table: str, ours: sqlite3.Connection, theirs: psycopg.Connection) -> None:
    rows = ours.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of ours
    columns = sql.SQL(", ").join(sql.Identifier(column[0]) for column in rows.description)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with theirs.cursor() as cursor, cursor.copy(into) as lines:
        for row in rows:
            lines.write_row(row)


def fill(url: str, size: int) -> None:
    began = time.monotonic()
    at(url, "migrate", "--noinput")
    at(url, "seed")
    if size > TRANSCRIBED:
        at(url, "shell", "--no-imports", "--command", GENERATE.format(size - TRANSCRIBED))
    print(f"Made a database of {size:,} entries in {time.monotonic() - began:.0f} s.", flush=True)


def at(url: str, *command: str) -> None:
    """Run a management command on a database."""
    environment = {key: value for key, value in os.environ.items() if key not in LEFT_OUT}
    manage(environment | {"DATABASE_URL": url}, *command)
