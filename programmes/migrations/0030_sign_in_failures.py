"""Wrong passwords are counted in a table of ours, and names typed by mistake are not kept."""

from django.db import migrations, models


def forget_names_of_nobody(apps, schema_editor):
    """What was typed as a name, and is none, may be anything."""
    names = apps.get_model("auth", "User").objects.values("username")
    refused = apps.get_model("programmes", "SignInEvent").objects.filter(
        outcome__in=["refused", "locked-out"]
    )
    refused.exclude(username__in=names).update(username="")


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0026_check_taken_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('place', models.CharField(db_index=True, max_length=64)),
                ('name', models.CharField(db_index=True, max_length=64)),
            ],
        ),
        migrations.AlterField(
            model_name='signinevent',
            name='username',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.RunPython(forget_names_of_nobody, migrations.RunPython.noop),
    ]
