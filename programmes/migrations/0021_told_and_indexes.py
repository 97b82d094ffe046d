"""Terms of what sources tell beside the filters' terms, and indexes for what pages look up."""

from django.db import migrations, models
from django.db.models import Q


def forget(apps, schema_editor):
    apps.get_model("programmes", "Term").objects.filter(dimension="told").delete()


STANDING = Q(replaced_at=None)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0020_changes")]
    operations = [
        # `publishing.tell_what_is_untold` writes the terms, after this and every later migration.
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddIndex(
            "edition",
            models.Index(
                fields=["area_position", "search_name", "id"],
                name="edition_in_order",
                condition=STANDING,
            ),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(
                fields=["area_position", "programme", "id"],
                name="edition_in_source_order",
                condition=STANDING,
            ),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(
                fields=["area", "search_name", "id"], name="edition_of_area", condition=STANDING
            ),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(fields=["name"], name="edition_of_name", condition=STANDING),
        ),
        migrations.AddIndex(
            "edition", models.Index(fields=["area", "slug", "id"], name="edition_at_address")
        ),
        migrations.AddIndex(
            "edition",
            models.Index(
                fields=["published_at", "area_position", "search_name", "id"],
                name="edition_of_moment",
            ),
        ),
        migrations.AlterField("edition", "published_at", models.DateTimeField()),
        # Nearly all that stands has none, and the planner took it for what narrows most.
        migrations.AlterField("edition", "replaced_at", models.DateTimeField(null=True)),
    ]
