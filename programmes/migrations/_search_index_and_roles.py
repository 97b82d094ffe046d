"""What `makemigrations` cannot know and the initial migration ends with: search index and roles.

Neither index of words is a column: Django knows nothing of them, and `programmes.listing.search`
asks them in SQL. SQLite's is filled by triggers, which a later migration that makes the table of
editions anew has to make anew as well.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

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
]
POSTGRESQL = [
    """CREATE INDEX programmes_edition_words ON programmes_edition
    USING gin (to_tsvector('simple', search_text))""",
    """CREATE INDEX programmes_edition_name_words ON programmes_edition
    USING gin (to_tsvector('simple', search_name))""",
]

EVERYTHING = ("view", "add", "change", "delete")
ENTRIES = dict.fromkeys(
    (
        "programme",
        "statement",
        "referral",
        "criterion",
        "funding",
        "evaluation",
        "development",
        "coverage",
        "involvement",
        "contact",
    ),
    EVERYTHING,
)
LOOKED_UP = {"source": ("view", "add"), "organisation": ("view", "add"), "edition": ("view",)}
EVERY_ROLES = {"verification": ("view", "add"), "correction": ("view", "change")}
AREAS = {"forcearea": ("view", "change"), "localauthority": ("view",)}

ROLES = {
    "Area editor": {"programmes": ENTRIES | LOOKED_UP | EVERY_ROLES, "forces": AREAS},
    "Publisher": {
        "programmes": dict.fromkeys((*ENTRIES, *LOOKED_UP), ("view",)) | EVERY_ROLES,
        "forces": dict.fromkeys(AREAS, ("view",)),
    },
    "Administrator": {
        "programmes": ENTRIES
        | EVERY_ROLES
        | {"source": EVERYTHING, "organisation": EVERYTHING, "edition": ("view",)},
        "forces": AREAS,
        "accounts": {"user": ("view", "add", "change"), "signinevent": ("view",)},
        "auth": {"group": ("view",)},
    },
}
"""What each may do. Whoever has areas of their own is kept to them, whatever the role."""
OF_ALL_AREAS = ("publish_programme", "edit_all_areas")
"""What all roles but that of an area editor may do besides."""


def make_search_index(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def make_roles(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("auth", "accounts", "forces", "programmes"):
        # Django makes permissions after all migrations, and these are needed now.
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    for role, labels in ROLES.items():
        codes = {
            (label, f"{verb}_{model}")
            for label, models in labels.items()
            for model, verbs in models.items()
            for verb in verbs
        }
        if role != "Area editor":
            codes |= {("programmes", code) for code in OF_ALL_AREAS}
        Group.objects.create(name=role).permissions.set(
            Permission.objects.get(content_type__app_label=label, codename=code)
            for label, code in codes
        )


OPERATIONS = [migrations.RunPython(make_search_index), migrations.RunPython(make_roles)]
