"""Which English each Welsh text was written for; what there is counts as confirmed."""

from django.db import migrations, models

from programmes.models.welsh import bonds, english, welsh

PAIRS = {
    "Contact": ["team"],
    "Development": ["summary"],
    "Evaluation": ["summary"],
    "Organisation": ["name"],
    "Programme": ["name", "summary"],
    "Source": ["title"],
    "Statement": ["text", "place"],
}


def fill(apps, schema_editor):
    for name, pairs in PAIRS.items():
        model = apps.get_model("programmes", name)
        written = []
        for row in model.objects.order_by("pk").iterator(chunk_size=500):
            row.welsh_of = bonds({pair: (english(row, pair), welsh(row, pair)) for pair in pairs}, {})
            written.append(row)
        model.objects.bulk_update(written, ["welsh_of"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0021_told_and_indexes")]
    operations = [
        *(
            migrations.AddField(
                name.lower(), "welsh_of", models.JSONField(default=dict, db_default={}, editable=False)
            )
            for name in PAIRS
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
