from django.db import migrations

# What each database searches words by. Neither is a column: Django knows nothing of them, and
# `programmes.search` asks them in SQL. SQLite's is filled by a trigger, which a later migration
# that makes the table anew has to make anew as well.
SQLITE = [
    """CREATE VIRTUAL TABLE programmes_edition_words USING fts5(
        search_name, search_text, content='programmes_edition', content_rowid='id', columnsize=0,
        tokenize='unicode61 remove_diacritics 0'
    )""",
    """CREATE TRIGGER programmes_edition_words_in AFTER INSERT ON programmes_edition BEGIN
        INSERT INTO programmes_edition_words (rowid, search_name, search_text)
        VALUES (new.id, new.search_name, new.search_text);
    END""",
    # Only tests that empty the table ever delete an edition.
    """CREATE TRIGGER programmes_edition_words_out AFTER DELETE ON programmes_edition BEGIN
        INSERT INTO programmes_edition_words
        (programmes_edition_words, rowid, search_name, search_text)
        VALUES ('delete', old.id, old.search_name, old.search_text);
    END""",
    "INSERT INTO programmes_edition_words (programmes_edition_words) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER programmes_edition_words_out",
    "DROP TRIGGER programmes_edition_words_in",
    "DROP TABLE programmes_edition_words",
]
# The trigrams of migration 0002 find parts of words, which nobody asks for, and cost more to look up.
POSTGRESQL = [
    "DROP INDEX programmes_edition_search",
    """CREATE INDEX programmes_edition_words ON programmes_edition
    USING gin (to_tsvector('simple', search_text))""",
    """CREATE INDEX programmes_edition_name_words ON programmes_edition
    USING gin (to_tsvector('simple', search_name))""",
]
POSTGRESQL_BACK = [
    "DROP INDEX programmes_edition_name_words",
    "DROP INDEX programmes_edition_words",
    """CREATE INDEX programmes_edition_search ON programmes_edition
    USING gin (search_text gin_trgm_ops)""",
]


def run(statements):
    def step(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("programmes", "0022_welsh_of")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
