"""What kinds of change each edition made, also for the editions there are."""

import django.db.models.deletion
from django.db import migrations, models

from programmes.publishing.changes import kinds_of
from programmes.domain.entry import Entry

KINDS = [
    ("added", "Added"),
    ("changed", "Changed"),
    ("checked", "Checked"),
    ("stopped", "Said to have stopped"),
    ("withdrawn", "Withdrawn"),
]


def fill(apps, schema_editor):
    Edition, Change = apps.get_model("programmes", "Edition"), apps.get_model("programmes", "Change")
    entry, of = None, None
    editions = Edition.objects.exclude(programme=None).order_by("programme_id", "pk")
    for edition in editions.iterator(chunk_size=500):
        before = entry if of == edition.programme_id else None
        entry = None if edition.withdrawn else Entry.from_document(edition.document)
        of = edition.programme_id
        Change.objects.bulk_create(
            Change(edition=edition, kind=kind) for kind in kinds_of(before, entry)
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_roles_and_corrections")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="programmes.edition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "edition"], name="programmes__kind_051a44_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("edition"), models.F("kind"), name="change_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", [kind for kind, _label in KINDS])),
                        name="change_kind_known",
                        violation_error_message=(
                            "“kind” must be one of: added, changed, checked, stopped, withdrawn."
                        ),
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
