"""Les adresses confirmées avant que leur preuve se garde : allauth seul le savait."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def reprendre(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    preuve = apps.get_model("comptes", "PreuveDAdresse")
    confirmees = apps.get_model("account", "EmailAddress").objects.filter(verified=True)
    preuve.objects.bulk_create(
        (
            preuve(utilisateur_id=adresse.user_id, courriel=adresse.email.lower(), le=adresse.user.cree_le)
            for adresse in confirmees.select_related("user").order_by("pk")
            if adresse.email.lower() == adresse.user.courriel.lower()
        ),
        batch_size=200,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0005_adresses_prouvees"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
