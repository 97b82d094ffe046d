"""That a check was taken back is a kind of change of its own, also for the editions there are."""

from django.db import migrations, models

KINDS = [
    ("added", "Added"),
    ("changed", "Changed"),
    ("checked", "Checked"),
    ("check-taken-back", "Check taken back"),
    ("stopped", "Said to have stopped"),
    ("withdrawn", "Withdrawn"),
]


def fill(apps, schema_editor):
    """Until now the reason alone, which `publishing.take_back_check` writes, told the two apart."""
    Change = apps.get_model("programmes", "Change")
    taken_back = Change.objects.filter(
        kind="checked", edition__why__startswith="A check had been recorded by mistake: "
    )
    taken_back.update(kind="check-taken-back")


def empty(apps, schema_editor):
    Change = apps.get_model("programmes", "Change")
    Change.objects.filter(kind="check-taken-back").update(kind="checked")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0025_checks_by_mistake")]
    operations = [
        migrations.RemoveConstraint("change", "change_kind_known"),
        migrations.AlterField("change", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.AddConstraint(
            "change",
            models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _label in KINDS])),
                name="change_kind_known",
                violation_error_message=(
                    "“kind” must be one of: added, changed, checked, check-taken-back, stopped, "
                    "withdrawn."
                ),
            ),
        ),
        migrations.RunPython(fill, empty),
    ]
