"""On PostgreSQL, an index by trigrams: `search` looks for parts of texts, which no B-tree finds.

SQLite has no such index without a table of its own beside the editions; its scan is quick enough
for a directory, and one code path serves both.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

CREATE = """
CREATE INDEX programmes_edition_search ON programmes_edition
USING gin (search_text gin_trgm_ops)
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX programmes_edition_search")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [TrigramExtension(), migrations.RunPython(create, drop)]
