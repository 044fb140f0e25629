"""Ce qui était public avant le fil y entre dans l'ordre où cela l'est devenu."""

from typing import Any

from django.db import migrations

FIL = "fil-public"


def remplir(apps: Any, schema_editor: Any) -> None:
    Consultation = apps.get_model("consultations", "Consultation")
    Changement = apps.get_model("consultations", "ChangementPublie")
    FaitPublic = apps.get_model("donnees_ouvertes", "FaitPublic")
    publications = Consultation._base_manager.exclude(publiee_le=None).values_list("publiee_le", "pk")
    changements = Changement._base_manager.values_list("le", "consultation_id", "sorte", "texte", "pk")
    faits = sorted(
        [(le, 0, consultation, "publication", "Consultation publiée.") for le, consultation in publications]
        + [(le, pk, consultation, sorte, texte) for le, consultation, sorte, texte, pk in changements]
    )
    FaitPublic.objects.bulk_create(
        FaitPublic(sequence=sequence, consultation_id=consultation, sorte=sorte, texte=texte, le=le)
        for sequence, (le, _, consultation, sorte, texte) in enumerate(faits, 1)
    )
    if faits:
        apps.get_model("socle", "Numerotation").objects.update_or_create(suite=FIL, defaults={"dernier": len(faits)})


def vider(apps: Any, schema_editor: Any) -> None:
    apps.get_model("donnees_ouvertes", "FaitPublic").objects.all().delete()
    apps.get_model("socle", "Numerotation").objects.filter(suite=FIL).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("donnees_ouvertes", "0001_fil_public"),
        ("consultations", "0006_document_retire"),
        ("socle", "0001_initiale"),
    ]

    operations = [migrations.RunPython(remplir, vider)]
