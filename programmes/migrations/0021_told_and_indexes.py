"""Terms of what sources tell beside the filters' terms, and indexes for what pages look up."""

from django.db import migrations, models
from django.db.models import Q

from programmes.entry import Entry


def tell(apps, schema_editor):
    Edition, Term = apps.get_model("programmes", "Edition"), apps.get_model("programmes", "Term")
    editions = Edition.objects.exclude(programme=None).order_by("pk")
    for edition in editions.only("pk", "document").iterator(chunk_size=500):
        told = Entry.from_document(edition.document).told()
        Term.objects.bulk_create(
            Term(edition=edition, dimension="told", value=value) for value in told
        )


def forget(apps, schema_editor):
    apps.get_model("programmes", "Term").objects.filter(dimension="told").delete()


STANDING = Q(replaced_at=None)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0020_changes")]
    operations = [
        migrations.RunPython(tell, forget),
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
