"""How a page is asked for: what is told apart in the report."""

DATABASES = ("SQLite", "PostgreSQL")
BARE, BARE_BYTES = "L", "L, these bytes"
HIT, NOT_MODIFIED, UNCACHED, ANEW = "hit", "304", "uncached", "anew"
DATASETTE = "Datasette"
SETTINGS = {
    HIT: {},
    UNCACHED: {"PAGE_CACHE": "off"},
    ANEW: {"DJANGO_SETTINGS_MODULE": "bench.anew"},
}
"""What the site is served with in each mode."""
TARGETS = (
    BARE,
    BARE_BYTES,
    *(f"{mode}, {each}" for mode in (HIT, NOT_MODIFIED, UNCACHED, ANEW) for each in DATABASES),
    DATASETTE,
)
