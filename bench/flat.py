"""The current editions as one table for Datasette: a row an entry, indexed and searchable."""

import sqlite3
from pathlib import Path

from bench.pages import SEVERAL, SINGLE

TABLE = """
create table entries (
    id integer primary key,
    slug text,
    name text,
    summary_en text,
    summary_cy text,
    {dimensions},
    stated_on text,
    last_checked text,
    searchable text
)
"""
# Numbered in the order of our list, so that Datasette sorts and pages by its primary key.
ROWS = """
insert into entries
select
    row_number() over (order by area_position, search_name, id),
    slug,
    name,
    json_extract(document, '$.summary.en'),
    json_extract(document, '$.summary.cy'),
    {dimensions},
    stated_on,
    last_checked,
    search_text
from ours.programmes_edition edition
where replaced_at is null and not withdrawn and programme_id is not null
"""
TERMS = "(select {of} from ours.programmes_term where edition_id = edition.id and dimension = '{}')"
SEARCH = """
create virtual table entries_fts using fts5 (searchable, content="entries", content_rowid='id');
insert into entries_fts (entries_fts) values ('rebuild');
"""


def write(ours: Path, file: Path) -> None:
    terms = {name: TERMS.format(name, of="value") for name in SINGLE}
    terms |= {name: TERMS.format(name, of="json_group_array(value)") for name in SEVERAL}
    columns = ", ".join(f'"{name}" text' for name in terms)
    with sqlite3.connect(file) as connection:
        connection.execute("attach ? as ours", [str(ours)])
        connection.execute(TABLE.format(dimensions=columns))
        connection.execute(ROWS.format(dimensions=", ".join(terms.values())))
        for name in (*terms, "slug"):
            connection.execute(f'create index "entries_{name}" on entries ("{name}")')
        connection.executescript(SEARCH)
        connection.commit()
        connection.execute("analyze")
    connection.close()


def row_of(file: Path, area: str, slug: str) -> int:
    with sqlite3.connect(file) as connection:
        found = connection.execute(
            "select id from entries where area = ? and slug = ?", [area, slug]
        ).fetchone()
    connection.close()
    return found[0]
