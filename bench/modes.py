"""How a page is asked for: what is told apart in the report."""

DATABASES = ("SQLite", "PostgreSQL")
BARE, BARE_BYTES = "L", "L, these bytes"
HIT, NOT_MODIFIED, UNCACHED = "hit", "304", "uncached"
DATASETTE = "Datasette"
TARGETS = (
    BARE,
    BARE_BYTES,
    *(f"{mode}, {database}" for mode in (HIT, NOT_MODIFIED, UNCACHED) for database in DATABASES),
    DATASETTE,
)
