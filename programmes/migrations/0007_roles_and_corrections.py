"""Corrections from the public are for every role; sign-ins are for administrators."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MORE = {
    "Area editor": ("view_correction", "change_correction"),
    "Publisher": ("view_correction", "change_correction"),
    "Administrator": ("view_correction", "change_correction", "view_signinevent"),
}


def give(apps, schema_editor):
    # Django makes permissions after all migrations, and these are needed now.
    config = apps.get_app_config("programmes")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for group, permissions in _rows(apps):
        group.permissions.add(*permissions)


def take(apps, schema_editor):
    for group, permissions in _rows(apps):
        group.permissions.remove(*permissions)


def _rows(apps):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    ours = Permission.objects.filter(content_type__app_label="programmes")
    for role, codes in MORE.items():
        yield Group.objects.get(name=role), ours.filter(codename__in=codes)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_contacts_corrections_and_sign_ins")]
    operations = [migrations.RunPython(give, take)]
