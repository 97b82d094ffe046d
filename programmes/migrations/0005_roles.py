"""The three roles. Whoever has areas of their own is kept to them, whatever the role."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYTHING = ("view", "add", "change", "delete")
ENTRIES = {
    name: EVERYTHING
    for name in (
        "programme",
        "statement",
        "referral",
        "criterion",
        "funding",
        "evaluation",
        "development",
        "involvement",
        "contact",
    )
}
LOOKED_UP = {"source": ("view", "add"), "organisation": ("view", "add"), "edition": ("view",)}
CHECKS = {"verification": ("view", "add")}
AREAS = {"forcearea": ("view", "change"), "localauthority": ("view",)}

ROLES = {
    "Area editor": {"programmes": ENTRIES | LOOKED_UP | CHECKS, "forces": AREAS},
    "Publisher": {
        "programmes": {name: ("view",) for name in (*ENTRIES, *LOOKED_UP)} | CHECKS,
        "forces": {"forcearea": ("view",), "localauthority": ("view",)},
    },
    "Administrator": {
        "programmes": ENTRIES
        | CHECKS
        | {"source": EVERYTHING, "organisation": EVERYTHING, "edition": ("view",)}
        | {"areaofeditor": EVERYTHING},
        "forces": AREAS,
        "auth": {"user": ("view", "add", "change"), "group": ("view",)},
    },
}
BEYOND_MODELS = {
    "Publisher": ("publish_programme", "edit_all_areas"),
    "Administrator": ("publish_programme", "edit_all_areas"),
}


def make(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("auth", "forces", "programmes"):
        # Django makes permissions after all migrations, and these are needed now.
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    for role, apps_ in ROLES.items():
        codes = [
            (label, f"{verb}_{model}")
            for label, models in apps_.items()
            for model, verbs in models.items()
            for verb in verbs
        ]
        codes += [("programmes", code) for code in BEYOND_MODELS.get(role, ())]
        found = [
            Permission.objects.get(content_type__app_label=label, codename=code)
            for label, code in codes
        ]
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set(found)


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("forces", "0001_initial"),
        ("programmes", "0004_area_of_editor"),
    ]
    operations = [migrations.RunPython(make, unmake)]
